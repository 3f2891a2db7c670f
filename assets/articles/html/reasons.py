"""Why a block of a page is not part of the story, by the elements around it, else by its words."""

import re

from assets.articles.html.blocks import CLASS_WORDS, FIRST_CLASS_BIT, TAG_FLAGS, Block
from assets.articles.lines.roles import is_byline, is_date_line
from assets.articles.walls import is_offer
from assets.text.languages.bylines import BY, either

_CLASS_BITS = {name: 1 << (FIRST_CLASS_BIT + bit) for bit, (name, _) in enumerate(CLASS_WORDS)}
# The first match wins, so the closest to the words comes first.
_BY_STRUCTURE = (
    (TAG_FLAGS["figcaption"] | TAG_FLAGS["figure"], "caption"),
    (_CLASS_BITS["advert"], "advertisement"),
    (_CLASS_BITS["signup"], "newsletter"),
    (_CLASS_BITS["comments"], "comments"),
    (TAG_FLAGS["footer"], "footer"),
    (TAG_FLAGS["nav"], "navigation"),
)
# One search finds the first of these; what a name stands for is its reason.
_BY_WORDS = re.compile("|".join((
    r"(?P<credit>^\W*(?:(?:additional |further )?(?:reporting|writing|editing)\b.{0,40}\bby\b|source:|quelle:|fuente:|fonte:|with inputs from))",
    r"(?P<advertisement>^(?:advert|anzeige|werbung|publicidad|publicit|annonse|annonce|reklam|sponsored|promoted|story continues below|article continues))",
    r"(?P<newsletter>newsletter|sign up|subscri|abonn|suscr[ií]b|iscriviti|prenumer|nyhetsbrev|log ?in\b|sign in\b|anmelden|registr|会員)",
    r"(?P<share>^(?:share|tweet|facebook|twitter|x|whatsapp|linkedin|e-?mail|print|teilen|drucken|compartir|partager|condividi|copy link|follow)\b.{0,30}$)",
    r"(?P<comments>^\W*\d*\s*(?:comment|kommentar|commentaire|comentario|commenti))",
    r"(?P<related>^(?:read (?:more|also|next)|related|see also|more (?:from|on|in)|recommended|most (?:read|popular)|trending|latest|up next|lesen sie|mehr |lire aussi|à lire|lee también|leggi anche|lees ook|läs |les også|czytaj|関連))",
    r"(?P<caption>^(?:photo|foto|image|bild|picture)\b\s?[:©/]|\bgetty\b|\bshutterstock\b|\bepa-efe\b|写真)",
    r"(?P<footer>©|copyright|all rights reserved|alle rechte)",
    rf"(?P<byline>^(?:{either(BY)}|autor|author)\b:? [^.]{{3,60}}$)",
    r"(?P<date>^(?:published|updated|last updated|stand|veröffentlicht|aktualisiert|publicado|publié)\b|^\W*\d{1,2}[./ ]\s?(?:\d{1,2}|\w{3,9})[./ ]\s?20\d\d\b.{0,20}$)",
)), re.IGNORECASE)  # fmt: skip
LONGEST_LABEL = 300
_BY_OWN_CLASS = (
    (_CLASS_BITS["caption"], "caption"),
    (_CLASS_BITS["author"], "byline"),
    (_CLASS_BITS["date"], "date"),
    (_CLASS_BITS["share"], "share"),
    (_CLASS_BITS["related"], "related"),
    (_CLASS_BITS["summary"], "summary"),
)


def block_reason(block: Block) -> str:
    """One of ``schema.LINE_REASONS``."""
    if block.text.startswith(("{", "<")):
        return "markup"
    if is_offer(block.text):
        return "newsletter"
    for bits, reason in _BY_STRUCTURE:
        if block.flags & bits:
            return reason
    for bits, reason in _BY_OWN_CLASS:
        if block.own & bits:
            return reason
    return line_reason(block.text, block.link_chars > 0.7 * len(block.text))


def line_reason(text: str, linked: bool = False) -> str:
    """What a line is by its words; a line that is mostly a link leads to another story or section."""
    if len(text) <= LONGEST_LABEL:
        match = _BY_WORDS.search(text)
        if match and match.lastgroup:
            return match.lastgroup
        if is_date_line(text):
            return "date"
        if is_byline(text):
            return "byline"
    if linked:
        return "related" if text.count(" ") >= 4 else "navigation"
    return "other"

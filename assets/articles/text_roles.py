"""What a line of a pasted page is, by its own words: byline, date, credit, caption, newsletter sign-up, footer …

These patterns name lines; they do not decide alone what is kept (text_model does).  Words come from the news pages of
many countries; a language that is missing here loses names for its furniture, not paragraphs.
"""

import re

_MONTHS = (
    r"jan(?:uary|uar|vier|eiro|uari|ner)?|feb(?:ruary|ruar|rero|braio)?|f[ée]v(?:rier|ereiro)?|mar(?:ch|s|zo|ço|t)?|märz|maart"
    r"|apr(?:il|ile)?|avr(?:il)?|abr(?:il)?|may|mai|mayo|maio|maggio|maj|mei|june?|juin|juni|junio|junho|giugno"
    r"|july?|juillet|juli|julio|julho|luglio|aug(?:ust|ustus)?|août|ago(?:sto)?|sep(?:t|tember|tembre|tiembre)?|set(?:embro|tembre)?"
    r"|o[ck]t(?:ober|obre|ubre)?|out(?:ubro)?|ott(?:obre)?|nov(?:ember|embre|iembre|embro)?|de[czs](?:ember|embre|embro)?|d[ée]c(?:embre)?|dic(?:iembre|embre)?"
    r"|ene(?:ro)?|января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря"
)
DATE = re.compile(
    rf"\b(?:{_MONTHS})\.?\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+(?:19|20)\d\d\b"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th|\.|er)?\s+(?:de\s+)?(?:{_MONTHS})\.?,?\s+(?:de\s+)?(?:19|20)\d\d\b"
    r"|\b(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}\b|\b\d{1,2}[-/.]\s?\d{1,2}[-/.]\s?(?:19|20)\d\d\b|(?:19|20)\d\d\s?[年년]\s?\d{1,2}\s?[月월]\s?\d{1,2}",
    re.IGNORECASE,
)
TIME_NOTE = re.compile(
    r"^(?:published|posted|updated|last updated|modified|created|first published|publié|mis à jour|veröffentlicht|aktualisiert|stand|publicado|actualizado"
    r"|pubblicato|aggiornato|gepubliceerd|oppdatert|publicerad|uppdaterad|opublikowano|опубликовано|公開|更新|\d{1,2} (?:min|hour|day|stunden|minuten)\w* (?:ago|read))\b"
    r"|^(?:vor \d+|il y a \d+|hace \d+|\d+\s?min(?:ute)?s?\.?\s(?:read|lesezeit|de lecture)|lesezeit)\b",
    re.IGNORECASE,
)
BYLINE = re.compile(
    r"^(?:(?:written|reported|story|words)?\s*by:?|von|por:?|par|di|af|av|door|tekst:?|text:|author:?|autor(?:in)?:?|przez|автор:?|yazan:?|von:)\s+\S",
    re.IGNORECASE,
)
AGENCY_CREDIT = re.compile(
    r"^[\s(\[–—-]*(?:(?:(?:additional |further )?(?:reporting|writing|editing|compiled|edited|written|translated|rédaction|redaktion|bearbeitung)\b.{0,40}\bby\b)|quelle:|source:|fuente:|fonte:|with (?:inputs?|files|agencies|reports?) from|© ?\d{4}|© (?:dpa|afp|ap|reuters))",
    re.IGNORECASE,
)
PHOTO_CREDIT = re.compile(
    r"\b(?:photo|image|picture|video|illustration|graphic|file photo|foto|bild|bildquelle|fotos|kuva|zdroj|foto:)\s?(?:credit|source|by|via|courtesy|:|©|/)"
    r"|(?:\bgetty\b|\bshutterstock\b|\balamy\b|\bimago\b|\bepa-?efe\b|\bpicture[ -]alliance\b|\bistock|\bunsplash\b|\bwikimedia\b|\bap photo\b|\bafp via\b|\bpa wire\b|\bpa media\b|\bvia ap\b|\bvia reuters\b)"
    r"|©|/(?:afp|ap|reuters|dpa|epa|efe|ansa|tt|keystone|ritzau|scanpix|getty|pa)\b|\((?:ap|afp|reuters|dpa|photo)[^)]*\)\s*$|写真|사진|图片",
    re.IGNORECASE,
)
PICTURE_CREDIT = re.compile(
    r"^[\[(]?(?:photo|photograph|image|picture|illustration|foto|fotos|bild|bildquelle|imagen|imagem|zdjęcie|фото)\s?(?:credit|by|source)?\s?[:|/©–-]",
    re.IGNORECASE,
)
STORY_END = re.compile(
    r"^\(?(?:additional )?reporting (?:and (?:writing|editing) )?by\b.{4,}\bediting by\b", re.IGNORECASE
)
IMAGE_ALT = re.compile(
    r"^(?:image (?:for|of|caption|source)|photo(?:s)?(?: of)?\b:|caption\b|imagen|legende)", re.IGNORECASE
)

_REASONS: tuple[tuple[str, str], ...] = (
    (
        "advertisement",
        r"^(?:advert\w*|anzeige|werbung|publicidad|publicité|pubblicità|annonce|reklam\w*|reklama|sponsored|promoted|paid (?:post|content)|story continues below|article continues below|広告|광고|广告|реклама)\b",
    ),
    (
        "newsletter",
        r"newsletter|sign[ -]?up|subscri|abonn|abbonat|suscr[ií]b|iscriviti|prenumer|nyhetsbrev|inbox|log ?in\b|sign in\b|anmelden|registr|paywall|donate|support (?:us|our)|membership|メルマガ|подпис",
    ),
    (
        "share",
        r"^(?:share|tweet|facebook|twitter|x|whatsapp|linkedin|email|e-mail|mail|print|reddit|pinterest|telegram|copy (?:link|url)|teilen|drucken|compartir|partager|condividi|del|dela|link kopieren|instagram|youtube|tiktok|threads|bluesky|flipboard|pocket|シェア)\b.{0,40}$|\bshare (?:this|on|article|via)|follow us\b|folgen\b",
    ),
    (
        "comments",
        r"\bcomments?\b|kommentar|commentaire|comentario|commenti|join the conversation|диск|комментар|コメント|댓글",
    ),
    (
        "disclaimer",
        r"disclaim|disclosure|terms (?:of|and)|privacy|datenschutz|nutzungsbedingungen|cookie|gdpr|liability|affiliate|confidentialité|privacidad|impressum|haftung",
    ),
    (
        "footer",
        r"copyright|all rights reserved|alle rechte|tous droits|derechos reservados|©|®|\bcontact us\b|about us|impressum|kontakt|über uns|sitemap|careers|無断転載",
    ),
    (
        "related",
        r"^(?:more (?:from|on|in|news|stories)|read (?:more|also|next)|related|see (?:more|also)|recommended|you (?:may|might)|most (?:read|popular|viewed|commented)|trending|latest|top stories|up next|next|previous|don't miss|lesen sie|mehr (?:zum|aus|von|lesen)|weitere|auch interessant|das könnte|meistgelesen|lire aussi|à lire|voir aussi|lee también|más (?:noticias|en)|relacionad|leggi anche|potrebbe|lees ook|läs (?:mer|också)|les (?:også|mer)|læs også|czytaj|zobacz|follow topic|topics?|tags?:|themen|schlagworte|関連|관련|相关|читайте|explore more|key takeaways|frequently asked)",
    ),
    ("markup", r"^[\W_]*$|[{}<>]{1}.*[{}<>;]|https?://|www\.|function\s*\(|&[a-z]+;"),
)
REASON_PATTERNS = tuple((reason, re.compile(pattern, re.IGNORECASE)) for reason, pattern in _REASONS)


def is_date_line(line: str) -> bool:
    """A short line that says when: a date with little else, or "Published …", "5 min read"."""
    if len(line) > 120:
        return False
    if TIME_NOTE.search(line):
        return True
    found = DATE.search(line)
    return (
        found is not None
        and len(line) - (found.end() - found.start()) <= 60
        and not line.rstrip().endswith((".”", '."', "。"))
    )


def is_byline(line: str) -> bool:
    """A short line that opens like "By …" in one of the languages known here."""
    return (
        len(line) <= 120 and BYLINE.match(line) is not None and not line.rstrip().endswith((".", "?", "!", ":", "。"))
    )


def removal_reason(line: str, longest_navigation: int = 60) -> str:
    """Why a line that is not the story is not: one of assets.articles.schema.LINE_REASONS."""
    if AGENCY_CREDIT.match(line):
        return "credit"
    for reason, pattern in REASON_PATTERNS:
        if pattern.search(line):
            return (
                reason
                if not (reason == "footer" and PHOTO_CREDIT.search(line) and "reserved" not in line)
                else "caption"
            )
    if is_date_line(line):
        return "date"
    if is_byline(line):
        return "byline"
    if IMAGE_ALT.match(line) or PHOTO_CREDIT.search(line):
        return "caption"
    return "navigation" if len(line) <= longest_navigation else "other"


GLUED_CREDIT = re.compile(
    r"(?<=[.!?…”\"'»])\s+[—–-]?\s?\(?((?:REUTERS|AFP|AP|DPA|EFE|ANSA|XINHUA|BLOOMBERG|BERNAMA|PTI|IANS|ANI|UPI|TASS|CNA|NYTIMES|THE NEW YORK TIMES|WASHINGTON POST)"
    r"(?:\s?[,/&]\s?(?:REUTERS|AFP|AP|DPA|EFE|XINHUA|BLOOMBERG|AGENCIES))*)\)?\.?$"
)


def cut_credit(paragraph: str) -> tuple[str, str]:
    """A paragraph without the agency's name in capitals glued to its end, and that name ("" where there is none)."""
    found = GLUED_CREDIT.search(paragraph[-60:]) if paragraph[-1:] in "SPAIETGUN)." else None
    if found is None:
        return paragraph, ""
    return paragraph[: len(paragraph) - len(paragraph[-60:]) + found.start()], found.group(1)

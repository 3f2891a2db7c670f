"""What a line of a pasted page is, by its own words: byline, date, credit, caption, newsletter sign-up, footer …

These patterns name lines; they do not decide alone what is kept (the model does).  Words come from the news pages of
many countries; a language that is missing here loses names for its boilerplate, not paragraphs.
"""

import re

from assets.articles.lines.named import opens_as
from assets.articles.lines.wires import WIRES
from assets.text.dates.reading import date_length
from assets.text.languages.bylines import AUTHOR, BY, PICTURE, either

TIME_NOTE = re.compile(
    r"^(?:published|posted|updated|last updated|modified|created|first published|publié|mis à jour|veröffentlicht|aktualisiert|stand|publicado|actualizado"
    r"|pubblicato|aggiornato|gepubliceerd|oppdatert|publicerad|uppdaterad|opublikowano|опубликовано|公開|更新|\d{1,2} (?:min|hour|day|stunden|minuten)\w* (?:ago|read))\b"
    r"|^(?:vor \d+|il y a \d+|hace \d+|\d+\s?min(?:ute)?s?\.?\s(?:read|lesezeit|de lecture)|lesezeit)\b",
    re.IGNORECASE,
)
BYLINE = re.compile(
    rf"^(?:(?:written|reported|story|words)?\s*by:?|(?:{either(BY)}|tekst|author|autor(?:in)?|автор|yazan):?|(?:{either(AUTHOR)})\s?:)\s+\S",
    re.IGNORECASE,
)
PICTURE_CREDIT = re.compile(
    rf"^[\[(]?(?:{either(PICTURE)}|photograph|fotos|bildquelle|imagem|zdjęcie|фото)\s?(?:credit|by|source)?\s?[:|/©–-]",
    re.IGNORECASE,
)
STORY_END = re.compile(
    r"^\(?(?:additional )?reporting (?:and (?:writing|editing) )?by\b.{4,}\bediting by\b", re.IGNORECASE
)


def is_date_line(line: str) -> bool:
    """A short line that says when: a date with little else, or "Published …", "5 min read"."""
    if len(line) > 120:
        return False
    if TIME_NOTE.search(line) or opens_as("dates", line):
        return True
    length = date_length(line)
    return length > 0 and len(line) - length <= 60 and not line.rstrip().endswith((".”", '."', "。"))


def is_byline(line: str) -> bool:
    """A short line that opens like "By …" in one of the languages known here."""
    return (
        len(line) <= 120 and BYLINE.match(line) is not None and not line.rstrip().endswith((".", "?", "!", ":", "。"))
    )


CREDIT_ENDS = frozenset("SPAIEGUTN)")  # last characters of the names below
_CREDITED = "|".join(
    [*(name.upper() for name in WIRES), "BERNAMA", "TASS", "CNA", "NYTIMES", "THE NEW YORK TIMES", "WASHINGTON POST"]
)
GLUED_CREDIT = re.compile(
    rf"(?<=[.!?…”\"'»])\s+[—–-]?\s?\(?((?:{_CREDITED})(?:\s?[,/&]\s?(?:{_CREDITED}|AGENCIES))*)\)?$"
)


def cut_credit(paragraph: str) -> tuple[str, str]:
    """A paragraph without the agency's name in capitals glued to its end, and that name ("" where there is none)."""
    if not paragraph or paragraph[-1] not in CREDIT_ENDS:
        return paragraph, ""
    found = GLUED_CREDIT.search(paragraph[-60:])
    if found is None:
        return paragraph, ""
    return paragraph[: len(paragraph) - len(paragraph[-60:]) + found.start()], found.group(1)

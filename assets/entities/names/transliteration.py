"""Names in Cyrillic letters in Latin ones, so that Зеленский, Зеленський and Zelensky meet in one key.

The romanisations that English print uses (BGN/PCGN, and the national one of Ukraine), by language; ``spelling`` makes one key
of these and of the other ways.
"""

import csv
import re
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("transliteration.csv")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_UKRAINIAN = re.compile(r"[іїєґ]|[сц]ьк")  # letters that Russian lacks, and the ending of adjectives


@cache
def _letters(language: str) -> dict[int, str]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {ord(row["letters"]): row["latin"] for code in ("ru", language) for row in rows if row["language"] == code}


def is_cyrillic(text: str) -> bool:
    """Whether a text has Cyrillic letters."""
    return bool(_CYRILLIC.search(text))


def in_latin_letters(lowered: str) -> str:
    """A text in small letters with its Cyrillic ones in Latin, by the table of Ukrainian where the text shows it, else of Russian."""
    if not is_cyrillic(lowered):
        return lowered
    return lowered.translate(_letters("uk" if _UKRAINIAN.search(lowered) else "ru"))

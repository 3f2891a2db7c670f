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


@cache
def _letters(language: str) -> dict[int, str]:
    """What each letter is in Latin ones, in this language where it has its own way, else as in the first that has it."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    table: dict[int, str] = {}
    for row in sorted(rows, key=lambda row: row["language"] != language):
        table.setdefault(ord(row["letters"]), row["latin"])
    return table


def is_cyrillic(text: str) -> bool:
    """Whether a text has Cyrillic letters."""
    return bool(_CYRILLIC.search(text))


def in_latin_letters(lowered: str, language: str = "ru") -> str:
    """A text in small letters with its Cyrillic ones in Latin; a word alone does not show its language, so that Russian's are the rule."""
    return lowered.translate(_letters(language)) if is_cyrillic(lowered) else lowered

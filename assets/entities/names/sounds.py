"""What names have in common that each language spells in its own way: Selenskyj, Zelensky and Зеленский sound alike.

A key of the consonants, where sibilants are one and vowels only count at the beginning and as a final a. Keys that are
alike make no two names one; see ``linking.other_spellings`` for what else must hold.
"""

import re
from functools import lru_cache

from assets.entities.names.spelling import fold

_RULES = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"[^a-z]", ""),
        (r"dzh|zh", "j"),
        (r"kh", "h"),
        (r"ph", "f"),
        (r"shch|schtsch|tsch|tch|sch|sh|ch|sz|cz|sj|tj", "X"),
        (r"x", "ks"),
        (r"ts|tz|c(?=[eiy])|z", "s"),
        (r"ck|[cq]", "k"),
        (r"w", "v"),
        (r"(?<=.)[hj]", ""),
        (r"^[aeiouy]+", "A"),
        (r"(?<=.)a$", "A"),
        (r"(?<=.)[aeiouy]", ""),
        (r"(.)\1+", r"\1"),
    )
)
_OWN_WAY = re.compile(r"sk[iy]j$|schtsch|tsch|sz|oe\w*(?:v|n)$|ou\w*ine$|zj|sj")
"""Letters that German, Polish, Dutch or French print has for names from Russian and Ukrainian."""


@lru_cache(maxsize=1 << 15)
def sound_key(word: str) -> str:
    """The consonants of a name of one word."""
    key = fold(word)
    for pattern, replacement in _RULES:
        key = pattern.sub(replacement, key)
    return key


def spelt_in_own_way(surname: str) -> bool:
    """Whether a surname shows by its letters that a language has romanised it in its own way."""
    return bool(_OWN_WAY.search(fold(surname)))

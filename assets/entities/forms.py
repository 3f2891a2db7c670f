"""Keys of organisation and place names: forms with one key mean the same."""

import re
from functools import lru_cache

from assets.entities.names import fold, name_variants, strip_possessive

_ARTICLE = re.compile(r"^the\s+", re.IGNORECASE)
_MARKS = re.compile(r"[^\w&+]+")
_SMALL = frozenset("of the and for de la du des del et in on to & y e und".split())
_COMPANY = re.compile(r"\s+(?:inc|ltd|llc|plc|corp|co|limited|corporation|company|gmbh|ag|sa|nv|pte|pvt)$")
_SPELLINGS = ((re.compile(r"isation\b"), "ization"), (re.compile(r"\bcentre\b"), "center"), (re.compile(r"\bdefence\b"), "defense"),
              (re.compile(r"\blabour\b"), "labor"), (re.compile(r"\bprogramme\b"), "program"), (re.compile(r"\s&\s"), " and "))  # fmt: skip


@lru_cache(maxsize=1 << 15)
def organisation_key(form: str) -> str:
    """Key of an organisation: its full name where an abbreviation is listed, one spelling, no article, no company form."""
    bare = _ARTICLE.sub("", strip_possessive(form))
    bare = name_variants()["organisation"].get(fold(bare), bare)
    key = fold(bare)
    for pattern, replacement in _SPELLINGS:
        key = pattern.sub(replacement, key)
    key = _MARKS.sub(" ", key.replace(".", "")).strip()
    return _COMPANY.sub("", key) or key


@lru_cache(maxsize=1 << 15)
def place_key(form: str) -> str:
    """Key of a place: the usual name where another is listed."""
    bare = _ARTICLE.sub("", strip_possessive(form))
    bare = name_variants()["place"].get(fold(bare), bare)
    return _MARKS.sub(" ", fold(bare).replace(".", "")).strip()


def acronyms(form: str) -> tuple[str, ...]:
    """Keys of the abbreviations that a long form may introduce: African National Congress gives ``anc``."""
    words = [word for word in re.split(r"[\s\-/]+", _ARTICLE.sub("", form)) if word]
    capitals = [word[0] for word in words if word[0].isupper()]
    if len(capitals) < 2:
        return ()
    every = "".join(word[0] for word in words if word[0].isalpha())
    return tuple(dict.fromkeys(("".join(capitals).lower(), every.lower())))

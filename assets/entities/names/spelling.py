"""Spellings of names: folding, romanisations, and the listed variants."""

import re
import unicodedata
from functools import cache, lru_cache

from assets.entities.names.transliteration import in_latin_letters
from assets.text.letters import PLAIN_LETTERS
from pipeline.reference import ListError, read_list

_LETTERS = str.maketrans(
    {**PLAIN_LETTERS, "ß": "ss", "ə": "a", "’": "'", "‘": "'", "ʼ": "'", "ʻ": "'", "‐": "-", "‑": "-", "–": "-"}
)
_POSSESSIVE = re.compile(r"['’‘ʼ]s?$", re.IGNORECASE)


def fold(text: str) -> str:
    """Lower case in Latin letters without diacritics, straight apostrophes and hyphens, single spaces."""
    lowered = text.lower()
    if not lowered.isascii():
        lowered = unicodedata.normalize("NFKD", in_latin_letters(lowered).translate(_LETTERS))
        lowered = "".join(c for c in lowered if not unicodedata.combining(c))
    return " ".join(lowered.split())


def strip_possessive(name: str) -> str:
    """``Kato's`` and ``Reuters'`` without the ending."""
    return _POSSESSIVE.sub("", name)


_SPELLING_RULES = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"['-]", ""),
        (r"^(?:al|el)(?=[a-z]{4})", ""),
        (r"(?:skyy|skyi|skiy|skij|skii|skyj|skyy|sky|ski)$", "ski"),
        (r"(?:ii|iy|yi|yy|ij|ey|ei|ay|ie|y)$", "i"),
        (r"tsch|tch|tj", "ch"),
        (r"sch|shch", "sh"),
        (r"(?<=.{2})ch(?=.{2})", "c"),
        (r"kh", "h"),
        (r"ph", "f"),
        (r"dj", "j"),
        (r"ck|q", "k"),
        (r"ou|oo", "u"),
        (r"ee|ea", "i"),
        (r"^jo|ye|yo|yu|ya|je", lambda match: match.group()[1]),
        (r"y", "i"),
        (r"w", "v"),
        (r"x", "ks"),
        (r"([a-z])\1", r"\1"),
    )
)


@lru_cache(maxsize=1 << 15)
def spelling_key(word: str) -> str:
    """One key for the usual romanisations of a name: Zelensky, Zelenskyy and Zelenskiy share it."""
    key = fold(word).replace(" ", "")
    for pattern, replacement in _SPELLING_RULES:
        key = pattern.sub(replacement, key)
    return key


@cache
def name_variants() -> dict[str, dict[str, str]]:
    """The list ``name_variants`` by kind: folded variant to name."""
    tables: dict[str, dict[str, str]] = {kind: {} for kind in ("given", "place", "organisation", "person")}
    for row in read_list("name_variants"):
        variant, name, kind = row["variant"], row["name"], row["kind"]
        if kind not in tables:
            raise ListError(f"name_variants.csv: kind {kind!r} of {variant!r} is not one of {', '.join(tables)}")
        tables[kind].setdefault(fold(variant), name)
    return tables

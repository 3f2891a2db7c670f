"""Words as the search compares them: in lower case, without accents, and each language's endings cut off (Snowball)."""

import unicodedata
from collections.abc import Sequence
from functools import cache

import Stemmer

STEMMERS = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek", "en": "english",
    "es": "spanish", "et": "estonian", "eu": "basque", "fa": "persian", "fi": "finnish", "fr": "french", "ga": "irish",
    "hi": "hindi", "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian", "lt": "lithuanian",
    "nb": "norwegian", "ne": "nepali", "nl": "dutch", "nn": "norwegian", "no": "norwegian", "pl": "polish",
    "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian", "sv": "swedish", "ta": "tamil",
    "tr": "turkish", "yi": "yiddish",
}  # fmt: skip
"""ISO 639-1 codes and the stemmers of these languages; words of any other are compared as they stand."""


def fold(word: str) -> str:
    """The word in lower case without accents; ``search.folded`` in ``macros.sql`` does the same in SQL."""
    if word.isascii():
        return word.lower()
    decomposed = unicodedata.normalize("NFD", word.casefold())
    return unicodedata.normalize("NFC", "".join(sign for sign in decomposed if unicodedata.category(sign) != "Mn"))


def stems(words: Sequence[str], language: str) -> list[str]:
    """What the words have in common with their other forms, folded; as they stand where the language has no stemmer."""
    stemmer = _stemmer(language)
    cut = stemmer.stemWords(list(words)) if stemmer else words
    return [fold(word) for word in cut]


@cache
def _stemmer(language: str) -> Stemmer.Stemmer | None:
    name = STEMMERS.get(language)
    return Stemmer.Stemmer(name) if name else None

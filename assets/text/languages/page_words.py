"""What a page of the press says around its story, in the languages that have a file of words: its table ``page``.

Every language's words count on every page, as a page may be in several and its language is known only once its story is.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from assets.text.languages.language import words
from assets.text.languages.word_files import ENGLISH_PAGE, press_languages, refuse_unknown, word_file

WORDS = ("by", "and", "authors", "pictures", "updated", "published")
OPENINGS = ("related", "newsletter", "advertisement", "credits", "dates", "tags", "notes")
_KINDS = "kinds"
_GOES_ON = " …"


class Opening(NamedTuple):
    """How a line opens; ``goes_on`` says that anything may follow."""

    text: str
    goes_on: bool


def folded(text: str) -> str:
    """Small letters, straight apostrophes, single spaces."""
    # The small letter of İ is two code points.
    return " ".join(text.replace("’", "'").lower().replace("i\u0307", "i").split())


@cache
def page_words(field: str) -> frozenset[str]:
    """The words of a field in all languages."""
    return frozenset(folded(word) for page in _pages() for word in words(page.get(field, "")))


@cache
def openings(field: str) -> tuple[Opening, ...]:
    """How the lines of a kind open in all languages, the longest first."""
    found = {phrase for page in _pages() for phrase in page.get(field, ())}
    listed = {Opening(folded(phrase.removesuffix(_GOES_ON)), phrase.endswith(_GOES_ON)) for phrase in found}
    return tuple(sorted(listed, key=lambda opening: (-len(opening.text), opening)))


@cache
def words_of_kind(kind: str) -> str:
    """Words that a kind of boilerplate says of itself, beside those that the model of lines was trained with."""
    return " ".join(page[_KINDS][kind] for page in _pages() if kind in page.get(_KINDS, {}))


@cache
def _pages() -> tuple[Mapping[str, Any], ...]:
    pages = []
    for code in (*press_languages(), ENGLISH_PAGE):
        page = word_file(code)["page"]
        refuse_unknown(f"{code} page", page, (*WORDS, *OPENINGS, _KINDS))
        pages.append(page)
    return tuple(pages)

"""What every comparison of wordings knows about English words: function words, spellings, stems."""

import re
from functools import cache, lru_cache

from assets.text.languages.calendar import full_names
from assets.text.languages.language import words
from assets.text.languages.registry import language
from pipeline.reference import read_list

ISE = re.compile(r"(?<=[a-z]{3})is(e|ed|es|er|ers|ing|ation|ations|able)$")
ENDING = re.compile(r"(?<=[a-z]{3})(?:ness|ment|ing|ed|er|ion|ly|e)?(?:es|s)?$")
STEM_LETTERS = 5

_EN = language("en")
# Words of the closed classes that say something of time, place, degree or doubt: two wordings may differ in them.
_TELLING = words("""
    across afterwards ago along already amid back beyond despite earlier first further half hardly hence however inside
    instead last later like maybe meanwhile mine n't never next often outside per perhaps plus several soon still thus till
    today tomorrow tonight towards unless unlike various via whereas whether yesterday yourselves
""")
# Small words of other classes, and what splitting at an apostrophe leaves: don|t, we|ve.
_SMALL = words("""
    above almost below d didn doesn doing don down else isn let ll m more much one only out own re s t up ve wasn won
""")
# Words that hold a sentence together and carry no content.
FUNCTION_WORDS = (
    _EN.closed_class | _EN.reflexive_pronouns | _EN.masculine_pronouns | _EN.feminine_pronouns | _EN.plural_pronouns
    | _EN.first_person | _EN.second_person | _SMALL
) - _TELLING  # fmt: skip
# Words of every news day, which don't tell one story from another.
COMMON_WORDS = words("""
    according added ago away back became become began call called came day days done early end enough first five
    four further gave get give go going got half however including know last late later least left less like long made make man
    million month months mr mrs ms need never new next night nothing often old part people percent place put really right
    said same saw say saying says second see seen several show six soon still take ten thing things think three time times
    today together told took two use used want way week weeks well went work year years yesterday
""") | frozenset(full_names("weekday", "en"))


@cache
def spellings() -> dict[str, str]:
    """The list ``spelling_variants``: casefolded variant to the spelling it is compared by."""
    return {row["variant"]: row["spelling"] for row in read_list("spelling_variants")}


@lru_cache(maxsize=100_000)
def spelling(word: str) -> str:
    """The spelling a casefolded word is compared by: one for honour and honor, organise and organize.

    It serves comparison only: it need not be a word, as long as two words that differ keep two spellings.
    """
    known = spellings().get(word)
    return known if known is not None else ISE.sub(r"iz\1", word)


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """A crude stem that holds together a family of words: optimism, optimistic; encircled; destroyed, destruction.

    Endings go first, then all but the first five letters: truncation finds English word families about as well as rules
    for suffixes (Frakes, 1992, "Stemming algorithms"), and finds those in which verb and noun part ways.
    """
    return ENDING.sub("", spelling(word))[:STEM_LETTERS]


def is_content_word(word: str) -> bool:
    """Whether a casefolded word says what a text is about."""
    return word not in FUNCTION_WORDS and (len(word) > 1 or word.isdigit())

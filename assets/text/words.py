"""What every comparison of wordings knows about English words: function words, spellings, stems."""

import re
from functools import cache, lru_cache

from pipeline.reference import read_list

ISE = re.compile(r"(?<=[a-z]{3})is(e|ed|es|er|ers|ing|ation|ations|able)$")
ENDING = re.compile(r"(?<=[a-z]{3})(?:ness|ment|ing|ed|er|ion|ly|e)?(?:es|s)?$")
STEM_LETTERS = 5

# Closed classes: what holds a sentence together and is not what it says.
FUNCTION_WORDS = frozenset(
    """
    a about above after again against all almost also although always am among an and another any are around as at
    be because been before behind being below between both but by can could d did didn do does doesn doing don
    down during each either else even ever every few for from had has have having he her here hers herself him
    himself his how i if in into is isn it its itself just let ll m many may me might more most much must my
    myself near neither no nor not now of off on once one only or other our ours ourselves out over own quite
    rather re s shall she should since so some such t than that the their theirs them themselves then there these
    they this those though through to too toward under until up upon us ve very was wasn we were what when where
    which while who whom whose why will with within without won would yet you your yours yourself
    """.split()  # noqa: SIM905
)
# Words of every news day, which tell no story from another.
COMMON_WORDS = frozenset(
    """
    according added ago away back became become began call called came day days done early end enough first five
    four friday further gave get give go going got half however including know last late later least left less
    like long made make man million monday month months mr mrs ms need never new next night nothing often old part
    people percent place put really right said same saturday saw say saying says second see seen several show six
    soon still sunday take ten thing things think three thursday time times today together told took tuesday two
    use used want way wednesday week weeks well went work year years yesterday
    """.split()  # noqa: SIM905
)


@cache
def spellings() -> dict[str, str]:
    """The list ``spelling_variants``: casefolded variant to the spelling it is compared by."""
    return {row["variant"]: row["spelling"] for row in read_list("spelling_variants")}


@lru_cache(maxsize=100_000)
def spelling(word: str) -> str:
    """The spelling a casefolded word is compared by: one for honour and honor, organise and organize.

    It serves comparison only: it may be no word at all, as long as two words that differ keep two spellings.
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

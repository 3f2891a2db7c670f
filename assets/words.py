"""What every comparison of wordings knows about English words: function words, spellings, stems."""

import csv
import re
from functools import cache
from pathlib import Path

SPELLINGS_PATH = Path(__file__).resolve().parents[1] / "seeds" / "reference" / "spelling_variants.csv"
ISE = re.compile(r"(?<=[a-z]{3})is(e|ed|es|er|ers|ing|ation|ations|able)$")
STEM_LETTERS = 5

FUNCTION_WORDS = frozenset(
    """
    a about above according added after again against ago all almost also although always am among an and another
    any are around as at away back be became because become been before began behind being below between both but
    by call called came can could day days did didn do does doesn doing don done down during each early either
    else end enough even ever every few first five for four friday from further gave get give go going got had
    half has have having he her here hers him his how however i if in including into is isn it its itself just
    know last late later least left less like ll long made make man many may me might million monday month months
    more most mr mrs ms much must my near need never new next night no nor not nothing now of off often old on
    once one only or other our out over own part people percent place put quite rather re really right said same
    saturday saw say saying says second see seen several she should show since six so some soon still such sunday
    take ten than that the their them then there these they thing things think this those though three through
    thursday time times to today together told too took toward tuesday two under until up upon us use used ve very
    want was wasn way we wednesday week weeks well went were what when where which while who whose why will with
    within without work would year years yesterday yet you your
    """.split()  # noqa: SIM905
)


@cache
def spellings() -> dict[str, str]:
    """``seeds/reference/spelling_variants.csv``: casefolded variant to the spelling it is compared by."""
    with SPELLINGS_PATH.open(encoding="utf-8", newline="") as file:
        return {row["variant"]: row["spelling"] for row in csv.DictReader(file)}


def spelling(word: str) -> str:
    """The spelling a casefolded word is compared by: one for honour and honor, organise and organize.

    It serves comparison only: it may be no word at all, as long as two words that differ keep two spellings.
    """
    known = spellings().get(word)
    return known if known is not None else ISE.sub(r"iz\1", word)


def stem(word: str) -> str:
    """A crude stem that holds together a family of words: the first letters (optimism, optimistic; encircled).

    Truncation at five letters does as well as suffix rules for finding English word families (Frakes, 1992, "Stemming
    algorithms"), and finds those in which verb and noun part ways (destroyed, destruction).
    """
    return spelling(word)[:STEM_LETTERS]


def is_content_word(word: str) -> bool:
    """Whether a casefolded word says what a text is about."""
    return word not in FUNCTION_WORDS and (len(word) > 1 or word.isdigit())

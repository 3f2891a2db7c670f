"""The closed word classes of English as the tagger of indirect speech is trained to see them.

They cut the classes of ``assets.text.languages.en`` finer; what is listed here is only what tells the parts apart.
"""

from assets.quotes.indirect.word_classes import COMPLEMENTISER, NEGATED_AUXILIARY, THE, VERBAL, A
from assets.text.languages.calendar import AP_MONTHS, full_names
from assets.text.languages.language import words
from assets.text.languages.registry import language

HEAD_CLASSES = frozenset({19, 21, 33})  # of these classes a word may be the head of a report

_ENGLISH = language("en")
_COMPLEMENTISERS = words("that whether if how why what when where")
_BE = words("is are was were be been being am")
_HAVE = words("has have had having")
_DO = words("do does did")
_MODALS = _ENGLISH.auxiliaries - _BE - _HAVE - _DO

# A word belongs to the first class that has it.
WORD_CLASSES: dict[int, frozenset[str]] = {
    THE: words("the"),
    A: words("a an"),
    3: _ENGLISH.determiners - _ENGLISH.articles - words("that either half neither various") | {"more"},
    4: _ENGLISH.possessives,
    5: _ENGLISH.subject_pronouns - _ENGLISH.relative_pronouns,
    6: _ENGLISH.object_pronouns - _ENGLISH.relative_pronouns,
    7: _ENGLISH.reflexive_pronouns,
    8: _ENGLISH.relative_pronouns - _ENGLISH.possessives,
    COMPLEMENTISER: _COMPLEMENTISERS,
    10: words("and or nor"),
    11: words("but yet"),
    12: _ENGLISH.subordinators - _COMPLEMENTISERS - _ENGLISH.relative_pronouns | {"than"},
    13: words("of"),
    14: words("in on at from into during over under between among across near within"),
    15: words("to"),
    16: words("for"),
    17: words("with without against"),
    18: words("by"),
    19: words("about regarding concerning toward towards"),
    20: words("through throughout despite beyond behind above below along around off out up down onto upon via per amid"),
    21 | VERBAL: _BE,
    22 | VERBAL: _HAVE,
    23 | VERBAL: _DO,
    24 | VERBAL: _MODALS | {"cannot"},
    25: _ENGLISH.negations - words("hardly no"),
    NEGATED_AUXILIARY | VERBAL: _ENGLISH.contractions - {"cannot"} | {"shouldn't"},
    27: frozenset(full_names("weekday", "en")) | words("today yesterday tonight tomorrow"),
    28: frozenset(full_names("month", "en")) | words(AP_MONTHS),
    29: words("""
        mr mrs ms miss dr sen rep gov gen col lt sgt rev prof sir president senator governor secretary minister mayor
    """),
    30: words("there here"),
    31: words("also still now then just even only again later earlier already recently however instead too"),
    32: _ENGLISH.numerals | words("hundred thousand million billion"),
    33: words("according"),
    34: words("'s"),
    35: _ENGLISH.clitics - {"'s"},
    36: words("morning afternoon evening night week month year weekend day"),
    37: words("people reporters officials critics supporters lawmakers leaders voters americans"),
}  # fmt: skip

# The shipped model was trained without the first of these and with the others.
ABBREVIATIONS = _ENGLISH.abbreviations - words(
    "atty cllr const cpl det etc fr hon insp msgr pres pvt sec supt"
) | words("sir govs gens lts jan feb mar apr jun jul aug sept sep oct nov dec e.g i.e a.m p.m d-n.y")

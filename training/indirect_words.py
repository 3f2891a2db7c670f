"""Closed word classes of English, as the tagger of indirect speech sees them. Lists are our own."""

from assets.quotes.indirect.word_classes import COMPLEMENTISER, NEGATED_AUXILIARY, THE, VERBAL, A
from assets.text.languages.calendar import AP_MONTHS, full_names

HEAD_CLASSES = frozenset({19, 21, 33})  # of these classes a word may be the head of a report

WORD_CLASSES: dict[int, str] = {
    THE: "the",
    A: "a an",
    3: "this these those each every some any no all both many several few most more another other such",
    4: "my your his her its our their whose",
    5: "i you he she it we they",
    6: "me him us them",
    7: "myself yourself himself herself itself ourselves yourselves themselves",
    8: "who which whom",
    COMPLEMENTISER: "that whether if how why what when where",
    10: "and or nor",
    11: "but yet",
    12: "because although though while since after before until unless once as than whereas",
    13: "of",
    14: "in on at from into during over under between among across near within",
    15: "to",
    16: "for",
    17: "with without against",
    18: "by",
    19: "about regarding concerning toward towards",
    20: "through throughout despite beyond behind above below along around off out up down onto upon via per amid",
    21 | VERBAL: "is are was were be been being am",
    22 | VERBAL: "has have had having",
    23 | VERBAL: "do does did",
    24 | VERBAL: "will would can could may might shall should must cannot",
    25: "not n't never",
    NEGATED_AUXILIARY
    | VERBAL: "don't doesn't didn't isn't aren't wasn't weren't won't wouldn't can't couldn't shouldn't hasn't haven't hadn't",
    27: " ".join((*full_names("weekday", "en"), "today yesterday tonight tomorrow")),
    28: " ".join((*full_names("month", "en"), AP_MONTHS)),
    29: "mr mrs ms miss dr sen rep gov gen col lt sgt rev prof sir president senator governor secretary minister mayor",
    30: "there here",
    31: "also still now then just even only again later earlier already recently however instead too",
    32: "one two three four five six seven eight nine ten hundred thousand million billion",
    33: "according",
    34: "'s",
    35: "'re 've 'll 'd 'm",
    36: "morning afternoon evening night week month year weekend day",
    37: "people reporters officials critics supporters lawmakers leaders voters americans",
}

ABBREVIATIONS = (
    "mr mrs ms dr sen rep gov gen col lt sgt rev prof sir st jr sr vs capt cmdr maj adm sens reps govs gens lts "
    "jan feb mar apr jun jul aug sept sep oct nov dec ala ariz ark calif colo conn del fla ga ill ind kan ky la md mass "
    "mich minn miss mo mont neb nev okla ore pa tenn tex va vt wash wis wyo no inc corp co ltd dept e.g i.e a.m p.m d-n.y"
)

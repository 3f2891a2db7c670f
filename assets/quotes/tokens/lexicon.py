"""What the words of attribution are: reporting verbs, titles, pronouns, function words, as bits per spelling."""

import csv
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assets.entities.names.listed import GIVEN_NAMES
from assets.text.characters import Rule, class_table, lower_table
from assets.text.compiled import compiled, inlined
from assets.text.hashing import fnv_32
from assets.text.languages.calendar import full_names, names
from assets.text.languages.language import words
from assets.text.languages.name_parts import DEGREES, GENERATIONS, JOINTS, PARTICLES
from assets.text.languages.registry import language
from assets.text.languages.titles import titles
from assets.text.languages.verbs import reporting_verbs
from assets.text.tables import filled, slot_in

# One bit per class; a spelling may have several.
SAY, REPORT, LABEL, FINITE, GERUND, AUXILIARY, PREPOSITION, DETERMINER = (1 << i for i in range(8))
CONJUNCTION, SUBORDINATOR, NEGATION, ADVERB, FUNCTION, PARTICLE, HONORIFIC, POST = (1 << i for i in range(8, 16))
ROLE, GROUP, SOURCE, ABBREVIATION, CALENDAR, SUFFIX, SUBJECT, OBJECT = (1 << i for i in range(16, 24))
POSSESSIVE, RELATIVE, MALE, FEMALE, PLURAL, FIRST, WORK, SO_CALLED = (1 << i for i in range(24, 32))
GIVEN, BODY, INDEFINITE, BY, VIA, NUMBER_WORD, PORTFOLIO = (1 << i for i in range(32, 39))

APOSTROPHES = "’‘ʼ"

_EN = language("en")
# Other words that say nothing of who or what: they open sentences, and aren't names there.
_OPENERS = words("""
    yes well according asked given another only indeed anyway more less much such other others let let's oh ok okay please
    otherwise moreover furthermore nevertheless nonetheless besides there's that's it's he's she's they're we're i'm you're
    i've we've don't doesn't didn't
""")
# As the ranker was trained: these hold sentences together as well, yet it knows them by their other classes alone.
_NOT_FUNCTION = words("""
    ago first half hardly into last near next n't off today tomorrow tonight various yesterday
""")
# "ten Hag" is rarer than ten people; the others were not known when the ranker was trained.
_NOT_PARTICLES = words("bint das ould ten vom")
_WORDS: dict[int, frozenset[str]] = {
    AUXILIARY: _EN.auxiliaries | _EN.contractions | _EN.clitics,
    PREPOSITION: _EN.prepositions,
    DETERMINER: _EN.determiners | _EN.numerals,
    CONJUNCTION: _EN.conjunctions,
    SUBORDINATOR: _EN.subordinators,
    NEGATION: _EN.negations,
    ADVERB: _EN.adverbs,
    FUNCTION: (_EN.closed_class - _NOT_FUNCTION) | _OPENERS,
    PARTICLE: (PARTICLES - _NOT_PARTICLES) | JOINTS | words("mac"),
    ABBREVIATION: _EN.abbreviations
    | (frozenset(names("month", "en")) - frozenset(full_names("month", "en")))
    | words("d-n.y"),
    CALENDAR: frozenset((*full_names("weekday", "en"), *names("month", "en"), "christmas", "easter")),
    SUFFIX: GENERATIONS | DEGREES - words("mep sj"),
    SUBJECT: _EN.subject_pronouns,
    OBJECT: _EN.object_pronouns,
    POSSESSIVE: _EN.possessives,
    RELATIVE: _EN.relative_pronouns,
    MALE: _EN.masculine_pronouns,
    FEMALE: _EN.feminine_pronouns,
    PLURAL: (_EN.plural_pronouns | _EN.plural_first_person) - words("theirs ours ourselves"),
    FIRST: _EN.first_person - words("myself ourselves"),
    WORK: words("""
        book novel film movie song single album show series episode play musical opera painting sculpture documentary
        magazine comic poem essay game programme program podcast track hit ballad anthem sitcom drama comedy memoir author
        titled entitled starring aired airs episode hosts host segment anchor bestseller tv television broadway theme page
        section exhibition exhibit published album sequel franchise chapter column columnist article editorial
    """),
    SO_CALLED: words("""
        so-called dubbed called nicknamed known nickname alias aka termed term word words phrase phrases labeled labelled
        named called meaning means proverbial slogan hashtag quote-unquote codenamed buzzword
    """),
    BODY: words("hand hands head eyes voice words tone lips"),
    INDEFINITE: words("""
        one some many others another most several few both somebody someone everyone everybody nobody anyone all none each
        critics two three four half any
    """),
    BY: words("by"),
    VIA: words("according per via"),
    PORTFOLIO: _EN.portfolios,
    NUMBER_WORD: _EN.numerals - words("one") | words("eleven twelve dozen hundreds thousands millions"),
}


class Lexicon(NamedTuple):
    """Open-addressing table from the 32-bit hash of a lower-cased spelling to its class bits."""

    keys: NDArray[np.uint32]
    bits: NDArray[np.int64]
    classes: NDArray[np.uint8]
    lower: NDArray[np.uint32]


# What a code point is, for splitting text into tokens.
C_SYMBOL, C_SPACE, C_NEWLINE, C_LOWER, C_UPPER, C_DIGIT, C_APOSTROPHE, C_HYPHEN, C_PERIOD, C_STOP, C_MARK, C_HANDLE = (
    range(12)
)
TABLE_SIZE = 0x3000


ACCORDING = fnv_32("according")


@cache
def lexicon() -> Lexicon:
    """The word classes, built once per process from the lists and the closed classes of this file."""
    bits: dict[str, int] = {}

    def put(word: str, flags: int) -> None:
        key = word.lower()
        bits[key] = bits.get(key, 0) | flags

    for flags, listed in _WORDS.items():
        for word in listed:
            put(word, flags)
    for verb in reporting_verbs():
        kind = REPORT | {"say": SAY, "label": LABEL, "report": 0}[verb.kind]
        put(verb.verb, kind)
        put(verb.third_person, kind | FINITE)
        put(verb.past, kind | FINITE)
        put(verb.past_participle, kind)
        put(verb.present_participle, kind | GERUND)
    title_bits = {"honorific": HONORIFIC, "post": POST, "role": ROLE, "group": GROUP, "source": SOURCE}
    gender_bits = {"m": MALE, "f": FEMALE, "": 0, "u": 0}
    for title in titles():
        put(title.head, title_bits[title.kind] | gender_bits[title.gender])
        if title.kind in ("honorific", "post"):
            for word in title.before_head:
                put(word, HONORIFIC)  # at a sentence's head, "Lock" is part of "Lock Warden Ida Roe"
    with GIVEN_NAMES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if " " not in row["name"]:
                known = bits.get(row["name"].lower(), 0)
                put(row["name"], GIVEN | (gender_bits[row["gender"]] if not known else 0))
    return Lexicon(*_hash_table(bits), *_character_tables())


def _hash_table(bits: dict[str, int]) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    entries: dict[int, int] = {}
    for word in sorted(bits):
        key = fnv_32(word)
        entries[key] = entries.get(key, 0) | bits[word]
    return filled(entries, np.uint32, np.int64)


def _is_space(character: str) -> bool:
    return character.isspace() or character in "\u200b\u200c\u200d\u202a\u202c\u200e\u200f"


def _is_letter(character: str) -> bool:
    return character.isalpha() or 0x300 <= ord(character) < 0x370


def _character_tables() -> tuple[NDArray[np.uint8], NDArray[np.uint32]]:
    rules: list[tuple[int, Rule]] = [
        (C_DIGIT, str.isdigit),
        (C_LOWER, _is_letter),
        (C_UPPER, str.isupper),
        (C_SPACE, _is_space),
        (C_NEWLINE, "\n"),
        (C_APOSTROPHE, "'" + APOSTROPHES),
        (C_HYPHEN, "-‐‑"),
        (C_PERIOD, "."),
        (C_STOP, "!?…"),
        (C_MARK, '“”"„«»'),
        (C_HANDLE, "@#"),
    ]
    return class_table(TABLE_SIZE, rules), lower_table(TABLE_SIZE, APOSTROPHES)


@compiled
def look_up(keys: NDArray[np.uint32], bits: NDArray[np.int64], key: np.uint32) -> int:
    """Class bits of a hashed spelling, 0 where it is not listed."""
    found: int = bits[slot_in(keys, bits, key)]
    return found


@inlined
def class_of(code: int, classes: NDArray[np.uint8]) -> int:
    """What a code point is for splitting text; scripts without case beyond the table are letters."""
    if code < len(classes):
        known: int = classes[code]
        return known
    if 0x3041 <= code < 0xD7A4 or 0xF900 <= code < 0xFE00 or 0x20000 <= code < 0x32000:
        return C_LOWER
    return C_SYMBOL

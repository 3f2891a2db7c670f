"""What the words of attribution are: reporting verbs, titles, pronouns, function words, as bits per spelling."""

import csv
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from assets.entities.names.names import GIVEN_NAMES
from assets.text.characters import Rule, class_table, lower_table
from assets.text.compiled import compiled
from assets.text.hashing import FNV_OFFSET_32, FNV_PRIME_32
from assets.text.hashing import fnv_32 as hash_word
from assets.text.languages.calendar import full_names, names
from assets.text.tables import filled, slot_in
from pipeline.reference import read_list

# One bit a class; a spelling may have several.
SAY, REPORT, LABEL, FINITE, GERUND, AUXILIARY, PREPOSITION, DETERMINER = (1 << i for i in range(8))
CONJUNCTION, SUBORDINATOR, NEGATION, ADVERB, FUNCTION, PARTICLE, HONORIFIC, POST = (1 << i for i in range(8, 16))
ROLE, GROUP, SOURCE, ABBREVIATION, CALENDAR, SUFFIX, SUBJECT, OBJECT = (1 << i for i in range(16, 24))
POSSESSIVE, RELATIVE, MALE, FEMALE, PLURAL, FIRST, WORK, SO_CALLED = (1 << i for i in range(24, 32))
GIVEN, BODY, INDEFINITE, BY, VIA, NUMBER_WORD, PORTFOLIO = (1 << i for i in range(32, 39))

FNV_OFFSET, FNV_PRIME = FNV_OFFSET_32, FNV_PRIME_32
APOSTROPHES = "’‘ʼ"

_WORDS: dict[int, str] = {
    AUXILIARY: "is are was were be been being am 's 're 'm has have had having do does did will would can could may might "
    "must shall should 'll 'd 've won't wouldn't can't couldn't cannot doesn't don't didn't isn't aren't wasn't weren't hasn't haven't hadn't",
    PREPOSITION: "of in on at by for with from to into about over under after before between among through during against "
    "without within along across behind beyond near since until till upon toward towards outside inside off per via despite like unlike amid as than around",
    DETERMINER: "the a an this that these those some any no every each another both all several many few most one two three "
    "four five six seven eight nine ten such other either neither half various",
    CONJUNCTION: "and or but nor yet so plus",
    SUBORDINATOR: "that because although though while when where whereas if unless whether once who whom whose which after before since until how why what as",
    NEGATION: "not never n't hardly no",
    ADVERB: "also then later again still just now too even ever once often always already earlier afterwards however instead "
    "meanwhile further once soon here there today yesterday tomorrow tonight back rather quite very ago perhaps maybe yet first last next thus hence",
    FUNCTION: "the a an this that these those and or but nor yet so if in on at by for with from to of as it its he she they "
    "we you i his her their our my your him them us me who whom whose which what when where why how because although though "
    "while whereas unless whether once since until till after before during about over under between among through against "
    "without within along across behind beyond upon toward towards outside inside despite like unlike amid than is are was "
    "were be been being am has have had having do does did will would can could may might must shall should not no never "
    "also then later again still just now too even ever often always already earlier afterwards however instead meanwhile "
    "further soon here there back rather quite very perhaps maybe thus hence some any every each another both all several "
    "many few most more less much such other others either neither yes well according asked given despite another only "
    "indeed anyway plus per via there's that's it's he's she's they're we're i'm you're i've we've don't doesn't didn't "
    "let let's oh ok okay please around otherwise moreover furthermore nevertheless nonetheless besides",
    PARTICLE: "de la las los del della di da do dos van von der den ter bin ibn ben al el le du des af av zu y e abu mac st",
    ABBREVIATION: "mr mrs ms dr sen sens rep reps gov gen col lt capt sgt maj prof rev hon pres sec st jr sr inc corp co ltd "
    "vs dept no jan feb mar apr jun jul aug sept sep oct nov dec ala ariz ark calif colo conn del fla ga ill ind kan ky la "
    "md mass mich minn miss mo mont neb nev okla ore pa tenn tex va vt wash wis wyo d-n.y etc fr det insp supt const cllr adm cmdr cpl pvt msgr atty",
    CALENDAR: " ".join((*full_names("weekday", "en"), *names("month", "en"), "christmas easter")),
    SUFFIX: "jr sr ii iii iv phd md esq qc kc mp obe mbe cbe",
    SUBJECT: "he she they it i we you who",
    OBJECT: "him them us me whom",
    POSSESSIVE: "his her their its my our your whose",
    RELATIVE: "who whom whose which",
    MALE: "he him his himself mr sir lord",
    FEMALE: "she her hers herself mrs ms miss dame lady madam",
    PLURAL: "they them their themselves we us our",
    FIRST: "i we me us my our mine ours",
    WORK: "book novel film movie song single album show series episode play musical opera painting sculpture documentary "
    "magazine comic poem essay game programme program podcast track hit ballad anthem sitcom drama comedy memoir author "
    "titled entitled starring aired airs episode hosts host segment anchor bestseller tv television broadway theme page section "
    "exhibition exhibit published album sequel franchise chapter column columnist article editorial",
    SO_CALLED: "so-called dubbed called nicknamed known nickname alias aka termed term word words phrase phrases labeled labelled "
    "named called meaning means proverbial slogan hashtag quote-unquote codenamed buzzword",
    BODY: "hand hands head eyes voice words tone lips",
    INDEFINITE: "one some many others another most several few both somebody someone everyone everybody nobody anyone "
    "all none each critics two three four half any",
    BY: "by",
    VIA: "according per via",
    PORTFOLIO: "state defense defence health energy education labor labour commerce agriculture transportation transport treasury "
    "homeland interior housing veterans staff justice foreign finance trade",
    NUMBER_WORD: "two three four five six seven eight nine ten eleven twelve dozen hundreds thousands millions",
}  # fmt: skip


@dataclass(frozen=True)
class Lexicon:
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


ACCORDING = hash_word("according")


@cache
def lexicon() -> Lexicon:
    """The word classes, built once a process from the lists and the closed classes of this file."""
    bits: dict[str, int] = {}

    def put(word: str, flags: int) -> None:
        key = word.lower()
        bits[key] = bits.get(key, 0) | flags

    for flags, words in _WORDS.items():
        for word in words.split():
            put(word, flags)
    for row in read_list("reporting_verbs"):
        kind = REPORT | {"say": SAY, "label": LABEL, "report": 0}[row["kind"]]
        put(row["verb"], kind)
        put(row["third_person"], kind | FINITE)
        put(row["past"], kind | FINITE)
        put(row["past_participle"], kind)
        put(row["present_participle"], kind | GERUND)
    title_bits = {"honorific": HONORIFIC, "post": POST, "role": ROLE, "group": GROUP, "source": SOURCE}
    gender_bits = {"m": MALE, "f": FEMALE, "": 0, "u": 0}
    for row in read_list("titles"):
        put(row["title"].rstrip("."), title_bits[row["kind"]] | gender_bits[row["gender"]])
    with GIVEN_NAMES.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if " " not in row["name"]:
                known = bits.get(row["name"].lower(), 0)
                put(row["name"], GIVEN | (gender_bits[row["gender"]] if not known else 0))
    return Lexicon(*_hash_table(bits), *_character_tables())


def _hash_table(bits: dict[str, int]) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    entries: dict[int, int] = {}
    for word in sorted(bits):
        key = hash_word(word)
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
def look_up(keys, bits, key):  # type: ignore[no-untyped-def]
    """Class bits of a hashed spelling, 0 where it is not listed."""
    return bits[slot_in(keys, bits, key)]


@compiled
def class_of(code, classes):  # type: ignore[no-untyped-def]
    """What a code point is for splitting text; scripts without case beyond the table are letters."""
    if code < len(classes):
        return classes[code]
    if 0x3041 <= code < 0xD7A4 or 0xF900 <= code < 0xFE00 or 0x20000 <= code < 0x32000:
        return C_LOWER
    return C_SYMBOL

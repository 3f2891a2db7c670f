"""What the words of attribution are: reporting verbs, titles, pronouns, function words, as bits per spelling."""

import csv
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assets.entities.names.names import GIVEN_NAMES
from assets.text.compiled import compiled, inlined
from assets.text.languages.calendar import full_names, names
from pipeline.reference import read_list

# One bit a class; a spelling may have several.
SAY, REPORT, LABEL, FINITE, GERUND, AUXILIARY, PREPOSITION, DETERMINER = (1 << i for i in range(8))
CONJUNCTION, SUBORDINATOR, NEGATION, ADVERB, FUNCTION, PARTICLE, HONORIFIC, POST = (1 << i for i in range(8, 16))
ROLE, GROUP, SOURCE, ABBREVIATION, CALENDAR, SUFFIX, SUBJECT, OBJECT = (1 << i for i in range(16, 24))
POSSESSIVE, RELATIVE, MALE, FEMALE, PLURAL, FIRST, WORK, SO_CALLED = (1 << i for i in range(24, 32))
GIVEN, BODY, INDEFINITE, BY, VIA, NUMBER_WORD, PORTFOLIO = (1 << i for i in range(32, 39))

FNV_OFFSET = 2166136261
FNV_PRIME = 16777619
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


def hash_word(word: str) -> int:
    """FNV-1a, 32 bits, over the lower-cased code points, as the compiled tokeniser computes it."""
    value = FNV_OFFSET
    for character in word:
        value = ((value ^ ord(character)) * FNV_PRIME) & 0xFFFFFFFF
    return value or 1


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
    size = 1 << (2 * len(bits)).bit_length()
    keys = [0] * size
    values = [0] * size
    for word in sorted(bits):
        key = hash_word(word)
        slot = key & (size - 1)
        while keys[slot] not in (0, key):
            slot = (slot + 1) & (size - 1)
        keys[slot] = key
        values[slot] |= bits[word]
    return np.array(keys, dtype=np.uint32), np.array(values, dtype=np.int64)


def _character_tables() -> tuple[NDArray[np.uint8], NDArray[np.uint32]]:
    classes = np.zeros(TABLE_SIZE, dtype=np.uint8)
    lower = np.arange(TABLE_SIZE, dtype=np.uint32)
    for code in range(TABLE_SIZE):
        character = chr(code)
        if character.isspace() or character in "\u200b\u200c\u200d\u202a\u202c\u200e\u200f":
            classes[code] = C_NEWLINE if character == "\n" else C_SPACE
        elif character.isupper():
            classes[code] = C_UPPER
        elif character.isalpha() or 0x300 <= code < 0x370:
            classes[code] = C_LOWER
        elif character.isdigit():
            classes[code] = C_DIGIT
        folded = character.lower()
        if len(folded) == 1:
            lower[code] = ord(folded)
    for characters, kind in (
        ("'’‘ʼ", C_APOSTROPHE),
        ("-‐‑", C_HYPHEN),
        (".", C_PERIOD),
        ("!?…", C_STOP),
        ('“”"„«»', C_MARK),
        ("@#", C_HANDLE),
    ):
        for character in characters:
            classes[ord(character)] = kind
    for apostrophe in APOSTROPHES:
        lower[ord(apostrophe)] = ord("'")
    return classes, lower


@compiled
def look_up(keys: NDArray[np.uint32], bits: NDArray[np.int64], key: np.uint32) -> int:
    """Class bits of a hashed spelling, 0 where it is not listed."""
    mask = np.uint32(len(keys) - 1)
    slot = np.uint32(key & mask)
    while keys[slot] != 0:
        if keys[slot] == key:
            found: int = bits[slot]
            return found
        slot = np.uint32((slot + 1) & mask)
    return 0


@inlined
def class_of(code: int, classes: NDArray[np.uint8]) -> int:
    """What a code point is for splitting text; scripts without case beyond the table are letters."""
    if code < len(classes):
        known: int = classes[code]
        return known
    if 0x3041 <= code < 0xD7A4 or 0xF900 <= code < 0xFE00 or 0x20000 <= code < 0x32000:
        return C_LOWER
    return C_SYMBOL

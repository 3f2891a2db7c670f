"""The pieces of a language's texts as tokens: letters folded, classes, and what tells where a sentence ends."""

import re
from array import array
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assets.entities.names.listed import given_name_gender
from assets.quotes.languages.pieces import BLANK, HYPHEN, JOINER, LETTER
from assets.quotes.languages.pieces import MARK as SINGLE
from assets.text.characters import BASIC_PLANE, class_table
from assets.text.languages.name_parts import PARTICLES
from assets.text.languages.press import ABBREVIATION, PRONOUN, SOURCE, Press, press

(CAPITAL, QUOTATION, MARK, NUMBER, LINE_END, STOP, PERIOD, COMMA, OPENS_SENTENCE, SHORTENED, CLOSED, GIVEN, PARTICLE, JOINS_NAMES, THAT_REPORTS, TO, WITH_TO,
 FOLLOWS_SOURCE, ENDS_SOURCE, HALF_SOURCE) = (
    1 << bit for bit in range(40, 60)
)  # fmt: skip
"""Classes of tokens by their letters, after those of ``press.py``.

STOP ends a sentence, but PERIOD not right after a word that is SHORTENED; CLOSED is a quotation that ends a sentence inside its
marks; OPENS_SENTENCE is a mark before the first word of one; GIVEN a listed given name, and JOINS_NAMES a mark within names. THAT_REPORTS is a conjunction that opens a report, TO the word before
its infinitive, WITH_TO an infinitive that holds that word: an|zu|greifen. HALF_SOURCE alone is
no "according to": a word that FOLLOWS_SOURCE comes after it, or one or two later a word that ENDS_SOURCE (nach Polizeiangaben).
"""

STOPS = frozenset(".!?…؟。")
_OPENING = frozenset("–—―-¿¡(")
_DAY_DIGITS = 2
_SHORT_INFINITIVE = 7
_MOST_KNOWN = 200_000
"""Pieces of a language that are kept."""
_LETTERS_BESIDE = "_\u200c\u200d" + "".join(map(chr, range(0x300, 0x370)))
"""Characters of words that are no letters or digits: marks that combine with them, and joiners."""


class Token(NamedTuple):
    """A token of a piece: how many characters of the piece come before and after it, its letters folded, its classes."""

    before: int
    after: int
    word: str
    bits: int


class Tokens(NamedTuple):
    """Columns of the tokens of all known pieces; piece ``p`` has ``counts[p]`` from ``firsts[p]`` on."""

    before: NDArray[np.int64]
    after: NDArray[np.int64]
    words: Sequence[str]
    bits: NDArray[np.int64]
    firsts: NDArray[np.int64]
    counts: NDArray[np.int64]


class Vocabulary:
    """The pieces of a language that have been read; a text repeats most of them."""

    def __init__(self, press: Press) -> None:
        self.press = press
        self.cased = not press.has("no_case")
        self.pattern = _pattern(press)
        self.follow_source = frozenset(words[1] for words in press.according if len(words) > 1)
        self.with_to = tuple(prefix + to for prefix in press.prefixes for to in press.infinitives)
        self.forget()

    def forget(self) -> None:
        """Know no piece but the quotation, whose number is ``pieces.QUOTATION``."""
        self.numbers: dict[str, int] = {}
        self.before, self.after, self.words, self.bits = array("q", [0]), array("q", [0]), [""], array("q", [QUOTATION])
        self.firsts, self.counts = array("q", [0]), array("q", [1])

    def numbers_of(self, pieces: Iterable[str]) -> list[int]:
        """The numbers of some pieces, whose tokens ``tokens`` then has."""
        if len(self.numbers) > _MOST_KNOWN:
            self.forget()
        known = self.numbers
        return [known.get(piece) or self._read(piece) for piece in pieces]

    def tokens(self) -> Tokens:
        """The tokens of all pieces that are known."""
        return Tokens(
            np.array(self.before),
            np.array(self.after),
            self.words,
            np.array(self.bits),
            np.array(self.firsts),
            np.array(self.counts),
        )

    def _read(self, piece: str) -> int:
        number = self.numbers[piece] = len(self.firsts)
        self.firsts.append(len(self.words))
        for match in self.pattern.finditer(piece):
            token = self._token(match[0], match.start(), len(piece) - match.end())
            self.before.append(token.before)
            self.after.append(token.after)
            self.words.append(token.word)
            self.bits.append(token.bits)
        self.counts.append(len(self.words) - self.firsts[-1])
        return number

    def _token(self, text: str, before: int, after: int) -> Token:
        press = self.press
        first = text[0]
        if first == "\n":
            return Token(before, after, text, LINE_END | MARK)
        if first.isalpha():
            return self._word(text, before, after)
        if first == "-" and len(text) > 1:
            folded = press.folded(text[1:])
            bits = press.classes.get(folded.removeprefix("t-"), 0) & PRONOUN
            return Token(before + 1, after, folded, bits)
        if first.isdigit():
            short = len(text) <= _DAY_DIGITS and press.has("nouns_capital")
            return Token(before, after, text, NUMBER | (SHORTENED if short else 0))
        bits = MARK
        for bit, marks in ((STOP, STOPS), (PERIOD, "."), (COMMA, ","), (OPENS_SENTENCE, _OPENING), (JOINS_NAMES, ".-")):
            bits |= bit if text in marks else 0
        return Token(before, after, text, bits)

    def _word(self, text: str, before: int, after: int) -> Token:
        press = self.press
        folded = press.folded(text.removesuffix("'").removesuffix("’"))
        bits = press.classes.get(folded, 0)
        if text[0].isupper() or not self.cased:
            bits |= CAPITAL
            if bits == CAPITAL and press.has("nouns_capital"):
                bits |= press.title_bits(folded)
        if bits & ABBREVIATION or (len(folded) == 1 and bits & CAPITAL and self.cased):
            bits |= SHORTENED
        if folded in PARTICLES:
            bits |= PARTICLE
        if folded in press.reported_that:
            bits |= THAT_REPORTS
        bits |= self._source(folded, bits)
        if folded in press.infinitives:
            bits |= TO
        elif (
            len(folded) > _SHORT_INFINITIVE
            and not bits & CAPITAL
            and folded.startswith(self.with_to)
            and folded[-1] == "n"
        ):
            bits |= WITH_TO
        if bits & (CAPITAL | PARTICLE) and self.cased and len(folded) > 1 and given_name_gender(folded) is not None:
            bits |= GIVEN
        return Token(before, after, folded, bits)

    def _source(self, word: str, bits: int) -> int:
        """The classes of a word that may be a part of "according to"."""
        press = self.press
        found = FOLLOWS_SOURCE if word in self.follow_source else 0
        found |= ENDS_SOURCE if word.endswith(press.source_endings) else 0
        whole = (word,) in press.according or word in press.according_after
        return found | (HALF_SOURCE if bits & SOURCE and not whole else 0)


@cache
def vocabulary_of(language: str) -> Vocabulary:
    """That of one language, which all bodies share."""
    return Vocabulary(press(language))


@lru_cache(maxsize=1 << 14)
def classes_of(word: str, language: str) -> int:
    """The classes of a word alone, or of what an elision before it leaves: s'exclame."""
    words_of = press(language)
    whole = words_of.classes.get(words_of.folded(word), 0)
    elided = re.match(_elision(words_of), word) if words_of.elisions and not whole else None
    return words_of.classes.get(words_of.folded(word[elided.end() :]), 0) if elided else whole


def _letter(press: Press) -> str:
    return rf"[\w{_ignored(press)}\u0300-\u036f\u200c\u200d]"


def _elision(press: Press) -> str:
    """A small word that lost its vowel, before the word that it leans on: l'eau."""
    return rf"(?i:\b(?:{_alternatives(press.elisions)})['’])(?={_letter(press)})"


def _alternatives(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


def _pattern(press: Press) -> re.Pattern[str]:
    """The tokens of a piece."""
    letter = _letter(press)
    parts = [_elision(press)] if press.elisions else []
    if press.inversions:
        turned = rf"(?i:{_alternatives(press.inversions)})\b"
        parts += [rf"-{turned}", rf"{letter}+(?:[’'ʼ-](?!{turned}){letter}+)*"]
    else:
        parts.append(rf"{letter}+(?:[’'ʼ-]{letter}+)*")
    return re.compile("|".join([*parts, r"\n|[^\w\s]"]))


def _ignored(press: Press) -> str:
    return "".join(chr(code) for code, new in press.letters.items() if new is None)


def code_classes(codes: NDArray[np.uint32], press: Press) -> NDArray[np.uint8]:
    """What each code point of a text is to ``pieces.py``."""
    table = _class_table(_ignored(press))
    classes: NDArray[np.uint8] = table[np.minimum(codes, BASIC_PLANE - 1)]
    for place in np.flatnonzero(codes >= BASIC_PLANE):
        classes[place] = LETTER if chr(codes[place]).isalnum() else SINGLE
    return classes


@cache
def _class_table(ignored: str) -> NDArray[np.uint8]:
    return class_table(
        BASIC_PLANE,
        [(SINGLE, lambda sign: True), (BLANK, str.isspace), (SINGLE, "\n"), (LETTER, str.isalnum), (LETTER, _LETTERS_BESIDE + ignored),
         (JOINER, "’'"), (HYPHEN, "-")],
    )  # fmt: skip

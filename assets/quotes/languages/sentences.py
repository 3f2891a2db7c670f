"""A body as words with their classes, in which a quotation is one token, and where its sentences begin."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from itertools import accumulate, islice
from operator import add

from assets.quotes.languages.marks import Speech
from assets.text.languages.press import ABBREVIATION, PRONOUN, Press, press

CAPITAL = 1 << 40
QUOTATION = 1 << 41
MARK = 1 << 42
NUMBER = 1 << 43
LINE_END = 1 << 44

_BLANKS = r"[^\S\n]"
"""Space within a line: it is read with the token behind it, so that the tokens of a text are all of it."""
_STOPS = frozenset(".!?…؟。")
_DAY_DIGITS = 2
_MOST_KNOWN = 200_000
"""Tokens of a language that are kept."""


class Words:
    """The tokens of a body: where they begin and end, their letters folded, their classes, and the sentence of each."""

    def __init__(self, body: str, speech: Sequence[Speech], press: Press) -> None:
        self.body, self.press, self.speech = body, press, speech
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.words: list[str] = []
        self.bits: list[int] = []
        self.places: list[int] = []
        """The token of each quotation."""
        pattern = _pattern(press)
        at = 0
        for one in speech:
            self._read(pattern, at, one.outer_start)
            self.places.append(len(self.starts))
            self._add(one.outer_start, one.outer_end, "", QUOTATION)
            at = one.outer_end
        self._read(pattern, at, len(body))
        self.sentences = self._sentences()
        """The first token of each sentence."""

    def _add(self, start: int, end: int, word: str, bits: int) -> None:
        self.starts.append(start)
        self.ends.append(end)
        self.words.append(word)
        self.bits.append(bits)

    def _read(self, pattern: re.Pattern[str], begin: int, end: int) -> None:
        pieces = pattern.findall(self.body, begin, end)
        if not pieces:
            return
        words, bits, skipped = zip(*map(tokens_of(self.press.code).__getitem__, pieces), strict=True)
        places = list(accumulate(map(len, pieces), initial=begin))
        n = len(pieces) - (not bits[-1] and pieces[-1].isspace())
        self.starts.extend(islice(map(add, places, skipped), n))
        self.ends.extend(places[1 : n + 1])
        self.words.extend(words[:n])
        self.bits.extend(bits[:n])

    def _sentences(self) -> list[int]:
        firsts = [0]
        words, bits = self.words, self.bits
        n = len(words)
        cased = not self.press.has("no_case")
        for i in [i for i, bit in enumerate(bits) if bit & (MARK | QUOTATION)]:
            bit = bits[i]
            if bit & LINE_END:
                firsts.append(i + 1)
            elif bit & MARK and words[i] in _STOPS:
                after = bits[i + 1] if i + 1 < n else 0
                if i and words[i] == "." and self._abbreviates(i):
                    continue
                if not cased or after & (CAPITAL | QUOTATION | NUMBER) or (after & MARK and words[i + 1] in "–—-―¿¡("):
                    firsts.append(i + 1)
            elif bit & QUOTATION and i + 1 < n:
                inside = self.body[self.starts[i] : self.ends[i]].rstrip("”“\"»« \u00a0'’.)]")
                ended = self.body[self.starts[i] : self.ends[i]].rstrip("”“\"»« \u00a0'’)]")[-1:] in _STOPS
                after = bits[i + 1]
                if ended and inside and (after & QUOTATION or (after & CAPITAL and cased)):
                    firsts.append(i + 1)
        return firsts

    def _abbreviates(self, i: int) -> bool:
        """Whether the full stop at ``i`` belongs to the word before: Dr., J., 7."""
        bits, word = self.bits[i - 1], self.words[i - 1]
        if self.starts[i] != self.ends[i - 1]:
            return False
        if bits & NUMBER:
            return len(word) <= _DAY_DIGITS and self.press.has("nouns_capital")
        return bool(bits & ABBREVIATION) or (len(word) == 1 and bool(bits & CAPITAL) and not self.press.has("no_case"))

    def sentence(self, i: int) -> tuple[int, int]:
        """First token of the sentence that token ``i`` is in, and the one after its last."""
        number = bisect_right(self.sentences, i)
        return self.sentences[number - 1], self.sentences[number] if number < len(self.sentences) else len(self.words)

    def text(self, first: int, after: int) -> str:
        """What the tokens from ``first`` to before ``after`` are in the body."""
        return self.body[self.starts[first] : self.ends[after - 1]]


Token = tuple[str, int, int]
"""The letters folded, the classes, and how many characters of the text before the word are none of it."""


class Tokens(dict[str, Token]):
    """The tokens of a language that have been read, with the space before them; a body repeats most of them."""

    def __init__(self, press: Press) -> None:
        self.press = press

    def __missing__(self, text: str) -> Token:
        if len(self) > _MOST_KNOWN:
            self.clear()
        token = self[text] = self._read(text)
        return token

    def _read(self, text: str) -> Token:
        word = text.lstrip()
        n_before = len(text) - len(word)
        if not word:
            return ("\n", LINE_END | MARK, n_before - 1) if text.endswith("\n") else ("", 0, n_before)
        press = self.press
        first = word[0]
        if first.isalpha():
            folded = press.folded(word.removesuffix("'").removesuffix("’"))
            bits = press.classes.get(folded, 0)
            if first.isupper() or press.has("no_case"):
                bits |= CAPITAL
                if bits == CAPITAL and press.has("nouns_capital"):
                    bits |= press.title_bits(folded)
            return folded, bits, n_before
        if first == "-" and len(word) > 1:
            folded = press.folded(word[1:])
            return folded, press.classes.get(folded.removeprefix("t-"), 0) & PRONOUN, n_before + 1
        return word, NUMBER if first.isdigit() else MARK, n_before


@cache
def tokens_of(code: str) -> Tokens:
    """Those of one language."""
    return Tokens(press(code))


@cache
def _compile(elisions: tuple[str, ...], inversions: tuple[str, ...], ignored: str) -> re.Pattern[str]:
    letter = rf"[\w{ignored}\u0300-\u036f\u200c\u200d]"
    elided = "|".join(sorted(elisions, key=len, reverse=True))
    turned = "|".join(sorted(inversions, key=len, reverse=True))
    parts = []
    if elided:
        parts.append(rf"(?i:\b(?:{elided})['’])(?={letter})")
    if turned:
        parts.append(rf"-(?i:{turned})\b")
        parts.append(rf"{letter}+(?:[’'ʼ-](?!(?i:{turned})\b){letter}+)*")
    else:
        parts.append(rf"{letter}+(?:[’'ʼ-]{letter}+)*")
    parts.append(r"\n|[^\w\s]")
    return re.compile(rf"{_BLANKS}*+(?:{'|'.join(parts)})|{_BLANKS}+\Z")


def _pattern(press: Press) -> re.Pattern[str]:
    ignored = "".join(chr(code) for code, new in press.letters.items() if new is None)
    return _compile(press.elisions, press.inversions, ignored)

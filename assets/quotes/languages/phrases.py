"""Noun phrases: which words name somebody, and how far they reach."""

from typing import NamedTuple

from assets.quotes.languages.vocabulary import CAPITAL, MARK, NUMBER, QUOTATION
from assets.quotes.languages.words import Words
from assets.text.languages.press import (
    ADVERB,
    ADVERSATIVE,
    ARTICLE,
    AUXILIARY,
    CONJUNCTION,
    FEMININE,
    GENITIVE,
    MASCULINE,
    OBJECT,
    POSSESSIVE,
    PREPOSITION,
    PRONOUN,
    RELATIVE,
    SAID,
    SAYING,
    SEPARABLE,
    SPOKEN,
    SUBORDINATOR,
    THAT,
)

_NETWORK = "x"
"""The one name of a letter on which people write: na portalu X."""


class Phrase(NamedTuple):
    """Tokens ``first`` to before ``after``."""

    first: int
    after: int


LONGEST = 16
"""Tokens of a phrase that names a speaker."""
_SHORT_QUOTATION = 60
"""Code points of a name in marks within a phrase: the daily "Lantern"."""
TITLE = MASCULINE | FEMININE
CLAUSE = SUBORDINATOR | THAT | ADVERSATIVE
FINITE = SAID | AUXILIARY | SEPARABLE
_NO_NAME = ARTICLE | POSSESSIVE | PREPOSITION | PRONOUN | CONJUNCTION | ADVERB | GENITIVE | SUBORDINATOR | ADVERSATIVE


class Phrases:
    """Finds the phrases of one body."""

    def __init__(self, words: Words) -> None:
        self.w = words
        press = words.press
        self.verb_second, self.verb_first = press.has("verb_second"), press.has("verb_first")
        self.null_subject = press.has("null_subject")
        self.cased = not press.has("no_case")
        self.nouns_capital = press.has("nouns_capital")
        self.firsts = words.firsts
        self.known: dict[tuple[int, int], Phrase | None] = {}

    def capital(self, j: int) -> bool:
        """Whether a word has a capital that means something: in Arabic none does."""
        return self.cased and bool(self.w.bits[j] & CAPITAL)

    def proper(self, j: int) -> bool:
        """Whether a capital shows a name: not at the head of a sentence, and not of a small word."""
        return self.capital(j) and j not in self.firsts and not self.w.bits[j] & _NO_NAME

    def names(self, phrase: Phrase) -> bool:
        """Whether a phrase has a name, a title or a pronoun."""
        return any(self.proper(j) or self.w.bits[j] & (TITLE | PRONOUN) for j in range(*phrase))

    def proper_particle(self, j: int, stop: int) -> bool:
        """Whether a preposition with a capital begins a surname: Van Dam."""
        return self.capital(j) and j not in self.firsts and j + 1 < stop and not self.nouns_capital

    def _may_open(self, j: int, stop: int) -> bool:
        """Whether a noun or a name may come at ``j``."""
        return j < stop and not self.w.bits[j] & (
            MARK | QUOTATION | PREPOSITION | CONJUNCTION | THAT | AUXILIARY | SAID
        )

    def _past_object(self, j: int, stop: int) -> int:
        """Past what a preposition governs: an article, a word, names in capitals, a name in marks, and a genitive."""
        w = self.w
        while j < stop and w.bits[j] & (ARTICLE | POSSESSIVE | GENITIVE | NUMBER) and not w.bits[j] & MARK:
            j += 1
        if j >= stop or w.bits[j] & MARK:
            return j
        if w.bits[j] & QUOTATION:
            return j + 1 if self._short(j) else j
        was_capital = self.capital(j)
        j += 1
        if self.nouns_capital or not self.cased:
            return j
        if was_capital:
            while j < stop and self.capital(j):
                j += 1
        else:
            j = self._past_adjectives(j, stop)
        if j + 1 < stop and w.bits[j] & GENITIVE and not w.bits[j] & ARTICLE:
            return self._past_object(j, stop)
        if j < stop and w.bits[j] & QUOTATION and self._short(j):
            j += 1
        return j

    def _past_adjectives(self, j: int, stop: int) -> int:
        """Past what goes on with an object: na konferencji *prasowej*, en la red *social X*."""
        w = self.w
        while j < stop and not self.capital(j) and w.words[j].endswith(w.press.oblique_adjectives):
            j += 1
        network = next((k for k in (j, j + 1) if k < stop and w.words[k] == _NETWORK and self.capital(k)), None)
        return j if network is None else network + 1

    def _past_brackets(self, j: int, stop: int) -> int:
        while j < stop and self.w.words[j] != ")":
            j += 1
        return j + 1

    def _before_brackets(self, k: int, begin: int) -> int:
        while k >= begin and self.w.words[k] != "(":
            k -= 1
        return k - 1

    def _short(self, j: int) -> bool:
        return self.w.ends[j] - self.w.starts[j] <= _SHORT_QUOTATION

    def phrase(self, first: int, end: int) -> Phrase | None:
        """The noun phrase that begins at ``first``: up to a mark, a verb or a preposition other than a genitive's."""
        place = first, end
        if place not in self.known:
            self.known[place] = self._phrase(first, end)
        return self.known[place]

    def _phrase(self, first: int, end: int) -> Phrase | None:
        w = self.w
        stop = min(end, first + LONGEST)
        k = first
        while k < stop and not self._ends(k, first, stop):
            k += 1
        k = self._with_name(first, k, stop)
        while (
            k > first
            and w.bits[k - 1] & (ARTICLE | GENITIVE | POSSESSIVE | CONJUNCTION | PREPOSITION)
            and not self.capital(k - 1)
        ):
            k -= 1
        if self.nouns_capital and not any(w.bits[j] & (CAPITAL | QUOTATION) for j in range(first, k)):
            return None
        return Phrase(first, k) if k > first else None

    def _ends(self, k: int, first: int, stop: int) -> bool:
        """Whether the phrase that began at ``first`` has ended before token ``k``."""
        w = self.w
        bits = w.bits[k]
        follows = k + 1 < stop and self.capital(k + 1)
        if bits & QUOTATION:
            return k == first or not follows or not self._short(k)
        if bits & MARK:
            return not self._joins(k, first, follows)
        if k == first:
            return False
        if self.capital(k):
            return bool(self.nouns_capital and bits & FINITE and not self.capital(k - 1))
        if bits & (ARTICLE | GENITIVE | POSSESSIVE):
            return False
        if (
            self.nouns_capital
            and self.capital(k - 1)
            and not bits & (CONJUNCTION | NUMBER)
            and not w.bits[k - 1] & (ARTICLE | POSSESSIVE)
        ):
            return True
        if bits & CONJUNCTION:
            return not (follows or (k + 1 < stop and self.cased and w.bits[k + 1] & ARTICLE))
        if bits & (PREPOSITION | CLAUSE | RELATIVE | FINITE | SAYING | OBJECT | ADVERB | PRONOUN):
            return True
        if bits & SPOKEN:
            return not w.bits[k - 1] & (ARTICLE | GENITIVE)
        if not self.cased:
            return k - first >= 5
        if bits & TITLE and k == first + 2 and w.bits[first] & ARTICLE:
            return False  # le Premier *ministre*
        # said Ivanov *to reporters*: a dative without a preposition
        return self.proper(k - 1) and not self.nouns_capital and not bits & NUMBER

    def _joins(self, k: int, first: int, follows: bool) -> bool:
        """Whether a mark is part of a name: J. Roe, Roe-Quill."""
        w = self.w
        if not follows or k == first:
            return False
        word = w.words[k]
        return (word == "." and self.capital(k - 1) and w.starts[k] == w.ends[k - 1]) or word in "-&/'’"

    def _with_name(self, first: int, k: int, stop: int) -> int:
        """The minister *for the harbour Ida Roe*: a post goes on past a preposition to the name of who has it."""
        w = self.w
        if k == first or k >= stop or not w.bits[k] & (PREPOSITION | QUOTATION) or self.nouns_capital or not self.cased:
            return k
        if not any(w.bits[j] & TITLE for j in range(first, k)) or any(self.proper(j) for j in range(first, k)):
            return k
        run = 0
        for j in range(k, min(stop, k + 10)):
            if w.bits[j] & MARK:
                break
            run = run + 1 if self.proper(j) and not w.bits[j] & QUOTATION else 0
            if run >= 2 and (j + 1 >= stop or not self.proper(j + 1)):
                return j + 1
        return k

"""Which clause a verb of saying governs in languages that open it with a conjunction, past whom it was said to, when and where."""

from typing import NamedTuple

from assets.quotes.languages.phrases import Phrase
from assets.quotes.languages.reports.reports import LEAST_WORDS, Reports
from assets.quotes.languages.verbs import Verb
from assets.quotes.languages.vocabulary import MARK, NUMBER, QUOTATION
from assets.text.languages.press import (
    ADVERB,
    ARTICLE,
    AUXILIARY,
    CONJUNCTION,
    GENITIVE,
    OBJECT,
    PREPOSITION,
    PRONOUN,
    RELATIVE,
    SAID,
    SAYING,
    SPOKEN,
    SUBORDINATOR,
)

_TO_CONJUNCTION = 24
"""Tokens from a verb of saying to the conjunction of its report."""
_PASSED = ADVERB | OBJECT | NUMBER | SPOKEN | AUXILIARY
"""What may stand between them."""


class Reported(NamedTuple):
    """Where the clause of a report begins, and the phrase between it and its verb that may be the subject."""

    first: int
    named: Phrase | None


class GovernedClauses(Reports):
    """Finds where a reported clause begins and ends."""

    def _reported(self, verb: Verb, end: int, has_subject: bool) -> Reported | None:
        """The clause that a verb of saying governs, past whom it was said to, when and where."""
        w = self.w
        named: Phrase | None = None
        j = self.verbs.particle(verb.right, end) + 1
        reported_that = self.press.reported_that
        stop = next((k for k in range(j, min(end, j + _TO_CONJUNCTION)) if w.words[k] in reported_that), None)
        if stop is None or not self._has_words_after(stop, end) or (self.relative and self._is_relative(stop, j)):
            return None
        while j < stop:
            bits, word = w.bits[j], w.words[j]
            if word == "," or (bits & ARTICLE and w.bits[j + 1] & ADVERB):
                j += 1
            elif bits & (MARK | QUOTATION) or (bits & (SAID | SAYING | SUBORDINATOR) and not bits & (ADVERB | ARTICLE)):
                return None
            elif (bits & _PASSED and not bits & ARTICLE) or (bits & PRONOUN and not bits & ARTICLE):
                named = named or (Phrase(j, j + 1) if bits & PRONOUN and not bits & OBJECT else None)
                j += 1
            elif bits & (PREPOSITION | GENITIVE | CONJUNCTION) and not (bits & ARTICLE):
                j = self._past_noun(j + 1, stop)
            else:
                if (has_subject or named is not None) and self.relative:
                    return None
                phrase = self.subjects.phrase(j, stop)
                if phrase is None:
                    j += 1
                    continue
                if named is None and not has_subject and not bits & MARK:
                    named = phrase
                j = phrase.after
        return Reported(stop, named)

    def _past_noun(self, j: int, stop: int) -> int:
        phrase = self.subjects.phrase(j, stop)
        return max(j, phrase.after) if phrase is not None else j + 1

    def _is_relative(self, j: int, begin: int) -> bool:
        """Whether the conjunction opens another clause: al que, la necesidad de que, ya que; but not advierte *de que*."""
        w = self.w
        before = w.bits[j - 1] if j > begin else 0
        if w.words[j - 1] in self.press.other_that or (before & ARTICLE and not before & (ADVERB | PRONOUN)):
            return True
        return bool(before & (PREPOSITION | GENITIVE)) and j - 1 > begin and not self.subjects.capital(j - 2)

    @property
    def relative(self) -> bool:
        """Whether the conjunction of reports also opens relative clauses, so that no object may stand before it: que, che."""
        return any(self.press.classes.get(word, 0) & RELATIVE for word in self.press.reported_that)

    def _has_words_after(self, j: int, end: int) -> bool:
        """Whether more than words in marks follows the conjunction."""
        return sum(1 for k in range(j + 1, end) if not self.w.bits[k] & (MARK | QUOTATION)) >= LEAST_WORDS - 1

    def _end(self, first: int, end: int) -> int:
        """Where a report ends: at the end of the sentence, or before the next verb of saying with a report of its own."""
        w = self.w
        for j in range(first + LEAST_WORDS, end - LEAST_WORDS):
            if w.words[j] != "," and not w.bits[j] & CONJUNCTION:
                continue
            verb = self.verbs.at(j + 1, end) if not w.bits[j + 1] & SAYING else Verb(j + 1, j + 1, True)
            if verb is not None and self._reported(verb, end, has_subject=True) is not None:
                return j - 1 if w.words[j - 1] == "," else j
        return end

"""What reports without marks have in common in all languages: their sentences, "according to X", and where a clause ends."""

from collections.abc import Iterator
from typing import NamedTuple

from assets.quotes.attribution.attribute import IN_REPORT
from assets.quotes.languages.attribution import Attribution
from assets.quotes.languages.phrases import Phrase
from assets.quotes.languages.verbs import Credit
from assets.quotes.languages.vocabulary import LINE_END, MARK, QUOTATION
from assets.quotes.languages.words import Words
from assets.text.languages.press import (
    ADVERB,
    CONJUNCTION,
    HEARSAY,
    REPORT_NOUN,
    SAID,
    SAYING,
    SEPARABLE,
    SOURCE,
    SPOKEN,
    SUBJUNCTIVE,
)

LEAST_WORDS = 3
_TELLING = SAID | SPOKEN | SAYING | SEPARABLE | SUBJUNCTIVE | HEARSAY | REPORT_NOUN | SOURCE
"""Classes of words without which a sentence reports nothing."""
_OPEN_MARKS = frozenset('"„“”«»')
"""Marks that belong to no quotation."""
TAIL = 28
"""Tokens of the reporter's words after a report: …, said the speaker of the ministry in Hull."""


class Report(NamedTuple):
    """Tokens of the reported words, and whom they are credited to; ``free`` where only the subjunctive reports them."""

    words: Phrase
    credit: Credit
    free: bool = False


class Reports:
    """Finds the reports of one body; each kind of language says what a sentence of its own may report."""

    def __init__(self, attribution: Attribution) -> None:
        self.a = attribution
        self.w: Words = attribution.w
        self.subjects, self.verbs, self.press = attribution.subjects, attribution.verbs, attribution.press

    def in_sentence(self, begin: int, end: int, classes: int) -> Iterator[Report]:
        """The reports of the sentence whose first word is at ``begin``, whose last word is before ``end``; ``classes`` are those of all its words."""
        raise NotImplementedError

    def find(self) -> list[Report]:
        """Reports in order; a report without a verb of its own goes on the one before."""
        w = self.w
        found: list[Report] = []
        for number, begin in enumerate(w.sentences):
            last, classes = w.lasts[number], w.classes[number]
            if last - begin < LEAST_WORDS or not classes & _TELLING:
                continue
            reports = list(self.in_sentence(self._first_word(begin, last), last, classes))
            if len(reports) == 1 and reports[0].free and found and self._goes_on(found[-1], reports[0]):
                before = found.pop()
                reports = [before._replace(words=Phrase(before.words.first, reports[0].words.after))]
            found.extend(reports)
        return [report for report in found if self._has_words(report.words)]

    def _first_word(self, begin: int, end: int) -> int:
        """The first token of a sentence that is no mark."""
        while begin < end and self.w.bits[begin] & MARK:
            begin += 1
        return begin

    def _has_words(self, phrase: Phrase) -> bool:
        """Whether a report is more than a quotation in marks, which has its own row, and no half of one."""
        w = self.w
        if not _OPEN_MARKS.isdisjoint(w.words[slice(*phrase)]):
            return False
        words = quoted = 0
        for bits in w.bits[slice(*phrase)]:
            if bits & QUOTATION:
                quoted += 1
            elif not bits & MARK:
                words += 1
        return words >= (1 if quoted else LEAST_WORDS)

    def _goes_on(self, before: Report, report: Report) -> bool:
        between = range(before.words.after, report.words.first)
        return before.free and not any(self.w.bits[j] & LINE_END or not self.w.bits[j] & MARK for j in between)

    def source(self, begin: int, end: int) -> tuple[Phrase, Credit] | None:
        """Where "according to X" stands in a sentence, X and all."""
        w = self.w
        for j, bits in enumerate(w.bits[begin:end], begin):
            if not bits & SOURCE:
                continue
            if w.words[j] not in self.press.according_after:
                credit = self.verbs.according(j, end, at_head=j == begin)
                if credit is not None and credit.cue is not None:
                    after = credit.phrase.after if credit.phrase else credit.cue.after
                    return Phrase(j, max(after, credit.cue.after)), credit._replace(rule=IN_REPORT)
            elif j > begin:
                named = self.subjects.before(j, begin)
                if named is not None and named.after == j:
                    return Phrase(named.first, j + 1), Credit(named, Phrase(j, j + 1), IN_REPORT)
        return None

    def around(self, begin: int, end: int, place: Phrase, credit: Credit) -> Iterator[Report]:
        """What stands before and after "according to X"."""
        w = self.w
        after = place.after
        while after < end and w.bits[after] & MARK and w.words[after] != "(":
            after += 1
        head = [j for j in range(begin, place.first) if not w.bits[j] & (MARK | ADVERB | CONJUNCTION)]
        if head:
            first = place.first
            while first > begin and w.bits[first - 1] & MARK:
                first -= 1
            yield Report(Phrase(begin, first), credit)
        if end > after:
            yield Report(Phrase(after, end), credit)

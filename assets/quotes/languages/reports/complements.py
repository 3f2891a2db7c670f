"""Which clause a German verb of saying governs: a conjunction, the subjunctive, an infinitive or a main clause opens it."""

from assets.quotes.languages.reports.reports import LEAST_WORDS, Reports
from assets.quotes.languages.vocabulary import MARK, QUOTATION, TO, WITH_TO
from assets.text.languages.press import (
    ADVERB,
    ADVERSATIVE,
    ARTICLE,
    CONJUNCTION,
    OBJECT,
    PREPOSITION,
    PRONOUN,
    RELATIVE,
    SAID,
    SEPARABLE,
    SUBJUNCTIVE,
    SUBORDINATOR,
    THAT,
)


class Complements(Reports):
    """Finds where a reported clause begins and ends."""

    def _complement(self, verb: int, end: int) -> int | None:
        """Where the clause begins that a verb of saying governs."""
        w = self.w
        commas = [j for j in range(verb + 1, end - 2) if w.words[j] in (",", ":") and not self._in_brackets(j, verb)]
        for comma in commas:
            if w.bits[comma + 1] & THAT:
                return comma + 1
        for comma in commas:
            if w.words[comma] == ":" and w.bits[comma + 1] & QUOTATION:
                return None
            if self._is_reported(comma + 1, end) or (
                comma == commas[0] and comma <= verb + 8 and self._is_main(comma + 1, end)
            ):
                return comma + 1
        return None

    def _is_main(self, first: int, end: int) -> bool:
        """Whether a main clause begins: a noun phrase that no verb-last clause follows."""
        w = self.w
        bits = w.bits[first]
        if bits & (SUBORDINATOR | CONJUNCTION | ADVERSATIVE | MARK | QUOTATION | ADVERB):
            return False
        if bits & RELATIVE and w.bits[first + 1] & (ARTICLE | PRONOUN | PREPOSITION):
            # Who leads the brigade, not the man leads it.
            return False
        if bits & PRONOUN and not bits & ARTICLE:
            return True
        if not bits & ARTICLE or first + 2 >= end:
            return False
        phrase = self.subjects.phrase(first, end)
        if phrase is None or phrase.after - first < 2 or phrase.after >= end:
            return False
        after = w.bits[phrase.after]
        return not after & (MARK | QUOTATION | PREPOSITION | ADVERB | ARTICLE | OBJECT) and not self.subjects.capital(
            phrase.after
        )

    def _in_brackets(self, j: int, begin: int) -> bool:
        depth = 0
        for k in range(begin, j):
            depth += (self.w.words[k] == "(") - (self.w.words[k] == ")")
        return depth > 0

    def _is_reported(self, first: int, end: int) -> bool:
        """Whether a clause without a conjunction is in the subjunctive, or an infinitive."""
        w = self.w
        if w.bits[first] & SUBORDINATOR:
            return False
        for j, bits in enumerate(w.bits[first:end], first):
            if bits & (SUBJUNCTIVE | WITH_TO):
                return True
            if bits & TO and j + 1 < end and not self.subjects.capital(j + 1) and not w.bits[j + 1] & MARK:
                return True
        return False

    def _end_of_clause(self, first: int, end: int) -> int:
        """Where the report ends: at the end of the sentence, or before "and" with another verb of saying."""
        w = self.w
        for j in range(first + LEAST_WORDS, end - 1):
            after = w.bits[j + 1]
            reports = after & SAID or (after & SEPARABLE and self.verbs.separated(j + 1, end))
            if w.bits[j] & CONJUNCTION and reports and not after & SUBJUNCTIVE:
                return j
        return end

"""German speech without marks: conjunctions, word order, the subjunctive and "according to"."""

from collections.abc import Iterator

from assets.quotes.attribution.attribute import IN_REPORT
from assets.quotes.languages.phrases import Phrase
from assets.quotes.languages.reports.complements import Complements
from assets.quotes.languages.reports.reports import LEAST_WORDS, TAIL, Report
from assets.quotes.languages.verbs import SAYS, Credit
from assets.quotes.languages.vocabulary import COMMA, LINE_END, MARK, QUOTATION
from assets.text.languages.press import (
    ADVERSATIVE,
    AUXILIARY,
    HEARSAY,
    OBJECT,
    RELATIVE,
    REPORT_NOUN,
    SAID,
    SEPARABLE,
    SOURCE,
    SUBJUNCTIVE,
    SUBORDINATOR,
    THAT,
)

_OPENS_TAIL = SOURCE | SAID | SEPARABLE | AUXILIARY | OBJECT | SUBORDINATOR
"""Classes of the first word after the comma where the reporter's words begin."""


class SubjunctiveReports(Complements):
    """Finds the reports of a language whose verbs have a form for them."""

    def in_sentence(self, begin: int, end: int, classes: int) -> Iterator[Report]:
        tail = self._tail(begin, end) if classes & COMMA else None
        if tail is not None:
            yield tail
            return
        head = self._head(begin, end)
        if head is not None:
            yield head
            return
        source = self.source(begin, end) if classes & SOURCE else None
        if source is not None:
            place, credit = source
            yield from self.around(begin, end, place, credit)
            return
        clause = self._clause(begin, end) if classes & SAYS else None
        if clause is None and classes & REPORT_NOUN:
            clause = self._noun_clause(begin, end)
        if clause is not None:
            yield clause
            return
        free = self._free(begin, end) if classes & (SUBJUNCTIVE | HEARSAY) else None
        if free is not None:
            yield free

    def _tail(self, begin: int, end: int) -> Report | None:
        """Words, said X; words, as X reported; words, so X."""
        w = self.w
        first = max(begin + 2, end - TAIL)
        for comma, bits in enumerate(w.bits[first : end - 1], first):
            if not bits & COMMA or not self._opens_tail(comma + 1):
                continue
            credit = self._after_comma(comma + 1, end)
            if credit is None or all(w.bits[j] & (QUOTATION | MARK) for j in range(begin, comma)):
                continue
            if self._is_clause(begin, comma):
                return Report(Phrase(begin, comma), credit)
        return None

    def _opens_tail(self, j: int) -> bool:
        """Whether the reporter's words may begin with a word: said X; as X reported, which is one with "how"."""
        bits = self.w.bits[j]
        return bool(bits & _OPENS_TAIL and not bits & THAT) or self.w.words[j] in self.press.as_reported

    def _is_clause(self, begin: int, comma: int) -> bool:
        """Whether a clause ends at a comma: not a phrase with a relative clause, and not a name with its apposition."""
        w = self.w
        if any(w.bits[j] & SUBJUNCTIVE for j in range(begin, comma)):
            return True
        last = next((j for j in range(comma - 1, begin, -1) if w.words[j] == ","), None)
        if last is not None and w.bits[last + 1] & (RELATIVE | SUBORDINATOR) and not w.bits[last + 1] & ADVERSATIVE:
            return self._is_clause(begin, last) if last > begin + 5 and self._has_verb(begin, last) else False
        return self._has_verb(begin, comma)

    def _has_verb(self, begin: int, end: int) -> bool:
        """Whether a phrase and something after it stand there."""
        phrase = self.subjects.first(begin, end)
        return phrase is None or phrase.after < end - 1

    def _after_comma(self, j: int, end: int) -> Credit | None:
        w = self.w
        credit = self.verbs.according(j, end, at_head=True)
        if credit is not None and not any(w.words[k] == "," for k in range(j, min(end, j + 2))):
            return credit
        if w.bits[j] & SUBORDINATOR | w.bits[j] & THAT and w.words[j] in self.press.as_reported:
            verbs = self.verbs.between(j + 1, end)
            if verbs and verbs[-1].right >= end - 2:
                named = self.subjects.after(j + 1, end) or self.subjects.first(j + 1, end)
                return Credit(named, Phrase(verbs[-1].left, verbs[-1].right + 1), IN_REPORT) if named else None
            return None
        if w.bits[j] & SUBJUNCTIVE:
            return None
        verb = self.verbs.at(j, end) or self.verbs.perfect(j, end)
        if verb is None or w.words[j + 1] in self.press.reflexives:
            return None
        named = self.subjects.after(j + 1, end)
        if named is None:
            return None
        if any(w.words[k] == "," and w.bits[k + 1] & THAT for k in range(j, end - 1)):
            return None
        return Credit(named, Phrase(verb.left, verb.left + 1), IN_REPORT)

    def _head(self, begin: int, end: int) -> Report | None:
        """As X reported, words."""
        w = self.w
        if w.words[begin] not in self.press.as_reported:
            return None
        comma = next((j for j in range(begin, end) if w.words[j] == ","), end)
        verbs = self.verbs.between(begin + 1, comma)
        if not verbs or verbs[-1].right < comma - 2 or comma >= end - LEAST_WORDS:
            return None
        named = self.subjects.after(begin + 1, comma) or self.subjects.first(begin + 1, comma)
        if named is None:
            return None
        return Report(Phrase(comma + 1, end), Credit(named, Phrase(verbs[-1].left, verbs[-1].right + 1), IN_REPORT))

    def _clause(self, begin: int, end: int) -> Report | None:
        """X said that words; X said, words in the subjunctive; X asked to do words."""
        w = self.w
        verbs = self.verbs.between(begin, end)
        for number, verb in enumerate(verbs):
            if w.bits[verb.left] & SUBJUNCTIVE and not w.bits[verb.left] & AUXILIARY:
                continue
            first = self._complement(verb.right, end)
            if first is None:
                continue
            named = None
            for earlier in range(number, -1, -1):
                named = self.verbs.subject(verbs, earlier, begin, first - 1)
                if named is not None:
                    break
            last = self._end_of_clause(first, end)
            cue = Phrase(verb.left, verb.left + 1) if verb.left != verb.right else Phrase(verb.left, verb.right + 1)
            return Report(Phrase(first, last), Credit(named, cue, IN_REPORT))
        return None

    def _noun_clause(self, begin: int, end: int) -> Report | None:
        """The accusation that words; the hope, words in the subjunctive."""
        w = self.w
        for j in range(begin + 1, end - LEAST_WORDS):
            if (
                w.bits[j] & REPORT_NOUN
                and w.words[j + 1] == ","
                and (w.bits[j + 2] & THAT or self._is_reported(j + 2, end))
            ):
                named = self.subjects.first(begin, end)
                return Report(
                    Phrase(j + 2, self._end_of_clause(j + 2, end)), Credit(named, Phrase(j, j + 1), IN_REPORT, False)
                )
        return None

    def _wishes(self, j: int, begin: int) -> bool:
        """Whether a subjunctive of the past says what would be, where nothing reported comes before: würde, könnte."""
        w = self.w
        if w.words[j] not in self.press.wishes:
            return False
        k = begin - 1
        while k >= 0 and w.bits[k] & MARK and not w.bits[k] & LINE_END:
            k -= 1
        if k < 0 or w.bits[k] & LINE_END:
            return True
        first, after = w.sentence(k)
        return not (self.verbs.between(first, after) or any(w.bits[m] & SUBJUNCTIVE for m in range(first, after)))

    def _free(self, begin: int, end: int) -> Report | None:
        """A sentence in the subjunctive, or of hearsay, without a verb of saying."""
        w = self.w
        if w.bits[begin] & SUBORDINATOR and w.words[begin] in self.press.conditions:
            return None
        depth_comma = False
        for j, bits in enumerate(w.bits[begin:end], begin):
            if bits & COMMA:
                depth_comma = bool(w.bits[j + 1] & (SUBORDINATOR | THAT)) if j + 1 < end else False
            if bits & SUBJUNCTIVE and not self.subjects.capital(j) and not depth_comma and not self._wishes(j, begin):
                credit = self.a.sentence_before(begin)
                return Report(
                    Phrase(begin, end),
                    credit._replace(rule=IN_REPORT) if credit else Credit(None, None, IN_REPORT, False),
                    True,
                )
            if bits & HEARSAY and w.words[end - 1] in self.press.hearsay_ends and not depth_comma:
                return Report(Phrase(begin, end), Credit(None, None, IN_REPORT, False), True)
        return None

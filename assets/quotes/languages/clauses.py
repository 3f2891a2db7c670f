"""Speech without marks in languages that report it by a conjunction: X a déclaré que words; words, a déclaré X; selon X, words."""

from collections.abc import Iterator
from typing import NamedTuple

from assets.quotes.attribution.attribute import IN_REPORT
from assets.quotes.languages.phrases import Phrase
from assets.quotes.languages.reports import LEAST_WORDS, TAIL, Report, Reports
from assets.quotes.languages.verbs import SAYS, Credit, Verb
from assets.quotes.languages.vocabulary import COMMA, MARK, NUMBER, QUOTATION, THAT_REPORTS
from assets.text.languages.press import (
    ADVERB,
    ARTICLE,
    AUXILIARY,
    CONJUNCTION,
    GENITIVE,
    OBJECT,
    POSSESSIVE,
    PREPOSITION,
    PRONOUN,
    RELATIVE,
    SAID,
    SAYING,
    SOMEBODY,
    SOURCE,
    SPOKEN,
    SUBORDINATOR,
)

_TO_CONJUNCTION = 24
"""Tokens from a verb of saying to the conjunction of its report."""
_LONGER_SOURCE = 6
"""Tokens of a source after the phrase that names it."""
_PASSED = ADVERB | OBJECT | NUMBER | SPOKEN | AUXILIARY
"""What may stand between them."""


class Reported(NamedTuple):
    """Where the clause of a report begins, and the phrase between it and its verb that may be the subject."""

    first: int
    named: Phrase | None


class ClauseReports(Reports):
    """Finds the reports of a language that opens them with a conjunction."""

    def in_sentence(self, begin: int, end: int, classes: int) -> Iterator[Report]:
        tail = self._tail(begin, end) if classes & COMMA and classes & SAYS else None
        if tail is not None:
            yield tail
            return
        clauses = list(self._clauses(begin, end)) if classes & THAT_REPORTS else []
        yield from clauses
        if classes & SOURCE and not clauses:
            yield from self._according(begin, end)

    def _according(self, begin: int, end: int) -> Iterator[Report]:
        """According to X, words: at the head of a sentence, or set apart by a comma where the language sets it apart."""
        w, press = self.w, self.press
        source = self.source(begin, end)
        if source is None:
            return
        place, credit = source
        if w.words[place.first] in press.according_weak or (
            place.first == begin and w.words[begin] in press.according_next
        ):
            return
        apart = place.first == begin or w.bits[place.first - 1] & MARK or press.has("verb_second")
        if place.first == begin and not press.has("verb_second"):
            # As X of the ministry reported, words: the comma shows where the source ends.
            comma = next(
                (j for j in range(place.after, min(end, place.after + _LONGER_SOURCE)) if w.words[j] == ","), None
            )
            place = Phrase(begin, comma if comma is not None else place.after)
        after = place.after + (place.after < end and w.words[place.after] == ",")
        of_source = (after < end and w.bits[after] & RELATIVE) or w.bits[min(place.after, end - 1)] & PREPOSITION
        if apart and not of_source:
            yield from self.around(begin, end, place, credit)

    def _tail(self, begin: int, end: int) -> Report | None:
        """Words, said X."""
        w = self.w
        first = max(begin + LEAST_WORDS, end - TAIL)
        for comma, bits in enumerate(w.bits[first : end - 1], first):
            verb = self.verbs.at(comma + 1, end) if bits & COMMA else None
            if verb is None or self._opens_clause(verb.right + 1, end) or not self._is_clause(begin, comma):
                continue
            named = self.subjects.turned(verb.left, verb.right, end) or self.subjects.after(verb.right + 1, end)
            if named is not None and self._speaks(named, end):
                return Report(Phrase(begin, comma), Credit(named, Phrase(verb.left, verb.right + 1), IN_REPORT))
        return None

    def _is_clause(self, begin: int, comma: int) -> bool:
        """Whether more than a name and its apposition stands before a comma."""
        w = self.w
        if any(w.bits[j] & QUOTATION for j in range(begin, comma)):
            return False
        phrase = self.subjects.first(begin, comma)
        return comma - begin > LEAST_WORDS and (phrase is None or phrase.after == comma or w.words[phrase.after] != ",")

    def _opens_clause(self, begin: int, end: int) -> bool:
        return any(self.w.words[j] in self.press.reported_that for j in range(begin, end))

    def _speaks(self, named: Phrase, end: int) -> bool:
        """Whether what follows a verb at the end of a sentence is its subject: somebody by name or post, or all that is left."""
        whole = named.after == end and self.w.bits[named.first] & (ARTICLE | POSSESSIVE)
        return not self._is_anybody(named) and bool(whole or self.subjects.names(named))

    def _is_anybody(self, named: Phrase) -> bool:
        """Whether a subject is none that a report can be credited to: one, I, we."""
        return bool(self.w.bits[named.first] & SOMEBODY) and named.after - named.first == 1

    def _clauses(self, begin: int, end: int) -> Iterator[Report]:
        """X said that words, adding that words."""
        shared: Phrase | None = None
        while begin < end:
            report = self._clause(begin, end, shared)
            if report is None:
                return
            yield report
            begin, shared = report.words.after, report.credit.phrase

    def _clause(self, begin: int, end: int, shared: Phrase | None) -> Report | None:
        verbs = self.verbs.between(begin, end)
        for number, verb in enumerate(verbs):
            if self._says_nothing(verb, begin) or self._tells_of_marks(verb, begin):
                continue
            named = self._subject(verbs, number, begin, shared)
            reported = self._reported(verb, end, has_subject=named is not None)
            if reported is None:
                continue
            if named is None and self._is_impersonal(verb):
                continue
            named = named or reported.named
            if self._is_anybody(named) if named else not self.press.has("null_subject"):
                continue
            cue = Phrase(verb.left, verb.right + 1)
            return Report(Phrase(reported.first, self._end(reported.first, end)), Credit(named, cue, IN_REPORT))
        return None

    def _says_nothing(self, verb: Verb, begin: int) -> bool:
        """Whether nothing is said: a belief, a negation, a condition."""
        w, press = self.w, self.press
        if w.words[verb.right].startswith(press.beliefs):
            return True
        near = (*range(max(begin, verb.left - 3), verb.left), verb.left + 1)
        if any(j < len(w.words) and w.words[j] in press.negations for j in near):
            return True
        opens = w.bits[begin] & SUBORDINATOR and not w.bits[begin] & ARTICLE
        return bool(opens) and not any(w.words[j] == "," for j in range(begin, verb.left))

    def _tells_of_marks(self, verb: Verb, begin: int) -> bool:
        """Whether words in marks stand right before a verb, which are what it reports."""
        w = self.w
        k = verb.left - 1
        while k > begin and w.bits[k] & (MARK | OBJECT):
            k -= 1
        return k >= begin and bool(w.bits[k] & QUOTATION)

    def _subject(self, verbs: list[Verb], number: int, begin: int, shared: Phrase | None) -> Phrase | None:
        """What stands before a verb as its subject, or right behind it as a pronoun."""
        w = self.w
        verb = verbs[number]
        turned = self.subjects.turned(verb.left, verb.right, len(w.words))
        if turned is not None:
            return turned
        if w.bits[verb.left] & SAYING and not w.bits[verb.left] & SAID:
            return shared or self.subjects.first(begin, verb.left)
        if self.press.has("verb_first"):
            return None
        named = self.subjects.before(verb.left, begin)
        if named is None and shared is not None and self._is_joined(verb.left, begin):
            return shared
        return named or (None if number else self.subjects.first(begin, verb.left))

    def _is_joined(self, verb: int, begin: int) -> bool:
        return verb > begin and (self.w.words[verb - 1] in self.press.joining or self.w.words[verb - 1] == ",")

    def _is_impersonal(self, verb: Verb) -> bool:
        """Whether a verb without a subject before it is one that nobody is the subject of: se dice, сообщается."""
        w = self.w
        beside = (verb.left - 1, verb.right + 1)
        if any(0 <= j < len(w.words) and w.words[j] in self.press.reflexives for j in beside):
            return True
        return w.words[verb.right].endswith(self.press.impersonal)

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

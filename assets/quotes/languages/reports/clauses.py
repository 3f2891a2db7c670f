"""Speech without marks in languages that report it by a conjunction: X a déclaré que words; words, a déclaré X; selon X, words."""

from collections.abc import Iterator

from assets.quotes.attribution.attribute import IN_REPORT
from assets.quotes.languages.phrases import Phrase
from assets.quotes.languages.reports.governed import GovernedClauses
from assets.quotes.languages.reports.reports import LEAST_WORDS, TAIL, Report
from assets.quotes.languages.verbs import SAYS, Credit, Verb
from assets.quotes.languages.vocabulary import COMMA, MARK, QUOTATION, THAT_REPORTS
from assets.text.languages.press import (
    ARTICLE,
    OBJECT,
    POSSESSIVE,
    PREPOSITION,
    RELATIVE,
    SAID,
    SAYING,
    SOMEBODY,
    SOURCE,
    SUBORDINATOR,
)

_LONGER_SOURCE = 6
"""Tokens of a source after the phrase that names it."""


class ClauseReports(GovernedClauses):
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

"""Who is credited with each quotation of a body, by the words around it."""

import re

from assets.quotes.attribution.attribute import RUN, SAID_AFTER, SAID_BEFORE
from assets.quotes.languages.beside import Beside
from assets.quotes.languages.phrases import Phrase
from assets.quotes.languages.verbs import Credit
from assets.quotes.languages.vocabulary import LINE_END, MARK
from assets.text.languages.press import (
    ARTICLE,
    REPORT_NOUN,
    SAID,
    WORK,
)

_LONGEST_NAME = 8
"""Words of what is called by them."""
FEWEST_WORDS = 4
"""Words that a quotation has at least where nothing says that anybody speaks."""
_WORD = re.compile(r"\w[\w'’-]*")
_NEAR = 60
"""Tokens between two quotations of a paragraph that one speaker may have said."""
_TITLE_LETTERS = 3
"""Letters of the longest word that a title of a work writes small."""


class Attribution(Beside):
    """Credits of one body's quotations."""

    def credits(self) -> list[Credit | None]:
        """One for each quotation, None where nobody is credited."""
        found = [None if self._is_name(number) else self.credit(number) for number in range(len(self.w.places))]
        for number, credit in enumerate(found):
            if credit is None and self._is_speech(number) and not self._is_name(number):
                found[number] = self._elsewhere(number, found)
            elif credit is not None and credit.phrase is None and not self.press.has("null_subject"):
                place = self._previous(number, found) or self.sentence_before(self.w.sentence(self.w.places[number])[0])
                found[number] = credit._replace(phrase=place.phrase if place else None, sure=False)
        return found

    def _is_name(self, number: int) -> bool:
        """Whether the marks hold what the noun before them is called: the association "Light for All"."""
        w = self.w
        one, q = w.speech[number], w.places[number]
        if (
            not self.press.has("nouns_capital")
            or q == 0
            or not self.subjects.proper(q - 1)
            or w.bits[q - 1] & REPORT_NOUN
        ):
            return False
        words = w.body[one.start : one.end]
        return words[:1].isupper() and words[-1:] not in ".!?…," and words.count(" ") < _LONGEST_NAME

    def _is_speech(self, number: int) -> bool:
        """Whether a quotation that nothing is said about is more than a term: words enough, and no title of a work."""
        w = self.w
        one, q = w.speech[number], w.places[number]
        words = _WORD.findall(w.body, one.start, one.end)
        if len(words) < FEWEST_WORDS:
            return False
        if any(w.bits[k] & WORK and not w.bits[k] & (SAID | ARTICLE) for k in range(max(0, q - 2), q)):
            return False
        long = [word for word in words if len(word) > _TITLE_LETTERS]
        as_title = len(long) > 1 and all(word[0].isupper() for word in long)
        return not as_title or q == w.sentence(q)[0] or self.press.has("no_case")

    def _elsewhere(self, number: int, found: list[Credit | None]) -> Credit | None:
        """A quotation without words of reporting: the speaker of the one before or after it, or the subject of its sentence."""
        w = self.w
        q = w.places[number]
        begin, end = w.sentence(q)
        if q == begin or all(w.bits[j] & MARK for j in range(begin, q)):
            return (
                self._previous(number, found)
                or self._next(number, found)
                or self.sentence_before(begin)
                or Credit(None, None, RUN, False)
            )
        credit = self._same_sentence(number, found, begin, end)
        if credit is not None:
            return credit
        if self._is_subjunctive(begin, end):
            return self._previous(number, found) or self.sentence_before(begin)
        named = self.subjects.first(begin, q)
        previous = self._previous(number, found)
        if previous is not None and (named is None or not self.subjects.names(named)):
            return previous
        return Credit(named, None, SAID_BEFORE, False) if named else previous or self.sentence_before(begin)

    def _same_sentence(self, number: int, found: list[Credit | None], begin: int, end: int) -> Credit | None:
        """The credit of a quotation before in the sentence, or of one after it that a verb follows."""
        w = self.w
        before = found[number - 1] if number else None
        if before is not None and w.places[number - 1] >= begin:
            return before._replace(sure=False)
        for later in range(number + 1, len(found)):
            credit = found[later]
            if w.places[later] >= end:
                break
            if credit is not None and credit.rule == SAID_AFTER:
                return credit._replace(sure=False)
        return None

    def _previous(self, number: int, found: list[Credit | None]) -> Credit | None:
        """The credit of the quotation before, where it is in this paragraph, or left open for it."""
        w = self.w
        before = found[number - 1] if number else None
        if before is None:
            return None
        last, q = w.places[number - 1], w.places[number]
        same_line = "\n" not in w.body[w.ends[last] : w.starts[q]]
        if not ((same_line and q - last < _NEAR) or w.speech[number].continues or self._adjoins(number)):
            return None
        sentence = self.sentence_before(w.sentence(q)[0]) if same_line else None
        if (
            sentence is not None
            and sentence.sure
            and sentence.cue is not None
            and w.sentence(sentence.cue.first)[0] > last
        ):
            return sentence
        return before._replace(rule=RUN, sure=False)

    def _adjoins(self, number: int) -> bool:
        """Whether nothing stands between a quotation and the one before."""
        w = self.w
        between = w.body[w.ends[w.places[number - 1]] : w.starts[w.places[number]]]
        return not any(char.isalnum() for char in between)

    def _next(self, number: int, found: list[Credit | None]) -> Credit | None:
        """The credit of the quotation after, where nothing stands between them."""
        w = self.w
        after = found[number + 1] if number + 1 < len(found) else None
        if after is None or not self._adjoins(number + 1):
            return None
        between = w.body[w.ends[w.places[number]] : w.starts[w.places[number + 1]]]
        return None if "\n" in between else after._replace(rule=RUN, sure=False)

    def sentence_before(self, begin: int) -> Credit | None:
        """Who speaks or acts in the sentence before the one that begins at ``begin``."""
        w = self.w
        k = begin - 1
        while k >= 0 and w.bits[k] & (LINE_END | MARK):
            k -= 1
        if k < 0:
            return None
        first, _ = w.sentence(k)
        verbs = self.verbs.between(first, k + 1)
        for number in range(len(verbs) - 1, -1, -1):
            named = self.verbs.subject(verbs, number, first, k + 1)
            if named is not None:
                return Credit(named, Phrase(verbs[number].left, verbs[number].right + 1), RUN, True)
        if self._is_subjunctive(first, k + 1) and first > 0 and not w.bits[first - 1] & LINE_END:
            return self.sentence_before(first)
        named = self.subjects.first(first, k + 1)
        return Credit(named, None, RUN, False) if named is not None else None

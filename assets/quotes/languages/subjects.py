"""Whom the words beside a verb of saying name: its subject, before or after it."""

from assets.quotes.languages.phrases import TITLE, Phrase
from assets.quotes.languages.subjects_before import SubjectsBefore
from assets.quotes.languages.vocabulary import MARK, QUOTATION
from assets.text.languages.press import (
    ADVERB,
    ARTICLE,
    CONJUNCTION,
    IT,
    NEVER_SUBJECT,
    POSSESSIVE,
    PREPOSITION,
    PRONOUN,
    THAT,
)


class Subjects(SubjectsBefore):
    """Finds the subjects of one body."""

    def of(self, left: int, right: int, begin: int, end: int) -> Phrase | None:
        """The subject of the verb whose finite form is token ``left`` and whose last form is ``right``, in ``begin`` to ``end``."""
        turned = self.turned(left, right, end)
        if turned is not None:
            return turned
        if self.verb_first:
            if self.w.bits[begin] & ADVERB and any(word.startswith("ف") for word in self.w.words[left - 1 : left + 1]):
                topic = self.first(begin, left)
                if topic is not None:
                    return topic
            return self.after(right + 1, end) or self.before(left, begin)
        before = self.before(left, begin)
        if before is not None and not self.verb_second:
            return before
        after = (self.after(left + 1, right) if left < right else None) or self.after(right + 1, end)
        if self.verb_second and after is not None and self.w.bits[after.first] & IT and after.first == right + 1:
            return self._nobody_is(after, begin, left)
        if self.verb_second and after is not None and self._is_inverted(left, begin):
            return after
        if self.verb_second:
            return self._nobody_is(self._of_two(before, after), begin, left)
        if after is not None and self.null_subject and self._is_object(after, end):
            return None
        return after

    def _is_inverted(self, verb: int, begin: int) -> bool:
        """Whether a report and its only comma stand before the verb: That is odd, said *Roe*."""
        words = self.w.words
        return verb > begin and words[verb - 1] == "," and "," not in words[begin : verb - 1]

    def _of_two(self, before: Phrase | None, after: Phrase | None) -> Phrase | None:
        """The subject where the verb comes second: it stands before or after it, whatever else may stand first."""
        if before is None or after is None:
            return before or after
        if self.w.bits[before.first] & IT and not self.w.bits[before.first] & ARTICLE:
            return after
        if self._adverbial(before) or self.w.bits[before.first] & NEVER_SUBJECT:
            return after
        titled = any(self.w.bits[j] & TITLE for j in range(*after)) and not self.w.bits[after.first] & NEVER_SUBJECT
        return after if titled and not self.names(before) else before

    def _nobody_is(self, phrase: Phrase | None, begin: int, verb: int) -> Phrase | None:
        """*In the letter* it says: where "it" stands for nobody, the place before the verb speaks."""
        w = self.w
        if phrase is None or not w.bits[phrase.first] & IT:
            return phrase
        for j in (begin, *range(verb - 1, begin, -1)):
            if w.words[j] in w.press.place_as_source:
                return self.phrase(j + 1, verb)
        return None

    def _adverbial(self, phrase: Phrase) -> bool:
        """Whether a phrase at the head of a sentence is none of a subject: Passend zu …"""
        w = self.w
        j = phrase.first
        if phrase.after - j > 1 or j not in self.firsts or w.bits[j] & (ARTICLE | POSSESSIVE | PRONOUN | TITLE):
            return False
        return not any(w.words[k] == w.words[j] and self.proper(k) for k in range(len(w.words)))

    def _is_object(self, phrase: Phrase, end: int) -> bool:
        """Whether what follows a verb without a subject is its object: called *the claims* baseless."""
        w = self.w
        j = phrase.after
        if j >= end or w.bits[phrase.first] & PRONOUN:
            return False
        return not w.bits[j] & (MARK | QUOTATION | THAT | PREPOSITION | ADVERB | CONJUNCTION)

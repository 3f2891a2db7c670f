"""The subject that follows a verb of saying: said *Ida Roe*."""

from assets.quotes.languages.phrases import CLAUSE, TITLE, Phrase, Phrases
from assets.quotes.languages.vocabulary import MARK, NUMBER, QUOTATION
from assets.text.languages.press import (
    ADVERB,
    ARTICLE,
    AUXILIARY,
    CONJUNCTION,
    GENITIVE,
    HE,
    IT,
    NEVER_SUBJECT,
    OBJECT,
    PREPOSITION,
    PRONOUN,
    SAYING,
    SHE,
    SPOKEN,
)

_REACH = 16
"""Tokens between a verb and its subject."""


class SubjectsAfter(Phrases):
    """Finds the phrases that may follow a verb as its subject."""

    def turned(self, left: int, right: int, end: int) -> Phrase | None:
        """A pronoun right after the finite or the last form of a verb: a-t-*il* dit, sagte *er*."""
        return self._pronoun_after(right, end) or (self._pronoun_after(left, end) if left != right else None)

    def _pronoun_after(self, verb: int, end: int) -> Phrase | None:
        """A subject pronoun right after a verb: sagte *er*, dit-*il*."""
        j = verb + 1
        if j < end and self.w.bits[j] & (HE | SHE) and not self.w.bits[j] & (OBJECT | ARTICLE):
            return Phrase(j, j + 1)
        return None

    def after(self, j: int, end: int, plural: bool = False) -> Phrase | None:
        """The phrase that follows a verb: said *Ida Roe*; adverbs, objects and times between them are passed over."""
        w = self.w
        stop = min(end, j + _REACH)
        while j < stop:
            bits = w.bits[j]
            if bits & MARK and w.words[j] == "(":
                j = self._past_brackets(j, stop)
            elif bits & (QUOTATION | MARK):
                return None
            elif bits & PRONOUN and not bits & ARTICLE and not (bits & OBJECT and self._may_open(j + 1, stop)):
                return self._place_of(j, end) if bits & IT else Phrase(j, j + 1)
            elif bits & (CONJUNCTION | CLAUSE) and not bits & (ARTICLE | ADVERB) and not self.capital(j):
                return None
            elif bits & SAYING:
                return self._last_name(j, stop)
            elif (bits & PREPOSITION or bits & GENITIVE) and not bits & ARTICLE and not self.proper_particle(j, stop):
                if plural and w.words[j] in w.press.place_as_source:
                    return self.phrase(j + 1, end)
                j = self._past_object(j + 1, stop)
            elif bits & NEVER_SUBJECT:
                j = self._past_object(j + 1, stop)
            elif self._passes(j, stop):
                j += 2 if bits & ARTICLE else 1
            else:
                return self.phrase(j, end)
        return None

    def _passes(self, j: int, stop: int) -> bool:
        """Whether a word between verb and subject is none of the subject: an adverb, an object, a number, "on Monday"."""
        bits = self.w.bits[j]
        if bits & ARTICLE:
            return bool(j + 1 < stop and self.w.bits[j + 1] & ADVERB and not self.proper(j + 1))
        if bits & TITLE or (self.capital(j) and not self.nouns_capital):
            return False
        return bool(bits & (OBJECT | ADVERB | SPOKEN | AUXILIARY | NUMBER))

    def _place_of(self, j: int, end: int) -> Phrase:
        """It said in the report: where the pronoun stands for nobody, the place speaks."""
        w = self.w
        if j + 1 < end and w.words[j + 1] in w.press.place_as_source:
            return self.phrase(j + 2, end) or Phrase(j, j + 1)
        return Phrase(j, j + 1)

    def _last_name(self, j: int, stop: int) -> Phrase | None:
        """Said, answering reporters' questions, *Roe*: the name that ends a clause."""
        while j < stop and not self.w.bits[j] & (MARK | QUOTATION):
            if self.proper(j):
                return self.phrase(j, stop)
            j += 1
        return None

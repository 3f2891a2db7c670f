"""The subject that stands before a verb of saying, or first in its sentence: *Ida Roe*, the mayor, said."""

from assets.quotes.languages.phrases import CLAUSE, FINITE, LONGEST, TITLE, Phrase
from assets.quotes.languages.subjects_after import SubjectsAfter
from assets.quotes.languages.vocabulary import CAPITAL, MARK, NUMBER, QUOTATION
from assets.quotes.languages.words import Words
from assets.text.languages.press import (
    ADVERB,
    ADVERSATIVE,
    ARTICLE,
    AUXILIARY,
    CONJUNCTION,
    IT,
    NEVER_SUBJECT,
    OBJECT,
    POSSESSIVE,
    PREPOSITION,
    PRONOUN,
    RELATIVE,
    SAID,
    SAYING,
    SPOKEN,
    SUBORDINATOR,
    THAT,
)


class SubjectsBefore(SubjectsAfter):
    """Finds the phrases that may stand before a verb as its subject."""

    def __init__(self, words: Words) -> None:
        super().__init__(words)
        self.known_firsts: dict[tuple[int, int], Phrase | None] = {}

    def first(self, begin: int, end: int) -> Phrase | None:
        """The first phrase of a sentence that may be its subject."""
        place = begin, end
        if place not in self.known_firsts:
            self.known_firsts[place] = self._first(begin, end)
        return self.known_firsts[place]

    def _first(self, begin: int, end: int) -> Phrase | None:
        w = self.w
        j = begin
        while j < end:
            bits = w.bits[j]
            if bits & QUOTATION:
                return None
            if bits & PRONOUN and not bits & ARTICLE:
                return Phrase(j, j + 1)
            if bits & MARK or (
                bits & (CONJUNCTION | ADVERB | ADVERSATIVE | OBJECT) and not bits & (ARTICLE | PREPOSITION)
            ):
                j += 1
            elif bits & (PREPOSITION | SUBORDINATOR | SAYING) and not bits & ARTICLE:
                comma = next((k for k in range(j, end) if w.words[k] == "," or w.bits[k] & QUOTATION), end)
                if comma == end or w.bits[comma] & QUOTATION:
                    return None
                j = comma + 1
            elif bits & (SAID | AUXILIARY | SPOKEN) and not bits & (ARTICLE | TITLE):
                return self.after(j + 1, end)
            elif bits & NEVER_SUBJECT:
                j = self._past_object(j + 1, end)
            elif self.nouns_capital and not bits & (ARTICLE | POSSESSIVE | CAPITAL):
                j += 1  # a verb or an adjective
            else:
                return self.phrase(j, end)
        return None

    def before(self, verb: int, begin: int) -> Phrase | None:
        """The phrase before a verb: *Ida Roe* said; *Ida Roe*, the mayor, said. None where only times and places are there."""
        w = self.w
        k = verb - 1
        while k >= begin:
            bits = w.bits[k]
            if bits & PRONOUN and not (bits & (ARTICLE | OBJECT) and self._named_before(k, begin)):
                return self._place_of(k, verb) if bits & IT else Phrase(k, k + 1)
            if bits & MARK and w.words[k] == ")":
                k = self._before_brackets(k, begin)
            elif bits & SPOKEN and k > begin and w.bits[k - 1] & ARTICLE and not w.bits[k - 1] & OBJECT:
                break  # the accused
            elif bits & (OBJECT | AUXILIARY | ADVERB | SPOKEN) and not (self.capital(k) and not self.nouns_capital):
                k -= 1
            else:
                break
        if k < begin:
            return None
        if w.bits[k] & RELATIVE and not self.capital(k):
            return self._before_relative(k - 1, begin)
        if w.words[k] == ",":
            return self._before_comma(k, begin)
        return self._ending_at(k, begin)

    def _before_relative(self, j: int, begin: int) -> Phrase | None:
        """*Ida Roe*, who said; "what she called" has nobody before it."""
        w = self.w
        if j >= begin and w.bits[j] & (ARTICLE | PREPOSITION | PRONOUN) and not self.capital(j):
            return self.first(begin, j)
        if j >= begin and w.words[j] == ",":
            j -= 1
        if j >= begin and w.words[j] == ")":
            j = self._before_brackets(j, begin)
        return self._ending_at(j, begin)

    def _named_before(self, k: int, begin: int) -> bool:
        return k > begin and not self.w.bits[k - 1] & (
            MARK | QUOTATION | CONJUNCTION | PREPOSITION | SUBORDINATOR | THAT | ADVERSATIVE
        )

    def _before_comma(self, comma: int, begin: int) -> Phrase | None:
        """What stands before a comma before the verb: an apposition, a clause or a time, with the subject before them."""
        w = self.w
        previous = comma - 1
        while (
            previous >= begin
            and w.words[previous] != ","
            and not (w.bits[previous] & QUOTATION and not self._short(previous))
        ):
            previous = self._before_brackets(previous, begin) if w.words[previous] == ")" else previous - 1
        first = previous + 1
        if first >= comma:
            return None
        if previous < begin or w.bits[previous] & QUOTATION:
            head = w.bits[first]
            if head & (PREPOSITION | SUBORDINATOR | THAT | ADVERB | SAYING) and not head & ARTICLE:
                return None
            return self._ending_at(comma - 1, begin)
        return self._clause_head(previous, begin) or self._ending_at(comma - 1, first)

    def _clause_head(self, comma: int, begin: int) -> Phrase | None:
        """The phrase that a comma closes, where it begins its clause and is not a place or a time."""
        w = self.w
        first = comma - 1
        while first >= begin and not (
            (w.bits[first] & (QUOTATION | MARK) and w.words[first] in ",;:") or w.bits[first] & THAT
        ):
            first -= 1
        first += 1
        while first < comma and w.bits[first] & (CONJUNCTION | ADVERSATIVE | ADVERB) and not w.bits[first] & ARTICLE:
            first += 1
        if first >= comma or w.bits[first] & (PREPOSITION | SUBORDINATOR | SAYING):
            return None
        return self.phrase(first, comma)

    def _ending_at(self, last: int, begin: int) -> Phrase | None:
        """The noun phrase that ends at ``last``, or the one that a place after it belongs to."""
        w = self.w
        first = last
        while first >= begin and last - first < 2 * LONGEST and not self._bounds(first, begin):
            first -= 1
        first += 1
        while (
            first <= last
            and w.bits[first] & (CONJUNCTION | ADVERSATIVE | ADVERB | OBJECT)
            and not w.bits[first] & (ARTICLE | POSSESSIVE | PREPOSITION | PRONOUN)
        ):
            first += 1
        if first > last or (
            self.verb_second and first > begin and w.bits[first - 1] & SUBORDINATOR and first - 1 in self.firsts
        ):
            return None
        if w.bits[first] & PREPOSITION and not w.bits[first] & ARTICLE:
            first = self._past_object(first + 1, last + 1)
            while first <= last and w.bits[first] & (NUMBER | ADVERB):
                first += 1
            if first > last or self.verb_second or w.bits[first] & PREPOSITION:
                return None
        phrase = self.phrase(first, last + 1)
        if phrase is not None and self.cased and not self.names(phrase) and not w.bits[first] & (ARTICLE | POSSESSIVE):
            return self._named_first(begin, first) or phrase
        return phrase

    def _named_first(self, begin: int, end: int) -> Phrase | None:
        """The first phrase of the sentence, where it has a name: *Roe*, asked about knowledge of politics, said."""
        head = self.first(begin, end)
        return head if head is not None and (self.names(head) or self.capital(head.first)) else None

    def _bounds(self, j: int, begin: int) -> bool:
        """Whether a phrase that ends after ``j`` cannot reach over it."""
        w = self.w
        bits = w.bits[j]
        if bits & QUOTATION:
            return not self._short(j)
        if bits & MARK:
            return not (w.words[j] in ".-&'’" and j > begin and self.capital(j - 1))
        if bits & (FINITE | SAYING | CLAUSE):
            return not (self.proper(j) or bits & (ARTICLE | TITLE))
        if bits & CONJUNCTION and not self.capital(j):
            joined = j > begin and self.capital(j - 1) and (self.capital(j + 1) or w.bits[j + 1] & ARTICLE)
            return not joined
        return False

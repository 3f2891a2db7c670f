"""Whom the words beside a verb of saying name: its subject, before or after it."""

from assets.quotes.languages.phrases import CLAUSE, FINITE, LONGEST, TITLE, Phrase, Phrases
from assets.quotes.languages.vocabulary import CAPITAL, MARK, NUMBER, QUOTATION
from assets.quotes.languages.words import Words
from assets.text.languages.press import (
    ADVERB,
    ADVERSATIVE,
    ARTICLE,
    AUXILIARY,
    CONJUNCTION,
    GENITIVE,
    HE,
    IT,
    NEVER_SUBJECT,
    OBJECT,
    POSSESSIVE,
    PREPOSITION,
    PRONOUN,
    RELATIVE,
    SAID,
    SAYING,
    SHE,
    SPOKEN,
    SUBORDINATOR,
    THAT,
)

_REACH = 16
"""Tokens between a verb and its subject."""


class Subjects(Phrases):
    """Finds the subjects of one body."""

    def __init__(self, words: Words) -> None:
        super().__init__(words)
        self.known_firsts: dict[tuple[int, int], Phrase | None] = {}

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

    def turned(self, left: int, right: int, end: int) -> Phrase | None:
        """A pronoun right after the finite or the last form of a verb: a-t-*il* dit, sagte *er*."""
        return self._pronoun_after(right, end) or (self._pronoun_after(left, end) if left != right else None)

    def _pronoun_after(self, verb: int, end: int) -> Phrase | None:
        """A subject pronoun right after a verb: sagte *er*, dit-*il*."""
        j = verb + 1
        if j < end and self.w.bits[j] & (HE | SHE) and not self.w.bits[j] & (OBJECT | ARTICLE):
            return Phrase(j, j + 1)
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

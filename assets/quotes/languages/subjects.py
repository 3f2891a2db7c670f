"""Whom the words beside a verb of saying name: its subject, before or after it."""

from typing import NamedTuple

from assets.quotes.languages.sentences import CAPITAL, MARK, NUMBER, QUOTATION, Words
from assets.text.languages.press import (
    ADVERB,
    ADVERSATIVE,
    ARTICLE,
    AUXILIARY,
    CONJUNCTION,
    FEMININE,
    GENITIVE,
    HE,
    IT,
    MASCULINE,
    NEVER_SUBJECT,
    OBJECT,
    POSSESSIVE,
    PREPOSITION,
    PRONOUN,
    RELATIVE,
    SAID,
    SAYING,
    SEPARABLE,
    SHE,
    SPOKEN,
    SUBORDINATOR,
    THAT,
)


class Phrase(NamedTuple):
    """Tokens ``first`` to before ``after``."""

    first: int
    after: int


_LONGEST = 16
"""Tokens of a phrase that names a speaker."""
_REACH = 16
"""Tokens between a verb and its subject."""
_SHORT_QUOTATION = 60
"""Code points of a name in marks within a phrase: the daily "Lantern"."""
_TITLE = MASCULINE | FEMININE
_CLAUSE = SUBORDINATOR | THAT | ADVERSATIVE
_FINITE = SAID | AUXILIARY | SEPARABLE
_NO_NAME = ARTICLE | POSSESSIVE | PREPOSITION | PRONOUN | CONJUNCTION | ADVERB | GENITIVE | SUBORDINATOR | ADVERSATIVE


class Subjects:
    """Finds the phrases of one body."""

    def __init__(self, words: Words) -> None:
        self.w = words
        press = words.press
        self.verb_second, self.verb_first = press.has("verb_second"), press.has("verb_first")
        self.null_subject = press.has("null_subject")
        self.cased = not press.has("no_case")
        self.nouns_capital = press.has("nouns_capital")
        self.firsts = frozenset(words.sentences)

    def capital(self, j: int) -> bool:
        """Whether a word has a capital that means something: in Arabic none does."""
        return self.cased and bool(self.w.bits[j] & CAPITAL)

    def proper(self, j: int) -> bool:
        """Whether a capital shows a name: not at the head of a sentence, and not of a small word."""
        return self.capital(j) and j not in self.firsts and not self.w.bits[j] & _NO_NAME

    def names(self, phrase: Phrase) -> bool:
        """Whether a phrase has a name, a title or a pronoun."""
        return any(self.proper(j) or self.w.bits[j] & (_TITLE | PRONOUN) for j in range(*phrase))

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
        if self.verb_second and after is not None and self._is_inverted(left, begin):
            return self._nobody_is(after, begin, left)
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
        titled = any(self.w.bits[j] & _TITLE for j in range(*after)) and not self.w.bits[after.first] & NEVER_SUBJECT
        return after if titled and not self.names(before) else before

    def _nobody_is(self, phrase: Phrase | None, begin: int, verb: int) -> Phrase | None:
        """*In the letter* it says: where "it" stands for nobody, the place before the verb speaks."""
        w = self.w
        if phrase is None or not w.bits[phrase.first] & IT:
            return phrase
        for j in range(begin, verb):
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
        if phrase.after - j > 1 or j not in self.firsts or w.bits[j] & (ARTICLE | POSSESSIVE | PRONOUN | _TITLE):
            return False
        return not any(w.words[k] == w.words[j] and self.proper(k) for k in range(len(w.words)))

    def _is_object(self, phrase: Phrase, end: int) -> bool:
        """Whether what follows a verb without a subject is its object: called *the claims* baseless."""
        w = self.w
        j = phrase.after
        if j >= end or w.bits[phrase.first] & PRONOUN:
            return False
        return not w.bits[j] & (MARK | QUOTATION | THAT | PREPOSITION | ADVERB | CONJUNCTION)

    # After a verb

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
            elif bits & (CONJUNCTION | _CLAUSE) and not bits & (ARTICLE | ADVERB) and not self.capital(j):
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

    def proper_particle(self, j: int, stop: int) -> bool:
        """Whether a preposition with a capital begins a surname: Van Dam."""
        return self.capital(j) and j not in self.firsts and j + 1 < stop and not self.nouns_capital

    def _passes(self, j: int, stop: int) -> bool:
        """Whether a word between verb and subject is none of the subject: an adverb, an object, a number, "on Monday"."""
        bits = self.w.bits[j]
        if bits & ARTICLE:
            return bool(j + 1 < stop and self.w.bits[j + 1] & ADVERB and not self.proper(j + 1))
        if bits & _TITLE or (self.capital(j) and not self.nouns_capital):
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

    def _may_open(self, j: int, stop: int) -> bool:
        """Whether a noun or a name may come at ``j``."""
        return j < stop and not self.w.bits[j] & (
            MARK | QUOTATION | PREPOSITION | CONJUNCTION | THAT | AUXILIARY | SAID
        )

    def _past_object(self, j: int, stop: int) -> int:
        """Past what a preposition governs: an article, a word, names in capitals, a name in marks, and a genitive."""
        w = self.w
        while j < stop and w.bits[j] & (ARTICLE | POSSESSIVE | GENITIVE | NUMBER) and not w.bits[j] & MARK:
            j += 1
        if j >= stop or w.bits[j] & MARK:
            return j
        if w.bits[j] & QUOTATION:
            return j + 1 if self._short(j) else j
        was_capital = self.capital(j)
        j += 1
        if self.nouns_capital or not self.cased:
            return j
        while was_capital and j < stop and self.capital(j):
            j += 1
        if j + 1 < stop and w.bits[j] & GENITIVE and not w.bits[j] & ARTICLE:
            return self._past_object(j, stop)
        if j < stop and w.bits[j] & QUOTATION and self._short(j):
            j += 1
        return j

    def _past_brackets(self, j: int, stop: int) -> int:
        while j < stop and self.w.words[j] != ")":
            j += 1
        return j + 1

    def _short(self, j: int) -> bool:
        return self.w.ends[j] - self.w.starts[j] <= _SHORT_QUOTATION

    # The phrase itself

    def phrase(self, first: int, end: int) -> Phrase | None:
        """The noun phrase that begins at ``first``: up to a mark, a verb or a preposition other than a genitive's."""
        w = self.w
        stop = min(end, first + _LONGEST)
        k = first
        while k < stop and not self._ends(k, first, stop):
            k += 1
        k = self._with_name(first, k, stop)
        while (
            k > first
            and w.bits[k - 1] & (ARTICLE | GENITIVE | POSSESSIVE | CONJUNCTION | PREPOSITION)
            and not self.capital(k - 1)
        ):
            k -= 1
        return Phrase(first, k) if k > first else None

    def _ends(self, k: int, first: int, stop: int) -> bool:
        """Whether the phrase that began at ``first`` has ended before token ``k``."""
        w = self.w
        bits = w.bits[k]
        follows = k + 1 < stop and self.capital(k + 1)
        if bits & QUOTATION:
            return k == first or not follows or not self._short(k)
        if bits & MARK:
            return not self._joins(k, first, follows)
        if k == first:
            return False
        if self.capital(k):
            return bool(self.nouns_capital and bits & _FINITE and not self.capital(k - 1))
        if bits & (ARTICLE | GENITIVE | POSSESSIVE):
            return False
        if (
            self.nouns_capital
            and self.capital(k - 1)
            and not bits & (CONJUNCTION | NUMBER)
            and not w.bits[k - 1] & (ARTICLE | POSSESSIVE)
        ):
            return True
        if bits & CONJUNCTION:
            return not (follows or (k + 1 < stop and self.cased and w.bits[k + 1] & ARTICLE))
        if bits & (PREPOSITION | _CLAUSE | RELATIVE | _FINITE | SAYING | OBJECT | ADVERB | PRONOUN):
            return True
        if bits & SPOKEN:
            return not w.bits[k - 1] & (ARTICLE | GENITIVE)
        if not self.cased:
            return k - first >= 5
        # said Ivanov *to reporters*: a dative without a preposition
        return self.proper(k - 1) and not self.nouns_capital and not bits & NUMBER

    def _joins(self, k: int, first: int, follows: bool) -> bool:
        """Whether a mark is part of a name: J. Roe, Roe-Quill."""
        w = self.w
        if not follows or k == first:
            return False
        word = w.words[k]
        return (word == "." and self.capital(k - 1) and w.starts[k] == w.ends[k - 1]) or word in "-&/'’"

    def _with_name(self, first: int, k: int, stop: int) -> int:
        """The minister *for the harbour Ida Roe*: a post goes on past a preposition to the name of who has it."""
        w = self.w
        if k == first or k >= stop or not w.bits[k] & (PREPOSITION | QUOTATION) or self.nouns_capital or not self.cased:
            return k
        if not any(w.bits[j] & _TITLE for j in range(first, k)) or any(self.proper(j) for j in range(first, k)):
            return k
        run = 0
        for j in range(k, min(stop, k + 10)):
            if w.bits[j] & MARK:
                break
            run = run + 1 if self.proper(j) and not w.bits[j] & QUOTATION else 0
            if run >= 2 and (j + 1 >= stop or not self.proper(j + 1)):
                return j + 1
        return k

    # Before a verb

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

    def _before_brackets(self, k: int, begin: int) -> int:
        while k >= begin and self.w.words[k] != "(":
            k -= 1
        return k - 1

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
        while first >= begin and last - first < 2 * _LONGEST and not self._bounds(first, begin):
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
        if bits & (_FINITE | SAYING | _CLAUSE):
            return not (self.proper(j) or bits & (ARTICLE | _TITLE))
        if bits & CONJUNCTION and not self.capital(j):
            joined = j > begin and self.capital(j - 1) and (self.capital(j + 1) or w.bits[j + 1] & ARTICLE)
            return not joined
        return False

    def first(self, begin: int, end: int) -> Phrase | None:
        """The first phrase of a sentence that may be its subject."""
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
            elif bits & (SAID | AUXILIARY | SPOKEN) and not bits & (ARTICLE | _TITLE):
                return self.after(j + 1, end)
            elif self.nouns_capital and not bits & (ARTICLE | POSSESSIVE | CAPITAL):
                j += 1  # a verb or an adjective
            else:
                return self.phrase(j, end)
        return None

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
    MASCULINE,
    OBJECT,
    POSSESSIVE,
    PREPOSITION,
    PRONOUN,
    RELATIVE,
    SAID,
    SAYING,
    SEPARABLE,
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
_REACH = 14
"""Tokens between a verb and its subject."""
_BREAKS = SUBORDINATOR | THAT | ADVERSATIVE | RELATIVE
_TITLE = MASCULINE | FEMININE


class Subjects:
    """Finds the phrases of one body."""

    def __init__(self, words: Words) -> None:
        self.w = words
        press = words.press
        self.verb_second, self.verb_first, self.verb_last = map(press.has, ("verb_second", "verb_first", "verb_last"))
        self.cased = not press.has("no_case")
        self.nouns_capital = press.has("nouns_capital")

    def of(self, left: int, right: int, begin: int, end: int) -> Phrase | None:
        """The subject of the verb whose finite form is token ``left`` and whose last form is ``right``, in ``begin`` to ``end``."""
        if self.verb_first:
            return self.after(right + 1, end) or self.before(left, begin)
        return self.before(left, begin) or self.after(right + 1, end)

    def after(self, j: int, end: int, plural: bool = False) -> Phrase | None:
        """The phrase that follows a verb: said *Ida Roe*; adverbs, objects and times between them are passed over."""
        w = self.w
        stop = min(end, j + _REACH)
        while j < stop:
            bits = w.bits[j]
            if bits & QUOTATION or (bits & MARK and not (w.words[j] in "(" or w.words[j] in "-–—")):
                return None
            if bits & MARK:
                j = self._past_brackets(j, stop) if w.words[j] == "(" else j + 1
            elif bits & PRONOUN and not bits & ARTICLE and not (bits & OBJECT and self._opens_phrase(j + 1, stop)):
                return Phrase(j, j + 1)
            elif bits & (CONJUNCTION | THAT | SUBORDINATOR | ADVERSATIVE) and not bits & (ARTICLE | ADVERB | CAPITAL):
                return None
            elif bits & PREPOSITION and not (bits & CAPITAL and self.cased):
                if w.words[j] in w.press.place_as_source and plural:
                    return self.phrase(j + 1, end)
                j = self._past_object(j + 1, stop)
            elif bits & GENITIVE and not bits & ARTICLE:
                j = self._past_object(j + 1, stop)
            elif bits & ARTICLE and j + 1 < stop and w.bits[j + 1] & ADVERB and not w.bits[j + 1] & CAPITAL:
                j += 2
            elif (bits & (OBJECT | ADVERB | SPOKEN | AUXILIARY) and not bits & (ARTICLE | _TITLE) and not (
                bits & CAPITAL and self.cased and not self.nouns_capital
            )) or (bits & (OBJECT & ~ARTICLE) and not self._opens_phrase(j, stop)) or bits & NUMBER:  # fmt: skip
                j += 1
            else:
                return self.phrase(j, end)
        return None

    def _opens_phrase(self, j: int, stop: int) -> bool:
        """Whether a noun or a name may come at ``j``."""
        return j < stop and not self.w.bits[j] & (
            MARK | QUOTATION | PREPOSITION | CONJUNCTION | THAT | AUXILIARY | SAID
        )

    def _past_object(self, j: int, stop: int) -> int:
        """Past what a preposition governs: an article, a word, names in capitals, and a genitive."""
        w = self.w
        while j < stop and w.bits[j] & (ARTICLE | POSSESSIVE | GENITIVE | NUMBER) and not w.bits[j] & MARK:
            j += 1
        if j < stop and not w.bits[j] & (MARK | QUOTATION):
            was_capital = w.bits[j] & CAPITAL
            j += 1
            if self.nouns_capital or not self.cased:
                return j
            while was_capital and j < stop and w.bits[j] & CAPITAL:
                j += 1
            if j + 1 < stop and w.bits[j] & GENITIVE and not w.bits[j] & ARTICLE:
                return self._past_object(j, stop)
        return j

    def _past_brackets(self, j: int, stop: int) -> int:
        while j < stop and self.w.words[j] != ")":
            j += 1
        return j + 1

    def phrase(self, first: int, end: int) -> Phrase | None:
        """The noun phrase that begins at ``first``: up to a mark, a verb or a preposition other than a genitive's."""
        w = self.w
        stop = min(end, first + _LONGEST)
        k = first
        while k < stop:
            bits, word = w.bits[k], w.words[k]
            before = w.bits[k - 1] if k > first else 0
            after = w.bits[k + 1] if k + 1 < stop else 0
            capital = bits & CAPITAL and self.cased
            if bits & QUOTATION:
                # A name in marks within the phrase: the daily "Lantern".
                if k == first or not after & CAPITAL or w.ends[k] - w.starts[k] > 40:
                    break
            elif bits & MARK:
                if not (word == "." and before & CAPITAL and after & CAPITAL and w.starts[k] == w.ends[k - 1]) and not (
                    word in "-&/'’" and after & CAPITAL
                ):
                    break
            elif k > first and not capital:
                if bits & (ARTICLE | GENITIVE | POSSESSIVE):
                    pass
                elif bits & CONJUNCTION:
                    if not after & (CAPITAL | ARTICLE) or not self.cased:
                        break
                elif bits & (PREPOSITION | _BREAKS | AUXILIARY | SAID | SEPARABLE | SAYING | OBJECT | ADVERB | PRONOUN):
                    break
                elif before & CAPITAL and self.cased and not self.nouns_capital and not bits & NUMBER:
                    break  # said Ivanov *to reporters*: a dative without a preposition
                elif bits & SPOKEN and not before & (ARTICLE | GENITIVE):
                    break
                if not self.cased and k - first >= 5:
                    break
            elif k > first and self.nouns_capital and bits & (SAID | AUXILIARY) and not before & CAPITAL:
                break
            k += 1
        while (
            k > first
            and w.bits[k - 1] & (ARTICLE | GENITIVE | POSSESSIVE | CONJUNCTION | PREPOSITION)
            and not (w.bits[k - 1] & CAPITAL and self.cased)
        ):
            k -= 1
        return Phrase(first, k) if k > first else None

    def before(self, verb: int, begin: int) -> Phrase | None:
        """The phrase before a verb: *Ida Roe* said; *Ida Roe*, the mayor, said. None where only times and places are there."""
        w = self.w
        k = verb - 1
        while k >= begin:
            bits, word = w.bits[k], w.words[k]
            if bits & PRONOUN and not (bits & (ARTICLE | OBJECT) and self._named_before(k, begin)):
                return Phrase(k, k + 1)
            if bits & MARK and word == ")":
                while k >= begin and w.words[k] != "(":
                    k -= 1
                k -= 1
            elif bits & (OBJECT | AUXILIARY | ADVERB | SPOKEN) and not (
                bits & CAPITAL and self.cased and not self.nouns_capital
            ):
                k -= 1
            else:
                break
        if k < begin:
            return None
        if w.bits[k] & RELATIVE and not w.bits[k] & CAPITAL:
            j = k - 1
            if j >= begin and w.words[j] == ",":
                j -= 1
            return self._ending_at(j, begin)
        if w.words[k] == ",":
            return self._before_comma(k, begin)
        return self._ending_at(k, begin)

    def _named_before(self, k: int, begin: int) -> bool:
        return k > begin and not self.w.bits[k - 1] & (
            MARK | QUOTATION | CONJUNCTION | PREPOSITION | SUBORDINATOR | THAT
        )

    def _before_comma(self, comma: int, begin: int) -> Phrase | None:
        """What stands before a comma before the verb: an apposition, a clause or a time, with the subject before them."""
        w = self.w
        previous = comma - 1
        while previous >= begin and w.words[previous] != "," and not w.bits[previous] & QUOTATION:
            previous -= 1
        first = previous + 1
        if first >= comma:
            return None
        if previous < begin or w.bits[previous] & QUOTATION:
            head = w.bits[first]
            if head & (PREPOSITION | SUBORDINATOR | THAT | ADVERB | SAYING) and not head & ARTICLE:
                return None
            return self._ending_at(comma - 1, begin)
        before = self.before_clause(previous, begin)
        return before or self._ending_at(comma - 1, first)

    def before_clause(self, comma: int, begin: int) -> Phrase | None:
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
        phrase = self.phrase(first, comma)
        return phrase

    def _ending_at(self, last: int, begin: int) -> Phrase | None:
        """The noun phrase that ends at ``last``, or the one that a place after it belongs to."""
        w = self.w
        first = last
        while first >= begin and last - first < 2 * _LONGEST:
            bits, word = w.bits[first], w.words[first]
            capital = bits & CAPITAL and self.cased
            if bits & MARK and not (word in ".-&'’" and first > begin and w.bits[first - 1] & CAPITAL):
                break
            if bits & QUOTATION and w.ends[first] - w.starts[first] > 40:
                break
            if bits & (SAID | SAYING | AUXILIARY | SUBORDINATOR | THAT | ADVERSATIVE | SEPARABLE) and not (
                capital or bits & (ARTICLE | _TITLE)
            ):
                break
            if (
                bits & CONJUNCTION
                and not capital
                and not (w.bits[first + 1] & (CAPITAL | ARTICLE) and w.bits[first - 1] & CAPITAL)
            ):
                break
            first -= 1
        first += 1
        while (
            first <= last
            and w.bits[first] & (CONJUNCTION | ADVERSATIVE | ADVERB | OBJECT)
            and not w.bits[first] & (ARTICLE | POSSESSIVE | PREPOSITION | PRONOUN)
        ):
            first += 1
        if first > last:
            return None
        if w.bits[first] & PREPOSITION and not w.bits[first] & ARTICLE:
            first = self._past_object(first + 1, last + 1)
            while first <= last and w.bits[first] & (NUMBER | ADVERB):
                first += 1
            if first > last or self.verb_second or w.bits[first] & PREPOSITION:
                return None
        return self.phrase(first, last + 1)

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
            else:
                return self.phrase(j, end)
        return None

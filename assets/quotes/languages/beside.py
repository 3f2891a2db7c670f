"""Who is credited with a quotation by the words in its own sentence, or in the paragraph before that announces it."""

from assets.quotes.attribution.attribute import ACCORDING_TO, COLON, SAID_AFTER, SAID_BEFORE
from assets.quotes.languages.announced import Announced
from assets.quotes.languages.phrases import Phrase
from assets.quotes.languages.verbs import Credit
from assets.quotes.languages.vocabulary import CAPITAL, LINE_END, MARK, QUOTATION
from assets.text.languages.press import (
    ADVERB,
    ADVERSATIVE,
    ARTICLE,
    CONJUNCTION,
    OBJECT,
    PREPOSITION,
    PRONOUN,
    RELATIVE,
    SAID,
    SAYING,
    SOURCE,
    SUBJUNCTIVE,
    SUBORDINATOR,
    THAT,
    WHO_SAID,
)

_DASHES = "-–—―"
_CLOSING = "”“\"»«'’ \u00a0"


class Beside(Announced):
    """Credits of one body's quotations by a verb or by "according to"."""

    def credit(self, number: int) -> Credit | None:
        w = self.w
        q = w.places[number]
        begin, end = w.sentence(q)
        after = self._after(q, end, begin)
        if q > begin and w.words[q - 1] == ":" and not self.press.has("verb_last"):
            announced = self._before(q, begin)
            if announced is not None and announced.sure and announced.phrase is not None:
                return announced
        if after is not None and after.phrase is not None:
            return after
        if w.speech[number].continues and number and self._is_cut(number):
            return None
        before = self._before(q, begin)
        if before is not None and (before.phrase is not None or after is None):
            return before
        return after or before or self._signed(q, end) or self._tail(q, end)

    def _is_cut(self, number: int) -> bool:
        """Whether only words of reporting stand between this quotation and the one before, inside one pair of marks."""
        one, before = self.w.speech[number], self.w.speech[number - 1]
        return one.outer_start == one.start and "\n" not in self.w.body[before.outer_end : one.outer_start]

    def _signed(self, q: int, end: int) -> Credit | None:
        """A sentence of words, and one that says whose: "…" Così Ida Roe."""
        if end < len(self.w.words) and end <= q + 2 and self.w.words[end] in self.press.according_next:
            return self.verbs.according(end, self.w.sentence(end)[1], at_head=True)
        return None

    def _tail(self, q: int, end: int) -> Credit | None:
        """A fragment in a sentence that ends with whose it is: … "words" of them, said X."""
        w = self.w
        for comma in range(q + 1, end - 2) if not self.press.has("verb_last") else ():
            if w.words[comma] not in (",", "،"):
                continue
            credit = self.verbs.according(comma + 1, end, at_head=True)
            verb = self.verbs.at(comma + 1, end) or self.verbs.perfect(comma + 1, end)
            if credit is None and verb is not None and not w.bits[verb.left] & SUBJUNCTIVE:
                named = self.subjects.turned(verb.left, verb.right, end) or self.subjects.after(verb.left + 1, end)
                if named is not None and self.subjects.names(named):
                    credit = Credit(named, Phrase(verb.left, verb.right + 1), SAID_AFTER)
            if credit is not None:
                return credit
        return None

    def _after(self, q: int, end: int, begin: int) -> Credit | None:
        """Words, said X; words, X said; words, according to X."""
        w = self.w
        j, passed = self._past_marks(q, end)
        if j >= end or w.bits[j] & (QUOTATION | LINE_END | ADVERSATIVE):
            return None
        credit = self.verbs.according(j, end, at_head=passed)
        if credit is not None:
            return credit
        start = j
        while (
            j < end
            and j < start + 3
            and w.bits[j] & (ADVERB | OBJECT | SUBORDINATOR)
            and not w.bits[j] & (SAID | MARK | ARTICLE)
        ):
            j += 1
        if j + 1 < end and w.bits[j] & WHO_SAID and not w.bits[j + 1] & MARK:
            named = self.subjects.phrase(j + 1, end)
            if named is not None:
                return Credit(named, Phrase(j, j + 1), SAID_AFTER)
        if self.press.has("verb_last"):
            return self._verb_last(q, j, end, begin)
        if not passed and w.bits[start] & (CONJUNCTION | RELATIVE | PREPOSITION) and not w.bits[start] & CAPITAL:
            return None
        return self._verb_then_subject(start, j, end, passed)

    def _past_marks(self, q: int, end: int) -> tuple[int, bool]:
        """The first word after a quotation, and whether a comma or a dash parts it from the reporter's words."""
        w = self.w
        passed = w.body[max(0, w.ends[q] - 2) : w.ends[q]].rstrip(_CLOSING)[-1:] in {",", "!", "?", "…"}
        j = q + 1
        while j < end and w.bits[j] & MARK and (w.words[j] in _DASHES or w.words[j] in ",،.…!?") and j < q + 4:
            if w.words[j] == "." and not (j + 1 < end and w.words[j + 1] in _DASHES):
                break
            passed = True
            j += 1
        return j, passed

    def _verb_then_subject(self, start: int, j: int, end: int, passed: bool) -> Credit | None:
        """Words, said X; words, X said."""
        w = self.w
        verb = self.verbs.at(j, end)
        if verb is None:
            return self._subject_then_verb(j, end) if passed else None
        plural = w.words[verb.right].endswith(self.press.plural_verbs)
        named = self.subjects.turned(verb.left, verb.right, end)
        if named is None:
            named = self.subjects.after(self.verbs.particle(verb.right, end) + 1, end, plural)
        if named is None and j > start and w.bits[j - 1] & PRONOUN:
            named = Phrase(j - 1, j)
        if named is None and not passed:
            return None
        return Credit(named, Phrase(verb.left, verb.right + 1), SAID_AFTER)

    def _subject_then_verb(self, j: int, end: int) -> Credit | None:
        """Words, X said."""
        w = self.w
        bits = w.bits[j] if j < end else MARK
        if bits & (CONJUNCTION | PREPOSITION | RELATIVE | THAT | MARK) and not bits & (ARTICLE | PRONOUN | CAPITAL):
            return None
        named = Phrase(j, j + 1) if bits & PRONOUN and not bits & ARTICLE else self.subjects.phrase(j, end)
        if named is None:
            return None
        k = named.after
        while k < end and k < named.after + 3 and w.bits[k] & (ADVERB | OBJECT) and not w.bits[k] & (SAID | MARK):
            k += 1
        verb = self.verbs.at(k, end)
        return Credit(named, Phrase(verb.left, verb.right + 1), SAID_AFTER) if verb else None

    def _verb_last(self, q: int, j: int, end: int, begin: int) -> Credit | None:
        """X, "words" said: the verb comes after the words and the speaker before them."""
        w = self.w
        for k in range(j, min(end, j + 7)):
            if w.bits[k] & (QUOTATION | LINE_END) or w.words[k] in ".!?;":
                return None
            if w.bits[k] & (SAID | SAYING | WHO_SAID):
                named = self.verbs.last_subject(begin, q)
                if named is None and k > j:
                    between = self.subjects.phrase(j, k)
                    named = between if between and w.bits[between.first] & CAPITAL else None
                if named is None and k + 1 < end and w.bits[k + 1] & CAPITAL:
                    named = self.subjects.phrase(k + 1, end)
                return Credit(named, Phrase(k, k + 1), SAID_BEFORE)
        return None

    def _before(self, q: int, begin: int) -> Credit | None:
        """X said: words; X called it words; according to X, words."""
        w = self.w
        colon = q > begin and w.words[q - 1] in (":", "：")
        if q == begin:
            place = self._line_before(q)
            if place is None:
                return None
            q, colon = place, True
            begin, _ = w.sentence(q - 1)
        elif colon and q - 1 == begin:
            return None
        verbs = self.verbs.between(begin, q) or self.verbs.around(begin, q)
        credit = self._source_before(begin, q, verbs[-1].left if verbs else -1)
        if credit is not None:
            return credit
        rule = COLON if colon else SAID_BEFORE
        if not verbs:
            return self._label(begin, q - 1) if colon else None
        named = None
        for number in range(len(verbs) - 1, -1, -1):
            named = self.verbs.subject(verbs, number, begin, q)
            if named is not None:
                break
        return Credit(named, Phrase(verbs[-1].left, verbs[-1].right + 1), rule)

    def _source_before(self, begin: int, q: int, verb: int) -> Credit | None:
        """According to X, words; X zufolge words: where no verb of saying comes later."""
        w = self.w
        for j in range(q - 1, begin - 1, -1):
            if w.bits[j] & SOURCE:
                credit = self.verbs.according(j, q, at_head=j == begin)
                if credit is not None and credit.cue is not None and credit.cue.after > verb:
                    return credit
        for j in range(begin + 1, q) if self.press.according_after else ():
            if w.words[j] in self.press.according_after:
                named = self.subjects.before(j, begin)
                if named is not None and named.after == j:
                    return Credit(named, Phrase(j, j + 1), ACCORDING_TO)
        return None

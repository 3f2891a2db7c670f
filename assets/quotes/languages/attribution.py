"""Who is credited with each quotation of a body, by the words around it."""

import re
from typing import NamedTuple

from assets.quotes.attribution.attribute import ACCORDING_TO, COLON, RUN, SAID_AFTER, SAID_BEFORE
from assets.quotes.languages.sentences import CAPITAL, LINE_END, MARK, QUOTATION, Words
from assets.quotes.languages.subjects import Phrase, Subjects
from assets.text.languages.press import (
    ADVERB,
    ARTICLE,
    AUXILIARY,
    CONJUNCTION,
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
    WHO_SAID,
    WORK,
)

FEWEST_WORDS = 4
"""Words that a quotation has at least where nothing says that anybody speaks."""
_WORD = re.compile(r"\w[\w'’-]*")
_DASHES = "-–—―"
_LABEL = 14
"""Tokens before a colon that name a speaker without a verb."""


class Credit(NamedTuple):
    """To whom a quotation goes: the phrase, None where the verb has no subject of its own; the cue; the rule that found them."""

    phrase: Phrase | None
    cue: Phrase | None
    rule: int
    sure: bool = True
    """Whether a verb or "according to" says so, rather than the place alone."""


class _Verb(NamedTuple):
    """A verb of saying: its finite form, its last form (ha *detto*), and whether it is a participle that shares a subject."""

    left: int
    right: int
    shares: bool


class Attribution:
    """Credits of one body's quotations."""

    def __init__(self, words: Words) -> None:
        self.w = words
        self.press = words.press
        self.subjects = Subjects(words)

    def credits(self) -> list[Credit | None]:
        """One for each quotation, None where nobody is credited."""
        w = self.w
        found: list[Credit | None] = [self._beside(number) for number in range(len(w.places))]
        for number, credit in enumerate(found):
            if credit is None and self._worth(number):
                found[number] = self._elsewhere(number, found)
        return found

    def _worth(self, number: int) -> bool:
        """Whether a quotation that nothing is said about is more than a term: words enough, and no title of a work."""
        w = self.w
        one = w.speech[number]
        words = _WORD.findall(w.body, one.start, one.end)
        if len(words) < FEWEST_WORDS:
            return False
        q = w.places[number]
        if self._is_title(q, words):
            return False
        return True

    def _is_title(self, q: int, words: list[str]) -> bool:
        """Whether a noun before the marks says that they hold a title, or whether the words are written as one."""
        w = self.w
        for k in range(max(0, q - 2), q):
            if w.bits[k] & WORK and not w.bits[k] & (SAID | ARTICLE):
                return True
        if self.press.has("no_case"):
            return False
        long = [word for word in words if len(word) > 3]
        capitals = sum(word[0].isupper() for word in long)
        begins, ends = w.sentence(q)
        alone = q == begins
        return not alone and len(long) > 1 and capitals == len(long)

    # A verb or a phrase in the same sentence

    def _beside(self, number: int) -> Credit | None:
        w = self.w
        q = w.places[number]
        begin, end = w.sentence(q)
        after = self._after(q, end, begin)
        if after is not None and after.phrase is not None:
            return after
        if w.speech[number].continues and number and self._split(number):
            return None
        before = self._before(q, begin)
        if before is not None and (before.phrase is not None or after is None):
            return before
        return after or before

    def _split(self, number: int) -> bool:
        """Whether only words of reporting stand between this quotation and the one before, inside one pair of marks."""
        one, before = self.w.speech[number], self.w.speech[number - 1]
        return one.outer_start == one.start and "\n" not in self.w.body[before.outer_end : one.outer_start]

    def _after(self, q: int, end: int, begin: int) -> Credit | None:
        """Words, said X; words, X said; words, according to X."""
        w = self.w
        j = q + 1
        passed = w.body[w.ends[q] - 2 : w.ends[q]].rstrip("”“\"»«'’ \u00a0")[-1:] in {",", "!", "?", "…"}
        while j < end and w.bits[j] & MARK and (w.words[j] in _DASHES or w.words[j] in ",،.…!?") and j < q + 4:
            if w.words[j] == "." and not (j + 1 < end and w.words[j + 1] in _DASHES):
                break
            passed = True
            j += 1
        if j >= end or w.bits[j] & (QUOTATION | LINE_END):
            return None
        phrase = self._according(j, end, at_head=passed)
        if phrase is not None:
            return phrase
        start = j
        # said, then he said: one or two small words before the verb
        while (
            j < end
            and j < start + 3
            and w.bits[j] & (ADVERB | OBJECT | SUBORDINATOR)
            and not w.bits[j] & (SAID | MARK | ARTICLE)
        ):
            j += 1
        if j < end and w.bits[j] & WHO_SAID:
            named = self.subjects.phrase(j + 1, end) if j + 1 < end and not w.bits[j + 1] & MARK else None
            if named is not None:
                return Credit(named, Phrase(j, j + 1), SAID_AFTER)
        if self.press.has("verb_last"):
            return self._verb_last(q, j, end, begin)
        if not passed and w.bits[start] & (CONJUNCTION | RELATIVE | PREPOSITION) and not w.bits[start] & CAPITAL:
            return None
        verb = self._verb_at(j, end)
        if verb is not None:
            plural = w.words[verb.right].endswith(self.press.plural_verbs)
            named = self.subjects.after(self._particle(verb.right, end) + 1, end, plural)
            cue = Phrase(verb.left, verb.right + 1)
            if named is None and j > start and w.bits[j - 1] & PRONOUN:
                named = Phrase(j - 1, j)
            if named is not None or passed:
                return Credit(named, cue, SAID_AFTER)
            return None
        if not passed:
            return None
        return self._subject_then_verb(j, end)

    def _subject_then_verb(self, j: int, end: int) -> Credit | None:
        """Words, X said."""
        w = self.w
        bits = w.bits[j]
        if bits & (CONJUNCTION | PREPOSITION | RELATIVE | THAT) and not bits & (ARTICLE | PRONOUN | CAPITAL):
            return None
        named = Phrase(j, j + 1) if bits & PRONOUN and not bits & ARTICLE else self.subjects.phrase(j, end)
        if named is None:
            return None
        k = named.after
        while k < end and k < named.after + 3 and w.bits[k] & (ADVERB | OBJECT) and not w.bits[k] & (SAID | MARK):
            k += 1
        verb = self._verb_at(k, end)
        return Credit(named, Phrase(verb.left, verb.right + 1), SAID_AFTER) if verb else None

    def _verb_last(self, q: int, j: int, end: int, begin: int) -> Credit | None:
        """X, "words" said: the verb comes after the words and the speaker before them."""
        w = self.w
        for k in range(j, min(end, j + 7)):
            if w.bits[k] & (QUOTATION | LINE_END) or w.words[k] in ".!?;":
                break
            if w.bits[k] & (SAID | SAYING | WHO_SAID):
                named = self.subjects.first(begin, q)
                if named is None and k > j:
                    between = self.subjects.phrase(j, k)
                    named = between if between and w.bits[between.first] & CAPITAL else None
                if named is None and k + 1 < end and w.bits[k + 1] & CAPITAL:
                    named = self.subjects.phrase(k + 1, end)
                return Credit(named, Phrase(k, k + 1), SAID_BEFORE)
        return None

    def _verb_at(self, j: int, end: int) -> _Verb | None:
        """The verb of saying that begins at ``j``: said, has said, has already said."""
        w = self.w
        if j >= end:
            return None
        bits = w.bits[j]
        if bits & SAID and not (bits & CAPITAL and self.press.has("nouns_capital")):
            return _Verb(j, j, False)
        if bits & SEPARABLE and self._separated(j, end):
            return _Verb(j, j, False)
        if bits & (AUXILIARY | OBJECT):
            for k in range(j + 1, min(end, j + 5)):
                if w.bits[k] & (MARK | QUOTATION):
                    break
                if w.bits[k] & SPOKEN:
                    return _Verb(j, k, False)
                if not w.bits[k] & (PRONOUN | ADVERB | OBJECT | AUXILIARY):
                    break
        return None

    def _particle(self, verb: int, end: int) -> int:
        """The last form of a verb with a particle right after it: gab bekannt."""
        w = self.w
        ends = self.press.particles.get(w.words[verb])
        return verb + 1 if ends and verb + 1 < end and w.words[verb + 1] in ends else verb

    def _separated(self, j: int, end: int) -> bool:
        """Whether the particle that makes a verb report stands in its clause."""
        w = self.w
        ends = self.press.particles[w.words[j]]
        for k in range(j + 1, min(end, j + 18)):
            if w.words[k] in ends:
                return True
            if w.bits[k] & QUOTATION or w.words[k] in ":;":
                return False
        return False

    def _according(self, j: int, end: int, at_head: bool) -> Credit | None:
        """According to X, at ``j``."""
        w = self.w
        for phrase in self.press.according.get(w.words[j], ()):
            k = j + len(phrase)
            if k > end or tuple(w.words[j:k]) != phrase:
                continue
            weak = w.words[j] in self.press.according_weak
            if weak and not at_head:
                continue
            if k >= end or w.bits[k] & (MARK | QUOTATION):
                if len(phrase) > 1 and any(w.bits[m] & PRONOUN or w.bits[m] & POSSESSIVE for m in range(j, k)):
                    return Credit(Phrase(j + 1, k - 1) if k - j > 2 else None, Phrase(j, k), ACCORDING_TO)
                continue
            named = self.subjects.phrase(k, end) if not w.bits[k] & PRONOUN or w.bits[k] & ARTICLE else Phrase(k, k + 1)
            if named is None:
                named = self.subjects.after(k, end)
            if named is None or (weak and not w.bits[named.first] & (PRONOUN | CAPITAL)):
                continue
            return Credit(named, Phrase(j, k), ACCORDING_TO)
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
        verbs = self._verbs(begin, q)
        place = verbs[-1].left if verbs else -1
        for j in range(q - 1, max(begin, place) - 1, -1):
            if w.words[j] in self.press.according:
                credit = self._according(j, q, at_head=j == begin)
                if credit is not None:
                    return credit
        if self.press.according_after:
            for j in range(begin + 1, q):
                if w.words[j] in self.press.according_after and not w.bits[j + 1] & ARTICLE:
                    named = self.subjects.before(j, begin)
                    if (
                        named is not None
                        and named.after == j
                        and (self.press.has("verb_last") or w.words[j].endswith("e"))
                    ):
                        return Credit(named, Phrase(j, j + 1), ACCORDING_TO)
        rule = COLON if colon else SAID_BEFORE
        if verbs:
            named = None
            for number in range(len(verbs) - 1, -1, -1):
                named = self._subject(verbs, number, begin, q)
                if named is not None:
                    break
            verb = verbs[-1]
            return Credit(named, Phrase(verb.left, verb.right + 1), rule)
        if colon:
            return self._label(begin, q - 1)
        return None

    def _line_before(self, q: int) -> int | None:
        """The end of the paragraph before a quotation that begins one, where a colon announces it."""
        w = self.w
        k = q - 1
        while k >= 0 and w.bits[k] & LINE_END:
            k -= 1
        return k + 1 if k >= 0 and k < q - 1 and w.words[k] == ":" else None

    def _verbs(self, begin: int, q: int) -> list[_Verb]:
        """The verbs of saying between ``begin`` and the quotation, in order."""
        w = self.w
        found: list[_Verb] = []
        lead = -1
        for j in range(begin, q):
            bits = w.bits[j]
            if bits & AUXILIARY:
                lead = j
            if bits & CAPITAL and not self.press.has("no_case") and j > begin:
                continue
            if bits & SPOKEN and lead >= 0 and j - lead <= 12:
                found.append(_Verb(lead, j, False))
            elif bits & SAID and not bits & (ARTICLE | PREPOSITION):
                found.append(_Verb(j, j, False))
            elif bits & SAYING:
                found.append(_Verb(j, j, True))
            elif bits & WHO_SAID or (bits & SEPARABLE and self._separated(j, min(len(w.words), q + 6))):
                found.append(_Verb(j, j, False))
        return found

    def _subject(self, verbs: list[_Verb], number: int, begin: int, end: int) -> Phrase | None:
        """The subject of a verb; a participle, and a verb after "and", share that of the sentence."""
        w = self.w
        verb = verbs[number]
        if w.bits[verb.left] & WHO_SAID:
            return self.subjects.phrase(verb.right + 1, end) if verb.right + 1 < end else None
        if verb.shares and not self.press.has("verb_first"):
            if number:
                return None
            return self.subjects.first(begin, verb.left)
        if verb.shares:
            return None if number else self.subjects.first(begin, verb.left)
        if self.press.has("verb_last"):
            return self.subjects.first(begin, verb.left)
        named = self.subjects.of(verb.left, self._particle(verb.right, end), begin, end)
        if named is None and not number:
            named = self.subjects.first(begin, verb.left)
        return named

    def _label(self, begin: int, colon: int) -> Credit | None:
        """Words before a colon without a verb of saying: Ida Roe: words; Ida Roe on the bridge: words."""
        w = self.w
        if colon - begin > 2 * _LABEL:
            return None
        named = None
        if not self.press.has("no_case"):
            runs = self._capitals(begin, colon)
            several = [run for run in runs if run.after - run.first > 1]
            if several:
                named = several[0]
            elif runs and (runs[-1].first > begin or colon - begin <= 2):
                named = runs[-1]
        if named is None and colon - begin <= _LABEL:
            named = self.subjects.first(begin, colon)
        return Credit(named, None, COLON, False) if named else None

    def _capitals(self, begin: int, end: int) -> list[Phrase]:
        """Runs of words with capitals."""
        w = self.w
        runs: list[Phrase] = []
        first = -1
        for j in range(begin, end + 1):
            inside = (
                j < end and w.bits[j] & CAPITAL and not (j == begin and w.bits[j] & (ARTICLE | PREPOSITION | ADVERB))
            )
            if inside and first < 0:
                first = j
            elif not inside and first >= 0:
                runs.append(Phrase(first, j))
                first = -1
        return runs

    # The place alone

    def _elsewhere(self, number: int, found: list[Credit | None]) -> Credit | None:
        """A quotation without words of reporting: the speaker of the one before or after it, or the subject of its sentence."""
        w = self.w
        q = w.places[number]
        begin, end = w.sentence(q)
        if q > begin and not all(w.bits[j] & MARK for j in range(begin, q)):
            in_sentence = self._same_sentence(number, found, begin)
            if in_sentence is not None:
                return in_sentence
            named = self.subjects.first(begin, q)
            previous = self._previous(number, found)
            if previous is not None and (named is None or not self._named(named)):
                return previous
            return Credit(named, None, SAID_BEFORE, False) if named else previous or self._sentence_before(begin)
        return (
            self._previous(number, found)
            or self._next(number, found)
            or self._sentence_before(begin)
            or Credit(None, None, RUN, False)
        )

    def _named(self, phrase: Phrase) -> bool:
        return any(self.w.bits[j] & (CAPITAL | PRONOUN) for j in range(phrase.first, phrase.after))

    def _same_sentence(self, number: int, found: list[Credit | None], begin: int) -> Credit | None:
        if number and self.w.places[number - 1] >= begin and found[number - 1] is not None:
            return found[number - 1]._replace(sure=False)  # type: ignore[union-attr]
        return None

    def _paragraph(self, place: int, other: int) -> int:
        """Line ends between two tokens."""
        w = self.w
        return w.body.count("\n", w.ends[place], w.starts[other])

    def _previous(self, number: int, found: list[Credit | None]) -> Credit | None:
        """The credit of the quotation before, where it is in this paragraph, or left open for it."""
        if not number or found[number - 1] is None:
            return None
        w = self.w
        before = found[number - 1]
        lines = self._paragraph(w.places[number - 1], w.places[number])
        near = w.places[number] - w.places[number - 1] < 60
        if before is not None and ((lines == 0 and near) or w.speech[number].continues or self._adjoins(number)):
            sentence = self._sentence_before(w.sentence(w.places[number])[0])
            if lines == 0 and sentence is not None and sentence.sure and self._between(number, sentence):
                return sentence._replace(rule=RUN)
            return before._replace(rule=RUN, sure=False)
        return None

    def _between(self, number: int, credit: Credit) -> bool:
        """Whether a report stands between the quotation before and this one."""
        return (
            credit.phrase is not None
            and credit.phrase.first > self.w.places[number - 1]
            and bool(credit.cue and credit.cue.first > self.w.places[number - 1] + 12)
        )

    def _adjoins(self, number: int) -> bool:
        """Whether the paragraph before is nothing but the quotation before, or ends with it."""
        w = self.w
        before = w.places[number - 1]
        between = w.body[w.ends[before] : w.starts[w.places[number]]]
        return not any(char.isalnum() for char in between)

    def _next(self, number: int, found: list[Credit | None]) -> Credit | None:
        """The credit of the quotation after, where nothing stands between them."""
        w = self.w
        if number + 1 >= len(found) or found[number + 1] is None:
            return None
        between = w.body[w.ends[w.places[number]] : w.starts[w.places[number + 1]]]
        after = found[number + 1]
        if after is not None and not any(char.isalnum() for char in between) and "\n" not in between:
            return after._replace(rule=RUN, sure=False)
        return None

    def _sentence_before(self, begin: int) -> Credit | None:
        """Who speaks or acts in the sentence before the one that begins at ``begin``."""
        w = self.w
        k = begin - 1
        lines = 0
        while k >= 0 and w.bits[k] & (LINE_END | MARK):
            lines += bool(w.bits[k] & LINE_END)
            k -= 1
        if k < 0:
            return None
        first, _ = w.sentence(k)
        verbs = self._verbs(first, k + 1)
        for number in range(len(verbs) - 1, -1, -1):
            named = self._subject(verbs, number, first, k + 1)
            if named is not None:
                return Credit(named, None, RUN, True)
        named = self.subjects.first(first, k + 1)
        return Credit(named, None, RUN, False) if named is not None else None

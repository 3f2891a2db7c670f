"""Who is credited with each quotation of a body, by the words around it."""

import re

from assets.quotes.attribution.attribute import ACCORDING_TO, COLON, RUN, SAID_AFTER, SAID_BEFORE
from assets.quotes.languages.sentences import CAPITAL, LINE_END, MARK, QUOTATION, Words
from assets.quotes.languages.subjects import Phrase, Subjects
from assets.quotes.languages.verbs import Credit, Verbs
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
    SUBJUNCTIVE,
    SUBORDINATOR,
    THAT,
    WHO_SAID,
    WORK,
)

FEWEST_WORDS = 4
"""Words that a quotation has at least where nothing says that anybody speaks."""
_WORD = re.compile(r"\w[\w'’-]*")
_DASHES = "-–—―"
_CLOSING = "”“\"»«'’ \u00a0"
_LABEL = 14
"""Tokens before a colon that name a speaker without a verb."""
_NEAR = 60
"""Tokens between two quotations of a paragraph that one speaker may have said."""
_TITLE_LETTERS = 3
"""Letters of the longest word that a title of a work writes small."""


class Attribution:
    """Credits of one body's quotations."""

    def __init__(self, words: Words) -> None:
        self.w = words
        self.press = words.press
        self.subjects = Subjects(words)
        self.verbs = Verbs(words, self.subjects)

    def credits(self) -> list[Credit | None]:
        """One for each quotation, None where nobody is credited."""
        found: list[Credit | None] = [self._beside(number) for number in range(len(self.w.places))]
        for number, credit in enumerate(found):
            if credit is None and self._is_speech(number):
                found[number] = self._elsewhere(number, found)
            elif credit is not None and credit.phrase is None and not self.press.has("null_subject"):
                place = self._previous(number, found) or self.sentence_before(self.w.sentence(self.w.places[number])[0])
                found[number] = credit._replace(phrase=place.phrase if place else None, sure=False)
        return found

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

    # A verb or a phrase in the same sentence

    def _beside(self, number: int) -> Credit | None:
        w = self.w
        q = w.places[number]
        begin, end = w.sentence(q)
        after = self._after(q, end, begin)
        if after is not None and after.phrase is not None:
            return after
        if w.speech[number].continues and number and self._is_cut(number):
            return None
        before = self._before(q, begin)
        if before is not None and (before.phrase is not None or after is None):
            return before
        return after or before or self._signed(q, end) or self._tail(q, end)

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

    def _is_cut(self, number: int) -> bool:
        """Whether only words of reporting stand between this quotation and the one before, inside one pair of marks."""
        one, before = self.w.speech[number], self.w.speech[number - 1]
        return one.outer_start == one.start and "\n" not in self.w.body[before.outer_end : one.outer_start]

    def _signed(self, q: int, end: int) -> Credit | None:
        """A sentence of words, and one that says whose: "…" Così Ida Roe."""
        if end < len(self.w.words) and end <= q + 2 and self.w.words[end] in self.press.according_next:
            return self.verbs.according(end, self.w.sentence(end)[1], at_head=True)
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
            if w.words[j] in self.press.according or w.words[j] in self.press.sources_after:
                credit = self.verbs.according(j, q, at_head=j == begin)
                if credit is not None and credit.cue is not None and credit.cue.after > verb:
                    return credit
        for j in range(begin + 1, q) if self.press.according_after else ():
            if w.words[j] in self.press.according_after:
                named = self.subjects.before(j, begin)
                if named is not None and named.after == j:
                    return Credit(named, Phrase(j, j + 1), ACCORDING_TO)
        return None

    def _line_before(self, q: int) -> int | None:
        """The end of the paragraph before a quotation that begins one, where a colon announces it."""
        w = self.w
        k = q - 1
        while k >= 0 and w.bits[k] & LINE_END:
            k -= 1
        return k + 1 if k >= 0 and k < q - 1 and w.words[k] == ":" else None

    def _label(self, begin: int, colon: int) -> Credit | None:
        """Words before a colon without a verb of saying: Ida Roe: words; Ida Roe on the bridge: words."""
        if colon - begin > 2 * _LABEL or self._is_subjunctive(begin, colon):
            return None
        named = None
        if not self.press.has("no_case"):
            runs = self._capitals(begin, colon)
            several = [run for run in runs if run.after - run.first > 1]
            if several and (colon - begin <= _LABEL or several[0].first == begin):
                named = several[0]
            elif runs and (runs[-1].first > begin or colon - begin <= 2) and colon - begin <= _LABEL:
                named = runs[-1]
        if named is None and colon - begin <= _LABEL:
            named = self.subjects.first(begin, colon)
        return Credit(named, None, COLON, False) if named else None

    def _capitals(self, begin: int, end: int) -> list[Phrase]:
        """Runs of words with capitals."""
        w = self.w
        runs: list[Phrase] = []
        first = -1
        small = ARTICLE | PREPOSITION | ADVERB | CONJUNCTION | ADVERSATIVE | SUBORDINATOR
        for j in range(begin, end + 1):
            inside = j < end and w.bits[j] & CAPITAL and not (j == begin and w.bits[j] & small)
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

    def _is_subjunctive(self, begin: int, end: int) -> bool:
        """Whether the sentence reports without a verb of saying, as German does: es drohe …"""
        return any(self.w.bits[j] & SUBJUNCTIVE for j in range(begin, end))

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

"""Verbs of saying in a body: which words are forms of one, and where "according to" stands."""

from typing import NamedTuple

from assets.quotes.attribution.attribute import ACCORDING_TO
from assets.quotes.languages.phrases import Phrase
from assets.quotes.languages.subjects import Subjects
from assets.quotes.languages.vocabulary import CAPITAL, MARK, QUOTATION
from assets.quotes.languages.words import Words
from assets.text.languages.press import (
    ADVERB,
    ARTICLE,
    AUXILIARY,
    GENITIVE,
    OBJECT,
    POSSESSIVE,
    PREPOSITION,
    PRONOUN,
    SAID,
    SAYING,
    SEPARABLE,
    SOURCE,
    SPOKEN,
    SUBJUNCTIVE,
    WHO_SAID,
)

SAYS = SPOKEN | SAID | SAYING | WHO_SAID | SEPARABLE
_LEADS_OR_SAYS = SAYS | AUXILIARY | MARK
_TO_PARTICIPLE = 12
"""Tokens from an auxiliary to its participle, which German puts last."""
_TO_PARTICLE = 18
"""Tokens from a verb to its particle: gab … bekannt."""


class Credit(NamedTuple):
    """To whom a quotation goes: the phrase, None where the verb has no subject of its own; the cue; the rule that found them."""

    phrase: Phrase | None
    cue: Phrase | None
    rule: int
    sure: bool = True
    """Whether a verb or "according to" says so, rather than the place alone."""


class Verb(NamedTuple):
    """A verb of saying: its finite form, its last form (ha *detto*), and whether it is a participle that shares a subject."""

    left: int
    right: int
    shares: bool


class Verbs:
    """Finds them in one body."""

    def __init__(self, words: Words, subjects: Subjects) -> None:
        self.w = words
        self.press = words.press
        self.subjects = subjects
        self.known: dict[tuple[int, int], list[Verb]] = {}

    def at(self, j: int, end: int) -> Verb | None:
        """The verb of saying that begins at ``j``: said, has said, has already said."""
        w = self.w
        if j >= end:
            return None
        bits = w.bits[j]
        if bits & SAID and not (bits & CAPITAL and self.press.has("nouns_capital")):
            return Verb(j, j, False)
        if bits & SEPARABLE and self.separated(j, end):
            return Verb(j, j, False)
        if bits & (AUXILIARY | OBJECT):
            for k in range(j + 1, min(end, j + 5)):
                if w.bits[k] & (MARK | QUOTATION):
                    break
                if w.bits[k] & SPOKEN:
                    return Verb(j, k, False)
                if not w.bits[k] & (PRONOUN | ADVERB | OBJECT | AUXILIARY):
                    break
        return None

    def between(self, begin: int, end: int) -> list[Verb]:
        """The verbs of saying from ``begin`` to before ``end``, in order."""
        known = self.known.get((begin, end))
        if known is None:
            known = self.known[begin, end] = self._between(begin, end)
        return known

    def _between(self, begin: int, end: int) -> list[Verb]:
        w = self.w
        found: list[Verb] = []
        lead = -1
        for j, bits in enumerate(w.bits[begin:end], begin):
            if not bits & _LEADS_OR_SAYS:
                continue
            if bits & AUXILIARY:
                lead = j
            elif bits & MARK and w.words[j] in ",;:":
                lead = -1
            if not bits & SAYS or self._is_noun(j, begin):
                continue
            if bits & SPOKEN and lead >= 0 and j - lead <= _TO_PARTICIPLE:
                found.append(Verb(lead, j, False))
            elif bits & (SAYING | SAID | WHO_SAID) and not bits & (ARTICLE | PREPOSITION):
                found.append(Verb(j, j, bool(bits & SAYING and not bits & SAID)))
            elif bits & SEPARABLE and self.separated(j, min(len(w.words), end + 6)):
                found.append(Verb(j, j, False))
        return found

    def perfect(self, j: int, end: int) -> Verb | None:
        """Hatte X gesagt: an auxiliary, and a participle of saying at the end of the clause."""
        w = self.w
        if j >= end or not w.bits[j] & AUXILIARY or w.bits[j] & SUBJUNCTIVE:
            return None
        verbs = self.between(j, end)
        return verbs[0] if verbs and verbs[0].left == j and verbs[0].right > j else None

    def around(self, begin: int, q: int) -> list[Verb]:
        """Where the participle comes last: X hat den Plan "words" genannt."""
        w = self.w
        if not self.press.has("verb_second"):
            return []
        lead = next(
            (j for j in range(q - 1, begin, -1) if w.bits[j] & AUXILIARY and not self.subjects.capital(j)), None
        )
        for k in range(q + 1, min(w.sentence(q)[1], q + 5)) if lead is not None else ():
            if w.bits[k] & (MARK | QUOTATION):
                break
            if w.bits[k] & SPOKEN and lead is not None:
                return [Verb(lead, k, False)]
        return []

    def _is_noun(self, j: int, begin: int) -> bool:
        """Whether a word that may be a verb is a noun here: it has a capital, or an article before it."""
        w = self.w
        if j > begin and self.subjects.capital(j):
            return True
        before = w.bits[j - 1] if j > begin else 0
        if before & (ARTICLE | POSSESSIVE | GENITIVE) and not before & (OBJECT | PRONOUN):
            return True
        earlier = w.bits[j - 2] if j > begin + 1 else 0
        return bool(before & ARTICLE and earlier & (PREPOSITION | GENITIVE) and not before & PRONOUN)

    def particle(self, verb: int, end: int) -> int:
        """The last form of a verb with a particle right after it: gab bekannt."""
        w = self.w
        ends = self.press.particles.get(w.words[verb])
        return verb + 1 if ends and verb + 1 < end and w.words[verb + 1] in ends else verb

    def separated(self, j: int, end: int) -> bool:
        """Whether the particle that makes a verb report stands in its clause."""
        w = self.w
        ends = self.press.particles[w.words[j]]
        for k in range(j + 1, min(end, j + _TO_PARTICLE)):
            if w.words[k] in ends:
                return True
            if w.bits[k] & QUOTATION or w.words[k] in ":;":
                return False
        return False

    def subject(self, verbs: list[Verb], number: int, begin: int, end: int) -> Phrase | None:
        """The subject of a verb; a participle, and a verb after "and", share that of the verb before, or of the sentence."""
        w = self.w
        verb = verbs[number]
        if w.bits[verb.left] & WHO_SAID:
            return self.subjects.phrase(verb.right + 1, end) if verb.right + 1 < end else None
        if verb.shares:
            return None if number else self.subjects.first(begin, verb.left)
        if self.press.has("verb_last"):
            named = self.last_subject(begin, verb.left)
            passive = w.words[verb.left] in self.press.passives
            return None if named and passive and not self.subjects.capital(named.first) else named
        if self._joined(verb.left, begin):
            shared = None if number else self.subjects.first(begin, verb.left)
            if number or shared is not None or self.press.has("verb_second"):
                return shared
        named = self.subjects.of(verb.left, self.particle(verb.right, end), begin, end)
        if named is None and not number:
            named = self.subjects.first(begin, verb.left)
        return named

    def _joined(self, verb: int, begin: int) -> bool:
        """Whether "and" stands right before a verb, so that it has the subject of the verb before."""
        w = self.w
        k = verb - 1
        while k > begin and w.bits[k] & (OBJECT | ADVERB) and not w.bits[k] & (ARTICLE | MARK):
            k -= 1
        return k > begin and w.words[k] in self.press.joining

    def last_subject(self, begin: int, end: int) -> Phrase | None:
        """Where the verb comes last: who said something before (… diyen *Roe*, "words" dedi), else the first phrase."""
        w = self.w
        for j in range(end - 1, begin, -1):
            if w.bits[j] & WHO_SAID and j + 1 < end and self.subjects.capital(j + 1):
                return self.subjects.phrase(j + 1, end)
        return self.subjects.first(begin, end)

    def according(self, j: int, end: int, at_head: bool) -> Credit | None:
        """According to X, at ``j``."""
        w = self.w
        if not w.bits[j] & SOURCE:
            return None
        for phrase in self.press.sources(w.words[j], w.words[j + 1] if j + 1 < end else ""):
            k = j + len(phrase)
            if k > end or tuple(w.words[j:k]) != phrase:
                continue
            if w.words[j] in self.press.according_next and not at_head and w.words[j - 1] != ",":
                continue
            if k >= end or w.bits[k] & (MARK | QUOTATION):
                if any(w.bits[m] & (PRONOUN | POSSESSIVE) for m in range(j, k)):
                    return Credit(None, Phrase(j, k), ACCORDING_TO)
                continue
            if w.bits[k] & (SAID | AUXILIARY | SEPARABLE) and not w.bits[k] & ARTICLE and not self.subjects.capital(k):
                continue
            named = self._source(k, end)
            if named is not None and not (
                w.words[j] in self.press.according_weak and self._no_source(named, j, at_head)
            ):
                return Credit(named, Phrase(j, k), ACCORDING_TO)
        return self._compound(j, end) if w.words[j] in self.press.sources_after else None

    def _compound(self, j: int, end: int) -> Credit | None:
        """According to a word that names source and report in one: nach Polizeiangaben, nach ersten Schätzungen."""
        w = self.w
        for k in range(j + 1, min(end, j + 3)):
            if w.words[k].endswith(self.press.source_endings) and self.subjects.capital(k):
                return Credit(self.subjects.phrase(k, end), Phrase(j, j + 1), ACCORDING_TO)
            if w.bits[k] & (MARK | QUOTATION | ARTICLE) or self.subjects.capital(k):
                return None
        return None

    def _source(self, k: int, end: int) -> Phrase | None:
        bits = self.w.bits[k]
        if bits & OBJECT and self.press.has("no_case"):
            return None
        if bits & PRONOUN and not bits & ARTICLE:
            return Phrase(k, k + 1)
        return self.subjects.phrase(k, end) or self.subjects.after(k, end)

    def _no_source(self, named: Phrase, j: int, at_head: bool) -> bool:
        """Whether "for X" is no "according to X": it is where it begins the sentence or stands between commas, and names somebody."""
        w = self.w
        apart = at_head or (j > 0 and w.words[j - 1] == ",")
        closed = named.after >= len(w.words) or bool(w.bits[named.after] & (MARK | QUOTATION))
        return not (apart and closed and self.subjects.names(named))

"""From a mention to a full name, in languages other than English: surnames, inflected names, posts, pronouns, verbs without subject."""

from bisect import bisect_left
from typing import NamedTuple

from assets.quotes.attribution.mention_types import NAME, NOMINAL, SUBJECT_PRONOUN
from assets.quotes.languages.full_names import FullNames
from assets.quotes.languages.people import Person, Tagged, given_gender
from assets.quotes.languages.phrases import Phrase
from assets.quotes.languages.subjects import Subjects
from assets.quotes.languages.vocabulary import CAPITAL, MARK
from assets.quotes.languages.words import Words
from assets.text.languages.press import (
    ARTICLE,
    FEMININE,
    HE,
    IT,
    MASCULINE,
    POSSESSIVE,
    PREPOSITION,
    PRONOUN,
    SHE,
    SOMEBODY,
    THEY,
)

_SENTENCES_BACK = 4
"""Sentences in which a verb without a subject has one before it."""
_WORDS_BEFORE_DESCRIBED = 3
"""Words of a sentence before the name that a description follows: Por su parte, Roca, la ministra, dijo."""
_POST_BEFORE, _POST_BEHIND = 7, 6
"""Tokens before and behind a name in which its bearer's post stands."""


class Named(NamedTuple):
    """What a mention is, and whom it names."""

    kind: int
    name: str | None


class Naming(FullNames):
    """Full names of one body; it remembers who spoke last."""

    def __init__(self, words: Words, subjects: Subjects, tagged: Tagged) -> None:
        super().__init__(words, subjects, tagged)
        self._introduced: dict[str, list[Person]] = {}
        self.last: str | None = None
        self.last_place = -1
        self.last_gender = ""

    def speaker(self, phrase: Phrase | None, place: int) -> Named:
        """Whom a phrase names; without one, whom the article was about right before token ``place``."""
        if phrase is None:
            return Named(NOMINAL, self._recent(place))
        bits = self.w.bits[phrase.first]
        if phrase.after - phrase.first == 1 and bits & PRONOUN and not bits & ARTICLE:
            name = self._pronoun(bits, phrase.first)
            if name is not None:
                self.last, self.last_place = name, phrase.first
                self.last_gender = _told_by(bits) or self.last_gender
            return Named(SUBJECT_PRONOUN, name)
        named = self._phrase(phrase)
        if named.name is not None:
            self.last, self.last_gender, self.last_place = named.name, self._gender(named.name, phrase), phrase.first
        return named

    def _phrase(self, phrase: Phrase) -> Named:
        start, end = self.w.starts[phrase.first], self.w.ends[phrase.after - 1]
        tagged = self._tagged(start, end)
        own = self._own_name(phrase)
        if own is not None:
            full = self._full(own)
            if tagged and own.split()[-1] in tagged and len(tagged.split()) > len(full.split()):
                full = tagged
            return Named(NAME, full)
        apposed = (self._apposed(phrase) or self._described(phrase)) if self.cased else None
        if apposed is not None:
            return Named(NAME, apposed)
        if tagged is not None:
            return Named(NAME, tagged)
        if not self.cased:
            return Named(NAME if phrase.after - phrase.first <= 3 else NOMINAL, self._uncased(phrase))
        return Named(NOMINAL, self._post(phrase) or self._organisation(phrase))

    def _own_name(self, phrase: Phrase) -> str | None:
        """The name of a person in a phrase: from a given name on, or the last run in capitals."""
        if not self.cased:
            return None
        w = self.w
        runs = self._runs(phrase.first, phrase.after)
        for run in reversed(runs):
            given = self._given(run)
            if given is not None and not self._is_other(w.starts[given], w.ends[run.after - 1]):
                return w.text(given, run.after)
        for run in reversed(runs):
            text = w.text(run.first, run.after)
            last = text.split()[-1]
            if self.bearers(last):
                return last if w.press.has("nouns_capital") else text
        if (
            not w.press.has("nouns_capital")
            and runs
            and (phrase.after - phrase.first) == (runs[-1].after - runs[-1].first)
        ):
            return w.text(runs[-1].first, runs[-1].after)
        if (
            runs
            and runs[-1].after == phrase.after
            and runs[-1].after - runs[-1].first > 1
            and self._titled(runs[-1].first)
        ):
            return w.text(runs[-1].first, runs[-1].after)
        return None

    def _titled(self, first: int) -> bool:
        return first > 0 and bool(self.w.bits[first - 1] & (MASCULINE | FEMININE))

    def _post(self, phrase: Phrase) -> str | None:
        """The person whom the article introduces with the post that the phrase begins with."""
        w = self.w
        heads = [w.words[j] for j in range(phrase.first, phrase.after) if w.bits[j] & (MASCULINE | FEMININE)][:1]
        if not heads or w.words[phrase.first] in w.press.indefinite:
            return None
        best = None
        for person in self._introduced_as(heads[0]):
            if best is None or person.first < phrase.first:
                best = person.name
        return best

    def _introduced_as(self, head: str) -> list[Person]:
        """The people beside whose name a post stands."""
        words = self.w.words
        known = self._introduced.get(head)
        if known is None:
            places = [j for j, word in enumerate(words) if word == head]
            known = self._introduced[head] = [
                person
                for person in self.persons
                if any(
                    max(self.w.sentence(person.first)[0], person.first - _POST_BEFORE) <= j < person.first
                    or (person.after < j < person.after + _POST_BEHIND and words[person.after] in (",", "("))
                    for j in places
                )
            ]
        return known

    def _apposed(self, phrase: Phrase) -> str | None:
        """The person who is named right behind a description: la maire, Hélène Tissot; son commandant, Jürg Halder, …"""
        w = self.w
        if phrase.after >= len(w.words) or w.words[phrase.after] != ",":
            return None
        person = next((person for person in self.persons if person.first == phrase.after + 1), None)
        if person is None:
            return None
        is_post = any(w.bits[j] & (MASCULINE | FEMININE) for j in range(phrase.first, phrase.after))
        ends = person.after >= len(w.words) or w.bits[person.after] & MARK
        return self._full(person.name) if is_post or ends else None

    def _described(self, phrase: Phrase) -> str | None:
        """Whom a phrase between the head of the sentence and its verb describes: Roca, la ministra de Pesca, dijo."""
        w = self.w
        if phrase.first < 2 or w.words[phrase.first - 1] != ",":
            return None
        opens, _ = w.sentence(phrase.first)
        runs = self._runs(opens, phrase.first - 1)
        if not runs or runs[-1].after != phrase.first - 1 or runs[-1].first - opens > _WORDS_BEFORE_DESCRIBED:
            return None
        start, end = w.starts[runs[-1].first], w.ends[runs[-1].after - 1]
        person = self._tagged(start, end) or next(
            (one.name for one in self.persons if one.first == runs[-1].first), None
        )
        return self._full(person) if person else self._tagged_other(start, end)

    def _organisation(self, phrase: Phrase) -> str | None:
        """The name in capitals of a body: a phrase that holds no post and no person."""
        w = self.w
        if any(w.bits[j] & (MASCULINE | FEMININE) for j in range(phrase.first, phrase.after)):
            return None
        if w.press.has("nouns_capital"):
            return self._tagged_other(w.starts[phrase.first], w.ends[phrase.after - 1])
        inside = [
            j
            for j in range(phrase.first, phrase.after)
            if w.bits[j] & CAPITAL and not w.bits[j] & (ARTICLE | POSSESSIVE | PREPOSITION)
        ]
        # Neighbours of the harbour: at a sentence's head a capital says nothing.
        if inside == [w.sentence(phrase.first)[0]] and phrase.after - phrase.first > 1:
            return None
        return w.text(inside[0], phrase.after) if inside else None

    def _uncased(self, phrase: Phrase) -> str | None:
        """A name in a script without capitals: the words of the phrase, or a longer phrase that ends with them."""
        w = self.w
        first = phrase.first
        while first < phrase.after - 1 and w.bits[first] & (MASCULINE | FEMININE):
            first += 1
        return w.text(first, min(phrase.after, first + 3))

    def _pronoun(self, bits: int, place: int) -> str | None:
        """The person that a pronoun stands for: who spoke last, or was named last, of its gender."""
        if bits & (SOMEBODY | IT) and not bits & (HE | SHE):
            return None
        gender = _told_by(bits)
        if bits & THEY and not gender:
            return None
        if bits & THEY and self.last is None:
            return None
        if self.last is not None and self.last_gender in ("", "u", gender):
            return self.last
        before = [person for person in self.likely if person.first < place]
        told = [self._gender(person.name, Phrase(person.first, person.after)) for person in before]
        for fits in ((gender,), ("", "u")):  # who is known to be of the gender before who may be
            for person, found in zip(reversed(before), reversed(told), strict=True):
                if found in fits:
                    return self._full(person.name)
        return self.last

    def _recent(self, place: int) -> str | None:
        """Who spoke last, or was the subject of a sentence since then; else the person named most before."""
        w = self.w
        number = bisect_left(w.sentences, place)
        for at in range(number - 1, max(-1, number - 1 - _SENTENCES_BACK), -1):
            begin = w.sentences[at]
            end = w.sentences[at + 1] if at + 1 < len(w.sentences) else len(w.words)
            if begin <= self.last_place < end:
                return self.last
            named = self._subject(begin, min(end, place))
            if named is not None:
                self.last, self.last_gender, self.last_place = named, "", begin
                return named
        if self.last is not None:
            return self.last
        before = [person.last for person in self.likely if person.first < place]
        most = max(dict.fromkeys(before), key=before.count, default=None)
        return self._full(most) if most else None

    def _subject(self, begin: int, end: int) -> str | None:
        """The person whom the first phrase of a sentence names."""
        phrase = self.subjects.first(begin, end)
        if phrase is None or (self.w.bits[phrase.first] & PRONOUN and not self.w.bits[phrase.first] & ARTICLE):
            return None
        own = self._own_name(phrase)
        if own is not None:
            full = self._full(own)
            return full if any(person.name == full for person in self.likely) else None
        return self._post(phrase) if self.cased else None

    def _gender(self, name: str, phrase: Phrase) -> str:
        """m, f, or nothing where neither title nor name tells."""
        w = self.w
        for j in range(max(0, phrase.first - 2), phrase.after):
            bits = w.bits[j] & (MASCULINE | FEMININE)
            if bits in (MASCULINE, FEMININE):
                return "m" if bits == MASCULINE else "f"
        if name.lower().endswith(w.press.feminine_surnames):
            return "f"
        return given_gender(name.split()[0]) if " " in name else ""


def _told_by(bits: int) -> str:
    """m or f, as a pronoun tells, or nothing."""
    return "m" if bits & HE else "f" if bits & SHE else ""

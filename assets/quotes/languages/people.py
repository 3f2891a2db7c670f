"""The people whom a body names in full."""

from bisect import bisect_left, bisect_right
from functools import cached_property, lru_cache
from typing import NamedTuple

from assets.entities.names.listed import given_name_gender
from assets.quotes.languages.name_places import LONGEST_RUN
from assets.quotes.languages.phrases import Phrase
from assets.quotes.languages.subjects import Subjects
from assets.quotes.languages.vocabulary import CAPITAL, GIVEN, MARK
from assets.quotes.languages.words import Words
from assets.text.languages.name_parts import PARTICLES
from assets.text.languages.press import ARTICLE, CONJUNCTION, FEMININE, MASCULINE, PREPOSITION, PRONOUN

LEAST_STEM = 3
_FOREIGN_ENDING = 3
"""Letters in which the cases of one name may differ at its end."""

_NAME = CAPITAL | ARTICLE | PREPOSITION | PRONOUN | MASCULINE | FEMININE
"""Of these, a name has the capital alone."""


class Person(NamedTuple):
    """A name of two words or more where it stands."""

    first: int
    after: int
    name: str
    last: str
    """The last word of the name."""
    sure: bool
    """Whether a listed given name, or the tagger, says that it is a person."""


class Tagged(NamedTuple):
    """What the tagger of names found in a body, in order."""

    people: list[tuple[int, int, str]]
    """Start, end, full name in the article."""
    others: list[tuple[int, int]]
    """Start and end of organisations and places."""


class People:
    """Names of two words and more, by their capitals, by given names and by the tagger."""

    def __init__(self, words: Words, subjects: Subjects, tagged: Tagged) -> None:
        self.w = words
        self.subjects = subjects
        self.cased = not words.press.has("no_case")
        self.inflected = words.press.has("inflected_names")
        self.people = tagged.people
        self.starts = [person[0] for person in tagged.people]
        self.others = tagged.others
        self.ends_of_others = [end for _, end in tagged.others]
        self._bearers: dict[str, list[Person]] = {}

    @cached_property
    def persons(self) -> list[Person]:
        """Every name of two words or more in the body."""
        return self._persons() if self.cased else []

    @cached_property
    def likely(self) -> list[Person]:
        """Those that are people as far as names tell; all of them where no name does."""
        return [person for person in self.persons if person.sure] or self.persons

    def _runs(self, first: int, after: int) -> list[Phrase]:
        """Runs of words in capitals that may be names: particles may join them, and the head of a sentence is in doubt."""
        w = self.w
        runs: list[Phrase] = []
        begin = -1
        for j in range(first, after + 1):
            bits = w.bits[j] if j < after else 0
            name = bits & _NAME == CAPITAL
            joins = not name and j < after and begin >= 0 and (
                (w.words[j] in PARTICLES and j + 1 < after and bool(w.bits[j + 1] & CAPITAL))
                or (w.words[j] == "." and w.ends[j - 1] - w.starts[j - 1] == 1 and w.starts[j] == w.ends[j - 1])
                or (w.words[j] == "-" and w.starts[j] == w.ends[j - 1])
            )  # fmt: skip
            if name and begin < 0:
                begin = j
            elif not name and not joins and begin >= 0:
                runs.append(Phrase(begin, j))
                begin = -1
        return runs

    def _persons(self) -> list[Person]:
        """Every run of two to four names in capitals in the body, from the first given name on where one is known."""
        w = self.w
        found = []
        german = w.press.has("nouns_capital")
        at = -1
        for j in w.names:
            if j < at:
                continue
            titled = bool(j and w.bits[j - 1] & (MASCULINE | FEMININE))
            run = self._run_at(j)
            at = run.after
            if run.after - run.first < 2:
                continue
            given = self._given(run)
            if given is None and german and not (titled and run.after - run.first == 2):
                continue
            first = given if given is not None else run.first
            if given is None and self._is_other(w.starts[first], w.ends[run.after - 1]):
                continue
            opens = given is None and first in self.subjects.firsts
            if opens and (run.after - first > 2 or w.bits[first] & CONJUNCTION):
                first += 1  # the capital of a sentence
            if 2 <= run.after - first <= 6:
                sure = given is not None or self._tagged(w.starts[first], w.ends[run.after - 1]) is not None
                name = w.text(first, run.after)
                found.append(Person(first, run.after, name, name.split()[-1], sure))
        return found

    def _given(self, run: Phrase) -> int | None:
        """The first listed given name of a run that another name follows."""
        return next(
            (
                k
                for k, bits in enumerate(self.w.bits[run.first : run.after - 1], run.first)
                if bits & CAPITAL and bits & GIVEN
            ),
            None,
        )

    def bearers(self, surname: str) -> list[Person]:
        """The people whose last name it is."""
        known = self._bearers.get(surname)
        if known is None:
            known = [person for person in self.persons if same_name(surname, person.last, self.inflected)]
            self._bearers[surname] = known
        return known

    def _run_at(self, j: int) -> Phrase:
        end = j + 1
        n = len(self.w.words)
        while (end < n and end < j + LONGEST_RUN and self.w.bits[end] & (CAPITAL | MARK | ARTICLE | PREPOSITION)) or (
            end < n and self.w.words[end] in PARTICLES
        ):
            end += 1
        runs = self._runs(j, end)
        return runs[0] if runs and runs[0].first == j else Phrase(j, j + 1)

    def _tagged(self, start: int, end: int) -> str | None:
        place = bisect_left(self.starts, start)
        if place < len(self.people) and self.people[place][1] <= end:
            return self.people[place][2]
        return None

    def _tagged_other(self, start: int, end: int) -> str | None:
        """The organisation or place with which ``body[start:end]`` ends, where it does."""
        place = bisect_left(self.ends_of_others, end)
        if place < len(self.others) and start <= self.others[place][0] and self.others[place][1] == end:
            return self.w.body[self.others[place][0] : end]
        return None

    def _is_other(self, start: int, end: int) -> bool:
        """Whether the tagger takes a part of ``body[start:end]`` for an organisation or a place."""
        place = bisect_right(self.ends_of_others, start)
        return place < len(self.others) and self.others[place][0] < end


@lru_cache(maxsize=1 << 16)
def same_name(one: str, other: str, inflected: bool) -> bool:
    """Whether two words are one name, in two cases where names are inflected."""
    one, other = plain_name(one), plain_name(other)
    if one == other:
        return True
    shorter, longer = sorted((len(one), len(other)))
    if not inflected or shorter < LEAST_STEM:
        return False
    shared = next((n for n, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), shorter)
    return shared >= max(LEAST_STEM, shorter - 2) and longer - shared <= _FOREIGN_ENDING


@lru_cache(maxsize=1 << 14)
def plain_name(word: str) -> str:
    """A word of a name as it is compared."""
    return word.strip(".,'’-").casefold().replace("ё", "е")


@lru_cache(maxsize=1 << 14)
def given_gender(word: str) -> str:
    """m, f or u (either), or nothing where the given name is not listed."""
    return given_name_gender(word) or ""

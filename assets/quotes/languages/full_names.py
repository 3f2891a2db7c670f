"""The fullest form of a name in a body, and in the nominative where names are inflected."""

from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property

from assets.entities.names.inflection import is_case_of, other_endings
from assets.quotes.languages.people import LEAST_STEM, People, Tagged, plain_name, same_name
from assets.quotes.languages.subjects import Subjects
from assets.quotes.languages.vocabulary import CAPITAL
from assets.quotes.languages.words import Words


class FullNames(People):
    """Finds the full names of one body."""

    def __init__(self, words: Words, subjects: Subjects, tagged: Tagged) -> None:
        super().__init__(words, subjects, tagged)
        self._fulls: dict[str, str] = {}

    def _full(self, name: str) -> str:
        """The fullest form of a name in the article, in the nominative where one of its forms looks like it."""
        known = self._fulls.get(name)
        if known is None:
            known = self._fulls[name] = self._fullest(name)
        return known

    def _fullest(self, name: str) -> str:
        words = name.split()
        fits = [person.name for person in self.bearers(words[-1])]
        if len(words) > 1:
            fits = [full for full in fits if same_name(words[0], full.split()[0], self.inflected)] or [name]
        if not fits:
            return self._nominative(name)
        if self.inflected:
            return min(fits, key=lambda full: (*self._cases(full, fits), -len(full.split()), fits.index(full)))
        return max(fits, key=lambda full: (len(full.split()) <= 4, len(full.split()), -fits.index(full)))

    def _nominative(self, name: str) -> str:
        if not self.inflected:
            return name
        same = [form for form in self._capitals[plain_name(name)[:LEAST_STEM]] if same_name(form, name, inflected=True)]
        return min(same, key=lambda form: (*self._cases(form, same), len(form)), default=name)

    @cached_property
    def _capitals(self) -> dict[str, dict[str, None]]:
        """The words in capitals of the body, in order, by what no case changes."""
        w = self.w
        found: dict[str, dict[str, None]] = defaultdict(dict)
        for j, bits in enumerate(w.bits):
            if bits & CAPITAL:
                form = w.body[w.starts[j] : w.ends[j]]
                found[plain_name(form)[:LEAST_STEM]][form] = None
        return found

    def _cases(self, name: str, others: Sequence[str]) -> tuple[bool, bool]:
        """Whether a name is a case of another one, and whether its end looks like one other than the nominative."""
        language = self.w.press.code
        is_case = any(other != name and is_case_of(name, other, language) for other in others)
        return is_case, name.lower().endswith(other_endings(language))

"""What the project knows of a language's words: its closed classes, one file per language."""

from dataclasses import dataclass
from functools import cached_property


def words(text: str) -> frozenset[str]:
    """The words of a text that lists them."""
    return frozenset(text.split())


@dataclass(frozen=True, kw_only=True)
class Language:
    """The closed word classes of a language, in small letters; a word may be of several.

    Open classes that a user may add to (titles, reporting verbs) are lists in ``seeds/reference``, names of months and
    weekdays are in ``calendar.csv``, and the particles and endings of names, which cross languages with the people who
    have them, are in ``name_parts``.
    """

    code: str
    """ISO 639-1."""

    subject_pronouns: frozenset[str]
    object_pronouns: frozenset[str]
    possessives: frozenset[str]
    """My, her, their: those that come before a noun."""
    relative_pronouns: frozenset[str]
    reflexive_pronouns: frozenset[str]
    masculine_pronouns: frozenset[str]
    feminine_pronouns: frozenset[str]
    thing_pronouns: frozenset[str]
    plural_pronouns: frozenset[str]
    """Of the third person: they."""
    first_person: frozenset[str]
    """I and we in all their forms."""
    plural_first_person: frozenset[str]
    second_person: frozenset[str]

    auxiliaries: frozenset[str]
    contractions: frozenset[str]
    """Auxiliaries that are written together with ``not``."""
    clitics: frozenset[str]
    """Auxiliaries that lean on the word before: 'll."""
    negations: frozenset[str]
    articles: frozenset[str]
    determiners: frozenset[str]
    """Articles among them, without numerals."""
    numerals: frozenset[str]
    """From one to ten."""
    prepositions: frozenset[str]
    conjunctions: frozenset[str]
    subordinators: frozenset[str]
    adverbs: frozenset[str]
    """Of time, place, degree and connection."""

    tenure: frozenset[str]
    """Before a title: whether it is still held, and for whom: former, acting, vice."""
    portfolios: frozenset[str]
    """What ministers and secretaries have: foreign, defence, health."""
    abbreviations: frozenset[str]
    """Words, without it, whose full stop ends no sentence; those of months are in ``calendar.csv``."""

    @cached_property
    def pronouns(self) -> frozenset[str]:
        """Personal and relative pronouns and possessives, reflexive ones not."""
        return self.subject_pronouns | self.object_pronouns | self.possessives | self.relative_pronouns

    @cached_property
    def closed_class(self) -> frozenset[str]:
        """What holds a sentence together: all classes but numerals, contractions, clitics and abbreviations."""
        return (
            self.pronouns | self.auxiliaries | self.negations | self.determiners | self.prepositions
            | self.conjunctions | self.subordinators | self.adverbs
        )  # fmt: skip

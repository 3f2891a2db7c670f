"""What the resolver knows of one article: its names, their genders, and who spoke last."""

import re
from bisect import bisect_left, insort
from collections import Counter
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import NamedTuple

from assets.entities.names.names import gender
from assets.quotes.attribution.mention_types import NAME
from assets.text.languages.language import words
from assets.text.languages.titles import titles

# Words with a space or a full stop and a space after them, as titles come before a name.
WORD_BEFORE = re.compile(r"\b([^\W\d_][\w-]*)\.?\s")
TITLE_REACH = 16  # code points before a name
# Of an order or a king in capitals; small they are kin, too: his sister Ida Roe.
KIN = words("brother sister father mother")


@cache
def _gendered_titles() -> dict[str, str]:
    """Titles with a gender, as they are written before a name: Mr, Spokeswoman and spokeswoman."""
    found: dict[str, str] = {}
    for title in titles():
        if title.gender in ("m", "f"):
            found[title.head.capitalize()] = title.gender
            if title.kind != "honorific" or title.head in KIN:
                found[title.head] = title.gender
    return found


class Named(NamedTuple):
    """A name in the article: where, what, and whom it names."""

    start: int
    end: int
    sentence: int
    paragraph: int
    kind: str  # person, organisation, place, group
    name: str
    subject: bool
    possessive: bool  # owns what follows: Roe’s house
    first: bool  # the first candidate of its sentence
    said: bool  # subject of a verb of saying
    quoted: bool  # named within a quotation
    aside: bool  # named in brackets: a byline, a party, a credit
    gender: str = ""  # m or f, where the noun in apposition tells
    plural: bool = False
    type: int = NAME  # of its mention


class Pronoun(NamedTuple):
    """He, him, his, she or her outside quotations."""

    start: int
    sentence: int
    gender: str
    subject: bool


DESCRIPTION = "description"


@dataclass(slots=True)
class Speaker:
    """A resolved speaker: the full name (None where it can't be known), how, how sure (0 to 1), and among how many.

    Whom the article only describes (a porter, Roe's lawyer) has no name, but goes on speaking under the description.
    """

    name: str | None
    how: str
    chance: float
    rivals: int = 1

    @property
    def full_name(self) -> str | None:
        return None if self.how == DESCRIPTION else self.name


@dataclass(slots=True)
class Article:
    """The names of one article in order, and who spoke last; offsets are code points of its body."""

    body: str
    named: list[Named]
    groups: list[Named] = field(default_factory=list)  # subjects that are a group without a name: the label, senators
    unnamed: list[Named] = field(
        default_factory=list
    )  # people without a name with whom a sentence opens, or who spoke: a porter, one official
    pronouns: list[Pronoun] = field(default_factory=list)
    pronoun_starts: list[int] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    genders: dict[str, str] = field(default_factory=dict)  # as titles tell
    learned: dict[str, str] = field(default_factory=dict)  # as sure pronouns tell
    of_name: dict[str, list[Named]] | None = None  # people by their name
    lowered: str | None = None
    last: Speaker | None = None
    last_paragraph: int = -1
    last_end: int = -1  # where the words of who spoke last end

    def __post_init__(self) -> None:
        self.starts = [named.start for named in self.named]
        self.pronoun_starts = [pronoun.start for pronoun in self.pronouns]
        self.counts = Counter([named.name for named in self.named])

    def left_unnamed(self, one: Named) -> None:
        """Note somebody who spoke and is only described."""
        insort(self.unnamed, one)

    def index_before(self, place: int) -> int:
        """Place in ``named`` of the last name that begins before ``place``, -1 where none does."""
        return bisect_left(self.starts, place) - 1

    def in_lower_case(self) -> str:
        """The body in lower case, code point by code point."""
        if self.lowered is None:
            lowered = self.body.lower()
            if len(lowered) != len(self.body):
                lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in self.body)
            self.lowered = lowered
        return self.lowered

    def gender(self, name: str) -> str:
        """m, f, or empty where unknown: from titles beside the name, then the given name."""
        return self.titled_gender(name) or (_given_gender(name) if " " in name else "")

    def titled_gender(self, name: str) -> str:
        """m, f, or empty where no title beside the name tells."""
        known = self.genders.get(name)
        if known is None:
            known = self.genders[name] = self._titled_gender(name)
        return known

    def pronoun_after(self, index: int, before: int) -> Pronoun | None:
        """The pronoun that follows name ``index`` in its sentence or the next, nobody named between; ``before`` ends the search."""
        named = self.named[index]
        at = bisect_left(self.pronoun_starts, named.end)
        if at == len(self.pronouns):
            return None
        pronoun = self.pronouns[at]
        if pronoun.start >= before or pronoun.sentence - named.sentence > 1:
            return None
        for following in range(index + 1, len(self.named)):
            other = self.named[following]
            if other.start > pronoun.start:
                break
            if other.kind == "person" and other.name != named.name:
                return None
        return pronoun

    def pronoun_before(self, named: Named, gender: str) -> bool:
        """Whether a subject pronoun of a gender comes before the name in its sentence."""
        at = bisect_left(self.pronoun_starts, named.start) - 1
        while at >= 0 and self.pronouns[at].sentence == named.sentence:
            if self.pronouns[at].gender == gender and self.pronouns[at].subject:
                return True
            at -= 1
        return False

    def _titled_gender(self, name: str) -> str:
        """From Mr, Mrs, spokeswoman and the like right before the name, however it is printed there."""
        if self.of_name is None:
            self.of_name = {}
            for named in self.named:
                if named.kind == "person":
                    self.of_name.setdefault(named.name, []).append(named)
        gendered = _gendered_titles()
        for named in self.of_name.get(name, ()):
            if named.gender:
                return named.gender
            for word in WORD_BEFORE.findall(self.body, max(0, named.start - TITLE_REACH), named.end):
                if word in gendered:
                    return gendered[word]
        return ""


@lru_cache(maxsize=100_000)
def _given_gender(name: str) -> str:
    found = gender(name)
    return found if found in ("m", "f") else ""

"""The titles of the list ``titles``, shipped and the user's own: what a person, a body or a source is called."""

from functools import cache
from itertools import takewhile
from typing import NamedTuple

from pipeline.reference import ListError, read_list

KINDS = ("honorific", "post", "role", "group", "source")
GENDERS = ("m", "f", "u", "")
# Behind the head of a title: secretary of state, delegate to the assembly.
_OPENS_COMPLEMENT = frozenset(("of", "for", "to", "in", "at"))


class Title(NamedTuple):
    """A title of one word or more, in small letters and without the full stop of an abbreviation."""

    words: tuple[str, ...]
    kind: str
    gender: str

    @property
    def head(self) -> str:
        """The word that others describe: warden of lock warden, secretary of secretary of state."""
        return self._up_to_head()[-1]

    @property
    def before_head(self) -> tuple[str, ...]:
        """The words that describe the head from before: lock of lock warden."""
        return self._up_to_head()[:-1]

    def _up_to_head(self) -> tuple[str, ...]:
        return (self.words[0], *takewhile(lambda word: word not in _OPENS_COMPLEMENT, self.words[1:]))


@cache
def titles() -> tuple[Title, ...]:
    """All titles. Raises :class:`ListError` for a kind or a gender that no title can have."""
    found: dict[Title, None] = {}
    for row in read_list("titles"):
        for column, allowed in (("kind", KINDS), ("gender", GENDERS)):
            if row[column] not in allowed:
                known = ", ".join(value for value in allowed if value)
                raise ListError(f"titles.csv: {column} {row[column]!r} of {row['title']!r} is not one of {known}")
        words = tuple(word.rstrip(".") for word in row["title"].lower().split())
        found[Title(words, row["kind"], row["gender"])] = None
    return tuple(found)

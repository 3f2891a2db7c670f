"""A mention of an entity in an article's body."""

from typing import NamedTuple


class Mention(NamedTuple):
    """A span of the body with its kind (person, organisation, place) and the form that it is resolved by."""

    start: int
    end: int
    text: str
    kind: str
    form: str

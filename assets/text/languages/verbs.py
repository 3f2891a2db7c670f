"""The reporting verbs of the list ``reporting_verbs``, shipped and the user's own, with their forms."""

from functools import cache
from typing import NamedTuple

from pipeline.reference import ListError, read_list

KINDS = ("say", "label", "report")


class Verb(NamedTuple):
    """A verb in its forms; ``kind`` is say (said), label (called it) or report (accused, denied)."""

    verb: str
    third_person: str
    past: str
    past_participle: str
    present_participle: str
    kind: str


@cache
def reporting_verbs() -> tuple[Verb, ...]:
    """All reporting verbs. Raises :class:`ListError` for a kind that none can have."""
    found = []
    for row in read_list("reporting_verbs"):
        if row["kind"] not in KINDS:
            known = ", ".join(KINDS)
            raise ListError(f"reporting_verbs.csv: kind {row['kind']!r} of {row['verb']!r} is not one of {known}")
        found.append(Verb(*(row[field] for field in Verb._fields)))
    return tuple(found)


@cache
def finite_verbs_of_saying() -> tuple[str, ...]:
    """Said, says, told, tells: forms that have a subject."""
    forms = {form for verb in reporting_verbs() if verb.kind == "say" for form in (verb.third_person, verb.past)}
    return tuple(sorted(forms - {""}))

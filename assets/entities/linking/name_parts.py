"""What linking asks of a name, worked out once for each distinct name of the corpus."""

from collections.abc import Iterable

import polars as pl

from assets.entities.names.forms import acronyms, is_generic, organisation_key, place_key
from assets.entities.names.names import PersonName, given_name_key, is_common_name, parse_name
from assets.entities.names.offices import is_country
from assets.entities.names.spelling import spelling_key

PEOPLE = pl.Schema(
    {
        "name": pl.String(),
        "own": pl.String(),
        "plain": pl.String(),
        "initial": pl.String(),
        "last": pl.String(),
        "surnames": pl.List(pl.String),
        "is_full": pl.Boolean(),
        "has_middle": pl.Boolean(),
        "is_common": pl.Boolean(),
    }
)
ORGANISATIONS = pl.Schema(
    {
        "name": pl.String(),
        "own": pl.String(),
        "is_generic": pl.Boolean(),
        "acronyms": pl.List(pl.String),
    }
)
PLACES = pl.Schema({"name": pl.String(), "own": pl.String(), "is_country": pl.Boolean()})


def people(names: Iterable[str]) -> pl.DataFrame:
    """Canonical key (``own``), the same without middle names (``plain``), initial and surname of each person's name.

    ``initial`` is empty where there is no given name; ``is_full`` says that the first given name is written out;
    ``surnames`` has the key of the surname and that of its last word.
    """
    return pl.DataFrame([_person(name, parse_name(name)) for name in names], schema=PEOPLE, orient="row")


def _person(name: str, parsed: PersonName) -> tuple[object, ...]:
    first, *middle = parsed.given or ("",)
    last = parsed.surname.rsplit(" ", 1)[-1]
    return (
        name,
        person_key(parsed, middle=True),
        person_key(parsed, middle=False),
        first[:1],
        spelling_key(last),
        list({spelling_key(last), spelling_key(parsed.surname)}),
        len(first) > 1,
        any(len(part) > 1 for part in middle),
        is_common_name(parsed.surname),
    )


def organisations(names: Iterable[str]) -> pl.DataFrame:
    """Canonical key of each organisation's name, and the abbreviations that a name of several words may introduce."""
    rows = []
    for name in names:
        key = organisation_key(name)
        rows.append((name, key, is_generic(key), list(acronyms(name)) if " " in key else []))
    return pl.DataFrame(rows, schema=ORGANISATIONS, orient="row")


def places(names: Iterable[str]) -> pl.DataFrame:
    """Canonical key of each place's name, and whether it is a country."""
    rows = [(name, place_key(name), is_country(place_key(name))) for name in names]
    return pl.DataFrame(rows, schema=PLACES, orient="row")


def entity_key(kind: str, name: str) -> str:
    """Canonical key of a name: what the entity's id is made of."""
    if kind == "person":
        return person_key(parse_name(name), middle=True)
    return organisation_key(name) if kind == "organisation" else place_key(name)


def person_key(parsed: PersonName, middle: bool) -> str:
    """Given name, the middle names that are written out (if asked for), last word of the surname, generation."""
    given = [given_name_key(part) for part in parsed.given]
    whole = [part for part in given[1:] if len(part) > 1] if middle else []
    last = spelling_key(parsed.surname.rsplit(" ", 1)[-1])
    return " ".join(filter(None, (*given[:1], *whole, last, parsed.generation)))

"""Names that are listed: given names with the gender of their bearers, and surnames (Faker's locales, MIT)."""

from collections.abc import Collection
from functools import cache
from pathlib import Path

import polars as pl

from assets.entities.names.spelling import fold

GIVEN_NAMES = Path(__file__).with_name("given_names.csv")
SURNAMES = GIVEN_NAMES.with_name("surnames.csv")


@cache
def _genders() -> dict[str, str]:
    frame = pl.read_csv(GIVEN_NAMES)
    return dict(zip(frame["name"].str.to_lowercase(), frame["gender"], strict=True))


def given_name_gender(name: str) -> str | None:
    """``m``, ``f``, ``u`` (either), or None where the list does not know the given name."""
    genders = _genders()
    return genders.get(name.lower()) or genders.get(fold(name)) or genders.get(fold(name).split("-")[0])


def listed_among(words: Collection[str]) -> frozenset[str]:
    """Those of some words in small letters that are listed given names or surnames."""
    names = (pl.scan_csv(path).select(pl.col("name").str.to_lowercase()) for path in (GIVEN_NAMES, SURNAMES))
    found = pl.concat(names).filter(pl.col("name").is_in(list(words))).collect()
    return frozenset(found["name"])


@cache
def _common_names() -> frozenset[str]:
    surnames = pl.read_csv(SURNAMES)["name"].str.to_lowercase()
    return frozenset(fold(name) for name in surnames) | frozenset(fold(name) for name in _genders())


def is_common_name(name: str) -> bool:
    """Whether a name alone is a listed given name or surname, so that different people are likely to have it."""
    return fold(name) in _common_names()

"""Applies the user's corrections of ``entity_overrides.csv`` to the resolution."""

from collections.abc import Callable
from typing import Protocol

import polars as pl

Key = tuple[str, str]


class Named(Protocol):
    """What is needed of a cluster."""

    @property
    def article(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def forms(self) -> tuple[str, ...]: ...


class Corrections:
    """Merge, split, rename, ignore and identify, by the canonical key of the names that the user wrote.

    merge: other_name is the same entity as name. split: the mentions that read other_name (of one article, or everywhere)
    are not name but an entity of their own. rename: show name as other_name. ignore: no entity. identify: its Wikidata id.
    """

    def __init__(self, overrides: pl.DataFrame, key_of: Callable[[str, str], str]) -> None:
        self._merged: dict[Key, Key] = {}
        self._split: dict[tuple[Key, str], set[str]] = {}
        self._names: dict[Key, str] = {}
        self._ignored: set[Key] = set()
        self._wikidata: dict[Key, str] = {}
        for row in overrides.iter_rows(named=True):
            kind = row["kind"]
            key = (kind, key_of(kind, row["name"]))
            if row["wikidata_id"]:
                self._wikidata[key] = row["wikidata_id"]
            if row["action"] == "merge":
                self._merged[kind, key_of(kind, row["other_name"])] = key
            elif row["action"] == "split":
                self._split.setdefault((key, row["other_name"]), set()).add(row["article_id"])
            elif row["action"] == "rename":
                self._names[key] = row["other_name"]
            elif row["action"] == "ignore":
                self._ignored.add(key)

    def apply(self, cluster: Named, key: Key) -> Key | None:
        """The key after the corrections; None where the entity is ignored. Raises ValueError for merges in a circle."""
        for form in (cluster.name, *cluster.forms):
            articles = self._split.get((key, form), set())
            if "" in articles or cluster.article in articles:
                return (key[0], f"{key[1]} / {form}")
        seen = {key}
        while key in self._merged:
            key = self._merged[key]
            if key in seen:
                raise ValueError(
                    f"entity_overrides.csv: the merges of {cluster.name!r} go in a circle; remove one of them"
                )
            seen.add(key)
        return None if key in self._ignored else key

    def name_of(self, key: Key) -> str | None:
        """The name that the user gave the entity."""
        return self._names.get(key)

    def wikidata_of(self, key: Key) -> str | None:
        """The Wikidata id that the user gave the entity."""
        return self._wikidata.get(key)

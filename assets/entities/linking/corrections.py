"""Applies the user's corrections of ``entity_overrides.csv`` to the resolution."""

from collections.abc import Callable, Iterable

import polars as pl

Key = tuple[str, str]  # kind and canonical key


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
        self._corrected: set[Key] = set()
        for row in overrides.iter_rows(named=True):
            kind = row["kind"]
            key = (kind, key_of(kind, row["name"]))
            self._corrected.add(key)
            if row["wikidata_id"]:
                self._wikidata[key] = row["wikidata_id"]
            if row["action"] == "merge":
                self._merged[kind, key_of(kind, row["other_name"])] = key
            elif row["action"] == "split":
                self._split.setdefault((key, row["other_name"]), set()).add(row["article_id"])
                self._corrected.add((kind, _split_off(key, row["other_name"])))
            elif row["action"] == "rename":
                self._names[key] = row["other_name"]
            elif row["action"] == "ignore":
                self._ignored.add(key)

    def apply(self, clusters: pl.DataFrame) -> pl.DataFrame:
        """The clusters with their ``key`` after the corrections; without those whose entity is ignored.

        ``clusters`` has at, article_id, kind, name, forms and key. Raises ValueError for merges in a circle.
        """
        touched = self._merged.keys() | self._ignored | {key for key, _ in self._split}
        corrected = clusters.join(_keys(touched), on=["kind", "key"]).sort("at")
        columns = corrected.select("article_id", "kind", "name", "forms", "key")
        keys = [self._key(article, name, forms, (kind, key)) for article, kind, name, forms, key in columns.iter_rows()]
        decided = corrected.select("at", corrected=pl.Series(keys, dtype=pl.String))
        return (
            clusters.join(decided.with_columns(is_touched=True), on="at", how="left")
            .filter(pl.col("is_touched").is_null() | pl.col("corrected").is_not_null())
            .with_columns(key=pl.coalesce("corrected", "key"))
            .drop("corrected", "is_touched")
        )

    def _key(self, article: str, name: str, forms: Iterable[str], key: Key) -> str | None:
        for form in (name, *forms):
            articles = self._split.get((key, form), set())
            if "" in articles or article in articles:
                return _split_off(key, form)
        seen = {key}
        while key in self._merged:
            key = self._merged[key]
            if key in seen:
                raise ValueError(f"entity_overrides.csv: the merges of {name!r} go in a circle; remove one of them")
            seen.add(key)
        return None if key in self._ignored else key[1]

    @property
    def names(self) -> pl.DataFrame:
        """The names that the user gave entities: kind, key, ``given``."""
        return _keys(self._names).with_columns(given=pl.Series(list(self._names.values()), dtype=pl.String))

    @property
    def corrected(self) -> pl.DataFrame:
        """The entities that the user said anything about: kind, key, ``corrected``."""
        return _keys(sorted(self._corrected)).with_columns(corrected=pl.lit(True))

    @property
    def wikidata(self) -> pl.DataFrame:
        """The Wikidata ids that the user gave entities: kind, key, wikidata_id."""
        return _keys(self._wikidata).with_columns(wikidata_id=pl.Series(list(self._wikidata.values()), dtype=pl.String))


def _split_off(key: Key, form: str) -> str:
    """The key of mentions that read so and are somebody else."""
    return f"{key[1]} / {form}"


def _keys(keys: Iterable[Key]) -> pl.DataFrame:
    return pl.DataFrame(list(keys), schema={"kind": pl.String, "key": pl.String}, orient="row")

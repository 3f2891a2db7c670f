"""One row per source from what all documents call it: the same whichever came first."""

import polars as pl

from assets.sources.registry import unknown_name
from assets.sources.schema import KNOWN_BY, SOURCES


def counted(article_sources: pl.DataFrame) -> pl.DataFrame:
    """How many documents (``ARTICLE_SOURCES``) say the same of a source: its columns and ``n``."""
    return article_sources.group_by(SOURCES.column_names).len("n")


NOWHERE = pl.DataFrame(schema={"source_id": pl.String, "path": pl.String, "record_no": pl.Int32})


def chosen(counts: pl.DataFrame, places: pl.DataFrame = NOWHERE) -> pl.DataFrame:
    """The sources (``SOURCES``) of what documents say, as ``counted``: the best known name, then the most frequent.

    ``places`` (source_id, path, record_no) says where the only document of an unknown outlet lies now: it is called by its
    file, by the whole path where two files have one name.
    """
    best = (
        counts.with_columns(rank=pl.col("known_by").replace_strict({kind: at for at, kind in enumerate(KNOWN_BY)}))
        .sort(
            "source_id", "rank", "n", "name", "domain", descending=[False, False, True, False, False], nulls_last=True
        )
        .unique("source_id", keep="first", maintain_order=True)
    )
    file = pl.col("path").str.split("/").list.last()
    called = places.with_columns(
        shown=pl.when(pl.struct("path").n_unique().over(file) == 1).then(file).otherwise("path")
    )
    names = {row["source_id"]: unknown_name(row["shown"], row["record_no"]) for row in called.iter_rows(named=True)}
    return SOURCES.frame(
        best.with_columns(pl.col("source_id").replace_strict(names, default=pl.col("name")).alias("name"))
    )

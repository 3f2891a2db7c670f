"""An outlet's house spelling: which of two spellings of the same word it prints, counted over its articles."""

import re
from collections import Counter

import polars as pl

LATIN_WORD = re.compile(r"[a-z]+")
SPELLINGS_SCHEMA = pl.Schema({"outlet_id": pl.String, "word": pl.String, "n": pl.Int64})


def spelling_counts(articles: pl.DataFrame, words: frozenset[str]) -> pl.DataFrame:
    """How often each outlet prints each of ``words``: outlet_id, word, n. ``articles`` gives source_id and body."""
    counts: dict[str, Counter[str]] = {}
    for source_id, body in articles.select("source_id", "body").iter_rows():
        found = [word for word in LATIN_WORD.findall(body.lower()) if word in words]
        if found:
            counts.setdefault(source_id, Counter()).update(found)
    rows = [(source_id, word, n) for source_id, of_words in counts.items() for word, n in of_words.items()]
    return pl.DataFrame(rows, schema=SPELLINGS_SCHEMA, orient="row")


def house_spellings(counts: pl.DataFrame, variants: pl.DataFrame) -> pl.DataFrame:
    """Per outlet and pair of spellings: outlet_id, variant, spelling, n_variant, n_spelling; the most frequent first."""
    totals = counts.group_by("outlet_id", "word").agg(pl.col("n").sum())
    pairs = variants.select("variant", "spelling").unique().join(totals.select("outlet_id").unique(), how="cross")
    return (
        pairs.join(totals.rename({"word": "variant", "n": "n_variant"}), on=["outlet_id", "variant"], how="left")
        .join(totals.rename({"word": "spelling", "n": "n_spelling"}), on=["outlet_id", "spelling"], how="left")
        .with_columns(pl.col("n_variant", "n_spelling").fill_null(0))
        .with_columns(n=pl.col("n_variant") + pl.col("n_spelling"))
        .filter(pl.col("n") > 0)
        .sort("outlet_id", "n", "variant", "spelling", descending=[False, True, False, False])
        .drop("n")
    )

"""An outlet's house spelling: which of two spellings of the same word it prints, counted over its articles."""

import polars as pl

LATIN_WORD = "[a-z]+"
SPELLINGS_SCHEMA = pl.Schema({"page": pl.String, "outlet_id": pl.String, "word": pl.String, "n": pl.Int64})


def spelling_counts(articles: pl.DataFrame, words: frozenset[str]) -> pl.DataFrame:
    """How often each article prints each of ``words``: page, outlet_id, word, n; of ``articles`` (page, source_id, body)."""
    printed = pl.col("body").str.to_lowercase().str.extract_all(LATIN_WORD)
    return (
        articles.lazy()
        .select("page", outlet_id="source_id", word=printed)
        .explode("word")
        .join(pl.LazyFrame({"word": list(words)}, schema={"word": pl.String}), on="word", how="semi")
        .group_by("page", "outlet_id", "word")
        .agg(n=pl.len())
        .sort("page", "word")
        .cast({"n": pl.Int64})
        .collect()
    )


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

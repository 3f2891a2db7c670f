"""Printings that are close in sense, by sentence embeddings: for users with a model, in addition to what the words say.

Only words by one certain speaker in one story are compared; elsewhere, being about the same is not being the same.
"""

import numpy as np
import polars as pl

from assets.statements.encoder import Encoder
from assets.statements.printings import Printings

LEAST_TOKENS = 4  # words from which a vector is meaningful
LEAST_SENSE = 0.6  # cosine from which a pair is kept
MOST_OF_SPEAKER = 150  # printings of a speaker in a story that are compared; more are a live report
NO_SENSE = pl.lit(None, pl.Float32).alias("sense")


def with_sense(
    compared: pl.DataFrame, printings: Printings, quotes: pl.DataFrame, encoder: Encoder | None
) -> pl.DataFrame:
    """The compared pairs with ``sense``, the cosine of the two (null where it was not looked at or is small), and the
    pairs that are close in sense and have no words in common.
    """
    if encoder is None:
        return compared.with_columns(NO_SENSE)
    spoken = printings.table.filter(
        (pl.col("speaker") >= 0) & ~pl.col("indirect") & (pl.col("n_tokens") >= LEAST_TOKENS)
    ).filter(pl.len().over("story", "speaker").is_between(2, MOST_OF_SPEAKER))
    spoken = spoken.join(quotes.select("quote_id", "text"), on="quote_id").sort("printing")
    texts = spoken["text"].unique().sort()
    vectors = encoder.encode(texts.to_list())
    spoken = spoken.select(
        pl.col("printing").cast(pl.Int32), "story", "speaker", "n_tokens", vector=texts.search_sorted(spoken["text"])
    )
    pairs = spoken.join(spoken, on=["story", "speaker"], suffix="_b").filter(
        # The shorter first, as in every compared pair; of equals the earlier.
        (pl.col("n_tokens") < pl.col("n_tokens_b"))
        | ((pl.col("n_tokens") == pl.col("n_tokens_b")) & (pl.col("printing") < pl.col("printing_b")))
    )
    left, right = vectors[pairs["vector"].to_numpy()], vectors[pairs["vector_b"].to_numpy()]
    cosine = np.einsum("ij,ij->i", left, right) if pairs.height else np.empty(0, np.float32)
    close = (
        pairs.select(a="printing", b="printing_b")
        .with_columns(sense=pl.Series(cosine, dtype=pl.Float32).round(4))
        .filter(pl.col("sense") >= LEAST_SENSE)
    )
    return (
        compared.join(close, on=["a", "b"], how="full", coalesce=True)
        .with_columns(
            pl.col("contained").fill_null(False),
            pl.col("coverage", "run", "shared_stems", "dice").fill_null(0),
        )
        .sort("a", "b")
    )

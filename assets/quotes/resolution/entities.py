"""Which entity a quotation's speaker is."""

import numpy as np
import polars as pl

from assets.quotes.schema import QUOTES

CREDITS = ("quote_id", "article_id", "speaker_start", "speaker_end", "speaker_kind", "speaker_name")
"""What is read of a quotation to tell its speaker."""


_OFFSET_BITS = 32  # of an offset in a body


def attach_speakers(quotes: pl.DataFrame, mentions: pl.DataFrame, entities: pl.DataFrame) -> pl.DataFrame:
    """Fill ``speaker_id`` as ``speakers`` finds it; rows keep their order."""
    found = speakers(quotes, mentions, entities)
    return (
        quotes.drop("speaker_id")
        .join(found, on="quote_id", how="left", maintain_order="left")
        .select(QUOTES.column_names)
    )


def speakers(quotes: pl.DataFrame, mentions: pl.DataFrame, entities: pl.DataFrame) -> pl.DataFrame:
    """quote_id, ``speaker_id``: the entity named inside the speaker's mention, else the one the in-article full name stands for.

    ``quotes`` has the columns ``CREDITS``; ``mentions`` article_id, entity_id, start, end and kind of ``core.mentions``;
    ``entities`` entity_id, name and aliases of ``core.entities``. A name that stands for two entities of the article stays
    unresolved. What is found of an article's quotations hangs on its mentions and on the entities that they name.
    """
    named = quotes.select(CREDITS)
    asked = named.filter(pl.col("speaker_name").is_not_null()).select("article_id", spelling="speaker_name").unique()
    inside = (
        _mentions_within(named.filter(pl.col("speaker_kind") == "name"), mentions)
        # A person named inside the mention speaks; the place or party that the mention also names does not.
        .sort(pl.col("kind") != "person", pl.col("start") - pl.col("end"), "start")
        .group_by("quote_id", maintain_order=True)
        .agg(pl.col("entity_id").first().alias("by_mention"))
    )
    spelled = (
        mentions.select("article_id", "entity_id")
        .unique()
        .join(entities.select("entity_id", "name", "aliases"), on="entity_id")
        .select("article_id", "entity_id", pl.concat_list(pl.concat_list("name"), "aliases").alias("spelling"))
        .explode("spelling")
        .join(asked, on=["article_id", "spelling"], how="semi")
        .unique()
        .group_by("article_id", "spelling")
        .agg(pl.col("entity_id").unique().sort())
        .filter(pl.col("entity_id").list.len() == 1)
        .select("article_id", "spelling", pl.col("entity_id").list.first().alias("by_name"))
    )
    return (
        named.join(inside, on="quote_id", how="left", maintain_order="left")
        .join(
            spelled,
            left_on=["article_id", "speaker_name"],
            right_on=["article_id", "spelling"],
            how="left",
            maintain_order="left",
        )
        .select("quote_id", speaker_id=pl.coalesce("by_name", "by_mention"))
    )


def _mentions_within(quotes: pl.DataFrame, mentions: pl.DataFrame) -> pl.DataFrame:
    """quote_id with entity_id, start, end and kind of each mention that touches the speaker's.

    Mentions are looked up by their place: an article with a hundred of each would have ten thousand pairs to try.
    """
    placed = mentions.select("article_id", "entity_id", "start", "end", "kind").sort("article_id", "start", "end")
    numbers = placed.select("article_id").unique(maintain_order=True).with_row_index("number")
    asked = quotes.join(numbers, on="article_id")
    article = placed["article_id"].rle_id().to_numpy().astype(np.int64) << _OFFSET_BITS
    of_asked = asked["number"].to_numpy().astype(np.int64) << _OFFSET_BITS
    reached = np.maximum.accumulate(article + placed["end"].to_numpy())
    first = np.searchsorted(reached, of_asked + asked["speaker_start"].to_numpy(), side="right")
    last = np.searchsorted(article + placed["start"].to_numpy(), of_asked + asked["speaker_end"].to_numpy())
    counts = np.maximum(last - first, 0)
    number = np.repeat(np.arange(len(asked)), counts)
    at = np.arange(counts.sum()) + np.repeat(first - np.cumsum(counts) + counts, counts)
    return (
        asked.select("quote_id", "speaker_start")[number]
        .hstack(placed.drop("article_id")[at])
        .filter(pl.col("end") > pl.col("speaker_start"))
        .drop("speaker_start")
    )

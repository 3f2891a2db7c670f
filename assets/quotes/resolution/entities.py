"""Which entity a quotation's speaker is."""

import polars as pl

from assets.quotes.schema import QUOTES

CREDITS = ("quote_id", "article_id", "speaker_start", "speaker_end", "speaker_kind", "speaker_name")
"""What is read of a quotation to tell its speaker."""


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
    inside = (
        named.filter(pl.col("speaker_kind") == "name")
        .join(mentions.select("article_id", "entity_id", "start", "end", "kind"), on="article_id")
        .filter((pl.col("start") < pl.col("speaker_end")) & (pl.col("end") > pl.col("speaker_start")))
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

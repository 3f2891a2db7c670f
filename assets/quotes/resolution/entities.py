"""Which entity a quotation's speaker is."""

import polars as pl

from assets.quotes.schema import QUOTES


def attach_speakers(quotes: pl.DataFrame, mentions: pl.DataFrame, entities: pl.DataFrame) -> pl.DataFrame:
    """Fill ``speaker_id``: the entity named inside the speaker's mention, else the one the in-article full name stands for.

    ``mentions`` is a ``core.mentions`` frame with entity_id, ``entities`` a ``core.entities`` frame. A name that stands for
    two entities of the article stays unresolved. Rows keep their order.
    """
    named = quotes.select("quote_id", "article_id", "speaker_start", "speaker_end", "speaker_kind", "speaker_name")
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
        quotes.drop("speaker_id")
        .join(inside, on="quote_id", how="left", maintain_order="left")
        .join(
            spelled,
            left_on=["article_id", "speaker_name"],
            right_on=["article_id", "spelling"],
            how="left",
            maintain_order="left",
        )
        .with_columns(speaker_id=pl.coalesce("by_name", "by_mention"))
        .select(QUOTES.column_names)
    )

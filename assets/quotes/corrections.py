"""Quotations as people have corrected them: who speaks, or that it is none."""

import polars as pl

from assets.corrections.schema import QUOTE_CORRECTIONS
from assets.entities.schema import ENTITIES
from assets.quotes.schema import ARTICLE_QUOTES

BY_HAND = "corrected"
"""The rule of a speaker whom a person has named."""

# A quotation that has another id since its article was read anew is known by its words.
MEANT = f"""
SELECT number, quote.article_id, quote_id FROM {QUOTE_CORRECTIONS.path} JOIN {ARTICLE_QUOTES.path} AS quote USING (quote_id)
UNION ALL
SELECT number, quote.article_id, quote.quote_id
FROM (FROM {QUOTE_CORRECTIONS.path} ANTI JOIN {ARTICLE_QUOTES.path} USING (quote_id)) AS made
JOIN {ARTICLE_QUOTES.path} AS quote ON quote.article_id = made.article_id
    AND regexp_replace(quote.text, '^[\\s\\p{{Z}}]+|[\\s\\p{{Z}}]+$', '', 'g') = made.words
"""
"""The quotations that corrections are about: number, article_id, quote_id."""

# A speaker is the one entity of that name, or else the one that is also called so. Of two corrections the later one counts.
CORRECTED = f"""
WITH called AS (
    SELECT number, entity_id, name = speaker AS is_name FROM {QUOTE_CORRECTIONS.path} AS made
    JOIN {ENTITIES.path} AS entity ON (entity.name = speaker OR list_contains(aliases, speaker))
        AND (made.kind IS NULL OR made.kind = entity.kind)
), known AS (
    SELECT number, CASE count(*) FILTER (is_name) WHEN 1 THEN max(entity_id) FILTER (is_name)
        WHEN 0 THEN if(count(*) = 1, max(entity_id), NULL) END AS speaker_id
    FROM called GROUP BY number
), meant AS ({MEANT})
SELECT meant.article_id, meant.quote_id, action, speaker, known.speaker_id AS named_id
FROM meant JOIN {QUOTE_CORRECTIONS.path} USING (number) LEFT JOIN known USING (number)
QUALIFY row_number() OVER (PARTITION BY meant.quote_id ORDER BY number DESC) = 1
"""
"""The quotations that are to be corrected: article_id, quote_id, ``action``, ``speaker`` and ``named_id``, the entity of that name."""

AS_CORRECTED = f"""
coalesce(found.is_corrected, false) AS corrected,
if(found.is_corrected, NULL, quotes.speaker_text) AS speaker_text,
if(found.is_corrected, NULL, quotes.speaker_start) AS speaker_start,
if(found.is_corrected, NULL, quotes.speaker_end) AS speaker_end,
if(found.is_corrected, 'none', quotes.speaker_kind) AS speaker_kind,
if(found.is_corrected, found.speaker, quotes.speaker_name) AS speaker_name,
if(found.is_corrected, '{BY_HAND}', quotes.rule) AS rule,
if(found.is_corrected, 1.0, quotes.confidence) AS confidence,
if(found.is_corrected, if(found.speaker IS NULL, NULL, 1.0), quotes.speaker_confidence) AS speaker_confidence,
found.speaker_id AS speaker_id
"""
"""The columns of a quotation that hang on who speaks, in SQL over it and ``found``."""


def with_corrections(found: pl.DataFrame, corrected: pl.DataFrame) -> pl.DataFrame:
    """The speakers that were found (quote_id, speaker_id), and those that people name; without what is no quotation."""
    joined = found.join(corrected.drop("article_id"), on="quote_id", how="left")
    named = pl.col("action").eq_missing("speaker")
    return joined.filter(pl.col("action").ne_missing("not-a-quote")).select(
        "quote_id",
        "speaker",
        is_corrected=named,
        speaker_id=pl.when(named).then("named_id").otherwise("speaker_id"),
    )

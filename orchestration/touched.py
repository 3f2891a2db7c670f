"""Which rows of the incremental marts have to be made anew: those of what differs from what dbt last built them from.

The marts over statements and over phrases are dbt's incremental models. They make anew what ``work.touched`` names
(dbt_project/macros/touched.sql). An item's input is a hash of every row that a mart's row about it is made from.
"""

from collections.abc import Mapping

import polars as pl

from pipeline import ledger
from pipeline.bookkeeping import TOUCHED
from pipeline.warehouse import Transaction

READ = "marts_articles"
"""The articles, for as long as is looked for what differs: each text is read once."""
ARTICLES_READ = f"""
CREATE OR REPLACE TEMP TABLE {READ} AS
WITH articles AS (SELECT * EXCLUDE (body), hash(body) AS of_body FROM intermediate.int_articles)
SELECT article_id, outlet_id, hash(articles) AS of_article,
    hash(outlet, published_at, published_precision, of_body) AS of_printing
FROM articles
"""

STATEMENTS = f"""
WITH articles AS (
    SELECT article_id, of_article FROM {READ}
), quotes AS (
    SELECT quote_id, article_id, hash(wording, kind, n_words, start_offset, end_offset, speaker_confidence) AS of_quote
    FROM staging.stg_quotes
), printed AS (
    SELECT statement_id, sum(hash(quote_id, of_quote, relation, similarity, evidence, of_article)) AS of_printings
    FROM quotes JOIN staging.stg_statement_quotes USING (quote_id) JOIN articles USING (article_id) GROUP BY statement_id
), edited AS (
    SELECT statement_id, sum(hash(edits)) AS of_edits
    FROM staging.stg_word_edits AS edits JOIN staging.stg_statement_quotes USING (quote_id) GROUP BY statement_id
), uncredited AS (
    SELECT statement_id, sum(hash(words, of_article)) AS of_words
    FROM staging.stg_uncredited_words AS words JOIN articles USING (article_id) GROUP BY statement_id
)
SELECT statement_id AS item_id, hash(statements, speakers.name, of_printings, of_edits, of_words)::VARCHAR AS input
FROM staging.stg_statements AS statements LEFT JOIN staging.stg_entities AS speakers ON speaker_id = entity_id
LEFT JOIN printed USING (statement_id) LEFT JOIN edited USING (statement_id) LEFT JOIN uncredited USING (statement_id)
"""
"""``marts.quote_coverage``, ``quote_wordings`` and ``altered_quotes``: a statement, its printings, and whose articles have its words."""

OUTLETS_OF_STORIES = """
SELECT concat_ws(' ', story_id, outlet_id) AS item_id,
    sum(hash(outlet, language, supported, published_at, published_precision))::VARCHAR AS input
FROM intermediate.int_articles WHERE story_id IS NOT NULL GROUP BY ALL
"""
"""``marts.quote_coverage``, for all statements of the story: what an outlet wrote about it, and when."""

ARTICLES = f"""
WITH quoted AS (
    SELECT article_id, sum(hash(start_offset, end_offset, kind)) AS of_quotes FROM staging.stg_quotes GROUP BY article_id
)
SELECT article_id AS item_id, hash(of_printing, of_quotes)::VARCHAR AS input
FROM {READ} LEFT JOIN quoted USING (article_id)
"""
"""``marts.repeated_phrases``: what an article makes of a phrase that it holds. Where a phrase is held is told by its counts
where no text has changed, and whose copy an article is only dbt knows: the model looks at both by itself."""

NAMES = f"""
WITH named AS (SELECT DISTINCT article_id, entity_id FROM staging.stg_mentions)
SELECT article_id AS item_id, hash(outlet_id, sum(hash(entity_id)))::VARCHAR AS input
FROM named JOIN {READ} USING (article_id) GROUP BY article_id, outlet_id
"""
"""``marts.entity_pairs``: which entities an article names."""

STEP = "marts by"
ITEMS = {
    "statement": STATEMENTS,
    "outlet of a story": OUTLETS_OF_STORIES,
    "article": ARTICLES,
    "names of an article": NAMES,
}

FEW = 0.5
"""Share of the items up to which it is cheaper to make their rows anew than to make all."""

Touched = Mapping[str, pl.DataFrame]
"""The items of each kind (item_id, version) whose rows are to be made anew."""


def note_touched(transaction: Transaction, version: str) -> Touched | None:
    """Tell dbt what differs from what it last built, where that is not the most of it; ``None`` where all is to be built.

    ``version`` is that of the dbt project. What is noted counts as not built until :func:`record_built`, so that it is
    built again after a build that fails.
    """
    touched = _differing(transaction, version) if ledger.is_current(transaction, STEP, version) else None
    if touched is None:
        ledger.forget_corpus(transaction, STEP)
        # Where nothing is named, tests look at all rows (dbt_project/models/marts/*.yml).
        transaction.replace(TOUCHED, TOUCHED.empty())
    return touched


def record_built(transaction: Transaction, version: str, touched: Touched | None) -> None:
    """Note that the marts are made from the items as they are now; dbt changes none, so that what was touched is known."""
    if touched is None:
        transaction.execute(ARTICLES_READ)
    for kind, items in ITEMS.items():
        step = f"{STEP} {kind}"
        if touched is None:
            ledger.record_all(transaction, step, version, items)
        else:
            ledger.record(transaction, step, touched[kind])
    ledger.record_corpus(transaction, STEP, version)


def _differing(transaction: Transaction, version: str) -> Touched | None:
    touched, noted = {}, [TOUCHED.empty()]
    transaction.execute(ARTICLES_READ)
    for kind, items in ITEMS.items():
        step = f"{STEP} {kind}"
        todo, gone, n_items = ledger.differing(transaction, step, version, items)
        if todo.height > FEW * n_items:
            return None
        differing = pl.concat([todo["item_id"], gone])
        ledger.forget(transaction, step, differing)
        touched[kind] = todo
        noted.append(differing.to_frame("item_id").select(pl.lit(kind).alias("kind"), "item_id"))
    transaction.replace(TOUCHED, pl.concat(noted))
    return touched

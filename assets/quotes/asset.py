"""Finds the quotations of the new articles, then names their speakers by the entities of the corpus."""

from collections.abc import Iterator
from functools import partial

import dagster as dg
import polars as pl

from assets.articles.removal import end_where_left_out, leave_out
from assets.articles.schema import ARTICLES
from assets.corrections.schema import CORRECTIONS
from assets.entities.schema import ARTICLE_MENTIONS, ENTITIES, MENTIONS
from assets.quotes.corrections import AS_CORRECTED, CORRECTED, with_corrections
from assets.quotes.extract import extract_quotes
from assets.quotes.resolution.entities import CREDITS, speakers
from assets.quotes.schema import ARTICLE_QUOTES, QUOTES
from pipeline import ledger
from pipeline.changes import derive_each, drop_of_articles, drop_orphans
from pipeline.extraction import Extraction, extract_pending
from pipeline.resources import Pipeline
from pipeline.specs import WAREHOUSE_POOL, markdown_table, materialized, table_spec
from pipeline.warehouse import GIVEN, Transaction

ROOMS = ("entities", "quotes")
CREDITED = f"""
SELECT article_id AS item_id, concat(of_quotes, ':', of_mentions, '::' || of_corrections) AS input
FROM (
    SELECT article_id, sum(hash({", ".join(f'"{name}"' for name in ARTICLE_QUOTES.column_names)})) AS of_quotes
    FROM {ARTICLE_QUOTES.path} GROUP BY article_id
) LEFT JOIN (
    SELECT article_id, sum(hash(entity_id, start, "end", mentions.kind, spellings)) AS of_mentions
    FROM {MENTIONS.path} AS mentions
    JOIN (SELECT entity_id, hash(name, aliases) AS spellings FROM {ENTITIES.path}) USING (entity_id) GROUP BY article_id
) USING (article_id) LEFT JOIN (
    SELECT article_id, sum(hash(quote_id, action, speaker, named_id)) AS of_corrections FROM ({CORRECTED}) GROUP BY article_id
) USING (article_id)
"""
"""Articles with quotations, and a hash of all that their speakers hang on."""


@dg.multi_asset(
    name="quotes",
    specs=[table_spec(QUOTES, "quotes", deps=(ARTICLES, MENTIONS, ENTITIES, CORRECTIONS))],
    pool=WAREHOUSE_POOL,
)
def quotes(pipeline: dg.ResourceParam[Pipeline]) -> Iterator[dg.MaterializeResult[None]]:
    """Extract from the new articles, then attach speakers to all quotations."""
    counts = extract_pending(
        pipeline,
        Extraction(
            step="quotes",
            version=ledger.code_version(*ROOMS) + pipeline.settings.entity_engine,
            items=f"SELECT article_id AS item_id, hash(title, body, language, source_id)::VARCHAR AS input FROM {ARTICLES.path}",
            read=f"SELECT article_id AS item_id, source_id, title, body, language FROM {ARTICLES.path} SEMI JOIN {GIVEN} ON item_id = article_id",
            beside=f'SELECT article_id AS item_id, * FROM {ARTICLE_MENTIONS.path} SEMI JOIN {GIVEN} ON item_id = article_id ORDER BY article_id, start, "end"',
            function=extract_quotes,
            rows=lambda quotes: {ARTICLE_QUOTES: quotes},
            drop=partial(drop_of_articles, ARTICLE_QUOTES),
            key="article_id",
            leave_out=leave_out(pipeline.settings, "quotations"),
        ),
    )
    with pipeline.warehouse.transaction() as transaction:
        end_where_left_out(transaction)
        drop_orphans(transaction, ARTICLE_QUOTES, ARTICLES)
    credit(pipeline)
    with pipeline.warehouse.transaction() as transaction:
        yield materialized(transaction, QUOTES, {**counts, **overview(transaction)})


def credit(pipeline: Pipeline) -> None:
    """Name the speakers of the articles whose quotations, mentions or named entities have changed."""
    derive_each(pipeline, "speakers", ROOMS, items=CREDITED, tables={QUOTES: "article_id"}, write=write_speakers)


def write_speakers(transaction: Transaction, articles: pl.Series) -> None:
    """The quotations of these articles, with their speakers."""
    with transaction.visible(articles.to_frame("article_id")) as given:
        credits = transaction.query(
            f"SELECT {', '.join(CREDITS)} FROM {ARTICLE_QUOTES.path} SEMI JOIN {given} USING (article_id) ORDER BY quote_id"
        )
        mentions = transaction.query(
            f'SELECT article_id, entity_id, start, "end", kind FROM {MENTIONS.path} SEMI JOIN {given} USING (article_id) '
            'ORDER BY article_id, start, "end"'
        )
        corrected = transaction.query(f"FROM ({CORRECTED}) SEMI JOIN {given} USING (article_id)")
    with transaction.visible(mentions.select("entity_id").unique()) as given:
        named = transaction.query(
            f"SELECT entity_id, name, aliases FROM {ENTITIES.path} SEMI JOIN {given} USING (entity_id) ORDER BY entity_id"
        )
    with transaction.visible(with_corrections(speakers(credits, mentions, named), corrected)) as given:
        transaction.execute(
            f"INSERT INTO {QUOTES.path} BY NAME SELECT quotes.* REPLACE ({AS_CORRECTED}) "
            f"FROM {ARTICLE_QUOTES.path} AS quotes JOIN {given} AS found USING (quote_id)"
        )


def overview(transaction: Transaction) -> dict[str, object]:
    """Counts by kind and rule, and the share with a speaker, for the asset's page."""
    by_kind = transaction.query(
        "SELECT kind, count(*) AS quotes, round(avg((speaker_name IS NOT NULL)::INT), 3) AS with_speaker, "
        f"round(avg((speaker_id IS NOT NULL)::INT), 3) AS resolved FROM {QUOTES.path} GROUP BY kind ORDER BY kind"
    )
    by_rule = transaction.query(
        "SELECT rule, count(*) AS quotes, round(avg(confidence), 3) AS mean_confidence "
        f"FROM {QUOTES.path} GROUP BY rule ORDER BY quotes DESC, rule"
    )
    judged = transaction.query(
        "SELECT text, coalesce(speaker_name, speaker_text) AS speaker, cue, rule, round(confidence, 2) AS confidence "
        f"FROM {QUOTES.path} ORDER BY n_words DESC, quote_id LIMIT 12"
    )
    (shares,) = transaction.query(
        "SELECT coalesce(avg((speaker_name IS NOT NULL)::INT), 0) AS share_with_speaker, "
        f"coalesce(avg((speaker_id IS NOT NULL)::INT), 0) AS share_resolved FROM {QUOTES.path}"
    ).rows(named=True)
    return {
        **shares,
        "by_kind": dg.MetadataValue.md(markdown_table(by_kind)),
        "by_rule": dg.MetadataValue.md(markdown_table(by_rule)),
        "to_judge": dg.MetadataValue.md(markdown_table(judged)),
    }

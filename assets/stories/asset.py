"""Which articles share text, and which report the same event."""

from collections.abc import Iterator

import dagster as dg
import polars as pl

from assets.articles.schema import ARTICLES
from assets.entities.schema import MENTIONS
from assets.quotes.schema import QUOTES
from assets.stories.group import grouped
from assets.stories.pairs import MOST_ARTICLES, candidates, compared
from assets.stories.prints import article_prints
from assets.stories.schema import ARTICLE_PAIRS, ARTICLE_PRINTS, STORIES
from assets.stories.terms import ENTITY_WEIGHT, QUOTE_WEIGHT
from assets.text.dates.timestamp import with_known_days
from pipeline.bookkeeping import LEDGER
from pipeline.changes import Changed, derive_from, derive_from_changes
from pipeline.resources import Pipeline
from pipeline.schema import Table
from pipeline.specs import WAREHOUSE_POOL, materialized, table_spec
from pipeline.warehouse import Transaction

ROOMS = ("stories",)
PAIRING = "article pairs"
TEXTS = f"SELECT article_id AS item_id, hash(title, body)::VARCHAR AS input FROM {ARTICLES.path}"
STORIES_READ = (  # the words of articles by what pairing has noted of them
    f"SELECT item_id, version FROM {LEDGER.path} WHERE step = '{PAIRING}'",
    f"SELECT article_id, published_at, published_precision, language FROM {ARTICLES.path}",
    f"SELECT * FROM {ARTICLE_PAIRS.path}",
    f"SELECT article_id, entity_id FROM {MENTIONS.path}",
    f"SELECT article_id, speaker_id FROM {QUOTES.path}",
    f"SELECT article_id, text FROM {QUOTES.path} WHERE kind != 'indirect'",
)


@dg.multi_asset(
    name="stories",
    specs=[
        table_spec(ARTICLE_PAIRS, "stories", deps=(ARTICLES,)),
        table_spec(STORIES, "stories", deps=(ARTICLES, MENTIONS, QUOTES)),
    ],
    pool=WAREHOUSE_POOL,
)
def stories(pipeline: dg.ResourceParam[Pipeline]) -> Iterator[dg.MaterializeResult[None]]:
    """Pair the articles that share text, then group them by event."""
    paired, told = pair(pipeline), group(pipeline)
    with pipeline.warehouse.transaction() as transaction:
        yield materialized(transaction, ARTICLE_PAIRS, paired)
        yield materialized(transaction, STORIES, told)


def pair(pipeline: Pipeline) -> dict[str, int]:
    """Read what articles are compared by from those that have come or changed, and pair them with all others."""
    return derive_from_changes(pipeline, PAIRING, ROOMS, items=TEXTS, change=change_pairs)


def change_pairs(transaction: Transaction, changed: Changed) -> None:
    before = samples_of(transaction, changed.touched)
    changed.clear(transaction, {ARTICLE_PRINTS: "article_id", ARTICLE_PAIRS: "article_a"})
    for portion in changed.portions():
        with transaction.visible(portion.to_frame("article_id")) as given:
            articles = transaction.query(
                f"SELECT article_id, title, body, language FROM {ARTICLES.path} SEMI JOIN {given} USING (article_id) ORDER BY article_id"
            )
        transaction.insert(ARTICLE_PRINTS, article_prints(articles))
    wanted = changed.come
    if not changed.is_all:
        after = samples_of(transaction, changed.come)
        wanted = pl.concat([wanted, holders(transaction, newly_judged(transaction, before, after))]).unique().sort()
    stale = pl.concat([wanted, changed.gone])
    for column in ("article_a", "article_b"):
        transaction.delete(ARTICLE_PAIRS, column, stale)
    with transaction.visible(wanted.to_frame("article_id")) as given:
        samples = transaction.query(
            f"WITH held AS (SELECT article_id, len(samples) AS n_samples, unnest(samples) AS sample FROM {ARTICLE_PRINTS.path}), "
            f"wanted AS (SELECT DISTINCT sample FROM held SEMI JOIN {given} USING (article_id)) "
            "SELECT article_id, n_samples, list(sample) AS samples FROM held SEMI JOIN wanted USING (sample) "
            "GROUP BY ALL ORDER BY article_id"
        )
    pairs = candidates(samples, wanted)
    in_pairs = pl.concat([pairs["article_a"], pairs["article_b"]]).unique()
    with transaction.visible(in_pairs.to_frame("article_id")) as given:
        articles = transaction.query(
            f"SELECT article_id, body FROM {ARTICLES.path} SEMI JOIN {given} USING (article_id) ORDER BY article_id"
        )
    transaction.insert(ARTICLE_PAIRS, compared(pairs, articles))


def samples_of(transaction: Transaction, articles: pl.Series) -> pl.DataFrame:
    """How many of these articles hold each of their samples: sample, n."""
    with transaction.visible(articles.to_frame("article_id")) as given:
        return transaction.query(
            "SELECT sample, count(*) AS n FROM (SELECT unnest(samples) AS sample "
            f"FROM {ARTICLE_PRINTS.path} SEMI JOIN {given} USING (article_id)) GROUP BY sample"
        )


def newly_judged(transaction: Transaction, before: pl.DataFrame, after: pl.DataFrame) -> pl.Series:
    """Samples that are evidence now and were not, or the other way round, by what changed articles held before and hold."""
    moved = pl.concat([before.with_columns(-pl.col("n")), after]).group_by("sample").agg(pl.col("n").sum())
    with transaction.visible(moved) as given:
        return transaction.query(
            "SELECT sample FROM (SELECT sample, count(*) AS n_now FROM "
            f"(SELECT unnest(samples) AS sample FROM {ARTICLE_PRINTS.path}) SEMI JOIN {given} USING (sample) GROUP BY sample) "
            f"JOIN {given} USING (sample) WHERE (n_now > {MOST_ARTICLES}) != (n_now - n > {MOST_ARTICLES}) ORDER BY sample"
        )["sample"]


def holders(transaction: Transaction, samples: pl.Series) -> pl.Series:
    """The articles that hold any of these samples."""
    with transaction.visible(samples.to_frame("sample")) as given:
        return transaction.query(
            f"SELECT DISTINCT article_id FROM (SELECT article_id, unnest(samples) AS sample FROM {ARTICLE_PRINTS.path}) "
            f"SEMI JOIN {given} USING (sample)"
        )["article_id"]


def group(pipeline: Pipeline) -> dict[str, int]:
    """Group all articles anew, unless nothing that their stories hang on has changed."""
    return derive_from(pipeline, "stories", ROOMS, reads=STORIES_READ, compute=group_all)


def group_all(transaction: Transaction) -> dict[Table, pl.DataFrame]:
    articles = with_known_days(
        transaction.query(
            "SELECT article_id, published_at, published_precision, words, counts "
            f"FROM {ARTICLES.path} JOIN {ARTICLE_PRINTS.path} USING (article_id) ORDER BY article_id"
        )
    )
    # Words tell articles apart within a language, and so do names: those of a foreign press make nobody commoner at home.
    named = transaction.query(
        "SELECT article_id, concat_ws(' ', entity_id, language) AS entity_id, sum(weight)::INTEGER AS weight FROM ("
        f"SELECT article_id, entity_id, {ENTITY_WEIGHT} AS weight FROM {MENTIONS.path} UNION ALL "
        f"SELECT article_id, speaker_id, {QUOTE_WEIGHT} FROM {QUOTES.path} WHERE speaker_id IS NOT NULL"
        f") JOIN {ARTICLES.path} USING (article_id) GROUP BY article_id, entity_id, language"
    )
    quotes = transaction.query(f"SELECT article_id, kind, text FROM {QUOTES.path} ORDER BY quote_id")
    return {STORIES: grouped(articles, transaction.read(ARTICLE_PAIRS), named, quotes)}

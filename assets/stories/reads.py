"""What stories are told from, as it stands in the warehouse."""

import numpy as np
import polars as pl

from assets.entities.schema import MENTIONS
from assets.quotes.schema import QUOTES
from assets.stories.prints import lists_of
from assets.stories.schema import ARTICLE_PAIRS, ARTICLE_PRINTS, STORIES, WEEK_TERMS
from assets.stories.terms import ENTITY_WEIGHT, QUOTE_WEIGHT, Held, held_by, together
from assets.stories.weeks import UNDATED
from pipeline.bookkeeping import LEDGER
from pipeline.changes import in_portions
from pipeline.ids import stable_id
from pipeline.warehouse import Transaction

PAIRING = "article pairs"
"""The step that has noted of each article what its text, date and language are."""

CONTENTS = f"""
SELECT week, CASE WHEN week = {UNDATED} THEN article_id END AS article_id, sum(content)::VARCHAR AS content FROM (
    SELECT item_id AS article_id, hash(item_id, version) AS content FROM {LEDGER.path} WHERE step = '{PAIRING}'
    UNION ALL SELECT article_id, hash(article_id, entity_id) FROM {MENTIONS.path}
    UNION ALL SELECT article_id, hash(article_id, kind, text, speaker_id) FROM {QUOTES.path}
    UNION ALL SELECT
        CASE WHEN a.week = {UNDATED} THEN article_a WHEN b.week = {UNDATED} OR b.week > a.week THEN article_b ELSE article_a END,
        hash(article_a, article_b, n_shared_tokens, containment_a, containment_b)
    FROM {ARTICLE_PAIRS.path} JOIN {ARTICLE_PRINTS.path} AS a ON article_a = a.article_id
    JOIN {ARTICLE_PRINTS.path} AS b ON article_b = b.article_id
) JOIN {ARTICLE_PRINTS.path} USING (article_id) GROUP BY ALL ORDER BY ALL
"""
"""Of each week, and of each article without a day, a hash of all that stories are told from. A pair is of the article that may join the
other's story: the one without a day, or of the later week."""

WEEKS_READ = (
    "SELECT week, count(*) AS n_articles, count(DISTINCT story_id) AS n_stories "
    f"FROM {ARTICLE_PRINTS.path} JOIN {STORIES.path} USING (article_id) GROUP BY week ORDER BY week = {UNDATED}, week"
)
"""The weeks that have articles, in the order of time."""

PRINTS = f"SELECT article_id, published_at, words, counts FROM {ARTICLE_PRINTS.path}"


def contents(transaction: Transaction, version: str) -> pl.DataFrame:
    """What each week, and each article without a day, holds: week, article_id (null of a week), content."""
    return transaction.query(CONTENTS).with_columns(pl.format("{} {}", pl.lit(version), "content").alias("content"))


def count_weeks(transaction: Transaction, content: pl.DataFrame) -> bool:
    """Count the terms of the weeks whose content is another than when they were counted; says whether there are any."""
    now = {week: stable_id(*of_week["content"]) for (week,), of_week in content.group_by("week", maintain_order=True)}
    before = dict(transaction.query(f"SELECT week, content FROM {WEEK_TERMS.path}").iter_rows())
    changed = sorted(week for week in now.keys() | before.keys() if now.get(week) != before.get(week))
    for week in changed:
        transaction.execute(f"DELETE FROM {WEEK_TERMS.path} WHERE week = ?", [week])
        if week in now:
            held = _counted(transaction, week)
            row = (week, now[week], held.n_articles, held.terms.view(np.int64), held.n_holders)
            columns = zip(WEEK_TERMS.column_names, row, strict=True)
            transaction.insert(WEEK_TERMS, pl.DataFrame({name: [value] for name, value in columns}))
    return bool(changed)


def _counted(transaction: Transaction, week: int) -> Held:
    ids = transaction.query(f"SELECT article_id FROM {ARTICLE_PRINTS.path} WHERE week = {week} ORDER BY article_id")
    parts = in_portions(ids["article_id"])
    return together([held_by(prints_of(transaction, part), named_in(transaction, part)) for part in parts])


def held_in(transaction: Transaction, first: int, last: int) -> list[tuple[int, Held]]:
    """What the articles of some weeks hold, week by week."""
    rows = transaction.query(
        f"SELECT * EXCLUDE (content) FROM {WEEK_TERMS.path} WHERE week BETWEEN {first} AND {last} ORDER BY week"
    )
    return [
        (
            row["week"][0],
            Held(
                lists_of(row["terms"]).values,
                lists_of(row["n_holders"]).values.view(np.int64),
                row["n_articles"][0],
            ),
        )
        for row in rows.iter_slices(1)
    ]


def prints_of(transaction: Transaction, articles: pl.Series) -> pl.DataFrame:
    """The prints of some articles, in the order of time, and of their ids; those without a day last."""
    with transaction.visible(articles.to_frame("article_id")) as given:
        return transaction.query(
            f"{PRINTS} SEMI JOIN {given} USING (article_id) ORDER BY published_at NULLS LAST, article_id"
        )


def named_in(transaction: Transaction, articles: pl.Series) -> pl.DataFrame:
    """How much some articles have to do with entities: article_id, entity_id, weight.

    Words tell articles apart within a language, and so do names: those of a foreign press make nobody commoner at home.
    """
    with transaction.visible(articles.to_frame("article_id")) as given:
        return transaction.query(
            "SELECT article_id, concat_ws(' ', entity_id, language) AS entity_id, sum(weight)::INTEGER AS weight FROM ("
            f"SELECT article_id, entity_id, {ENTITY_WEIGHT} AS weight FROM {MENTIONS.path} UNION ALL "
            f"SELECT article_id, speaker_id, {QUOTE_WEIGHT} FROM {QUOTES.path} WHERE speaker_id IS NOT NULL"
            f") SEMI JOIN {given} USING (article_id) JOIN {ARTICLE_PRINTS.path} USING (article_id) "
            "GROUP BY article_id, entity_id, language"
        )


def quotes_of(transaction: Transaction, articles: pl.Series) -> pl.DataFrame:
    """The quotations between marks of some articles: article_id, text."""
    with transaction.visible(articles.to_frame("article_id")) as given:
        return transaction.query(
            f"SELECT article_id, text FROM {QUOTES.path} SEMI JOIN {given} USING (article_id) "
            "WHERE kind != 'indirect' ORDER BY quote_id"
        )


def pairs_among(transaction: Transaction, articles: pl.Series) -> pl.DataFrame:
    """The pairs of which both are among some articles."""
    with transaction.visible(articles.to_frame("article_id")) as given:
        return transaction.query(
            f"SELECT * FROM {ARTICLE_PAIRS.path} WHERE article_a IN (SELECT article_id FROM {given}) "
            f"AND article_b IN (SELECT article_id FROM {given}) ORDER BY article_a, article_b"
        )

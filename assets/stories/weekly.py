"""Which articles report the same event, week by week: a week is told anew where something has changed that its stories hang on.

That is its articles and those of the weeks in which its words are counted, the stories that the last articles before it are in, and
the articles without a day that are put to it. Those of them that join no story there are told among themselves.
"""

from datetime import timedelta

import polars as pl

from assets.entities.schema import MENTIONS
from assets.quotes.schema import QUOTES
from assets.stories.prints import article_prints
from assets.stories.reads import (
    PAIRING,
    contents,
    count_weeks,
    held_in,
    named_in,
    pairs_among,
    prints_of,
    quotes_of,
)
from assets.stories.schema import ARTICLE_PAIRS, ARTICLE_PRINTS, STORIES, UNDATED_JOINED, WEEK_TERMS
from assets.stories.terms import WEEKS_COUNTED, article_terms, held_by, rarity_of, together
from assets.stories.told import CARRIED_HOURS, copied, told
from assets.stories.undated import likely_weeks
from assets.stories.weeks import UNDATED, monday_of
from pipeline import ledger
from pipeline.bookkeeping import LEDGER
from pipeline.changes import drop_orphans, in_portions
from pipeline.ids import stable_id
from pipeline.warehouse import Transaction, in_memory

STEP = "stories"


def group_stories(
    articles: pl.DataFrame, pairs: pl.DataFrame, mentions: pl.DataFrame, quotes: pl.DataFrame
) -> pl.DataFrame:
    """The story of every article, as ``STORIES``, sorted by article.

    ``articles`` holds article_id, title, published_at (UTC, null where the day is not known) and body, ``pairs`` is ``ARTICLE_PAIRS``,
    ``mentions`` is ``MENTIONS``, ``quotes`` is ``QUOTES``.
    """
    prints = article_prints(articles)
    read = {ARTICLE_PRINTS: prints, ARTICLE_PAIRS: pairs, MENTIONS: mentions, QUOTES: quotes}
    with in_memory([*read, STORIES, WEEK_TERMS, UNDATED_JOINED, LEDGER]) as transaction:
        for table, rows in read.items():
            transaction.insert(table, rows)
        ledger.record(transaction, PAIRING, prints.select(item_id="article_id", version=pl.lit("")))
        change_stories(transaction, "")
        return transaction.read(STORIES)


def change_stories(transaction: Transaction, version: str) -> dict[int, int]:
    """Tell the weeks anew whose stories hang on something that has changed; says which, and of how many articles each."""
    content = contents(transaction, version)
    if not count_weeks(transaction, content):
        return {}
    drop_orphans(transaction, STORIES, ARTICLE_PRINTS)
    weeks = dict(content.filter(pl.col("week") != UNDATED).select("week", "content").iter_rows())
    undated = content.filter(week=UNDATED).select("article_id", "content")
    undated = undated.join(_weeks_of_undated(transaction, undated["article_id"], list(weeks)), on="article_id")
    with transaction.visible(undated.filter(pl.col("week") != UNDATED)) as given:
        transaction.execute(
            f"DELETE FROM {UNDATED_JOINED.path} WHERE article_id NOT IN (SELECT article_id FROM {given})"
        )
    n_told: dict[int, int] = {}
    for week in sorted(weeks):
        begun, looking = _begun_before(transaction, week), undated.filter(week=week)
        signature = stable_id(
            *(str(weeks.get(earlier)) for earlier in range(week - WEEKS_COUNTED, week + 1)),
            *begun.select(pl.concat_str("article_id", "story_id", separator=" ")).to_series(),
            *looking.select(pl.concat_str("article_id", "content", separator=" ")).to_series(),
        )
        if not _is_current(transaction, week, signature):
            n_told[week] = _tell_week(transaction, week, begun, looking["article_id"])
            _note(transaction, week, signature)
    if (n_rest := _tell_rest(transaction, undated)) is not None:
        n_told[UNDATED] = n_rest
    gone = transaction.query(f"SELECT item_id FROM {LEDGER.path} WHERE step = ?", [STEP])["item_id"]
    ledger.forget(transaction, STEP, gone.filter(~gone.is_in([str(week) for week in (*weeks, UNDATED)])))
    return n_told


def mark_weeks(transaction: Transaction, weeks: list[int]) -> None:
    """Have these weeks paired, counted and told anew, though nothing has changed that they hang on.

    Articles without a day are told with the weeks whose stories they have joined.
    """
    joined = transaction.read(UNDATED_JOINED)["week"].to_list() if UNDATED in weeks else []
    marked = pl.Series("week", sorted({*weeks, *joined}), pl.Int32)
    with transaction.visible(marked.to_frame()) as given:
        articles = transaction.query(f"SELECT article_id FROM {ARTICLE_PRINTS.path} SEMI JOIN {given} USING (week)")
    ledger.forget(transaction, PAIRING, articles["article_id"])
    ledger.forget(transaction, STEP, marked.cast(pl.String))
    transaction.delete(WEEK_TERMS, "week", marked)


def _is_current(transaction: Transaction, week: int, signature: str) -> bool:
    """Whether the stories of a week were last told from exactly this."""
    told_from: str | None = transaction.scalar(
        f"SELECT version FROM {LEDGER.path} WHERE step = ? AND item_id = ?", [STEP, str(week)]
    )
    return told_from == signature


def _note(transaction: Transaction, week: int, signature: str) -> None:
    ledger.record(transaction, STEP, pl.DataFrame({"item_id": [str(week)], "version": [signature]}))


def _begun_before(transaction: Transaction, week: int) -> pl.DataFrame:
    """The last articles before a week, whose stories its articles may join: article_id, story_id, in the order of time."""
    monday = monday_of(week)
    return transaction.query(
        f"SELECT article_id, story_id FROM {ARTICLE_PRINTS.path} JOIN {STORIES.path} USING (article_id) "
        f"WHERE week = {week - 1} AND published_at >= ? ORDER BY published_at, article_id",
        [monday - timedelta(hours=CARRIED_HOURS)],
    )


def _tell_week(transaction: Transaction, week: int, begun: pl.DataFrame, looking: pl.Series) -> int:
    own = transaction.query(f"SELECT article_id FROM {ARTICLE_PRINTS.path} WHERE week = {week}")["article_id"]
    ids = pl.concat([begun["article_id"], own, looking])
    prints, named = prints_of(transaction, ids), named_in(transaction, ids)
    lookers = prints.tail(len(looking))
    held = [held for _, held in held_in(transaction, week - WEEKS_COUNTED, week)]
    terms = article_terms([(prints, named)], rarity_of(together([*held, held_by(lookers, named)])))
    articles = prints.select("article_id", "published_at").join(
        begun, on="article_id", how="left", maintain_order="left"
    )
    found = told(articles, terms, pairs_among(transaction, ids), quotes_of(transaction, ids), len(looking))
    joined = found.tail(len(looking)).filter("joined")
    transaction.delete(UNDATED_JOINED, "article_id", looking)
    transaction.insert(UNDATED_JOINED, joined.with_columns(week=pl.lit(week)))
    return _write(transaction, pl.concat([found.head(len(own)), joined]))


def _write(transaction: Transaction, found: pl.DataFrame) -> int:
    transaction.delete(STORIES, "article_id", found["article_id"])
    transaction.insert(STORIES, found)
    return found.height


def _weeks_of_undated(transaction: Transaction, undated: pl.Series, weeks: list[int]) -> pl.DataFrame:
    """The week that each article without a day is put to: article_id, week; ``UNDATED`` where no article has one."""
    if undated.is_empty() or not weeks:
        return undated.to_frame("article_id").with_columns(week=pl.lit(UNDATED, pl.Int32))
    with transaction.visible(undated.to_frame("article_id")) as given:
        pairs = transaction.query(
            f"SELECT * FROM {ARTICLE_PAIRS.path} WHERE (article_a IN (SELECT article_id FROM {given})) "
            f"!= (article_b IN (SELECT article_id FROM {given}))"
        )
    with transaction.visible(copied(pairs)) as given:
        by_copies = transaction.query(
            "SELECT without.article_id, min(dated.week) AS week FROM "
            f"(SELECT article_a, article_b FROM {given} UNION ALL SELECT article_b, article_a FROM {given}) AS pairs "
            f"JOIN {ARTICLE_PRINTS.path} AS without ON article_a = without.article_id AND without.week = {UNDATED} "
            f"JOIN {ARTICLE_PRINTS.path} AS dated ON article_b = dated.article_id AND dated.week != {UNDATED} GROUP BY ALL"
        )
    held = held_in(transaction, min(weeks), max(weeks))
    others = undated.filter(~undated.is_in(by_copies["article_id"].implode()))
    by_words = [
        likely_weeks(prints_of(transaction, portion), named_in(transaction, portion), held)
        for portion in in_portions(others)
    ]
    return pl.concat([by_copies.cast({"week": pl.Int32}), *by_words])


def _tell_rest(transaction: Transaction, undated: pl.DataFrame) -> int | None:
    """Tell the articles without a day among themselves that have joined no story of a week; says how many, unless all is as it was."""
    joined = transaction.query(f"SELECT article_id FROM {UNDATED_JOINED.path}")["article_id"]
    rest = undated.filter(~pl.col("article_id").is_in(joined.implode()))
    signature = stable_id(
        *rest.select(pl.concat_str("article_id", "content", separator=" ")).to_series(),
        "of",
        *undated["content"],
    )
    if _is_current(transaction, UNDATED, signature):
        return None
    _note(transaction, UNDATED, signature)
    if rest.is_empty():
        return 0
    ids = prints_of(transaction, rest["article_id"])["article_id"]
    ((_, held),) = held_in(transaction, UNDATED, UNDATED)
    parts = ((prints_of(transaction, part), named_in(transaction, part)) for part in in_portions(ids))
    terms = article_terms(parts, rarity_of(held))
    articles = pl.DataFrame({"article_id": ids}).with_columns(
        published_at=pl.lit(None, pl.Datetime("us")), story_id=pl.lit(None, pl.String)
    )
    found = told(articles, terms, pairs_among(transaction, ids), quotes_of(transaction, ids))
    return _write(transaction, found)

"""How pairs of articles change with the articles that have come, changed or gone."""

from collections.abc import Iterator

import polars as pl

from assets.articles.schema import ARTICLES
from assets.stories.overlap import compared, portions
from assets.stories.pairs import MOST_ARTICLES, WEEKS_BEFORE, candidates, window_of
from assets.stories.prints import article_prints
from assets.stories.schema import ARTICLE_PAIRS, ARTICLE_PRINTS
from assets.stories.weeks import UNDATED
from assets.text.dates.timestamp import with_known_days
from pipeline.changes import PORTION, Changed
from pipeline.warehouse import Transaction

ARTICLES_READ = (
    "SELECT article_id AS item_id, hash(title, body, published_at, published_precision, language)::VARCHAR AS input "
    f"FROM {ARTICLES.path}"
)
FEW = PORTION
"""Wanted articles whose holders of samples are held at a time, in whichever windows they are."""
HELD = f"SELECT article_id, published_at, week, len(samples) AS n_samples, unnest(samples) AS sample FROM {ARTICLE_PRINTS.path}"
PAIRS_GATHERED = 1 << 20
"""Candidates of how many pairs are held, at some 64 bytes each, before they are compared."""
BODIES = 4 * PORTION
"""Articles read at a time to be compared."""


def change_pairs(transaction: Transaction, changed: Changed) -> None:
    """Bring everything up to date with the articles that have come, changed or gone."""
    before = _sample_counts(transaction, changed.touched if not changed.is_all else changed.touched.clear())
    changed.clear(transaction, {ARTICLE_PRINTS: "article_id", ARTICLE_PAIRS: "article_a"})
    for portion in changed.portions():
        with transaction.visible(portion.to_frame("article_id")) as given:
            articles = transaction.query(
                "SELECT article_id, title, body, language, published_at, published_precision "
                f"FROM {ARTICLES.path} SEMI JOIN {given} USING (article_id) ORDER BY article_id"
            )
        transaction.insert(ARTICLE_PRINTS, article_prints(with_known_days(articles)))
    wanted = changed.come
    if not changed.is_all:
        moved = pl.concat([before.with_columns(-pl.col("n")), _sample_counts(transaction, changed.come)])
        wanted = pl.concat([wanted, _holders(transaction, _newly_judged(transaction, moved))]).unique().sort()
        stale = pl.concat([wanted, changed.gone])
        for column in ("article_a", "article_b"):
            transaction.delete(ARTICLE_PAIRS, column, stale)
    for found in _gathered(
        candidates(_samples(transaction, weeks, wanted), wanted, weeks) for weeks in _weeks_at_once(transaction, wanted)
    ):
        for pairs in portions(found):
            transaction.insert(ARTICLE_PAIRS, compared(pairs, _bodies(transaction, pairs)))


def _sample_counts(transaction: Transaction, articles: pl.Series) -> pl.DataFrame:
    """How many of these articles hold each of their samples, by week: sample, week, n."""
    with transaction.visible(articles.to_frame("article_id")) as given:
        return transaction.query(
            f"SELECT sample, week, count(*) AS n FROM ({HELD} SEMI JOIN {given} USING (article_id)) GROUP BY sample, week"
        )


def _newly_judged(transaction: Transaction, moved: pl.DataFrame) -> pl.Series:
    """Samples that are evidence in some window now and were not, or the other way round.

    ``moved`` (sample, week, n) says how many more holders a week has than before, or fewer.
    """
    moved = moved.group_by("sample", "week").agg(pl.col("n").sum()).filter(pl.col("n") != 0)
    weeks = moved["week"].unique().sort().to_list()
    near = _in_windows(weeks[0], weeks[-1] + WEEKS_BEFORE) if weeks and UNDATED not in weeks else "true"
    with transaction.visible(moved.group_by("sample").agg(lost=pl.min_horizontal(pl.col("n").sum(), 0))) as given:
        now = transaction.query(
            f"WITH held AS (SELECT sample, week FROM ({HELD} WHERE {near}) SEMI JOIN {given} USING (sample)), "
            f"many AS (SELECT sample FROM held JOIN {given} USING (sample) "
            f"GROUP BY sample HAVING count(*) - any_value(lost) > {MOST_ARTICLES}) "
            "SELECT sample, week, count(*) AS n FROM held SEMI JOIN many USING (sample) GROUP BY sample, week"
        )
    counts = (
        now.join(moved.rename({"n": "moved"}), on=["sample", "week"], how="full", coalesce=True)
        .join(now.select("sample").unique(), on="sample", how="semi")
        .with_columns(pl.col("n", "moved").fill_null(0))
    )
    is_undated = pl.col("week") == UNDATED
    undated = counts.filter(is_undated)
    windows = (
        counts.filter(~is_undated)
        .with_columns(week=pl.int_ranges("week", pl.col("week") + WEEKS_BEFORE + 1))
        .explode("week")
        .join(undated.drop("week"), on="sample", how="left", suffix="_undated")
        .select("sample", "week", *(pl.col(name) + pl.col(f"{name}_undated").fill_null(0) for name in ("n", "moved")))
    )
    n_now, n_moved = pl.col("n").sum(), pl.col("moved").sum()
    judged = (
        pl.concat([windows, undated.select(pl.col("sample"), pl.col("week").cast(pl.Int64), "n", "moved")])
        .group_by("sample", "week")
        .agg(is_new=(n_now > MOST_ARTICLES) != (n_now - n_moved > MOST_ARTICLES))
    )
    return judged.filter("is_new")["sample"].unique().sort()


def _in_windows(first: int, last: int) -> str:
    """What is true of the articles in the windows of some weeks."""
    return f"(week BETWEEN {first - WEEKS_BEFORE} AND {last} OR week = {UNDATED})"


def _holders(transaction: Transaction, samples: pl.Series) -> pl.Series:
    """The articles that hold any of these samples."""
    with transaction.visible(samples.to_frame("sample")) as given:
        return transaction.query(
            f"SELECT DISTINCT article_id FROM ({HELD}) SEMI JOIN {given} USING (sample)",
        )["article_id"]


def _weeks_at_once(transaction: Transaction, wanted: pl.Series) -> Iterator[list[int]]:
    """The weeks in whose windows the wanted articles are, as many at a time as are looked at together."""
    with transaction.visible(wanted.to_frame("article_id")) as given:
        weeks = transaction.query(
            f"SELECT week, count(wanted.article_id) AS n_wanted FROM {ARTICLE_PRINTS.path} "
            f"LEFT JOIN {given} AS wanted USING (article_id) GROUP BY week ORDER BY week"
        )
    touched = [week for week in weeks["week"] if window_of(weeks, week)["n_wanted"].sum() > 0]
    if touched and len(wanted) <= FEW:
        yield touched
    else:
        yield from ([week] for week in touched)


def _gathered(of_weeks: Iterator[pl.DataFrame]) -> Iterator[pl.DataFrame]:
    """The candidates of several weeks together: an article that is in the windows of all is then read once."""
    gathered: list[pl.DataFrame] = []
    for candidates_of_weeks in of_weeks:
        gathered.append(candidates_of_weeks)
        if sum(pairs.height for pairs in gathered) >= PAIRS_GATHERED:
            yield pl.concat(gathered)
            gathered = []
    if gathered:
        yield pl.concat(gathered)


def _samples(transaction: Transaction, weeks: list[int], wanted: pl.Series) -> pl.DataFrame:
    """What ``candidates`` asks for."""
    in_windows = _in_windows(min(weeks), max(weeks))
    if len(wanted) > FEW:
        return transaction.query(
            "SELECT article_id, published_at, week, len(samples) AS n_samples, samples "
            f"FROM {ARTICLE_PRINTS.path} WHERE {in_windows} ORDER BY article_id"
        )
    with transaction.visible(wanted.to_frame("article_id")) as given:
        return transaction.query(
            f"WITH held AS ({HELD} WHERE {in_windows}), "
            f"wanted AS (SELECT DISTINCT sample FROM held SEMI JOIN {given} USING (article_id)) "
            "SELECT article_id, published_at, week, n_samples, list(sample) AS samples FROM held SEMI JOIN wanted USING (sample) "
            "GROUP BY ALL ORDER BY article_id"
        )


def _bodies(transaction: Transaction, pairs: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """The texts of the articles of some pairs, some at a time."""
    in_pairs = pl.concat([pairs["article_a"], pairs["article_b"]]).unique()
    with transaction.visible(in_pairs.to_frame("article_id")) as given:
        yield from transaction.stream(
            f"SELECT article_id, body FROM {ARTICLES.path} SEMI JOIN {given} USING (article_id)", BODIES
        )

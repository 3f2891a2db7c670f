"""Which articles share text, and how much of each is in the other.

Containment, not Jaccard: a short article cut from long agency copy holds nothing of its own, and still has a low
Jaccard likeness to its source (Broder, 1997, "On the resemblance and containment of documents", defines both).
Candidates come from a sample of shingles; the figures reported are then counted on all of them.

Copies are a matter of days, and an anniversary is none: articles are compared that were published at most ``MOST_DAYS`` apart, and
those of which no day is known with all. The window of a week is it, the weeks before that reach so far, and the articles without a
day: pairs of it hold an article of the week, and a sampled shingle is judged by how many articles of the window hold it.

So whether two articles are candidates depends on their own samples and on how many articles of a window hold those that they share.
Where articles come, change or go, only these have to be looked at again: their pairs, and the pairs of articles that hold
a sample which ``MOST_ARTICLES`` now leave out, or no longer.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from assets.stories.cores import end_to_end
from assets.stories.overlap import compared, portions
from assets.stories.prints import article_prints, lists_of
from assets.stories.schema import ARTICLE_PAIRS
from assets.stories.weeks import UNDATED
from assets.text.compiled import compiled

MOST_DAYS = 35  # articles further apart do not print each other's text
WEEKS_BEFORE = MOST_DAYS // 7  # that a week's articles are compared with
MOST_ARTICLES = 400  # a sampled shingle in more articles of a window than this is a phrase of the trade, not evidence
FEWEST_SAMPLES = 2  # sampled shingles that two articles must share to be looked at
LEAST_ESTIMATE = 0.07  # nor candidates whose sample promises to hold less of each other than this
BATCH = 4096  # articles taken at a time by each core
PAIRS_EXPECTED = 32  # pairs of an article with later ones, on average

Int32s = npt.NDArray[np.int32]
Int64s = npt.NDArray[np.int64]
UInt64s = npt.NDArray[np.uint64]


class Samples(NamedTuple):
    """Which articles hold a sampled shingle: ``articles`` by shingle, the end of each one's shingle in them, ``by_article`` the
    postings of each article, and how many samples every article has.
    """

    articles: Int32s
    ends: Int64s
    by_article: Int64s
    offsets: Int64s
    n_samples: Int64s


def article_pairs(articles: pl.DataFrame) -> pl.DataFrame:
    """Pairs of articles (article_id, body, and published_at where it is known) that share text, as ``ARTICLE_PAIRS``, sorted by both ids.

    A token of one article counts as shared where a run of ``SHINGLE`` tokens around it is in the other.
    ``n_shared_tokens`` is the smaller of the two counts. Time is linear in the tokens plus, for every sampled shingle,
    the square of its articles in a window (at most ``MOST_ARTICLES``).
    """
    prints = article_prints(articles.with_columns(title=pl.lit(None, pl.String)))
    samples = prints.with_columns(n_samples=pl.col("samples").list.len())
    weeks = prints["week"].unique().sort()
    pairs = candidates(samples, prints["article_id"], weeks.to_list())
    found = [compared(portion, [articles]) for portion in portions(pairs)]
    return pl.concat([ARTICLE_PAIRS.empty(), *found]).sort(ARTICLE_PAIRS.key)


def candidates(samples: pl.DataFrame, wanted: pl.Series, weeks: Sequence[int]) -> pl.DataFrame:
    """Pairs (article_a, article_b: the smaller id first) of the windows of some weeks that share enough samples, of which one is
    ``wanted`` or both are.

    ``samples`` has article_id, published_at, week, the list ``samples`` and how many there are in all (``n_samples``), for the wanted
    articles and every other one of the windows that holds any of their samples; of the others, those samples are enough.
    """
    wanted = samples["article_id"].filter(samples["article_id"].is_in(wanted.implode()))
    found = [_candidates_of(window_of(samples, week), wanted, week) for week in weeks]
    nothing = pl.DataFrame(schema={"article_a": pl.String, "article_b": pl.String})
    return pl.concat([nothing, *found]).sort("article_a", "article_b")


def window_of(rows: pl.DataFrame, week: int) -> pl.DataFrame:
    """Those of some rows with a ``week`` that are in the window of one."""
    return rows.filter(pl.col("week").is_between(week - WEEKS_BEFORE, week) | (pl.col("week") == UNDATED))


def _candidates_of(members: pl.DataFrame, wanted: pl.Series, week: int) -> pl.DataFrame:
    """The candidates of one window, given its articles."""
    is_own, is_wanted = pl.col("week") == week, pl.col("article_id").is_in(wanted.implode())
    if members.filter(is_own & ~is_wanted).is_empty():
        # Every pair has an article of the week, and so is found from that.
        is_wanted = is_own
    # The wanted come first: each of their pairs is found once, from the first of the two.
    ordered = members.sort(~is_wanted, "article_id")
    n_wanted = ordered.filter(is_wanted).height
    values, offsets = lists_of(ordered["samples"])
    rows = np.repeat(np.arange(ordered.height, dtype=np.int32), np.diff(offsets))
    sampled = _postings(values, rows, ordered["n_samples"].cast(pl.Int64).to_numpy())

    def walk(first: int) -> tuple[Int32s, Int32s]:
        after = min(first + BATCH, n_wanted)
        a = np.empty(PAIRS_EXPECTED * BATCH, np.int32)
        b = np.empty_like(a)
        n_pairs = _walk(sampled, first, after, a, b)
        if n_pairs > len(a):
            a, b = np.empty(n_pairs, np.int32), np.empty(n_pairs, np.int32)
            _walk(sampled, first, after, a, b)
        return a[:n_pairs].copy(), b[:n_pairs].copy()

    a, b = end_to_end(walk, range(0, n_wanted, BATCH), np.int32)
    ids, weeks = ordered["article_id"], ordered["week"].to_numpy()
    hours = ordered["published_at"].dt.epoch("us").cast(pl.Float64).fill_null(float("nan")).to_numpy() / 3.6e9
    kept = (np.maximum(weeks[a], weeks[b]) == week) & ~(np.abs(hours[a] - hours[b]) > 24 * MOST_DAYS)
    pairs = pl.DataFrame({"one": ids.gather(a[kept]), "other": ids.gather(b[kept])})
    return pairs.select(article_a=pl.min_horizontal("one", "other"), article_b=pl.max_horizontal("one", "other"))


def _postings(samples: UInt64s, rows: Int32s, n_samples: Int64s) -> Samples:
    """Samples by shingle, without those that are no evidence; ``rows`` are the articles of each, in order."""
    n_articles = len(n_samples)
    order = np.argsort(samples, kind="stable")  # articles stay in order within a shingle
    samples, rows = samples[order], rows[order]
    starts = np.flatnonzero(np.r_[True, samples[1:] != samples[:-1]]) if len(samples) else np.zeros(0, np.int64)
    lengths = np.diff(np.r_[starts, len(samples)])
    useful = (lengths >= 2) & (lengths <= MOST_ARTICLES)
    rows = rows[np.repeat(useful, lengths)]
    ends = np.repeat(np.cumsum(lengths[useful]), lengths[useful])
    by_article = np.argsort(rows, kind="stable")
    offsets = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=n_articles))])
    return Samples(rows, ends, by_article, offsets, n_samples)


@compiled
def _walk(samples: Samples, first: int, after: int, a: Int32s, b: Int32s) -> int:
    """Count, for articles ``first`` to ``after - 1``, the sampled shingles shared with every later one; fill ``a`` and
    ``b`` as far as they have room, and give the number of pairs."""
    postings, posting_end, by_article, article_offsets, n_samples = samples
    n_articles = len(article_offsets) - 1
    shared = np.zeros(n_articles, np.int32)
    touched = np.empty(n_articles, np.int32)
    n_pairs = 0
    for article in range(first, after):
        n_touched = 0
        for k in range(article_offsets[article], article_offsets[article + 1]):
            sample = by_article[k]
            for other in range(sample + 1, posting_end[sample]):
                row = postings[other]
                if shared[row] == 0:
                    touched[n_touched] = row
                    n_touched += 1
                shared[row] += 1
        later = np.sort(touched[:n_touched])
        for row in later:
            enough = max(FEWEST_SAMPLES, LEAST_ESTIMATE * min(n_samples[article], n_samples[row]))
            if shared[row] >= enough:
                if n_pairs < len(a):
                    a[n_pairs] = article
                    b[n_pairs] = row
                n_pairs += 1
            shared[row] = 0
    return n_pairs

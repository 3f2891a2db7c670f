"""Which articles report the same event.

Articles are taken in order of publication, and each joins the story of the earlier article that it is most like, as in
the single-pass clustering of topic detection (Allan, Papka and Lavrenko, 1998, "On-line new event detection and
tracking"). Likeness is a cosine over the words and the entities that mark an article; copied text settles it at once.
"""

from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from assets.ids import stable_id
from assets.stories.follow import follow
from assets.stories.schema import STORIES
from assets.stories.terms import article_terms

WINDOW_HOURS = 72.0  # how long after its last article a story may take another
COPIED = 0.3  # share of an article that makes it the same story as the article it stands in


def group_stories(
    articles: pl.DataFrame, pairs: pl.DataFrame, mentions: pl.DataFrame, quotes: pl.DataFrame
) -> pl.DataFrame:
    """The story of every article, as ``STORIES``, sorted by article.

    ``articles`` holds article_id, title, published_at (UTC, may be null) and body, ``pairs`` is ``ARTICLE_PAIRS``,
    ``mentions`` is ``MENTIONS``, ``quotes`` is ``QUOTES``. A story's id is a hash of its first article's, so articles
    that are published later do not move it. Articles without a date may join any story. Time is linear in the articles
    times the neighbours looked at for each (a fixed number).
    """
    ordered = articles.sort("published_at", "article_id", nulls_last=True)
    ids = ordered["article_id"]
    hours = ordered["published_at"].dt.epoch("us").cast(pl.Float64).fill_null(float("nan")).to_numpy() / 3.6e9
    terms = article_terms(ordered, mentions, quotes)
    copies = _copies(ids, pairs)
    story = follow(terms, hours, copies, WINDOW_HOURS)
    story_ids = pl.Series("story_id", [stable_id("story", ids[int(first)]) for first in np.unique(story)])
    position = np.unique(story, return_inverse=True)[1]
    return STORIES.frame(pl.DataFrame({"story_id": story_ids.gather(position), "article_id": ids}).sort("article_id"))


def _copies(ids: pl.Series, pairs: pl.DataFrame) -> Any:
    """For each article (row of ``ids``), the earlier articles that share enough text with it: offsets, and rows."""
    rows = pl.DataFrame({"id": ids, "row": np.arange(len(ids), dtype=np.int64)})
    shared = (
        pairs.filter(pl.max_horizontal("containment_a", "containment_b") >= COPIED)
        .join(rows.rename({"id": "article_a", "row": "row_a"}), on="article_a")
        .join(rows.rename({"id": "article_b", "row": "row_b"}), on="article_b")
        .select(later=pl.max_horizontal("row_a", "row_b"), earlier=pl.min_horizontal("row_a", "row_b"))
        .sort("later", "earlier")
    )
    later: npt.NDArray[np.int64] = shared["later"].to_numpy()
    offsets = np.concatenate([[0], np.cumsum(np.bincount(later, minlength=len(ids)))])
    return offsets, shared["earlier"].to_numpy()

"""Which articles report the same event.

Articles are taken in order of publication, and each joins the story of the earlier article that it is most like, as in
the single-pass clustering of topic detection (Allan, Papka and Lavrenko, 1998, "On-line new event detection and
tracking"). Likeness is a cosine over the words and the entities that mark an article; copied text settles it at once.
"""

import numpy as np
import numpy.typing as npt
import polars as pl

from assets.stories.follow import follow
from assets.stories.prints import article_prints
from assets.stories.schema import STORIES
from assets.stories.terms import article_terms, entities_named
from assets.text.hashing import chained
from assets.text.tokens import Tokens, tokenise
from assets.text.words import is_content_word
from pipeline.ids import stable_id

WINDOW_HOURS = 72.0  # how long after its last article a story may take another
COPIED = 0.3  # share of an article that makes it the same story as the article it is in
COPIED_TOKENS = 40  # and the tokens that share must be
QUOTED = (6, 8)  # words in a row that two articles must quote alike
QUOTED_CONTENT = 3  # content words among them
MOST_QUOTING = 40  # articles that quote the same words, above which they are a slogan


def group_stories(
    articles: pl.DataFrame, pairs: pl.DataFrame, mentions: pl.DataFrame, quotes: pl.DataFrame
) -> pl.DataFrame:
    """The story of every article, as ``STORIES``, sorted by article.

    ``articles`` holds article_id, title, published_at (UTC, may be null) and body, ``pairs`` is ``ARTICLE_PAIRS``,
    ``mentions`` is ``MENTIONS``, ``quotes`` is ``QUOTES``.
    """
    prints = articles.join(article_prints(articles), on="article_id")
    return grouped(prints, pairs, entities_named(mentions, quotes), quotes)


def grouped(articles: pl.DataFrame, pairs: pl.DataFrame, named: pl.DataFrame, quotes: pl.DataFrame) -> pl.DataFrame:
    """The story of every article, as ``STORIES``, sorted by article.

    ``articles`` holds article_id, published_at (UTC, may be null), and words and counts of ``ARTICLE_PRINTS``; ``pairs`` is
    ``ARTICLE_PAIRS``, ``named`` is of ``entities_named``, ``quotes`` has article_id, kind and text of ``QUOTES``. A story's id
    is a hash of its first article's, so articles that are published later do not move it. Articles without a date may join
    any story. Time is linear in the articles times the neighbours looked at for each (a fixed number).
    """
    ordered = articles.sort("published_at", "article_id", nulls_last=True)
    ids = ordered["article_id"]
    hours = ordered["published_at"].dt.epoch("us").cast(pl.Float64).fill_null(float("nan")).to_numpy() / 3.6e9
    terms = article_terms(ordered, named)
    links = _earlier(ids, pl.concat([_copied(pairs), _quoted_alike(quotes)]))
    story = follow(terms, hours, links, WINDOW_HOURS)
    story_ids = pl.Series("story_id", [stable_id("story", ids[int(first)]) for first in np.unique(story)])
    position = np.unique(story, return_inverse=True)[1]
    return STORIES.frame(pl.DataFrame({"story_id": story_ids.gather(position), "article_id": ids}).sort("article_id"))


def _copied(pairs: pl.DataFrame) -> pl.DataFrame:
    """Pairs of articles that share enough text to be about the same event."""
    share = pl.max_horizontal("containment_a", "containment_b")
    return pairs.filter((share >= COPIED) & (pl.col("n_shared_tokens") >= COPIED_TOKENS)).select(
        "article_a", "article_b"
    )


def _quoted_alike(quotes: pl.DataFrame) -> pl.DataFrame:
    """Pairs of articles that print the same words between quotation marks."""
    printed = quotes.filter(pl.col("kind") != "indirect").select("article_id", "text")
    ids = printed["article_id"].unique().sort()
    rows = ids.search_sorted(printed["article_id"]).to_numpy()
    tokens = tokenise(printed["text"])
    content = np.array([is_content_word(form) for form in tokens.vocabulary.forms()], np.int8)[tokens.codes]
    n_content = np.concatenate([[0], np.cumsum(content)])
    runs = pl.concat([_runs(tokens, n_content, n_words, rows) for n_words in QUOTED])
    # Most runs are printed once, and most others by the same articles as the run before.
    held = runs.filter(pl.col("run").is_duplicated()).unique().group_by("run").agg(pl.col("article").sort())
    held = held.filter(pl.col("article").list.len().is_between(2, MOST_QUOTING)).unique("article")
    runs = held.explode("article")
    pairs = (
        runs.join(runs, on="run", suffix="_b")
        .filter(pl.col("article") < pl.col("article_b"))
        .select("article", "article_b")
        .unique()
    )
    return pairs.select(
        article_a=ids.gather(pairs["article"].cast(pl.Int64)), article_b=ids.gather(pairs["article_b"].cast(pl.Int64))
    )


def _runs(
    tokens: Tokens, n_content: npt.NDArray[np.int64], n_words: int, articles: npt.NDArray[np.uint32]
) -> pl.DataFrame:
    """Hashes of the runs of ``n_words`` within a quotation that have enough content words, and the article of each."""
    n = max(len(tokens) - n_words + 1, 0)
    hashes = np.full(n, n_words, np.uint64)
    for k in range(n_words):
        hashes = chained(hashes, tokens.vocabulary.hashes[tokens.codes[k : k + n]])
    text = tokens.article
    whole = (text[:n] == text[len(text) - n :]) & (n_content[n_words : n_words + n] - n_content[:n] >= QUOTED_CONTENT)
    return pl.DataFrame({"run": hashes[whole], "article": articles[text[:n][whole]].astype(np.uint32)})


def _earlier(ids: pl.Series, links: pl.DataFrame) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """For each article (row of ``ids``), the earlier articles it is linked with: offsets, and rows."""
    rows = pl.DataFrame({"id": ids, "row": np.arange(len(ids), dtype=np.int64)})
    linked = (
        links.join(rows.rename({"id": "article_a", "row": "row_a"}), on="article_a")
        .join(rows.rename({"id": "article_b", "row": "row_b"}), on="article_b")
        .select(later=pl.max_horizontal("row_a", "row_b"), earlier=pl.min_horizontal("row_a", "row_b"))
        .unique()
        .sort("later", "earlier")
    )
    offsets = np.concatenate([[0], np.cumsum(np.bincount(linked["later"].to_numpy(), minlength=len(ids)))])
    return offsets, linked["earlier"].to_numpy()

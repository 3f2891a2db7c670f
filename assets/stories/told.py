"""Which articles of one week report the same event.

Articles are taken in order of publication, and each joins the story of the earlier article that it is most like, as in
the single-pass clustering of topic detection (Allan, Papka and Lavrenko, 1998, "On-line new event detection and
tracking"). Likeness is a cosine over the words and the entities that mark an article; copied text settles it at once.

No article joins a story of which nothing was written for ``CARRIED_HOURS``. So what a week's stories hang on is the week, how
rare its words are, and the articles of the last hours before it with their stories.
"""

import numpy as np
import numpy.typing as npt
import polars as pl

from assets.stories.follow import follow
from assets.stories.terms import Terms
from assets.text.hashing import GOLDEN, chained
from assets.text.tokens import Tokens, tokenise
from assets.text.words import is_content_word
from pipeline.ids import stable_id

Int64s = npt.NDArray[np.int64]
UInt64s = npt.NDArray[np.uint64]
CARRIED_HOURS = 72  # how long after its last article a story may take another
COPIED = 0.3  # share of an article that makes it the same story as the article it is in
COPIED_TOKENS = 40  # and the tokens that share must be
QUOTED = (6, 8)  # words in a row that two articles must quote alike
QUOTED_CONTENT = 3  # content words among them
MOST_QUOTING = 40  # articles of a week that quote the same words, above which they are a slogan


def told(
    articles: pl.DataFrame, terms: Terms, pairs: pl.DataFrame, quotes: pl.DataFrame, n_looking: int = 0
) -> pl.DataFrame:
    """The stories of the articles whose story is not known yet: article_id, story_id, joined (an earlier article's story).

    ``articles`` has article_id, published_at and story_id, in order of time: first those before the week, whose story is known, then
    those of the week, then ``n_looking`` without a day, which join a story of theirs or begin one that nobody joins. ``terms`` are theirs,
    ``pairs`` the rows of ``ARTICLE_PAIRS`` between them, ``quotes`` has article_id and text of their quotations between marks. A story's id is
    a hash of its first article's, so articles that are published later do not move it.
    """
    ids = articles["article_id"]
    known = articles["story_id"].drop_nulls()
    begun = pl.DataFrame({"row": np.arange(len(known)), "story": known}).select(pl.col("row").min().over("story"))
    hours = articles["published_at"].dt.epoch("us").cast(pl.Float64).fill_null(float("nan")).to_numpy() / 3.6e9
    links = _earlier(ids, pl.concat([copied(pairs), _quoted_alike(quotes)]))
    row = follow(terms, hours, links, CARRIED_HOURS, begun["row"].to_numpy(), n_looking)[len(known) :]
    firsts = np.unique(row)
    named = [known[int(first)] if first < len(known) else stable_id("story", ids[int(first)]) for first in firsts]
    return pl.DataFrame(
        {
            "article_id": ids[len(known) :],
            "story_id": pl.Series(named, dtype=pl.String).gather(np.searchsorted(firsts, row)),
            "joined": row != np.arange(len(known), len(ids)),
        }
    )


def copied(pairs: pl.DataFrame) -> pl.DataFrame:
    """Pairs of articles that share enough text to be about the same event."""
    share = pl.max_horizontal("containment_a", "containment_b")
    return pairs.filter((share >= COPIED) & (pl.col("n_shared_tokens") >= COPIED_TOKENS)).select(
        "article_a", "article_b"
    )


def _quoted_alike(quotes: pl.DataFrame) -> pl.DataFrame:
    """Pairs of articles that print the same words between quotation marks."""
    ids = quotes["article_id"].unique().sort()
    rows = ids.search_sorted(quotes["article_id"]).to_numpy()
    tokens = tokenise(quotes["text"])
    content = np.array([is_content_word(form) for form in tokens.vocabulary.forms()], np.int8)[tokens.codes]
    n_content = np.concatenate([[0], np.cumsum(content)])
    runs, articles = zip(*(_runs(tokens, n_content, n_words, rows) for n_words in QUOTED), strict=True)
    held = _held_by_several(np.concatenate(runs), np.concatenate(articles), len(ids))
    pairs = (
        held.join(held, on="run", suffix="_b")
        .filter(pl.col("article") < pl.col("article_b"))
        .select("article", "article_b")
        .unique()
    )
    return pairs.select(article_a=ids.gather(pairs["article"]), article_b=ids.gather(pairs["article_b"]))


def _runs(tokens: Tokens, n_content: Int64s, n_words: int, articles: npt.NDArray[np.uint32]) -> tuple[UInt64s, Int64s]:
    """Hashes of the runs of ``n_words`` within a quotation that have enough content words, and the article of each."""
    n = max(len(tokens) - n_words + 1, 0)
    hashes = np.full(n, n_words, np.uint64)
    for k in range(n_words):
        hashes = chained(hashes, tokens.vocabulary.hashes[tokens.codes[k : k + n]])
    text = tokens.article
    whole = (text[:n] == text[len(text) - n :]) & (n_content[n_words : n_words + n] - n_content[:n] >= QUOTED_CONTENT)
    return hashes[whole], articles[text[:n][whole]].astype(np.int64)


def _held_by_several(runs: UInt64s, articles: Int64s, n_articles: int) -> pl.DataFrame:
    """The articles of each run that several hold and not too many: run, article. Of runs that the same articles hold there is one."""
    order = np.argsort(runs)
    runs = runs[order]
    number = np.cumsum(np.r_[False, runs[1:] != runs[:-1]][: len(runs)])
    # Run and article as one number are sorted in a third of the time of two.
    held = np.sort(number * n_articles + articles[order])
    held = held[np.r_[True, held[1:] != held[:-1]][: len(held)]]
    number, article = np.divmod(held, n_articles)
    n_holders = np.bincount(number)
    n_holders[(n_holders < 2) | (n_holders > MOST_QUOTING)] = 0
    kept = n_holders[number] > 0
    number, article, n_holders = number[kept], article[kept], n_holders[n_holders > 0]
    # Most runs are held by the same articles as the run before.
    mixed = article.astype(np.uint64)
    mixed = chained(chained(np.full_like(mixed, GOLDEN), mixed), mixed)
    sums = np.add.reduceat(mixed, np.cumsum(n_holders) - n_holders) if len(mixed) else mixed
    is_first = np.zeros(len(sums), np.bool_)
    is_first[np.unique(sums, return_index=True)[1]] = True
    kept = np.repeat(is_first, n_holders)
    return pl.DataFrame({"run": number[kept], "article": article[kept]})


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

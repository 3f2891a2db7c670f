"""The compiled pass that lets every article follow the earlier one it is most like."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from assets.stories.terms import Terms
from assets.text.compiled import compiled, reading

Int64s = npt.NDArray[np.int64]
LIKE = 0.12  # cosine to the most alike earlier article that makes an article part of its story
LIKE_MEAN = 0.06  # and the least mean cosine to the story's articles in the window, so that stories do not chain
NEIGHBOURS = 200  # earlier articles looked at for each term, the latest first


class _Vectors(NamedTuple):
    """``Terms`` as compiled code takes them."""

    terms: npt.NDArray[np.int32]
    weights: npt.NDArray[np.float32]
    offsets: Int64s


class _Postings(NamedTuple):
    """The articles of each term as linked lists: the latest posting of a term, the one before each, and whose it is."""

    newest: Int64s
    older: Int64s
    article: npt.NDArray[np.int32]


class _Like(NamedTuple):
    """Earlier articles that share terms with the one at hand: ``touched[:n]``, and for all articles how alike they are."""

    touched: Int64s
    likeness: npt.NDArray[np.float32]


class _Sums(NamedTuple):
    """By story: the sum of the likenesses of its articles, and how many there are."""

    likeness: npt.NDArray[np.float64]
    articles: Int64s


class _Copies(NamedTuple):
    """The earlier copies of article ``a``: ``rows[offsets[a]:offsets[a + 1]]``."""

    offsets: Int64s
    rows: Int64s


def follow(
    terms: Terms,
    hours: npt.NDArray[np.float64],
    copies: tuple[Int64s, Int64s],
    window: float,
    begun: Int64s,
    n_looking: int,
) -> Int64s:
    """The row that stands for each article's story; articles in order of time, ``hours`` may hold NaN.

    The story of the first articles is known: ``begun`` is the row that stands for it. The last ``n_looking`` only look: no article
    follows them, and the row of one that follows none is its own.
    """
    n_terms = int(terms.terms.max()) + 1 if len(terms.terms) else 0
    vectors = _Vectors(terms.terms, terms.weights, terms.offsets)
    return _follow(vectors, hours, _Copies(*copies), window, n_terms, begun, n_looking)


@compiled
def _follow(
    vectors: _Vectors,
    hours: npt.NDArray[np.float64],
    copies: _Copies,
    window: float,
    n_terms: int,
    begun: Int64s,
    n_looking: int,
) -> Int64s:
    n, n_postings = len(vectors.offsets) - 1, len(vectors.terms)
    postings = _Postings(
        np.full(n_terms, -1, np.int64), np.full(n_postings, -1, np.int64), np.empty(n_postings, np.int32)
    )
    like = _Like(np.empty(n, np.int64), np.zeros(n, np.float32))
    sums = _Sums(np.zeros(n, np.float64), np.zeros(n, np.int64))
    story = np.arange(n)
    story[: len(begun)] = begun
    for article in range(n):
        if article >= len(begun):
            n_touched = _compare(vectors, postings, hours, window, article, like)
            best = _best_story(like, n_touched, story, sums)
            copied = _copied_story(copies, hours, window, article, story, n - n_looking)
            if copied >= 0 or best >= 0:
                story[article] = copied if copied >= 0 else best
        if article < n - n_looking:
            for k in range(vectors.offsets[article], vectors.offsets[article + 1]):
                postings.article[k] = article
                postings.older[k] = postings.newest[vectors.terms[k]]
                postings.newest[vectors.terms[k]] = k
    return story


@reading
def _compare(
    vectors: _Vectors, postings: _Postings, hours: npt.NDArray[np.float64], window: float, article: int, like: _Like
) -> int:
    """Add up how alike earlier articles of the window are; says how many there are."""
    n_touched = 0
    for k in range(vectors.offsets[article], vectors.offsets[article + 1]):
        posting = postings.newest[vectors.terms[k]]
        looked_at = 0
        while posting >= 0 and looked_at < NEIGHBOURS:
            other = postings.article[posting]
            if hours[article] - hours[other] > window:
                break
            if like.likeness[other] == 0:
                like.touched[n_touched] = other
                n_touched += 1
            like.likeness[other] += vectors.weights[k] * vectors.weights[posting]
            posting = postings.older[posting]
            looked_at += 1
    return n_touched


@reading
def _best_story(like: _Like, n_touched: int, story: Int64s, sums: _Sums) -> int:
    """The story of the most alike article whose story is alike enough, -1 where there is none; all sums are 0 afterwards."""
    for k in range(n_touched):
        group = story[like.touched[k]]
        sums.likeness[group] += like.likeness[like.touched[k]]
        sums.articles[group] += 1
    best, best_story = np.float32(0), -1
    for k in range(n_touched):
        likeness, group = like.likeness[like.touched[k]], story[like.touched[k]]
        enough = likeness >= LIKE and sums.likeness[group] >= LIKE_MEAN * sums.articles[group]
        if enough and (likeness > best or (likeness == best and group < best_story)):
            best, best_story = likeness, group
    for k in range(n_touched):
        group = story[like.touched[k]]
        sums.likeness[group], sums.articles[group] = 0, 0
        like.likeness[like.touched[k]] = 0
    return best_story


@reading
def _copied_story(
    copies: _Copies, hours: npt.NDArray[np.float64], window: float, article: int, story: Int64s, n_followed: int
) -> int:
    """The story of the first copy within the window that may be followed, -1 where there is none."""
    for k in range(copies.offsets[article], copies.offsets[article + 1]):
        other = copies.rows[k]
        if other < n_followed and not hours[article] - hours[other] > window:
            known: int = story[other]
            return known
    return -1

"""The compiled pass that lets every article follow the earlier one it is most like."""

import numpy as np
import numpy.typing as npt

from assets.stories.terms import Terms
from assets.text.compiled import compiled

LIKE = 0.12  # cosine to the most alike earlier article that makes an article part of its story
LIKE_MEAN = 0.06  # and the least mean cosine to the story's articles in the window, so that stories do not chain
NEIGHBOURS = 200  # earlier articles looked at for each term, the latest first


def follow(
    terms: Terms,
    hours: npt.NDArray[np.float64],
    copies: tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]],
    window: float,
) -> npt.NDArray[np.int64]:
    """The row of the first article of each article's story; articles in order of time, ``hours`` may hold NaN."""
    n_terms = int(terms.terms.max()) + 1 if len(terms.terms) else 0
    story: npt.NDArray[np.int64] = _follow(
        terms.terms, terms.weights, terms.offsets, hours, copies[0], copies[1], window, n_terms
    )
    return story


@compiled
def _follow(terms, weights, offsets, hours, copy_offsets, copy_rows, window, n_terms):  # type: ignore[no-untyped-def]
    n = len(offsets) - 1
    # Postings as linked lists, the latest article of each term first.
    newest = np.full(n_terms, -1, np.int64)
    older = np.full(len(terms), -1, np.int64)
    article_of = np.empty(len(terms), np.int32)
    likeness = np.zeros(n, np.float32)
    touched = np.empty(n, np.int64)
    story = np.arange(n)
    total = np.zeros(n, np.float64)
    size = np.zeros(n, np.int64)
    for article in range(n):
        n_touched = 0
        for k in range(offsets[article], offsets[article + 1]):
            posting = newest[terms[k]]
            looked_at = 0
            while posting >= 0 and looked_at < NEIGHBOURS:
                other = article_of[posting]
                if hours[article] - hours[other] > window:
                    break
                if likeness[other] == 0:
                    touched[n_touched] = other
                    n_touched += 1
                likeness[other] += weights[k] * weights[posting]
                posting = older[posting]
                looked_at += 1
        best, best_story = np.float32(0), -1
        for k in range(n_touched):
            total[story[touched[k]]] += likeness[touched[k]]
            size[story[touched[k]]] += 1
        for k in range(n_touched):
            other = touched[k]
            group = story[other]
            enough = likeness[other] >= LIKE and total[group] >= LIKE_MEAN * size[group]
            if enough and (likeness[other] > best or (likeness[other] == best and group < best_story)):
                best, best_story = likeness[other], group
        for k in range(n_touched):
            total[story[touched[k]]] = 0
            size[story[touched[k]]] = 0
            likeness[touched[k]] = 0
        for k in range(copy_offsets[article], copy_offsets[article + 1]):
            other = copy_rows[k]
            if not hours[article] - hours[other] > window:
                best_story = story[other]
                break
        if best_story >= 0:
            story[article] = best_story
        for k in range(offsets[article], offsets[article + 1]):
            article_of[k] = article
            older[k] = newest[terms[k]]
            newest[terms[k]] = k
    return story

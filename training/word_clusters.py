"""Distributional word classes for the entity tagger, learnt from unlabelled text.

Words are classed by the company they keep: positive pointwise mutual information with the frequent words next to and two
before or after them, reduced by a randomised singular value decomposition (Halko, Martinsson, Tropp 2011) and grouped by
k-means on the unit sphere. Deterministic for a given seed.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assets.entities.tagger.tokens import tokenise

N_CONTEXTS = 2000
N_DIMENSIONS = 80
OFFSETS = (-2, -1, 1, 2)
SIZES = (1024, 256, 64)


def word_clusters(
    texts: Sequence[str], sizes: Sequence[int] = SIZES, least: int = 5, seed: int = 5
) -> dict[str, tuple[int, ...]]:
    """Classes (from 1) of every lower-cased word seen at least ``least`` times, one for each number of classes in ``sizes``."""
    tokens = tokenise(texts)
    words = np.array(
        ["".join(map(chr, tokens.codes[tokens.starts[e] : tokens.ends[e]])).lower() for e in tokens.examples],
        dtype=object,
    )
    vocabulary, lowered = np.unique(words, return_inverse=True)
    ids = lowered[tokens.types]
    counts = np.bincount(ids, minlength=len(vocabulary))
    order = np.argsort(-counts, kind="stable")
    kept = order[counts[order] >= least]
    vectors = _vectors(ids, tokens.lines, counts, order[:N_CONTEXTS], kept, seed)
    return unit_classes([str(vocabulary[word]) for word in kept], vectors, sizes, seed)


def unit_classes(
    words: Sequence[str], vectors: NDArray[np.float32], sizes: Sequence[int], seed: int
) -> dict[str, tuple[int, ...]]:
    """Classes (from 1) of words by their vectors of length 1, one for each number of classes in ``sizes``."""
    classes = np.stack([_k_means(vectors, size, seed) + 1 for size in sizes], axis=1)
    return {word: tuple(row) for word, row in zip(words, classes.tolist(), strict=True)}


def _vectors(
    ids: NDArray[np.int64],
    lines: NDArray[np.int32],
    counts: NDArray[np.int64],
    contexts: NDArray[np.int64],
    kept: NDArray[np.int64],
    seed: int,
) -> NDArray[np.float32]:
    row = np.full(len(counts), -1)
    row[kept] = np.arange(len(kept))
    column = np.full(len(counts), -1)
    column[contexts] = np.arange(len(contexts))
    table = np.zeros((len(kept), len(OFFSETS) * len(contexts)), dtype=np.float32)
    for number, offset in enumerate(OFFSETS):
        here, there = (ids[:-offset], ids[offset:]) if offset > 0 else (ids[-offset:], ids[:offset])
        near, far = (lines[:-offset], lines[offset:]) if offset > 0 else (lines[-offset:], lines[:offset])
        known = (near == far) & (row[here] >= 0) & (column[there] >= 0)
        cell = row[here[known]].astype(np.int64) * table.shape[1] + number * len(contexts) + column[there[known]]
        places, seen = np.unique(cell, return_counts=True)
        table.ravel()[places] = seen
    total = table.sum()
    rows = table.sum(axis=1, keepdims=True) + 1e-9
    columns = table.sum(axis=0, keepdims=True) ** 0.75
    columns *= total / (columns.sum() + 1e-9)
    np.multiply(table, total, out=table)
    table /= rows
    table /= columns + 1e-9
    np.log(np.maximum(table, 1.0), out=table)
    rng = np.random.default_rng(seed)
    sketch = table @ rng.standard_normal((table.shape[1], N_DIMENSIONS + 10), dtype=np.float32)
    for _ in range(2):
        basis, _ = np.linalg.qr(sketch)
        sketch = table @ (table.T @ basis)
    basis, _ = np.linalg.qr(sketch)
    left, values, _ = np.linalg.svd(basis.T @ table, full_matrices=False)
    vectors = (basis @ left[:, :N_DIMENSIONS]) * np.sqrt(values[:N_DIMENSIONS])
    return (vectors / (np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9)).astype(np.float32)


def _k_means(vectors: NDArray[np.float32], n_clusters: int, seed: int) -> NDArray[np.int64]:
    rng = np.random.default_rng(seed)
    centres = vectors[rng.choice(len(vectors), n_clusters, replace=False)]
    for _ in range(20):
        nearest = (vectors @ centres.T).argmax(axis=1)
        sums = np.zeros_like(centres)
        np.add.at(sums, nearest, vectors)
        norms = np.linalg.norm(sums, axis=1, keepdims=True)
        centres = np.where(norms > 0, sums / np.maximum(norms, 1e-9), centres)
    return (vectors @ centres.T).argmax(axis=1)

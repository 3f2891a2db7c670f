"""The line classifier: hashed words give a lexical score, boosted trees over shape and neighbours the probability.

Trained by ``training/text_lines.py``; the file beside this one holds numbers only and is read without pickle.
"""

import functools
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assets.articles.lines.context import first_guess, line_matrix
from assets.articles.lines.features import LineFeatures
from assets.articles.trees import tree_scores
from assets.text.compiled import compiled

MODEL_FILE = Path(__file__).with_name("model.npz")
STAGES = ("first", "second", "title")
Model = Mapping[str, NDArray[np.float32]]


@functools.cache
def load_model() -> Model:
    """The arrays of the shipped model: ``lexical``; ``feature``, ``threshold`` and ``leaf`` of each STAGES' trees."""
    with np.load(MODEL_FILE, allow_pickle=False) as stored:
        arrays = {name: stored[name] for name in stored.files}
    return {name: array.astype(np.int64 if name.endswith("feature") else np.float32) for name, array in arrays.items()}


def line_scores(features: LineFeatures, model: Model) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Log odds that each line of a batch is part of the story, and that it is the headline.

    A first model reads the page around a line through a guess at what is prose, a second through the first one's
    scores; their mean counts.
    """
    lexical = lexical_scores(features.buckets, features.indptr, model["lexical"])
    first = stage_scores(line_matrix(features, lexical, first_guess(features.local, lexical)), model, "first")
    matrix = line_matrix(features, lexical, first)
    return np.float32(0.5) * (first + stage_scores(matrix, model, "second")), stage_scores(matrix, model, "title")


def stage_scores(matrix: NDArray[np.float32], model: Model, stage: str) -> NDArray[np.float32]:
    """Scores of the lines by the trees of one of STAGES."""
    scores: NDArray[np.float32] = tree_scores(
        matrix, model[f"{stage}_feature"], model[f"{stage}_threshold"], model[f"{stage}_leaf"]
    )
    return scores


@compiled
def lexical_scores(
    buckets: NDArray[np.uint32], indptr: NDArray[np.int64], weights: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Sum of the weights of a line's hashed words over the square root of their number; float32 (lines,)."""
    scores = np.zeros(len(indptr) - 1, np.float32)
    for i in range(len(scores)):
        total = 0.0
        for k in range(indptr[i], indptr[i + 1]):
            total += weights[buckets[k]]
        scores[i] = total / np.sqrt(max(1, indptr[i + 1] - indptr[i]))
    return scores

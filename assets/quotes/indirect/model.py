"""The weights of the tagger of indirect speech: one file, trained by training/indirect.py."""

from dataclasses import dataclass, fields
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assets.quotes.indirect.annotations import Vocabulary, analyse
from assets.quotes.indirect.characters import CHARACTERS
from assets.quotes.indirect.nets import Judge, Net, Nets, Weights
from assets.quotes.indirect.tagger import find_sources, propose, tag

MODEL_PATH = Path(__file__).with_name("model.npz")


@dataclass(frozen=True)
class Tagger:
    """Vocabulary arrays (words,), embeddings int8 (rows, units) with rows a power of two, and the layers after them."""

    words: NDArray[np.int64]
    word_class: NDArray[np.int64]
    cluster: NDArray[np.int64]
    fine: NDArray[np.int64]
    strength: NDArray[np.int64]
    head_rows: NDArray[np.int8]
    head_out: NDArray[np.float32]
    boundary_rows: NDArray[np.int8]
    boundary_out: NDArray[np.float32]
    inner: NDArray[np.float32]  # of the judge
    outer: NDArray[np.float32]
    trust: NDArray[np.float64]  # confidence: bias, weight of the judge's logit, weight of the source's
    threshold: NDArray[np.float64]  # spans less likely than this are left out
    keys: NDArray[np.int64]
    slots: NDArray[np.int64]

    @cached_property
    def weights(self) -> Weights:
        vocabulary = Vocabulary(self.keys, self.slots, self.word_class, self.cluster, self.fine, self.strength)
        nets = Nets(Net(self.head_rows, self.head_out), Net(self.boundary_rows, self.boundary_out))
        judge = Judge(self.inner, self.outer)
        return Weights(CHARACTERS, vocabulary, nets, judge, self.trust, float(self.threshold[0]))

    def tag(
        self, codes: NDArray[np.uint32], bounds: NDArray[np.int64], spans: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Reports in a batch of texts, given their marked spans (k, 2): see `tagger.tag`."""
        return tag(codes, bounds, spans, self.weights)

    def propose(
        self, codes: NDArray[np.uint32], spans: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.float32], NDArray[np.float64]]:
        """All that may be a report in one text: places and sureness as of `find_sources`, evidence as of `propose`."""
        text = analyse(codes, single(codes), spans, CHARACTERS, self.weights.vocabulary)
        found = propose(text, self.weights.nets)
        places, sure = find_sources(text, found, self.weights.nets)
        return places, found.evidence, sure

    def save(self, path: Path) -> None:
        arrays = {field.name: getattr(self, field.name) for field in fields(self)}
        np.savez(path, **{name: a.astype(np.int32) if a.dtype == np.int64 else a for name, a in arrays.items()})


def single(codes: NDArray[np.uint32]) -> NDArray[np.int64]:
    """Bounds of a batch of one text."""
    return np.array([0, len(codes) + 1], dtype=np.int64)


@lru_cache(maxsize=1)
def load_tagger(path: Path = MODEL_PATH) -> Tagger:
    """The trained tagger. Raises FileNotFoundError where the model file is missing (see training/indirect.py)."""
    with np.load(path) as stored:
        arrays = {name: stored[name] for name in stored.files}
    return Tagger(**{name: a.astype(np.int64) if a.dtype == np.int32 else a for name, a in arrays.items()})


def hash_table(words: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Open-addressing table over word hashes, keys and slots int64 (a power of two,), at most half full."""
    size = 1 << int(np.ceil(np.log2(max(2, 2 * len(words)))))
    keys = np.full(size, -1, dtype=np.int64)
    slots = np.zeros(size, dtype=np.int64)
    for number, word in enumerate(words.tolist()):
        place = word & (size - 1)
        while keys[place] >= 0:
            place = (place + 1) & (size - 1)
        keys[place], slots[place] = word, number
    return keys, slots

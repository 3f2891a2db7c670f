"""The entity tagger: a linear-chain CRF over hashed features, its weights in ``model.npz`` beside this file.

Lafferty, McCallum, Pereira (2001), Conditional Random Fields. Trained by training/entities.py.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assets.entities.tagger.context import context
from assets.entities.tagger.evidence import Labelled, Occurrences, document_evidence, occurrences
from assets.entities.tagger.features import View, spellings
from assets.entities.tagger.labels import N_LABELS
from assets.entities.tagger.lexicon import Lexicon
from assets.entities.tagger.scoring import Chain, add_evidence, emissions, near_capitals, spans_of, viterbi
from assets.entities.tagger.tokens import Tokens, character_tables, tokenise
from assets.entities.tagger.weights import Rows, side_by_side

MODEL_PATH = Path(__file__).parent / "model.npz"
ROUNDS = 2  # how often the second pass looks at the document again
HASHED = ("words", "phrases")  # sorted hashes of the lexicon, kept as differences


@dataclass(frozen=True)
class Layer:
    """One CRF: weights as int8 times ``scale`` (a row per feature slot), label transitions, first and last labels."""

    weights: NDArray[np.int8]
    scale: np.float32
    transitions: NDArray[np.float32]
    first: NDArray[np.float32]
    last: NDArray[np.float32]

    @property
    def bits(self) -> int:
        """Binary logarithm of the number of feature slots."""
        return len(self.weights).bit_length() - 1


@dataclass(frozen=True)
class Model:
    """The first pass, the second pass that also sees what the first found in the document, and the word lists."""

    first: Layer
    second: Layer
    lexicon: Lexicon
    reach: int = 1
    """Small words behind a capital that a name may go on with (``scoring.near_capitals``); 0 for runs of capitals alone."""

    @cached_property
    def rows(self) -> Rows:
        """Weights of both passes side by side, so that one look-up serves both."""
        return side_by_side([self.first.weights, self.second.weights])

    def save(self, path: Path) -> None:
        """Write the model; slots without weight cost next to nothing."""
        arrays: dict[str, NDArray[np.generic]] = {"reach": np.array(self.reach)} if self.reach != 1 else {}
        for name, layer in (("first", self.first), ("second", self.second)):
            used = np.flatnonzero(layer.weights.any(axis=1)).astype(np.int32)
            arrays |= {
                f"{name}_size": np.array(len(layer.weights)),
                f"{name}_rows": np.diff(used, prepend=np.int32(0)),
                # Column by column: values of one label are alike, which packs better.
                f"{name}_values": np.ascontiguousarray(layer.weights[used].T),
                f"{name}_scale": np.array(layer.scale),
                f"{name}_transitions": layer.transitions,
                f"{name}_first": layer.first,
                f"{name}_last": layer.last,
            }
        for name, values in self.lexicon._asdict().items():
            if name in HASHED:
                values = np.diff(values, prepend=np.uint64(0)).astype(np.uint32)
            arrays[f"lexicon_{name}"] = values
        np.savez_compressed(path, **arrays)  # type: ignore[arg-type]


def read_model(path: Path = MODEL_PATH) -> Model:
    """Read a model file; raises FileNotFoundError naming the script that makes it."""
    if not path.is_file():
        raise FileNotFoundError(f"no entity model at {path}: run `python training/entities.py EVAL_DIR` to make one")
    with np.load(path) as data:
        layers = []
        for name in ("first", "second"):
            weights = np.zeros((int(data[f"{name}_size"]), N_LABELS), dtype=np.int8)
            weights[np.cumsum(data[f"{name}_rows"])] = data[f"{name}_values"].T
            chain = (data[f"{name}_{part}"] for part in ("transitions", "first", "last"))
            layers.append(Layer(weights, data[f"{name}_scale"][()], *chain))
        lists = {name: data[f"lexicon_{name}"] for name in Lexicon._fields}
        reach = int(data["reach"]) if "reach" in data else 1
    for name in HASHED:
        lists[name] = np.cumsum(lists[name].astype(np.uint64))
    return Model(layers[0], layers[1], Lexicon(**lists), reach)


@cache
def load_model() -> Model:
    """The model that ships with the project, read once per process."""
    return read_model()


@dataclass(frozen=True)
class Spans:
    """Tagged spans: ``documents`` numbers the text, ``starts`` and ``ends`` are offsets into it, ``classes`` as in ``labels.CLASSES``."""

    documents: NDArray[np.int32]
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    classes: NDArray[np.uint8]


def tag(texts: Sequence[str], model: Model) -> Spans:
    """Named spans of every text, in order."""
    tokens = tokenise(texts)
    return spans_of_labels(tokens, label(tokens, model))


def label(tokens: Tokens, model: Model) -> NDArray[np.uint8]:
    """Best label of every token."""
    view = view_of(tokens, model.lexicon)
    near = near_capitals(view, model.reach) if model.reach else view.run_start >= 0
    rows = model.rows
    scores = emissions(rows, near, view)
    labels = decode(model.first, scores, 0, near, tokens)
    others = occurrences(tokens, view.kinds)
    for _ in range(ROUNDS):
        found = evidence(tokens, view.kinds, near, others, labels)
        labels = decode(model.second, add_evidence(scores, near, rows, found), N_LABELS, near, tokens)
    return labels


def view_of(tokens: Tokens, lexicon: Lexicon) -> View:
    """What features are made of."""
    spelt = spellings(tokens, lexicon)
    base, kinds, flags, clusters = spelt
    around = context(tokens, kinds, flags, lexicon)
    return View(tokens.types, tokens.lines, tokens.lowered, base, kinds, flags, clusters, *around)


def decode(
    layer: Layer, scores: NDArray[np.int16], column: int, near: NDArray[np.bool_], tokens: Tokens
) -> NDArray[np.uint8]:
    """Best labels by one layer, whose scores are the columns of ``scores`` from ``column`` on."""
    chain = Chain(layer.scale, layer.transitions, layer.first, layer.last)
    return viterbi(scores, column, near, tokens.lines, chain)


def evidence(
    tokens: Tokens,
    kinds: NDArray[np.uint8],
    near: NDArray[np.bool_],
    others: Occurrences,
    labels: NDArray[np.uint8],
) -> NDArray[np.uint64]:
    """Feature hashes of what the labels of a word's other occurrences in its document say."""
    place = tokens.codes, tokens.starts, tokens.ends, tokens.documents, tokens.lines, tokens.types
    return document_evidence(Labelled(*place, kinds, near, *others, labels), character_tables().lower)


def spans_of_labels(tokens: Tokens, labels: NDArray[np.uint8]) -> Spans:
    """Spans that the labels spell, as offsets into their texts."""
    first, end, classes = spans_of(labels)
    documents = tokens.documents[first]
    offsets = tokens.offsets[documents]
    starts = (tokens.starts[first] - offsets).astype(np.int32)
    ends = (tokens.ends[end - 1] - offsets).astype(np.int32)
    return Spans(documents, starts, ends, classes)

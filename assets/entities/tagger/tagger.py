"""The entity tagger: a linear-chain CRF over hashed features, its weights in ``model.npz`` beside this file.

Lafferty, McCallum, Pereira (2001), Conditional Random Fields. Trained by training/entities.py.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cache, cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assets.entities.tagger.context import Context, context
from assets.entities.tagger.evidence import Occurrences, document_evidence, occurrences
from assets.entities.tagger.features import Spellings, spellings
from assets.entities.tagger.lexicon import Lexicon
from assets.entities.tagger.scoring import add_evidence, emissions, near_capitals, spans_of, viterbi
from assets.entities.tagger.tokens import Tokens, character_tables, tokenise
from assets.entities.tagger.weights import Rows, side_by_side

MODEL_PATH = Path(__file__).parent / "model.npz"
# Classes the tagger tells apart; the last two are learnt only so that they are not taken for the first three.
CLASSES = ("person", "organisation", "place", "people", "other")
# Labels: 0 is outside; then per class begin, inside, last, single.
N_LABELS = 1 + 4 * len(CLASSES)
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

    @cached_property
    def rows(self) -> Rows:
        """Weights of both passes side by side, so that one look-up serves both."""
        return side_by_side([self.first.weights, self.second.weights])

    def save(self, path: Path) -> None:
        """Write the model; slots without weight cost next to nothing."""
        arrays: dict[str, NDArray[np.generic]] = {}
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
        for field in fields(Lexicon):
            values = getattr(self.lexicon, field.name)
            if field.name in HASHED:
                values = np.diff(values, prepend=np.uint64(0)).astype(np.uint32)
            arrays[f"lexicon_{field.name}"] = values
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
        lists = {field.name: data[f"lexicon_{field.name}"] for field in fields(Lexicon)}
    for name in HASHED:
        lists[name] = np.cumsum(lists[name].astype(np.uint64))
    return Model(layers[0], layers[1], Lexicon(**lists))


@cache
def load_model() -> Model:
    """The model that ships with the project, read once a process."""
    return read_model()


@dataclass(frozen=True)
class Spans:
    """Tagged spans: ``documents`` numbers the text, ``starts`` and ``ends`` are offsets into it, ``classes`` as in CLASSES."""

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
    spelt = spellings(tokens, model.lexicon)
    around = context(tokens, spelt.kinds, spelt.flags, model.lexicon)
    near = near_capitals(tokens.types, tokens.lines, spelt.kinds, around.run_start)
    rows = model.rows
    scores = emissions(rows.bits, rows.used, rows.ranks, rows.rows, near, *features_of(tokens, spelt, around))
    labels = decode(model.first, scores, near, tokens)
    others = occurrences(tokens, spelt.kinds)
    for _ in range(ROUNDS):
        found = evidence(tokens, spelt, near, others, labels)
        informed = add_evidence(scores, near, rows.bits, rows.used, rows.ranks, rows.rows, N_LABELS, N_LABELS, found)
        labels = decode(model.second, informed, near, tokens)
    return labels


def decode(layer: Layer, scores: NDArray[np.int16], near: NDArray[np.bool_], tokens: Tokens) -> NDArray[np.uint8]:
    """Best labels by one layer, whose scores are the first columns of ``scores``."""
    labels: NDArray[np.uint8] = viterbi(
        scores, 0, N_LABELS, near, layer.scale, layer.transitions, layer.first, layer.last, tokens.lines
    )
    return labels


def features_of(tokens: Tokens, spelt: Spellings, around: Context) -> tuple[NDArray[np.generic], ...]:
    """What ``emissions`` and ``feature_slots`` take, in their order."""
    return (
        spelt.base, tokens.types, tokens.lines, spelt.kinds, spelt.flags, tokens.lowered, spelt.clusters,
        around.run_start, around.run_end, around.phrase, around.sentence_start, around.line_kind,
    )  # fmt: skip


def evidence(
    tokens: Tokens, spelt: Spellings, near: NDArray[np.bool_], others: Occurrences, labels: NDArray[np.uint8]
) -> NDArray[np.uint64]:
    """Feature hashes of what the labels of a word's other occurrences in its document say."""
    return document_evidence(
        tokens.codes, tokens.starts, tokens.ends, tokens.documents, tokens.types, spelt.kinds, tokens.lines, near,
        others.group, others.plain, labels, character_tables()[1],
    )  # fmt: skip


def spans_of_labels(tokens: Tokens, labels: NDArray[np.uint8]) -> Spans:
    """Spans that the labels spell, as offsets into their texts."""
    first, end, classes = spans_of(labels)
    documents = tokens.documents[first]
    offsets = tokens.offsets[documents]
    starts = (tokens.starts[first] - offsets).astype(np.int32)
    ends = (tokens.ends[end - 1] - offsets).astype(np.int32)
    return Spans(documents, starts, ends, classes)

"""The entity tagger: a linear-chain CRF over hashed features, its weights in ``model.npz`` beside this file.

Lafferty, McCallum, Pereira (2001), Conditional Random Fields. Trained by training/entities.py.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assets.entities.features import Lexicon, context, spellings
from assets.entities.scoring import emissions, spans_of, viterbi
from assets.entities.tokens import Tokens, tokenise

MODEL_PATH = Path(__file__).parent / "model.npz"
# Classes the tagger tells apart; the last two are learnt only so that they are not taken for the first three.
CLASSES = ("person", "organisation", "place", "people", "other")
# Labels: 0 is outside; then per class begin, inside, last, single.
N_LABELS = 1 + 4 * len(CLASSES)


@dataclass(frozen=True)
class Model:
    """Weights as int8 with one ``scale``; ``bits`` is the binary logarithm of their number of rows."""

    weights: NDArray[np.int8]
    scale: np.float32
    transitions: NDArray[np.float32]
    first: NDArray[np.float32]
    last: NDArray[np.float32]
    lexicon: Lexicon

    @property
    def bits(self) -> int:
        return int(len(self.weights)).bit_length() - 1

    def save(self, path: Path) -> None:
        """Write the model; rows without weight cost next to nothing."""
        used = np.flatnonzero(self.weights.any(axis=1)).astype(np.int32)
        lexicon = {f"lexicon_{field.name}": getattr(self.lexicon, field.name) for field in fields(Lexicon)}
        np.savez_compressed(
            path,
            size=np.int64(len(self.weights)),
            rows=np.diff(used, prepend=0),
            # Column by column: values of one label are alike, which packs better.
            values=np.ascontiguousarray(self.weights[used].T),
            scale=self.scale,
            transitions=self.transitions,
            first=self.first,
            last=self.last,
            **lexicon,
        )


def read_model(path: Path = MODEL_PATH) -> Model:
    """Read a model file; raises FileNotFoundError naming the script that makes it."""
    if not path.is_file():
        raise FileNotFoundError(f"no entity model at {path}: run `python training/entities.py EVAL_DIR` to make one")
    with np.load(path) as data:
        weights = np.zeros((int(data["size"]), N_LABELS), dtype=np.int8)
        weights[np.cumsum(data["rows"])] = data["values"].T
        lexicon = Lexicon(**{field.name: data[f"lexicon_{field.name}"] for field in fields(Lexicon)})
        return Model(weights, data["scale"][()], data["transitions"], data["first"], data["last"], lexicon)


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
    around = context(tokens, spelt, model.lexicon)
    scores = emissions(
        model.weights, model.bits, spelt.base, tokens.types, tokens.lines, spelt.kinds, spelt.flags, tokens.lowered,
        around.run_start, around.run_end, around.phrase, around.sentence_start,
    )  # fmt: skip
    return viterbi(scores, model.scale, model.transitions, model.first, model.last, tokens.lines)


def spans_of_labels(tokens: Tokens, labels: NDArray[np.uint8]) -> Spans:
    """Spans that the labels spell, as offsets into their texts."""
    first, end, classes = spans_of(labels)
    documents = tokens.documents[first]
    offsets = tokens.offsets[documents]
    starts = (tokens.starts[first] - offsets).astype(np.int32)
    ends = (tokens.ends[end - 1] - offsets).astype(np.int32)
    return Spans(documents, starts, ends, classes)

"""The language of a body."""

import unicodedata
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from assets.text.compiled import compiled

MAX_CHARS = 300
# Log odds by which another language must beat English: a line of English is taken for Pidgin or Afrikaans at up to 10, while none of
# the languages that are read here was seen below 38 on a line of 40 to 120 characters.
MARGIN = 15.0
BYTE = 8  # bits by which the number of a row of moves is shifted


class Identifier(NamedTuple):
    """The model of py3langid: an automaton that finds features in bytes, their weights by language, and the languages' own."""

    moves: NDArray[np.uint32]
    rows: NDArray[np.int64]
    outputs: NDArray[np.int32]
    weights: NDArray[np.float32]
    languages: tuple[str, ...]
    priors: NDArray[np.float32]


@cache
def identifier() -> Identifier:
    """The model that comes with py3langid, read once per process."""
    model = LanguageIdentifier.from_model_file(MODEL_FILE)
    return Identifier(
        np.frombuffer(model.tk_nextmove, np.uint32),
        np.array(model.tk_row, np.int64) << BYTE,
        np.array(model.tk_output, np.int32),
        model.nb_ptc.astype(np.float32),
        tuple(model.nb_classes),
        model.nb_pc,
    )


def detect_language(body: str) -> str:
    """ISO 639-1 code of the body's language, by its first 300 characters."""
    return _detect(body[:MAX_CHARS])


@lru_cache(maxsize=1 << 10)
def _detect(beginning: str) -> str:
    """Dates ask for the language of a body, and then its article does: it is found once."""
    known = identifier()
    odds = log_odds(beginning)
    best = int(odds.argmax())
    return "en" if odds[best] - odds[known.languages.index("en")] < MARGIN else known.languages[best]


def log_odds(text: str) -> NDArray[np.float32]:
    """How likely the text is in each of ``identifier().languages``: the scores of ``py3langid.rank``, the walk over bytes compiled.

    Where the text has no feature that the model knows, all are alike.
    """
    known = identifier()
    lower = text.lower() if text.isupper() else text
    letters = np.frombuffer(unicodedata.normalize("NFC", lower).encode("utf-8", "surrogatepass"), np.uint8)
    features, counts = np.unique(features_of(letters, known.moves, known.rows, known.outputs), return_counts=True)
    if not len(features):
        return np.zeros(len(known.languages), np.float32)
    found: NDArray[np.float32] = np.log1p(counts.astype(np.float32)) @ known.weights[features] + known.priors
    return found


@compiled
def features_of(
    letters: NDArray[np.uint8], moves: NDArray[np.uint32], rows: NDArray[np.int64], outputs: NDArray[np.int32]
) -> NDArray[np.int32]:
    """The features that end at the bytes of a text."""
    found = np.empty(len(letters), np.int32)
    n = 0
    state = 0
    for letter in letters:
        state = int(moves[rows[state] + letter])
        if outputs[state] >= 0:
            found[n] = outputs[state]
            n += 1
    return found[:n].copy()

"""The language of a body."""

import unicodedata
from collections.abc import Sequence
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
ABREAST = 16  # texts
BYTE = 8  # bits by which the number of a row of moves is shifted


class Automaton(NamedTuple):
    """Finds features in bytes: from a state, at its row, a byte moves to another, which puts out the feature that ends there or -1."""

    moves: NDArray[np.uint32]
    rows: NDArray[np.int64]
    outputs: NDArray[np.int32]


class Identifier(NamedTuple):
    """The model of py3langid: an automaton, the weights of its features by language, and the languages' own."""

    automaton: Automaton
    weights: NDArray[np.float32]
    languages: tuple[str, ...]
    priors: NDArray[np.float32]


@cache
def identifier() -> Identifier:
    """The model that comes with py3langid, read once per process."""
    model = LanguageIdentifier.from_model_file(MODEL_FILE)
    return Identifier(
        Automaton(
            np.frombuffer(model.tk_nextmove, np.uint32),
            np.array(model.tk_row, np.int64) << BYTE,
            np.array(model.tk_output, np.int32),
        ),
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
    return detect_languages([beginning])[0]


def detect_languages(bodies: Sequence[str]) -> list[str]:
    """The same of many bodies: the model is far larger than a processor's cache, and many texts in a row share what they read of it."""
    known = identifier()
    odds = log_odds([body[:MAX_CHARS] for body in bodies])
    best = odds.argmax(axis=1)
    margins = odds.max(axis=1, initial=-np.inf) - odds[:, known.languages.index("en")]
    return [
        "en" if margin < MARGIN else known.languages[language]
        for language, margin in zip(best.tolist(), margins.tolist(), strict=True)
    ]


def log_odds(texts: Sequence[str]) -> NDArray[np.float32]:
    """How likely each text is in each of ``identifier().languages``: the scores of ``py3langid.rank``, compiled.

    Where a text has no feature that the model knows, all are alike.
    """
    known = identifier()
    letters = [_letters(text) for text in texts]
    bounds = np.cumsum([0, *map(len, letters)], dtype=np.int64)
    return _log_odds(np.frombuffer(b"".join(letters), np.uint8), bounds, known.automaton, known.weights, known.priors)


def _letters(text: str) -> bytes:
    lower = text.lower() if text.isupper() else text
    return unicodedata.normalize("NFC", lower).encode("utf-8", "surrogatepass")


@compiled
def _log_odds(
    letters: NDArray[np.uint8],
    bounds: NDArray[np.int64],
    automaton: Automaton,
    weights: NDArray[np.float32],
    priors: NDArray[np.float32],
) -> NDArray[np.float32]:
    """Per text the priors and the weights of its features, each as often as the logarithm of its number."""
    features = _features(letters, bounds, automaton)
    odds = np.zeros((len(bounds) - 1, len(priors)), np.float32)
    counts = np.zeros(len(weights), np.int32)
    for text in range(len(odds)):
        known = False
        of_text = features[bounds[text] : bounds[text + 1]]
        for feature in of_text:
            if feature >= 0:
                counts[feature] += 1
                known = True
        if known:
            odds[text] = priors
        for feature in of_text:
            if feature >= 0 and counts[feature] > 0:
                often = np.log1p(np.float32(counts[feature]))
                counts[feature] = 0
                for language in range(len(priors)):
                    odds[text, language] += often * weights[feature, language]
    return odds


@compiled
def _features(letters: NDArray[np.uint8], bounds: NDArray[np.int64], automaton: Automaton) -> NDArray[np.int32]:
    """The feature that ends at each byte, -1 where none does.

    Several texts are walked abreast: the way through each is a chain of places far apart in memory, of which a processor waits
    for all at the same time.
    """
    moves, rows, outputs = automaton
    features = np.empty(len(letters), np.int32)
    states = np.empty(ABREAST, np.int64)
    n_texts = len(bounds) - 1
    for first in range(0, n_texts, ABREAST):
        last = min(first + ABREAST, n_texts)
        states[:] = 0
        longest = 0
        for text in range(first, last):
            longest = max(longest, bounds[text + 1] - bounds[text])
        for step in range(longest):
            for text in range(first, last):
                place = bounds[text] + step
                if place < bounds[text + 1]:
                    state = int(moves[rows[states[text - first]] + letters[place]])
                    states[text - first] = state
                    features[place] = outputs[state]
    return features

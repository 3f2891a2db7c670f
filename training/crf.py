"""Trains a linear-chain CRF over hashed features: Adagrad on the log-likelihood, one line of text at a time.

Lafferty, McCallum, Pereira (2001); Duchi, Hazan, Singer (2011), Adaptive subgradient methods. One pass over 400,000 tokens
takes about a second on one core.
"""

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from assets.entities.tagger.labels import N_LABELS
from assets.entities.tagger.tagger import Layer
from assets.text.compiled import inlined
from assets.text.hashing import GOLDEN, SPLITMIX

IMPOSSIBLE = np.float32(-1e4)
_LONGEST = 4000  # tokens in a line that is still learnt from


@dataclass(frozen=True)
class Settings:
    """``least``: how often a feature must occur; ``decay``: share of each weight given up per pass; ``ignore``: errors too
    small to learn from; ``dropout``: share of features left out at random in each pass, so that context is learnt, too
    (Wang and Manning 2013); ``averaged``: how many of the last passes the weights are the mean of."""

    bits: int = 19
    epochs: int = 8
    rate: float = 0.1
    decay: float = 0.05
    least: int = 3
    ignore: float = 3e-3
    seed: int = 1
    dropout: float = 0.3
    averaged: int = 1


def allowed() -> tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.bool_]]:
    """Label pairs that may follow each other, labels that may come first, labels that may come last (BILOU)."""
    place = [(label - 1) % 4 if label else -1 for label in range(N_LABELS)]
    opens = np.array([p in (-1, 0, 3) for p in place])
    closes = np.array([p in (-1, 2, 3) for p in place])
    pairs = np.zeros((N_LABELS, N_LABELS), dtype=bool)
    for a in range(N_LABELS):
        for b in range(N_LABELS):
            same = b > 0 and (a - 1) // 4 == (b - 1) // 4 and place[b] in (1, 2)
            pairs[a, b] = opens[b] if closes[a] else same
    return pairs, opens, closes


def train_layer(
    slots: NDArray[np.int32],
    bounds: NDArray[np.int64],
    labels: NDArray[np.uint8],
    lines: NDArray[np.int32],
    learn: NDArray[np.bool_],
    settings: Settings,
) -> Layer:
    """Weights learnt from the tokens where ``learn``; token i has the features ``slots[bounds[i]:bounds[i + 1]]``."""
    breaks = np.flatnonzero(np.r_[True, lines[1:] != lines[:-1], True])
    sequences = np.stack([breaks[:-1], breaks[1:]], axis=1)
    sequences = sequences[learn[sequences[:, 0]]]
    size = 1 << settings.bits
    seen = np.bincount(slots[np.repeat(learn, np.diff(bounds))], minlength=size)
    kept = seen >= settings.least
    pairs, opens, closes = allowed()
    weights = np.zeros((size, N_LABELS), dtype=np.float32)
    squares = np.full((size, N_LABELS), 0.1, dtype=np.float32)
    transitions = np.zeros((N_LABELS, N_LABELS), dtype=np.float32)
    first = np.where(opens, 0, -50).astype(np.float32)
    last = np.where(closes, 0, -50).astype(np.float32)
    chain_squares = np.ones((N_LABELS + 2, N_LABELS), dtype=np.float32)
    means = [np.zeros_like(array) for array in (weights, transitions, first, last)]
    rng = np.random.default_rng(settings.seed)
    for epoch in range(settings.epochs):
        order = rng.permutation(len(sequences))
        _epoch(
            weights, squares, transitions, first, last, chain_squares, slots, bounds, labels, sequences[order], pairs, kept,
            np.float32(settings.rate), np.float32(settings.ignore), np.uint64(settings.dropout * 1024), np.uint64(rng.integers(1 << 60)),
        )  # fmt: skip
        weights *= 1 - settings.decay
        if epoch >= settings.epochs - settings.averaged:
            for mean, array in zip(means, (weights, transitions, first, last), strict=True):
                mean += array / np.float32(settings.averaged)
    weights, transitions, first, last = means
    scale = np.float32(np.quantile(np.abs(weights[kept]), 0.9999) / 127)
    return Layer(
        np.clip(np.rint(weights / scale), -127, 127).astype(np.int8),
        scale,
        np.where(pairs, transitions, IMPOSSIBLE).astype(np.float32),
        np.where(opens, first, IMPOSSIBLE).astype(np.float32),
        np.where(closes, last, IMPOSSIBLE).astype(np.float32),
    )


@inlined
def stays(place: int, noise: np.uint64, dropout: np.uint64) -> bool:
    """Whether a feature is left in this time: the same answer for one place in one pass."""
    h = (np.uint64(place) + noise) * GOLDEN
    h = (h ^ (h >> np.uint64(29))) * SPLITMIX
    return (h >> np.uint64(54)) >= dropout


@njit(cache=True, nogil=True, fastmath=True)
def _epoch(
    weights,
    squares,
    transitions,
    first,
    last,
    chain_squares,
    slots,
    bounds,
    labels,
    sequences,
    pairs,
    kept,
    rate,
    ignore,
    dropout,
    noise,
):  # type: ignore[no-untyped-def]
    n_labels = weights.shape[1]
    score = np.empty((_LONGEST, n_labels), np.float32)
    forward = np.empty((_LONGEST, n_labels), np.float32)
    backward = np.empty((_LONGEST, n_labels), np.float32)
    norm = np.empty(_LONGEST, np.float32)
    chain = np.empty((n_labels, n_labels), np.float32)
    chain_gradient = np.empty((n_labels, n_labels), np.float32)
    for number in range(len(sequences)):
        start = sequences[number, 0]
        n = sequences[number, 1] - start
        if n > _LONGEST:
            continue
        for a in range(n_labels):
            for b in range(n_labels):
                chain[a, b] = np.exp(transitions[a, b]) if pairs[a, b] else np.float32(0)
        for i in range(n):
            row = score[i]
            row[:] = 0
            for p in range(bounds[start + i], bounds[start + i + 1]):
                if kept[slots[p]] and stays(p, noise, dropout):
                    source = weights[slots[p]]
                    for label in range(n_labels):
                        row[label] += source[label]
            if i == 0:
                row += first
            if i == n - 1:
                row += last
            top = row.max()
            for label in range(n_labels):
                row[label] = np.exp(row[label] - top)
        for i in range(n):
            total = np.float32(0)
            for label in range(n_labels):
                if i == 0:
                    value = score[0, label]
                else:
                    value = np.float32(0)
                    for previous in range(n_labels):
                        value += forward[i - 1, previous] * chain[previous, label]
                    value *= score[i, label]
                forward[i, label] = value
                total += value
            norm[i] = total
            for label in range(n_labels):
                forward[i, label] /= total
        backward[n - 1, :] = 1
        for i in range(n - 2, -1, -1):
            for label in range(n_labels):
                value = np.float32(0)
                for following in range(n_labels):
                    value += chain[label, following] * score[i + 1, following] * backward[i + 1, following]
                backward[i, label] = value / norm[i + 1]
        chain_gradient[:] = 0
        for i in range(n - 1):
            for a in range(n_labels):
                if forward[i, a] < 1e-6:
                    continue
                for b in range(n_labels):
                    chain_gradient[a, b] += (
                        forward[i, a] * chain[a, b] * score[i + 1, b] * backward[i + 1, b] / norm[i + 1]
                    )
            chain_gradient[labels[start + i], labels[start + i + 1]] -= 1
        for a in range(n_labels):
            for b in range(n_labels):
                g = chain_gradient[a, b]
                if g != 0 and pairs[a, b]:
                    chain_squares[a, b] += g * g
                    transitions[a, b] -= rate * g / np.sqrt(chain_squares[a, b])
        for i in range(n):
            largest = np.float32(0)
            gradient = score[i]
            for label in range(n_labels):
                g = forward[i, label] * backward[i, label]
                if label == labels[start + i]:
                    g -= 1
                gradient[label] = g
                largest = max(largest, abs(g))
            if i == 0:
                for label in range(n_labels):
                    chain_squares[n_labels, label] += gradient[label] * gradient[label]
                    first[label] -= rate * gradient[label] / np.sqrt(chain_squares[n_labels, label])
            if i == n - 1:
                for label in range(n_labels):
                    chain_squares[n_labels + 1, label] += gradient[label] * gradient[label]
                    last[label] -= rate * gradient[label] / np.sqrt(chain_squares[n_labels + 1, label])
            if largest < ignore:
                continue
            for p in range(bounds[start + i], bounds[start + i + 1]):
                slot = slots[p]
                if kept[slot] and stays(p, noise, dropout):
                    for label in range(n_labels):
                        g = gradient[label]
                        squares[slot, label] += g * g
                        weights[slot, label] -= rate * g / np.sqrt(squares[slot, label])

"""The two small nets of the tagger of indirect speech, trained by AdaGrad: classes of a head, ranks of a boundary.

Score of a row of features: the embeddings of its features are summed, all but the first units rectified, and a linear
layer follows. Features are dropped at random while training, which keeps the many rare ones from being trusted.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from assets.text.compiled import compiled

LEARNING_RATE = 0.08


@dataclass(frozen=True)
class Net:
    """rows float32 (rows, units): embeddings; out float32: (units + 1, outputs) for classes, (units,) for ranks."""

    rows: np.ndarray
    out: np.ndarray
    n_linear: int


@compiled
def _train_classes(x, y, weight, rows, g_rows, out, g_out, n_linear, n_classes, order, rate, drop, decay, seed):
    np.random.seed(seed)
    n_features = x.shape[1]
    n_groups = y.shape[1]
    units = rows.shape[1]
    hidden = np.zeros(units, np.float32)
    active = np.zeros(units, np.float32)
    back = np.zeros(units, np.float32)
    logits = np.zeros(n_groups * n_classes, np.float64)
    keep = np.zeros(n_features, np.bool_)
    scale = np.float32(1.0 / (1.0 - drop))
    loss = 0.0
    for t in range(order.shape[0]):
        i = order[t]
        hidden[:] = 0
        for f in range(n_features):
            keep[f] = np.random.random() >= drop
            if keep[f]:
                row = rows[x[i, f]]
                for d in range(units):
                    hidden[d] += row[d]
        for d in range(units):
            hidden[d] *= scale
            active[d] = hidden[d] if d < n_linear or hidden[d] > 0 else 0.0
            back[d] = 0
        for o in range(n_groups * n_classes):
            total = out[units, o]
            for d in range(units):
                total += active[d] * out[d, o]
            logits[o] = total
        for group in range(n_groups):
            first = group * n_classes
            top = logits[first : first + n_classes].max()
            total = 0.0
            for k in range(n_classes):
                logits[first + k] = math.exp(logits[first + k] - top)
                total += logits[first + k]
            gold = y[i, group]
            loss -= math.log(logits[first + gold] / total + 1e-9)
            for k in range(n_classes):
                o = first + k
                error = np.float32((logits[o] / total - (1.0 if k == gold else 0.0)) * weight[i])
                for d in range(units):
                    back[d] += error * out[d, o]
                    slope = error * active[d] + decay * out[d, o]
                    g_out[d, o] += slope * slope
                    out[d, o] -= rate * slope / math.sqrt(g_out[d, o])
                g_out[units, o] += error * error
                out[units, o] -= rate * error / math.sqrt(g_out[units, o])
        for d in range(units):
            if d >= n_linear and hidden[d] <= 0:
                back[d] = 0
            back[d] *= scale
        for f in range(n_features):
            if keep[f]:
                r = x[i, f]
                for d in range(units):
                    slope = back[d] + decay * rows[r, d]
                    if slope != 0.0:
                        g_rows[r, d] += slope * slope
                        rows[r, d] -= rate * slope / math.sqrt(g_rows[r, d])
    return loss / order.shape[0]


@compiled
def score_classes(x, rows, out, n_linear, n_classes):
    """Features (n, features) → probabilities (n, outputs), each group of n_classes adding up to 1."""
    n, n_features = x.shape
    units = rows.shape[1]
    outputs = out.shape[1]
    result = np.zeros((n, outputs), np.float32)
    hidden = np.zeros(units, np.float32)
    for i in range(n):
        hidden[:] = 0
        for f in range(n_features):
            row = rows[x[i, f]]
            for d in range(units):
                hidden[d] += row[d]
        for d in range(n_linear, units):
            if hidden[d] < 0:
                hidden[d] = 0
        for o in range(outputs):
            total = out[units, o]
            for d in range(units):
                total += hidden[d] * out[d, o]
            result[i, o] = total
        for first in range(0, outputs, n_classes):
            group = result[i, first : first + n_classes]
            group[:] = np.exp(group - group.max())
            group /= group.sum()
    return result


@compiled
def _train_ranks(x, offsets, gold, rows, g_rows, out, g_out, n_linear, order, rate, drop, decay, seed):
    np.random.seed(seed)
    n_features = x.shape[1]
    units = rows.shape[1]
    longest = 0
    for j in range(offsets.shape[0] - 1):
        longest = max(longest, offsets[j + 1] - offsets[j])
    hidden = np.zeros((longest, units), np.float32)
    chance = np.zeros(longest, np.float64)
    keep = np.zeros(n_features, np.bool_)
    back = np.zeros(units, np.float32)
    scale = np.float32(1.0 / (1.0 - drop))
    loss = 0.0
    for t in range(order.shape[0]):
        j = order[t]
        a = offsets[j]
        m = offsets[j + 1] - a
        for f in range(n_features):
            keep[f] = np.random.random() >= drop
        for c in range(m):
            hidden[c] = 0
            for f in range(n_features):
                if keep[f]:
                    row = rows[x[a + c, f]]
                    for d in range(units):
                        hidden[c, d] += row[d]
            total = 0.0
            for d in range(units):
                hidden[c, d] *= scale
                if d < n_linear or hidden[c, d] > 0:
                    total += hidden[c, d] * out[d]
            chance[c] = total
        top = chance[:m].max()
        total = 0.0
        for c in range(m):
            chance[c] = math.exp(chance[c] - top)
            total += chance[c]
        loss -= math.log(chance[gold[j]] / total + 1e-9)
        for c in range(m):
            error = np.float32(chance[c] / total - (1.0 if c == gold[j] else 0.0))
            if abs(error) < 1e-4:
                continue
            for d in range(units):
                back[d] = 0
                if d < n_linear or hidden[c, d] > 0:
                    back[d] = error * out[d] * scale
                    slope = error * hidden[c, d] + decay * out[d]
                    g_out[d] += slope * slope
                    out[d] -= rate * slope / math.sqrt(g_out[d])
            for f in range(n_features):
                if keep[f]:
                    r = x[a + c, f]
                    for d in range(units):
                        if back[d] != 0.0:
                            slope = back[d] + decay * rows[r, d]
                            g_rows[r, d] += slope * slope
                            rows[r, d] -= rate * slope / math.sqrt(g_rows[r, d])
    return loss / order.shape[0]


@compiled
def score_ranks(x, offsets, rows, out, n_linear):
    """Features of candidates (n, features), instances parted by offsets → probability of each within its instance."""
    n_features = x.shape[1]
    units = rows.shape[1]
    result = np.zeros(x.shape[0], np.float64)
    hidden = np.zeros(units, np.float32)
    for j in range(offsets.shape[0] - 1):
        for c in range(offsets[j], offsets[j + 1]):
            hidden[:] = 0
            for f in range(n_features):
                row = rows[x[c, f]]
                for d in range(units):
                    hidden[d] += row[d]
            total = 0.0
            for d in range(units):
                if d < n_linear or hidden[d] > 0:
                    total += hidden[d] * out[d]
            result[c] = total
        group = result[offsets[j] : offsets[j + 1]]
        group[:] = np.exp(group - group.max())
        group /= group.sum()
    return result


def _start(n_rows: int, units: int, outputs: int, seed: int) -> tuple[np.ndarray, ...]:
    random = np.random.default_rng(seed)
    rows = random.uniform(-0.05, 0.05, (n_rows, units)).astype(np.float32)
    shape = (units + 1, outputs) if outputs else (units,)
    out = random.uniform(-0.4, 0.4, shape).astype(np.float32)
    return rows, np.full_like(rows, 0.1), out, np.full_like(out, 1.0)


def _settle(rows: np.ndarray, sums: np.ndarray) -> np.ndarray:
    """Embeddings that no example has touched hold noise: make them zero."""
    return np.where(sums > 0.1 + 1e-9, rows, 0).astype(np.float32)


def train_classes(
    x: np.ndarray,
    y: np.ndarray,
    weight: np.ndarray,
    *,
    n_rows: int,
    units: int,
    n_linear: int,
    n_classes: int,
    epochs: int,
    drop: float,
    rate: float = LEARNING_RATE,
    decay: float = 0.0,
    seed: int,
) -> Net:
    """x (n, features) row numbers, y (n, groups) gold class of each group, weight (n,) of each example."""
    rows, g_rows, out, g_out = _start(n_rows, units, y.shape[1] * n_classes, seed)
    random = np.random.default_rng(seed)
    for epoch in range(epochs):
        step = rate * (1 - 0.85 * epoch / max(1, epochs - 1))
        order = random.permutation(len(x))
        _train_classes(
            x, y, weight, rows, g_rows, out, g_out, n_linear, n_classes, order, step, drop, decay, seed * 100 + epoch
        )
    return Net(_settle(rows, g_rows), out, n_linear)


def train_ranks(
    x: np.ndarray,
    offsets: np.ndarray,
    gold: np.ndarray,
    *,
    n_rows: int,
    units: int,
    n_linear: int,
    epochs: int,
    drop: float,
    rate: float = LEARNING_RATE,
    decay: float = 0.0,
    seed: int,
) -> Net:
    """x (candidates, features) row numbers; candidates of example j: offsets[j]:offsets[j+1], the right one gold[j]."""
    rows, g_rows, out, g_out = _start(n_rows, units, 0, seed)
    random = np.random.default_rng(seed)
    for epoch in range(epochs):
        step = rate * (1 - 0.85 * epoch / max(1, epochs - 1))
        order = random.permutation(len(gold))
        _train_ranks(x, offsets, gold, rows, g_rows, out, g_out, n_linear, order, step, drop, decay, seed * 100 + epoch)
    return Net(_settle(rows, g_rows), out, n_linear)


def train_judge(
    x: np.ndarray, y: np.ndarray, weight: np.ndarray, *, units: int, epochs: int, seed: int, batch: int = 64
) -> tuple[np.ndarray, np.ndarray]:
    """Two-layer net with logistic outputs, by Adam: x (n, features), y (n, outputs) of 0 and 1, weight (n,).

    Returns inner (features + 1, units) and outer (units + 1, outputs), the last row of each the bias.
    """
    random = np.random.default_rng(seed)
    n, width = x.shape
    x1 = np.hstack([x, np.ones((n, 1))]).astype(np.float64)
    layers = [
        random.normal(0, 1 / np.sqrt(width), (width + 1, units)),
        random.normal(0, 0.3, (units + 1, y.shape[1])),
    ]
    means = [np.zeros_like(layer) for layer in layers]
    squares = [np.zeros_like(layer) for layer in layers]
    step = 0
    for epoch in range(epochs):
        rate = 0.005 * (1 - 0.95 * epoch / max(1, epochs - 1))
        order = random.permutation(n)
        for begin in range(0, n, batch):
            rows = order[begin : begin + batch]
            hidden = x1[rows] @ layers[0]
            active = np.hstack([np.maximum(hidden, 0), np.ones((len(rows), 1))])
            p = 1 / (1 + np.exp(-active @ layers[1]))
            error = (p - y[rows]) * weight[rows, None] / len(rows)
            back = (error @ layers[1][:-1].T) * (hidden > 0)
            slopes = [x1[rows].T @ back + 1e-4 * layers[0], active.T @ error + 1e-4 * layers[1]]
            step += 1
            for layer, slope, mean, square in zip(layers, slopes, means, squares, strict=True):
                mean += 0.1 * (slope - mean)
                square += 0.001 * (slope * slope - square)
                layer -= rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return layers[0].astype(np.float32), layers[1].astype(np.float32)

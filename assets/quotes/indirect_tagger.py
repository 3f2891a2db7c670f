"""The tagger of indirect speech: from code points and marked spans to reports of speech, in one numba call a text.

Two steps, both small feed-forward nets over hashed features (a sum of embeddings, rectified, then linear; the first
units stay linear). The first reads every word that may report and says whether direct speech, a belief or a report
stands right of it and left of it. The second ranks the boundaries of a report and of its source among the words
around, the near boundary first, then the far one given the near one.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path

import numpy as np
from numba import njit

from assets.quotes.indirect_features import (
    LEFT_FAR,
    LEFT_NEAR,
    N_BOUNDARY_FEATURES,
    N_HEAD_FEATURES,
    RIGHT_FAR,
    RIGHT_NEAR,
    SOURCE_FIRST,
    SOURCE_LAST,
    annotate,
    boundary_features,
    head_features,
)
from assets.quotes.indirect_tokens import (
    CLASS_OF,
    LOWER_OF,
    look_up,
    mark_quotes,
    mark_sentences,
    tokenize,
)

MODEL_PATH = Path(__file__).with_name("indirect_model.npz")
N_CLASSES = 4  # per side of a head
NOTHING, DIRECT, BELIEF, REPORT = range(N_CLASSES)


HEAD_LINEAR, BOUNDARY_LINEAR = 8, 4  # units that are not rectified
GATE = 0.1  # heads less likely than this to report are not looked at further


@dataclass(frozen=True)
class Tagger:
    """Weights. Vocabulary arrays are (words,); embeddings int8 (rows, units), rows a power of two."""

    words: np.ndarray
    word_class: np.ndarray
    cluster: np.ndarray
    fine: np.ndarray
    strength: np.ndarray
    head_rows: np.ndarray
    head_out: np.ndarray
    boundary_rows: np.ndarray
    boundary_out: np.ndarray
    keys: np.ndarray
    slots: np.ndarray

    def save(self, path: Path) -> None:
        arrays = {field.name: getattr(self, field.name) for field in fields(self)}
        del arrays["keys"], arrays["slots"]
        for name in ("words", "word_class", "cluster", "fine", "strength"):
            arrays[name] = arrays[name].astype(np.int32)
        np.savez(path, **arrays)

    def __call__(self, text: str, spans: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Reports in one text: see `tag`."""
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.int32)
        return tag(
            codes,
            spans,
            self.keys,
            self.slots,
            self.word_class,
            self.cluster,
            self.fine,
            self.strength,
            self.head_rows,
            self.head_out,
            self.boundary_rows,
            self.boundary_out,
            GATE,
        )


def hash_table(words: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Open-addressing table over word hashes: keys int64 and slots int32, at most half full."""
    size = 1 << int(np.ceil(np.log2(max(2, 2 * len(words)))))
    keys = np.full(size, -1, dtype=np.int64)
    slots = np.zeros(size, dtype=np.int32)
    _fill(words.astype(np.int64), keys, slots)
    return keys, slots


@njit(cache=True)
def _fill(words, keys, slots):
    mask = keys.shape[0] - 1
    for number in range(words.shape[0]):
        place = words[number] & mask
        while keys[place] >= 0:
            place = (place + 1) & mask
        keys[place] = words[number]
        slots[place] = number


@lru_cache(maxsize=1)
def load_tagger(path: Path = MODEL_PATH) -> Tagger:
    """The trained tagger. Raises FileNotFoundError where the model file is missing (see training/indirect.py)."""
    with np.load(path) as stored:
        arrays = {name: stored[name] for name in stored.files}
    for name in ("words", "word_class", "cluster", "fine", "strength"):
        arrays[name] = arrays[name].astype(np.int64)
    keys, slots = hash_table(arrays["words"])
    return Tagger(keys=keys, slots=slots, **arrays)


@njit(cache=True)
def analyse(codes, spans, keys, slots, word_class, cluster, fine, strength):
    """Code points and marked spans → token table and its annotations."""
    table = tokenize(codes, LOWER_OF, CLASS_OF)
    look_up(table, keys, slots)
    mark_quotes(table, spans)
    mark_sentences(codes, table, word_class)
    return table, annotate(codes, table, word_class, cluster, fine, strength)


@njit(cache=True)
def trims(codes, table, i):
    """Whether token i is a mark that spans of speech neither begin nor end with."""
    if table[i, 3] != 0:
        return False
    c = codes[table[i, 0]]
    return not (c == 37 or c == 36 or c == 64 or c == 0xA3 or c == 0x20AC or c == 0xB0 or c == 43 or c == 38 or c == 35)


@njit(cache=True)
def candidates(codes, table, notes, kind, h, anchor):
    """Tokens that may be the boundary `kind` of head h. A marked span may be entered at its edges alone."""
    lo = notes[h, 6]
    hi = notes[h, 7]
    if kind == RIGHT_NEAR:
        a, b = h + 1, min(hi, h + 40)
    elif kind == RIGHT_FAR:
        a, b = anchor, min(hi, anchor + 120)
    elif kind == LEFT_NEAR:
        a, b = max(lo, h - 40), h - 1
    elif kind == LEFT_FAR:
        a, b = max(lo, anchor - 120), anchor
    elif kind == SOURCE_LAST:
        a, b = max(lo, h - 40), min(hi, h + 40)
    else:
        a, b = max(lo, anchor - 30), anchor
    found = np.empty(max(0, b - a + 1), dtype=np.int64)
    n = 0
    step = -1 if kind in (RIGHT_NEAR, LEFT_FAR) else 1
    for i in range(a, b + 1):
        if i == h or trims(codes, table, i):
            continue
        if kind < SOURCE_LAST and notes[i, 5] > 0:
            j = i + step
            while lo <= j <= hi and notes[j, 5] == notes[i, 5] and trims(codes, table, j):
                j += step
            if lo <= j <= hi and notes[j, 5] == notes[i, 5]:
                continue
        found[n] = i
        n += 1
    return found[:n]


@njit(cache=True)
def _best_boundary(codes, table, notes, kind, h, anchor, rows, out, features, hidden):
    """The best candidate and its probability; -1 where there is none."""
    found = candidates(codes, table, notes, kind, h, anchor)
    n = found.shape[0]
    if n == 0:
        return -1, 0.0
    mask = rows.shape[1] - 1
    units = rows.shape[2]
    scores = np.empty(n, dtype=np.float64)
    for c in range(n):
        used = boundary_features(notes, table, kind, h, anchor, found[c], features)
        hidden[:] = 0
        for f in range(used):
            row = rows[kind, features[f] & mask]
            for d in range(units):
                hidden[d] += row[d]
        total = 0.0
        for d in range(units):
            if d < BOUNDARY_LINEAR or hidden[d] > 0:
                total += hidden[d] * out[kind, d]
        scores[c] = total
    best = scores.argmax()
    total = 0.0
    for c in range(n):
        total += np.exp(scores[c] - scores[best])
    return found[best], 1.0 / total


@njit(cache=True)
def tag(codes, spans, keys, slots, word_class, cluster, fine, strength, head_rows, head_out, rows, out, gate):
    """Reports of speech in one text, overlaps not yet resolved.

    codes int32 (n,), spans int64 (k, 2) sorted → int64 (reports, 6): content, cue and source in code points (source
    -1, -1 where none), and float64 (reports, 4): probability of the head, of either boundary, of the source.
    """
    table, notes = analyse(codes, spans, keys, slots, word_class, cluster, fine, strength)
    n = table.shape[0]
    n_found = 0
    places = np.empty((64, 6), dtype=np.int64)
    chances = np.empty((64, 4), dtype=np.float64)
    head = np.empty(N_HEAD_FEATURES, dtype=np.int64)
    features = np.empty(N_BOUNDARY_FEATURES, dtype=np.int64)
    mask = head_rows.shape[0] - 1
    units = head_rows.shape[1]
    hidden = np.empty(units, dtype=np.int32)
    hidden_boundary = np.empty(rows.shape[2], dtype=np.int32)
    logits = np.empty(8, dtype=np.float64)
    for h in range(n):
        if notes[h, 4] == 0 or notes[h, 5] > 0:
            continue
        used = head_features(notes, table, h, head)
        hidden[:] = 0
        for f in range(used):
            row = head_rows[head[f] & mask]
            for d in range(units):
                hidden[d] += row[d]
        for o in range(8):
            logits[o] = head_out[units, o]
        for d in range(units):
            if d < HEAD_LINEAR or hidden[d] > 0:
                for o in range(8):
                    logits[o] += hidden[d] * head_out[d, o]
        for side in range(2):
            top = logits[side * 4]
            for o in range(side * 4 + 1, side * 4 + 4):
                top = max(top, logits[o])
            total = 0.0
            for o in range(side * 4, side * 4 + 4):
                total += np.exp(logits[o] - top)
            chance = np.exp(logits[side * 4 + 3] - top) / total
            if chance < gate:
                continue
            near_kind = RIGHT_NEAR if side == 0 else LEFT_NEAR
            near, p_near = _best_boundary(codes, table, notes, near_kind, h, h, rows, out, features, hidden_boundary)
            if near < 0:
                continue
            far, p_far = _best_boundary(
                codes, table, notes, near_kind + 1, h, near, rows, out, features, hidden_boundary
            )
            if far < 0:
                continue
            last, p_last = _best_boundary(codes, table, notes, SOURCE_LAST, h, h, rows, out, features, hidden_boundary)
            first, p_first = -1, 0.0
            if last >= 0:
                first, p_first = _best_boundary(
                    codes, table, notes, SOURCE_FIRST, h, last, rows, out, features, hidden_boundary
                )
            if n_found == places.shape[0]:
                places = np.concatenate((places, np.empty_like(places)))
                chances = np.concatenate((chances, np.empty_like(chances)))
            a = min(near, far)
            b = max(near, far)
            places[n_found, 0] = table[a, 0]
            places[n_found, 1] = table[b, 1]
            places[n_found, 2] = table[h, 0]
            places[n_found, 3] = table[h, 1]
            places[n_found, 4] = table[first, 0] if first >= 0 else -1
            places[n_found, 5] = table[last, 1] if first >= 0 else -1
            chances[n_found, 0] = chance
            chances[n_found, 1] = p_near
            chances[n_found, 2] = p_far
            chances[n_found, 3] = p_last * p_first
            n_found += 1
    return places[:n_found], chances[:n_found]

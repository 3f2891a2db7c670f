"""Train the line classifier of assets/articles/lines/model.py on labelled lines of news pages.

usage: python -m training.text_lines TEXT_LINES.jsonl... [--out MODEL.npz] [--out-of-fold SCORES.npz]

A lexical score by logistic regression over hashed words, then gradient-boosted oblivious trees over that score (made out
of fold) and the shape, place and neighbours of each line.  A line weighs as many words as it puts into, or takes out
of, the body of its page, as the score that counts is of the words.  Everything is seeded; the same files give the same
model.  Folds are made by domain, so that no outlet is in training and test at once.

Score of the shipped model on the evaluation pages, out of fold (benchmarks/text_cleaning.py): body F1 0.941, quoted
paragraphs lost 1.3 %, headline exact 80 %.  The out-of-fold scores of the second stage rest on first-stage scores of
the same folds, as is usual in stacking, and the rules of text_story were chosen with them in view.  The lines of
training/public_pages.py are not in it: with them the evaluation pages fall to 0.936 and 1.5 %.
"""

import argparse
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from assets.articles.lines.context import FEATURES, first_guess, line_matrix
from assets.articles.lines.features import N_BUCKETS, LineFeatures
from assets.articles.lines.model import lexical_scores
from assets.articles.trees import tree_scores
from assets.text.compiled import compiled

SEED = 20261122
N_FOLDS = 5
LEXICAL_PASSES, LEXICAL_RATE, LEXICAL_DECAY = 6, 0.1, 1e-3
N_TREES, DEPTH, RATE, LEAF_PENALTY = 180, 6, 0.08, 8.0
N_TITLE_TREES, TITLE_DEPTH, TITLE_RATE, TITLE_OTHERS = 80, 5, 0.1, 0.4
FEATURE_SHARE, ROW_SHARE, EASY_SHARE = 0.35, 0.7, 0.3
N_BINS = 32
QUOTE_MARK = re.compile(r"[\"“”„«»]")
QUOTE_WEIGHT = 1.5
MADE_SHARE, MADE_WEIGHT, MADE_STORIES = 0.6, 0.7, 4


@dataclass(frozen=True)
class Pages:
    """The labelled pages: lines one after the other."""

    features: LineFeatures
    keep: NDArray[np.float64]
    weight: NDArray[np.float64]
    page: NDArray[np.int64]
    fold: NDArray[np.int64]
    made: NDArray[np.bool_]
    title: NDArray[np.float64]
    has_title: NDArray[np.bool_]


def load(paths: Sequence[Path]) -> tuple[list[dict], Pages]:
    """Read the files; labels, weights and the fold of each page (by domain); made-up long pages follow the real ones."""
    documents = [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines()]
    domains = sorted({document["domain"] for document in documents})
    order = np.random.RandomState(SEED).permutation(len(domains))
    fold_of = {domain: int(order[i]) % N_FOLDS for i, domain in enumerate(domains)}
    everything = documents + lengthen(documents, fold_of)
    features = LineFeatures([[line["text"] for line in document["lines"]] for document in everything])
    lines = [line for document in everything for line in document["lines"]]
    keep = np.array([line["keep"] for line in lines], np.float64)
    quoted = np.array([QUOTE_MARK.search(line["text"]) is not None for line in lines])
    page = np.repeat(np.arange(len(everything)), np.diff(features.pages))
    words = np.expm1(features.local[:, 1].astype(np.float64))
    body = np.bincount(page, weights=words * keep, minlength=len(everything))
    weight = np.minimum((words + 2) / np.maximum(body, 60)[page], 1.0) * np.where(
        quoted & (keep > 0), QUOTE_WEIGHT, 1.0
    )
    made = page >= len(documents)
    weight[made] *= MADE_WEIGHT
    title = np.array([line["role"] == "title" for line in lines], np.float64)
    has_title = (np.bincount(page, weights=title, minlength=len(everything)) > 0)[page]
    fold = np.array([fold_of[document["domain"]] for document in everything])
    return documents, Pages(features, keep, weight / weight[~made].mean(), page, fold, made, title, has_title)


def lengthen(documents: Sequence[dict], fold_of: dict[str, int]) -> list[dict]:
    """Pages made of the boilerplate of one page and the stories of several, as long stories are rare among the real ones."""
    random = np.random.RandomState(SEED + 1)
    made = []
    for document in documents:
        if random.rand() >= MADE_SHARE:
            continue
        kin = [
            other
            for other in documents
            if other is not document
            and fold_of[other["domain"]] == fold_of[document["domain"]]
            and other["domain"].rsplit(".", 1)[-1] == document["domain"].rsplit(".", 1)[-1]
        ]
        story = [number for number, line in enumerate(document["lines"]) if line["keep"]]
        if not kin or not story:
            continue
        added: list[dict] = []
        for _ in range(random.randint(1, MADE_STORIES + 1)):
            other = kin[random.randint(len(kin))]["lines"]
            inside = [number for number, line in enumerate(other) if line["keep"]]
            if inside:
                added += other[inside[0] : inside[-1] + 1]
        at = story[random.randint(len(story))] + 1
        made.append({**document, "lines": document["lines"][:at] + added + document["lines"][at:]})
    return made


def train(pages: Pages, rows: NDArray[np.bool_]) -> tuple[dict[str, NDArray], NDArray[np.float32], NDArray[np.float32]]:
    """A model from the lines in ``rows`` (whole pages), and out-of-fold scores of these rows: story, title."""
    features, fold = pages.features, pages.fold[pages.page]
    lexical = np.zeros(len(fold), np.float32)
    for k in range(N_FOLDS):
        inside = fold == k
        if (rows & inside).any():
            weights = train_lexical(pages, rows & ~inside & ~pages.made)
            lexical[inside] = lexical_scores(features.buckets, features.indptr, weights)[inside]
    model: dict[str, NDArray] = {"lexical": train_lexical(pages, rows & ~pages.made)}
    first = _stage(pages, rows, line_matrix(features, lexical, first_guess(features.local, lexical)), "first", model)
    matrix = line_matrix(features, lexical, first)
    second = _stage(pages, rows, matrix, "second", model)
    return model, np.float32(0.5) * (first + second), _stage(pages, rows, matrix, "title", model)


def _stage(
    pages: Pages, rows: NDArray[np.bool_], matrix: NDArray[np.float32], stage: str, model: dict[str, NDArray]
) -> NDArray[np.float32]:
    """Add the trees of a stage to ``model``; out-of-fold scores."""
    random = np.random.RandomState(SEED + len(stage))
    if stage == "title":
        label, depth, n_trees = pages.title, TITLE_DEPTH, N_TITLE_TREES
        drawn = (label > 0) | (pages.has_title & ~pages.made & (random.rand(len(label)) < EASY_SHARE))
        weight = np.where(label > 0, 1.0, TITLE_OTHERS)
        rate = TITLE_RATE
    else:
        label, depth, n_trees, rate = pages.keep, DEPTH, N_TREES, RATE
        easy = (label == 0) & (pages.features.local[:, 0] < 3.6)
        drawn = ~easy | (random.rand(len(easy)) < EASY_SHARE)
        weight = np.where(easy, pages.weight / EASY_SHARE, pages.weight)
    fold = pages.fold[pages.page]
    scores = np.zeros(len(label), np.float32)
    for k in range(-1, N_FOLDS):
        if k >= 0 and not (rows & (fold == k)).any():
            continue
        chosen = np.flatnonzero(rows & drawn & (fold != k))
        feature, threshold, leaf = boost(matrix[chosen], label[chosen], weight[chosen], n_trees, depth, rate)
        if k < 0:
            model.update({f"{stage}_feature": feature, f"{stage}_threshold": threshold, f"{stage}_leaf": leaf})
        else:
            scores[fold == k] = tree_scores(matrix[fold == k], feature.astype(np.int64), threshold, leaf)
    return scores


def train_lexical(pages: Pages, rows: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Weights of the hashed words."""
    order = np.random.RandomState(SEED)
    chosen = np.flatnonzero(rows)
    passes = np.concatenate([order.permutation(chosen) for _ in range(LEXICAL_PASSES)])
    return _fit_lexical(
        pages.features.buckets,
        pages.features.indptr,
        passes,
        pages.keep,
        np.sqrt(pages.weight),
        N_BUCKETS,
        LEXICAL_RATE,
        LEXICAL_DECAY,
    )


@compiled
def _fit_lexical(
    buckets: NDArray[np.uint32],
    indptr: NDArray[np.int64],
    order: NDArray[np.int64],
    keep: NDArray[np.float64],
    weight: NDArray[np.float64],
    n_buckets: int,
    rate: float,
    decay: float,
) -> NDArray[np.float32]:
    """Logistic regression by AdaGrad (Duchi, Hazan and Singer 2011)."""
    weights = np.zeros(n_buckets, np.float32)
    squares = np.full(n_buckets, 1e-6)
    for row in order:
        start, end = indptr[row], indptr[row + 1]
        scale = 1.0 / np.sqrt(max(1, end - start))
        z = 0.0
        for k in range(start, end):
            z += weights[buckets[k]]
        error = (1.0 / (1.0 + np.exp(-z * scale)) - keep[row]) * weight[row] * scale
        for k in range(start, end):
            b = buckets[k]
            gradient = error + decay * weights[b]
            squares[b] += gradient * gradient
            weights[b] -= rate * gradient / np.sqrt(squares[b])
    return weights


def boost(
    matrix: NDArray[np.float32],
    keep: NDArray[np.float64],
    weight: NDArray[np.float64],
    n_trees: int,
    depth: int,
    rate: float,
) -> tuple:
    """Gradient boosting (Friedman 2001) with oblivious trees over binned features: feature, threshold, leaf."""
    random = np.random.RandomState(SEED)
    edges = np.full((matrix.shape[1], N_BINS - 1), np.inf, np.float32)
    bins = np.empty((matrix.shape[1], len(matrix)), np.uint8)
    for j in range(matrix.shape[1]):
        found = np.unique(np.quantile(matrix[:, j], np.linspace(0, 1, N_BINS + 1)[1:-1], method="inverted_cdf"))
        few = np.unique(matrix[:, j])
        found = few[:-1] if len(few) < N_BINS else found[found < few[-1]]
        edges[j, : len(found)] = found
        bins[j] = np.searchsorted(found, matrix[:, j], side="left")
    n_drawn = max(1, int(FEATURE_SHARE * matrix.shape[1]))
    drawn = np.stack([np.sort(random.choice(matrix.shape[1], n_drawn, replace=False)) for _ in range(n_trees * depth)])
    seeds = random.randint(1, 2**31 - 1, n_trees)
    feature, cut, leaf = _boost(bins, keep, weight, drawn, seeds, n_trees, depth, rate, LEAF_PENALTY, ROW_SHARE)
    return feature.astype(np.int16), edges[feature, cut], leaf.astype(np.float32)


@njit(cache=True, nogil=True, fastmath=True)
def _boost(bins, keep, weight, drawn, seeds, n_trees, depth, rate, penalty, row_share):  # type: ignore[no-untyped-def]
    n_rows = bins.shape[1]
    feature = np.zeros((n_trees, depth), np.int64)
    cut = np.zeros((n_trees, depth), np.int64)
    leaf = np.zeros((n_trees, 1 << depth))
    scores = np.zeros(n_rows)
    node = np.zeros(n_rows, np.int64)
    for t in range(n_trees):
        np.random.seed(seeds[t])
        sample = np.flatnonzero(np.random.random(n_rows) < row_share)
        p = 1.0 / (1.0 + np.exp(-scores))
        gradient = (keep - p) * weight
        hessian = p * (1.0 - p) * weight
        node[:] = 0
        for d in range(depth):
            n_nodes = 1 << d
            best_gain, best_feature, best_cut = -1.0, 0, 0
            for j in drawn[t * depth + d]:
                g = np.zeros((n_nodes, 32))
                h = np.zeros((n_nodes, 32))
                column = bins[j]
                for r in sample:
                    g[node[r], column[r]] += gradient[r]
                    h[node[r], column[r]] += hessian[r]
                gain = np.zeros(32)
                for k in range(n_nodes):
                    g_all, h_all = g[k].sum(), h[k].sum()
                    whole = g_all * g_all / (h_all + penalty)
                    g_left, h_left = 0.0, 0.0
                    for b in range(31):
                        g_left += g[k, b]
                        h_left += h[k, b]
                        g_right, h_right = g_all - g_left, h_all - h_left
                        gain[b] += (
                            g_left * g_left / (h_left + penalty) + g_right * g_right / (h_right + penalty) - whole
                        )
                for b in range(31):
                    if gain[b] > best_gain:
                        best_gain, best_feature, best_cut = gain[b], j, b
            feature[t, d], cut[t, d] = best_feature, best_cut
            column = bins[best_feature]
            for row in range(n_rows):
                node[row] = node[row] * 2 + (1 if column[row] > best_cut else 0)
        g_leaf = np.zeros(1 << depth)
        h_leaf = np.zeros(1 << depth)
        for r in sample:
            g_leaf[node[r]] += gradient[r]
            h_leaf[node[r]] += hessian[r]
        for k in range(1 << depth):
            leaf[t, k] = rate * g_leaf[k] / (h_leaf[k] + penalty)
        for row in range(n_rows):
            scores[row] += leaf[t, node[row]]
    return feature, cut, leaf


def main(arguments: Sequence[str] | None = None) -> None:
    """Train, and write the out-of-fold scores of every line where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("lines", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, default=Path("assets/articles/lines/model.npz"))
    parser.add_argument(
        "--out-of-fold", type=Path, help="write scores from models that saw no page of the domain (.npz)"
    )
    options = parser.parse_args(arguments)
    _, pages = load(options.lines)
    model, story, title = train(pages, np.ones(len(pages.keep), bool))
    if options.out_of_fold:
        np.savez_compressed(options.out_of_fold, story=story[~pages.made], title=title[~pages.made])
    half: dict[str, Any] = {
        name: array.astype(np.float16) if name == "lexical" or name.endswith("leaf") else array
        for name, array in model.items()
    }
    np.savez_compressed(options.out, **half)
    print(
        f"{options.out}: {options.out.stat().st_size / 1024:.0f} kB, {len(FEATURES)} features, {len(pages.keep)} lines"
    )


if __name__ == "__main__":
    main()

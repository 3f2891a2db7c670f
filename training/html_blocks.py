"""Train the block classifier of assets/articles/html/model.py on pages whose bodies are known.

usage: python -m training.html_blocks FOLDER... [--cross-validate PRED.jsonl] [--out MODEL.npz]

Each FOLDER holds gold.jsonl (doc_id, file, url, domain, text) and the pages it names, gzipped.  A block of a page counts as
story when at least half of its 4-grams are in the known body; it weighs by the root of its words.  The trees are
those of training/text_lines.py (gradient boosting, oblivious trees, fixed seed).  Folds are made by domain, so that no
outlet is in training and test at once; ``--cross-validate`` writes bodies that are each predicted by a model that saw no
page of their domain, for score_articles.py.

The shipped model: python -m training.html_blocks EVAL/articles PUBLIC, where PUBLIC is what training/public_pages.py makes.
Score (3 folds by domain): see benchmarks/articles.py.
"""

import argparse
import gzip
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assets.articles.html.blocks import Block
from assets.articles.html.features import squeeze
from assets.articles.html.page import parse_page
from assets.articles.html.story import assemble, page_features
from assets.articles.trees import tree_scores
from training.text_lines import SEED, boost

N_FOLDS = 3
N_TREES, DEPTH, RATE = 300, 6, 0.08
SHINGLE = 4
WORD = re.compile(r"\w+")
WIDE = re.compile(r"([\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af])")
QUOTE_MARK = re.compile(r"[\"“”„«»]")
QUOTE_WEIGHT = 1.5


@dataclass(frozen=True)
class LabelledPage:
    """One page: its blocks with features, labels and weights."""

    doc_id: str
    domain: str
    blocks: list[Block]
    features: NDArray[np.float32]
    keep: NDArray[np.float64]
    weight: NDArray[np.float64]


def words(text: str) -> list[str]:
    """Words in lower case; each letter of a script without spaces is a word."""
    return WORD.findall(WIDE.sub(r" \1 ", text).lower())


def shingles(text: str) -> set[tuple[str, ...]]:
    """The 4-grams of words of a text."""
    found = words(text)
    return {tuple(found[i : i + SHINGLE]) for i in range(len(found) - SHINGLE + 1)}


def is_story(text: str, known: set[tuple[str, ...]], lines: set[str]) -> bool:
    """Is most of a text in a body, given by its 4-grams, or all of a short one as one of its ``lines``?"""
    mine = words(text)
    runs = [tuple(mine[i : i + SHINGLE]) for i in range(len(mine) - SHINGLE + 1)]
    return sum(run in known for run in runs) > 0.5 * len(runs) if runs else squeeze(text) in lines


def label(blocks: Sequence[Block], body: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """(label, weight) of each block."""
    known, lines = shingles(body), {squeeze(line) for line in body.splitlines()}
    size = max(len(words(body)), 60)
    keep, weight = [], []
    for block in blocks:
        story = is_story(block.text, known, lines)
        keep.append(float(story))
        root = min((max(len(words(block.text)), 1) / size) ** 0.5 * 10, 20.0) + 0.2
        weight.append(root * (QUOTE_WEIGHT if story and QUOTE_MARK.search(block.text) else 1.0))
    return np.array(keep), np.array(weight)


def load(folders: Sequence[Path]) -> list[LabelledPage]:
    """The pages of some folders that hold any text."""
    pages = []
    for folder in folders:
        for line in (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            markup = gzip.decompress((folder / row["file"]).read_bytes()).decode("utf-8")
            page = parse_page(markup)
            if page is None:
                continue
            blocks, features = page_features(page, row["url"])
            if blocks:
                pages.append(LabelledPage(row["doc_id"], row["domain"], blocks, features, *label(blocks, row["text"])))
    return pages


def train(pages: Sequence[LabelledPage]) -> dict[str, NDArray[np.float32]]:
    """A model from these pages."""
    weight = np.concatenate([page.weight for page in pages])
    feature, threshold, leaf = boost(
        np.vstack([page.features for page in pages]),
        np.concatenate([page.keep for page in pages]),
        weight / weight.mean(),
        n_trees=N_TREES,
        depth=DEPTH,
        rate=RATE,
    )
    return {"feature": feature, "threshold": threshold, "leaf": leaf}


def cross_validate(pages: Sequence[LabelledPage], out: Path) -> None:
    """Write a body for each page, predicted by a model that saw no page of its domain."""
    domains = sorted({page.domain for page in pages})
    order = np.random.RandomState(SEED).permutation(len(domains))
    fold = {domain: int(order[number]) % N_FOLDS for number, domain in enumerate(domains)}
    with out.open("w", encoding="utf-8") as file:
        for k in range(N_FOLDS):
            model = train([page for page in pages if fold[page.domain] != k])
            for page in pages:
                if fold[page.domain] == k:
                    scores = tree_scores(
                        page.features, model["feature"].astype(np.int64), model["threshold"], model["leaf"]
                    )
                    body = "\n".join(page.blocks[number].text for number in assemble(page.blocks, scores))
                    file.write(json.dumps({"doc_id": page.doc_id, "text": body}, ensure_ascii=False) + "\n")


def main(arguments: Sequence[str] | None = None) -> None:
    """Train, or cross-validate and write the bodies."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="+", metavar="FOLDER")
    parser.add_argument("--cross-validate", type=Path, help="write out-of-fold bodies here (JSONL) instead of a model")
    parser.add_argument("--out", type=Path, default=Path("assets/articles/html/model.npz"))
    options = parser.parse_args(arguments)
    pages = load(options.folders)
    if options.cross_validate:
        cross_validate(pages, options.cross_validate)
        return
    model: dict[str, Any] = dict(train(pages))
    np.savez_compressed(options.out, **model)
    print(f"{options.out}: {options.out.stat().st_size / 1024:.0f} kB")


if __name__ == "__main__":
    main()

"""How well and how fast pasted text is cleaned.

usage: python -m benchmarks.text_cleaning EVAL [--out-of-fold SCORES.npz | --pages PUBLIC/text_lines.jsonl]

EVAL holds score_articles.py and articles/text_lines.jsonl.  The shipped model was trained on these pages: its figures
here say that it works, not how well.  Out-of-fold scores (training/text_lines.py --out-of-fold) say how well: each page
is then scored by a model that saw no page of its domain.  Ours is compared with two plain ways: keep every line, and keep
the lines of eighty characters or more.  ``--pages`` measures on other pages instead, such as those that
training/public_pages.py makes, which the model has not seen.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from assets.articles.lines.clean import clean_texts
from assets.articles.lines.roles import cut_credit
from assets.articles.lines.story.decide import decide_story
from assets.articles.lines.title import find_title

LONG_LINE = 80
Cleaner = Callable[[Sequence[str]], list[tuple[str, str | None]]]


def ours(texts: Sequence[str]) -> list[tuple[str, str | None]]:
    """Body and title of each text."""
    return [(cleaned.body, cleaned.title) for cleaned in clean_texts(texts)]


def keep_all(texts: Sequence[str]) -> list[tuple[str, str | None]]:
    """Every line."""
    return [(text, None) for text in texts]


def long_lines(texts: Sequence[str]) -> list[tuple[str, str | None]]:
    """Lines of LONG_LINE characters or more."""
    return [("\n".join(line for line in text.split("\n") if len(line) >= LONG_LINE), None) for text in texts]


def out_of_fold(path: Path) -> Cleaner:
    """Our decisions over scores of models that did not see the page's domain."""
    scores = np.load(path)
    story, title = scores["story"].tolist(), scores["title"].tolist()

    def clean(texts: Sequence[str]) -> list[tuple[str, str | None]]:
        result: list[tuple[str, str | None]] = []
        start = 0
        for text in texts:
            lines = text.split("\n")
            end = start + len(lines)
            title_at = find_title(lines, title[start:end], story[start:end])
            keep = decide_story(lines, story[start:end], title_at).keep
            body = "\n".join(cut_credit(line)[0] for line, kept in zip(lines, keep, strict=True) if kept)
            result.append((body, None if title_at is None else lines[title_at]))
            start = end
        return result

    return clean


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the scorer's output and the documents a second (processor time) of each way."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("eval", type=Path)
    parser.add_argument("--out-of-fold", type=Path)
    parser.add_argument("--pages", type=Path, help="default: EVAL/articles/text_lines.jsonl")
    options = parser.parse_args(arguments)
    gold = options.pages or options.eval / "articles" / "text_lines.jsonl"
    documents = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
    texts = ["\n".join(line["text"] for line in document["lines"]) for document in documents]
    ways: dict[str, Cleaner] = {
        "keep all": keep_all,
        f"lines of {LONG_LINE}+": long_lines,
        "ours": ours,
    }
    if options.out_of_fold:
        ways["ours, out of fold"] = out_of_fold(options.out_of_fold)
    ours(texts[:2])
    for name, clean in ways.items():
        started = time.process_time()
        cleaned = clean(texts)
        spent = time.process_time() - started
        print(f"== {name}: {len(texts) / max(spent, 1e-9):.0f} documents a second")
        with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as predictions:
            for document, (body, title) in zip(documents, cleaned, strict=True):
                predictions.write(json.dumps({"doc_id": document["doc_id"], "text": body, "title": title}) + "\n")
            predictions.flush()
            command = [sys.executable, str(options.eval / "score_articles.py"), str(gold), predictions.name]
            print(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


if __name__ == "__main__":
    main()

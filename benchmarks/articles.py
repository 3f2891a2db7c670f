"""Bodies and metadata of web pages against trafilatura, scored by ``score_articles.py``, with speed in the same run.

usage: python -m benchmarks.articles ../shared/eval [--every N] [--trained-on-others]

Prints the scorer's table for trafilatura (default mode, ``original_date=True``), for ``accurate`` and for ``fast``, each
with CPU milliseconds a page on one core and, for ours, the ratio to trafilatura's.  The shipped block classifier saw
these pages in training; ``--trained-on-others`` scores bodies that are each made by a model trained without any page of
their domain (``training/html_blocks.py --cross-validate``), which is what to expect of unseen pages.  Authors are
scored twice: people only, as the table holds them, and with the names that a byline credits beside them, as the gold does.
"""

import argparse
import gzip
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

import polars as pl
from trafilatura import bare_extraction
from trafilatura.settings import Document

from assets.articles.extract import extract_articles
from assets.documents.schema import DOCUMENTS
from training.html_blocks import cross_validate, load

BATCH = 64


def pages(folder: Path, every: int) -> list[dict[str, Any]]:
    """Gold rows with their markup."""
    rows = [json.loads(line) for line in (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines()][::every]
    for row in rows:
        row["html"] = gzip.decompress((folder / row["file"]).read_bytes()).decode("utf-8")
    return rows


def by_trafilatura(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What trafilatura finds, in the keys of the scorer."""
    predictions = []
    for row in rows:
        found = bare_extraction(
            row["html"],
            url=row["url"],
            with_metadata=True,
            include_comments=False,
            date_extraction_params={"original_date": True, "extensive_search": True},
        )
        prediction = {"doc_id": row["doc_id"]}
        if isinstance(found, Document):
            authors = found.author.split("; ") if found.author else []
            prediction |= {"text": found.text, "title": found.title, "authors": authors, "published": found.date}
        predictions.append(prediction)
    return predictions


def documents(rows: list[dict[str, Any]]) -> pl.DataFrame:
    """The pages as rows of ``raw.documents``."""
    return DOCUMENTS.frame(
        [
            {
                "document_id": row["doc_id"],
                "path": row["file"],
                "record_no": 0,
                "format": "html",
                "n_bytes": len(row["html"]),
                "encoding": "utf-8",
                "url": row["url"],
                "authors_hint": [],
                "content_type": "html",
                "content": row["html"],
                "ingested_at": datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None),
            }
            for row in rows
        ]
    )


def by_us(
    rows: list[dict[str, Any]], mode: Literal["accurate", "fast"], credited: bool = False
) -> list[dict[str, Any]]:
    """What ``extract_articles`` finds; the published day is the outlet's own."""
    predictions = []
    for batch in documents(rows).iter_slices(BATCH):
        for row in extract_articles(batch, mode).articles.iter_rows(named=True):
            published = row["published_at"]
            if published is not None:
                published = (published + timedelta(minutes=row["published_offset"] or 0)).isoformat()
            authors = [*row["authors"], *(row["credited"] if credited else [])]
            predictions.append(
                {
                    "doc_id": row["document_id"],
                    "text": row["body"],
                    "title": row["title"],
                    "authors": authors,
                    "published": published,
                }
            )
    return predictions


def score(scorer: Path, rows: list[dict[str, Any]], predictions: Iterable[dict[str, Any]]) -> str:
    """The scorer's table."""
    with tempfile.TemporaryDirectory() as name:
        gold, predicted = Path(name, "gold.jsonl"), Path(name, "predicted.jsonl")
        for path, items in ((gold, rows), (predicted, predictions)):
            path.write_text("".join(json.dumps(item) + "\n" for item in items), encoding="utf-8")
        command = [sys.executable, str(scorer), str(gold), str(predicted)]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def timed(function: Callable[[], list[dict[str, Any]]], n: int) -> tuple[list[dict[str, Any]], float]:
    """The result and the CPU milliseconds a page that it took."""
    start = time.process_time()
    result = function()
    return result, (time.process_time() - start) / n * 1000


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--every", type=int, default=1, help="measure on every N-th page only")
    parser.add_argument("--trained-on-others", action="store_true")
    options = parser.parse_args()
    folder, scorer = options.folder / "articles", options.folder / "score_articles.py"
    if options.trained_on_others:
        with tempfile.TemporaryDirectory() as name:
            out = Path(name, "bodies.jsonl")
            cross_validate(load(folder), out)
            predictions = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
        print(score(scorer, pages(folder, 1), predictions))
        return
    rows = pages(folder, options.every)
    for warm_up in ("accurate", "fast"):
        by_us(rows[:2], warm_up)
    theirs, peer = timed(lambda: by_trafilatura(rows), len(rows))
    print(f"trafilatura, default mode: {peer:.1f} ms a page\n{score(scorer, rows, theirs)}")
    for mode in ("accurate", "fast"):
        ours, cost = timed(lambda mode=mode: by_us(rows, mode), len(rows))  # type: ignore[misc]
        print(f"{mode}: {cost:.1f} ms a page, {peer / cost:.2f} times trafilatura's speed\n{score(scorer, rows, ours)}")
    table = score(scorer, rows, by_us(rows, "fast", credited=True))
    print("authors with the names credited beside them:", table.splitlines()[-1])


if __name__ == "__main__":
    main()

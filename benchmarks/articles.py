"""Bodies and metadata of web pages against trafilatura, scored by ``score_articles.py``, with speed in the same run.

usage: python -m benchmarks.articles ../shared/eval [--every N] [--rounds N] [--trained-on-others [--also FOLDER...]]

Prints the scorer's table for trafilatura (default mode, ``original_date=True``), for ``accurate`` and for ``fast``, each
with CPU milliseconds a page on one core (a batch's best of N rounds) and, for ours, the ratio to
trafilatura's.  The shipped classifiers saw these pages in training; ``--trained-on-others`` scores bodies that are each
made by a model trained without any page of their domain (``training/html_blocks.py --cross-validate``), which is what to
expect of unseen pages; ``--also`` names the other folders that the shipped model was trained on
(``training/public_pages.py``), which are scored too.  The gold's authors are all whom a byline names, agencies and desks too, so the tables are given
``authors`` and ``credited`` together; a last line scores ``authors``, people only, on the pages that name only people.
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
from typing import Any

import polars as pl
from trafilatura import bare_extraction
from trafilatura.meta import reset_caches
from trafilatura.settings import Document

from assets.articles.extract import extract_articles
from assets.articles.html.clean import HtmlMode
from assets.articles.metadata.authors import people
from assets.documents.schema import DOCUMENTS
from assets.sources.registry import default_registry
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


def by_us(frame: pl.DataFrame, mode: HtmlMode) -> list[dict[str, Any]]:
    """The rows of ``core.articles`` made of rows of ``raw.documents``."""
    return list(extract_articles(frame, mode).articles.iter_rows(named=True))


def prediction(row: dict[str, Any], people_only: bool = False) -> dict[str, Any]:
    """A row of ``core.articles`` in the keys of the scorer; the published day is the outlet's own."""
    published = row["published_at"]
    if published is not None:
        published = (published + timedelta(minutes=row["published_offset"] or 0)).isoformat()
    return {
        "doc_id": row["document_id"],
        "text": row["body"],
        "title": row["title"],
        "authors": row["authors"] if people_only else [*row["authors"], *row["credited"]],
        "published": published,
    }


def score(scorer: Path, rows: list[dict[str, Any]], predictions: Iterable[dict[str, Any]]) -> str:
    """The scorer's table."""
    with tempfile.TemporaryDirectory() as name:
        gold, predicted = Path(name, "gold.jsonl"), Path(name, "predicted.jsonl")
        for path, items in ((gold, rows), (predicted, predictions)):
            path.write_text("".join(json.dumps(item) + "\n" for item in items), encoding="utf-8")
        command = [sys.executable, str(scorer), str(gold), str(predicted)]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def timed(
    ways: dict[str, Callable[[int], list[dict[str, Any]]]], n_pages: int, rounds: int
) -> dict[str, tuple[list[dict[str, Any]], float]]:
    """Each way's predictions and CPU milliseconds a page; a way takes a batch by the number of its first page.

    The ways take turns on every batch, and a batch's best round counts, so that other work on the machine weighs little;
    trafilatura's caches are emptied between rounds, since it meets no page twice.
    """
    results: dict[str, tuple[list[dict[str, Any]], float]] = {name: ([], 0.0) for name in ways}
    for first in range(0, n_pages, BATCH):
        best: dict[str, float] = {}
        made: dict[str, list[dict[str, Any]]] = {}
        for _ in range(rounds):
            for name, way in ways.items():
                reset_caches()
                start = time.process_time()
                made[name] = way(first)
                best[name] = min(best.get(name, float("inf")), time.process_time() - start)
        for name, (predictions, cost) in results.items():
            results[name] = ([*predictions, *made[name]], cost + best[name] / n_pages * 1000)
    return results


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--every", type=int, default=1, help="measure on every N-th page only")
    parser.add_argument("--rounds", type=int, default=3, help="rounds of timing")
    parser.add_argument("--trained-on-others", action="store_true")
    parser.add_argument(
        "--also", type=Path, nargs="*", default=[], help="more folders that those models were trained on"
    )
    options = parser.parse_args()
    folder, scorer = options.folder / "articles", options.folder / "score_articles.py"
    if options.trained_on_others:
        with tempfile.TemporaryDirectory() as name:
            out = Path(name, "bodies.jsonl")
            cross_validate(load([folder, *options.also]), out)
            predictions = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
        for gold in (folder, *options.also):
            print(gold, score(scorer, pages(gold, 1), predictions), sep="\n")
        return
    rows = pages(folder, options.every)
    frame = documents(rows)
    modes: tuple[HtmlMode, ...] = ("accurate", "fast")
    for mode in modes:
        by_us(frame.head(BATCH), mode)
    ways: dict[str, Callable[[int], list[dict[str, Any]]]] = {
        "trafilatura": lambda first: by_trafilatura(rows[first : first + BATCH]),
        "accurate": lambda first: by_us(frame.slice(first, BATCH), "accurate"),
        "fast": lambda first: by_us(frame.slice(first, BATCH), "fast"),
    }
    results = timed(ways, len(rows), options.rounds)
    theirs, peer = results["trafilatura"]
    print(f"trafilatura, default mode: {peer:.1f} ms a page\n{score(scorer, rows, theirs)}")
    registry = default_registry()
    of_people = [
        row for row in rows if row.get("authors") and len(people(row["authors"], registry)) == len(row["authors"])
    ]
    for mode in modes:
        found, cost = results[mode]
        print(f"{mode}: {cost:.1f} ms a page, {peer / cost:.2f} times trafilatura's speed")
        print(score(scorer, rows, map(prediction, found)))
        persons = score(scorer, of_people, [prediction(row, people_only=True) for row in found])
        print(f"people only, on the {len(of_people)} pages that name only people: {persons.splitlines()[-1]}\n")


if __name__ == "__main__":
    main()

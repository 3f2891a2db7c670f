"""Names by language: ``python -m benchmarks.names EVAL_DIR``.

Scores the taggers of EVAL_DIR/languages/entities with EVAL_DIR/score_entities.py and prints exact precision, recall and F1 for
each set, and articles per second beside English ones. Nothing that ships was trained on these sets. The Polish and Russian ones
mark each form of a name only once in an article; the last two columns count each form once, too, as their makers do.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl

from assets.entities.extract import extract_mentions
from assets.entities.tagger.labels import CLASSES
from assets.entities.tagger.languages import tag_by_language
from benchmarks.entities import LABELS, MAPPING, cpu_seconds

SETS = ("de", "es", "nl", "pl", "ru", "fr", "it", "pt", "pt_harem")
ONCE_MARKED = ("pl", "ru")
WORDS = 450
Document = dict[str, Any]


def documents_of(path: Path) -> list[Document]:
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def tagged(documents: Sequence[Document], once: bool) -> list[Document]:
    """What the taggers find, each form of a name everywhere or only where it first is."""
    texts = [document["text"] for document in documents]
    spans = tag_by_language(texts, [document["language"] for document in documents])
    found: list[list[dict[str, object]]] = [[] for _ in texts]
    seen: set[tuple[int, str]] = set()
    for number, start, end, kind in zip(
        spans.documents.tolist(), spans.starts.tolist(), spans.ends.tolist(), spans.classes.tolist(), strict=True
    ):
        form = (number, texts[number][start:end])
        if kind < len(LABELS) and not (once and form in seen):
            found[number].append({"start": start, "end": end, "label": LABELS[kind]})
            seen.add(form)
    return [
        {"doc_id": document["doc_id"], "text": document["text"], "entities": entities}
        for document, entities in zip(documents, found, strict=True)
    ]


def score(eval_dir: Path, gold: Path, predicted: Sequence[Document]) -> str:
    """Exact precision, recall and F1 over all kinds."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "predicted.jsonl"
        path.write_text("".join(json.dumps(document) + "\n" for document in predicted), encoding="utf-8")
        command = [sys.executable, str(eval_dir / "score_entities.py"), str(gold), str(path), "--map", MAPPING]
        output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return next(line.split("(")[1].split(")")[0] for line in output.splitlines() if line.startswith("all"))


def speed(documents: Sequence[Document], language: str) -> float:
    """Articles of 450 words that ``extract_mentions`` reads in a second."""
    ids = [document["doc_id"] for document in documents]
    texts = [document["text"] for document in documents]
    articles = pl.DataFrame(
        {"article_id": ids, "title": [""] * len(ids), "body": texts, "language": [language] * len(ids)}
    )
    return sum(len(text.split()) for text in texts) / cpu_seconds(lambda: extract_mentions(articles)) / WORDS


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("eval_dir", type=Path)
    parser.add_argument("--speed", action="store_true", help="articles per second, too")
    arguments = parser.parse_args()
    if CLASSES[:3] != ("person", "organisation", "place"):
        raise ValueError("the labels of the scorer no longer match the tagger's classes")
    folder = arguments.eval_dir / "languages" / "entities"
    for name in SETS:
        gold = folder / f"{name}_dev.jsonl"
        documents = documents_of(gold)
        line = f"{name:9} {score(arguments.eval_dir, gold, tagged(documents, False))}"
        if name in ONCE_MARKED:
            line += f"  each form once {score(arguments.eval_dir, gold, tagged(documents, True))}"
        if arguments.speed:
            line += f"  {speed(documents, documents[0]['language']):.0f} articles/s"
        print(line, flush=True)
    if arguments.speed:
        english = documents_of(arguments.eval_dir / "entities" / "newswire_dev.jsonl")
        print(f"English   {speed(english, 'en'):.0f} articles/s")


if __name__ == "__main__":
    main()

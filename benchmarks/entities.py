"""Accuracy and speed of the entity tagger: ``python -m benchmarks.entities EVAL_DIR [--engine NAME ...]``.

Scores the named mentions with EVAL_DIR/score_entities.py, prints articles per second on one core (CPU time) for the tagger
and for the whole of extract_mentions, start-up time and peak memory, and runs other engines (``spacy:…``, ``gliner:…``) over
the same texts in the same run. The model that ships was trained on the development file, so its score there says how well it
fits; how well it does on outlets it has not seen is what ``python training/entities.py EVAL_DIR --cross-validate`` prints.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import polars as pl

from assets.entities.extract import extract_mentions
from assets.entities.linking.link import link_entities
from assets.entities.linking.overrides import read_overrides
from assets.entities.tagger.engines import Tagger, load_engine
from assets.entities.tagger.labels import CLASSES
from assets.entities.tagger.tagger import Spans, read_model

LABELS = ("PER", "ORG", "LOC")
MAPPING = "Person=PER,Location=LOC,Organization=ORG,Facility=LOC"
BATCH = 40
ROUNDS = 3


def cpu_seconds(run: Callable[[], object]) -> float:
    """Least CPU time of some runs, after one to warm up."""
    run()
    times = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        run()
        times.append(time.process_time() - begun)
    return min(times)


def tag_all(tagger: Tagger, texts: Sequence[str]) -> list[Spans]:
    return [tagger(texts[at : at + BATCH]) for at in range(0, len(texts), BATCH)]


def score(eval_dir: Path, ids: Sequence[str], texts: Sequence[str], batches: Sequence[Spans]) -> str:
    found: list[list[dict[str, object]]] = [[] for _ in ids]
    for number, spans in enumerate(batches):
        for document, start, end, kind in zip(
            spans.documents.tolist(), spans.starts.tolist(), spans.ends.tolist(), spans.classes.tolist(), strict=True
        ):
            if kind < len(LABELS):
                found[number * BATCH + document].append({"start": start, "end": end, "label": LABELS[kind]})
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "predicted.jsonl"
        rows = zip(ids, texts, found, strict=True)
        path.write_text(
            "".join(json.dumps({"doc_id": i, "text": t, "entities": e}) + "\n" for i, t, e in rows), encoding="utf-8"
        )
        gold = eval_dir / "entities" / "newswire_dev.jsonl"
        command = [sys.executable, str(eval_dir / "score_entities.py"), str(gold), str(path), "--map", MAPPING]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("eval_dir", type=Path)
    parser.add_argument("--engine", action="append", default=[], help="another engine to compare with")
    arguments = parser.parse_args()
    if CLASSES[:3] != ("person", "organisation", "place"):
        raise ValueError("the labels of the scorer no longer match the tagger's classes")
    with (arguments.eval_dir / "entities" / "newswire_dev.jsonl").open(encoding="utf-8") as file:
        documents = [json.loads(line) for line in file]
    ids, texts = [d["doc_id"] for d in documents], [d["text"] for d in documents]
    words = sum(len(text.split()) for text in texts)
    articles = pl.DataFrame({"article_id": ids, "title": [""] * len(ids), "body": texts, "language": ["en"] * len(ids)})
    print(f"start: model read in {cpu_seconds(read_model):.3f} s CPU")
    seconds = cpu_seconds(lambda: extract_mentions(articles))
    per_words = words / len(texts)
    print(f"extract_mentions: {len(texts) / seconds:.0f} articles/s of {per_words:.0f} words, ", end="")
    print(f"{words / seconds / 450:.0f} of 450 words")
    print(f"peak memory with that {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    ours = None
    for name in ("crf", *arguments.engine):
        tagger = load_engine(name)
        seconds = cpu_seconds(lambda tagger=tagger: tag_all(tagger, texts))  # type: ignore[misc]
        ours = ours or seconds
        print(
            f"\n{name}: {len(texts) / seconds:.0f} articles/s, {words / seconds:.0f} words/s, {seconds / ours:.2f} x crf"
        )
        print(score(arguments.eval_dir, ids, texts, tag_all(tagger, texts)), end="")
    mentions = extract_mentions(articles)
    overrides = read_overrides()
    seconds = cpu_seconds(lambda: link_entities(mentions, overrides))
    print(f"\nlink_entities: {len(mentions)} mentions, {len(mentions) / seconds:.0f} mentions/s")


if __name__ == "__main__":
    main()

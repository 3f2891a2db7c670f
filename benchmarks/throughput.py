"""How long the main job takes on the sample corpus, step by step, and how fast clean text becomes entities and quotations.

    python -m benchmarks.throughput [--eval ../shared/eval]

Prints, for a first run on the sample corpus, a run with nothing new and a run with one file changed: seconds in all and by
step. Then articles a second on one core for entities, quotations and both, on the training articles of the quotation set.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import polars as pl

from assets.entities.extract import extract_mentions
from assets.quotes.extract import extract_quotes
from pipeline.garbage import fewer_collections
from pipeline.instance import open_instance
from pipeline.project import ROOT
from pipeline.settings import load_settings

REPEATS = 5
VERBATIM = Path(sys.executable).with_name("verbatim")


def run_seconds(corpus: Path, data: Path) -> tuple[float, dict[str, float]]:
    """Wall seconds of one run as a user starts it, and of each of its steps."""
    start = time.perf_counter()
    subprocess.run([str(VERBATIM), "run", str(corpus), "--data", str(data)], check=True, capture_output=True, cwd=ROOT)
    total = time.perf_counter() - start
    with open_instance(load_settings(data)) as instance:
        run_id = instance.get_runs(limit=1)[0].run_id
        stats = instance.get_run_step_stats(run_id)
    steps = {
        step.step_key: step.end_time - step.start_time
        for step in stats
        if step.start_time is not None and step.end_time is not None
    }
    return total, steps


def report_run(name: str, total: float, steps: dict[str, float]) -> None:
    checks = {key: seconds for key, seconds in steps.items() if key not in MAIN_STEPS}
    print(f"\n{name}: {total:.1f} s")
    for key in MAIN_STEPS:
        if key in steps:
            print(f"  {key:12} {steps[key]:6.2f} s")
    print(f"  {'checks':12} {sum(checks.values()):6.2f} s in {len(checks)}")
    print(f"  {'start, stop':12} {total - sum(steps.values()):6.2f} s (imports, definitions, events)")


MAIN_STEPS = (
    "documents",
    "articles",
    "entities",
    "quotes",
    "stories",
    "statements",
    "phrases",
    "marts",
    "report",
    "published",
)


def extraction_speed(texts: list[str]) -> None:
    articles = pl.DataFrame(
        {
            "article_id": [f"{number:06}" for number in range(len(texts))],
            "source_id": "unknown",
            "title": None,
            "body": texts,
            "language": "en",
        },
        schema_overrides={"title": pl.String},
    )
    extract_quotes(articles.head(20), extract_mentions(articles.head(20)))
    best = {"entities": float("inf"), "quotes": float("inf")}
    with fewer_collections():
        for _ in range(REPEATS):
            start = time.process_time()
            mentions = extract_mentions(articles)
            best["entities"] = min(best["entities"], time.process_time() - start)
            start = time.process_time()
            extract_quotes(articles, mentions)
            best["quotes"] = min(best["quotes"], time.process_time() - start)
    entities, quotes = best["entities"], best["quotes"]
    words = sum(len(text.split()) for text in texts) / len(texts)
    print(f"\nclean text, {len(texts)} articles of {words:.0f} words, one core, CPU time, best of {REPEATS}")
    for name, seconds in (("entities", entities), ("quotes", quotes), ("both", entities + quotes)):
        print(f"  {name:12} {len(texts) / seconds:6.0f} articles/s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--eval", type=Path, default=ROOT.parent / "shared" / "eval")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        corpus, data = Path(scratch) / "articles", Path(scratch) / "data"
        shutil.copytree(ROOT / "seeds" / "articles", corpus)
        run_seconds(corpus, Path(scratch) / "warm-up")
        report_run("all of the sample corpus", *run_seconds(corpus, data))
        report_run("nothing new", *run_seconds(corpus, data))
        changed = next(corpus.rglob("*.html"))
        changed.write_text(changed.read_text(encoding="utf-8") + "\n", encoding="utf-8")
        report_run("one file changed", *run_seconds(corpus, data))
    train = arguments.eval / "quotes" / "polnear_train.jsonl"
    if train.exists():
        with train.open(encoding="utf-8") as lines:
            extraction_speed([json.loads(line)["text"] for line in lines])
    else:
        print(f"\nno evaluation files at {arguments.eval}: speed on clean text is not measured")


if __name__ == "__main__":
    main()

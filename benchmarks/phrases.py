"""Closed phrases beside a count of five-token n-grams in DuckDB SQL: time, memory and growth on generated articles.

The SQL does a part of the work only (which n-grams occur in two articles; not their longest forms, nor where they
occur), and is a check at the same time: the repeated n-grams it counts are those that lie in the closed phrases.
``change`` is what a daily run costs that finds a hundred new articles beside all others.

    python -m benchmarks.phrases [--articles 10000 50000] [--without-sql]
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from math import log
from pathlib import Path

import duckdb
import polars as pl

from assets.phrases.changes import changed_phrases
from assets.phrases.closed import closed_phrases
from benchmarks.generate import generate_corpus

ROOT = Path(__file__).resolve().parent.parent
COME = 100  # articles of a day
MEMORY_LIMIT = "8GB"  # for DuckDB, which goes to disk beyond it
N_GRAMS = r"""
    SELECT {columns}, unnest([array_to_string(t[i:i + 4], ' ') FOR i IN range(1, len(t) - 3)]) AS n_gram
    FROM (SELECT *, regexp_extract_all(lower(line), '\w+') AS t
          FROM (SELECT *, unnest(string_split({text}, chr(10))) AS line FROM {table}))
"""


def measure(engine: str, corpus: str, phrases: str) -> dict[str, float]:
    """Seconds of the clock and of all cores, peak memory in MiB with libraries and texts, and what was found."""
    closed_phrases(generate_corpus(10))  # loads what is compiled, and compiles it where it is not
    wall, cpu = time.perf_counter(), time.process_time()
    found = {"phrases": with_us, "change": with_change, "sql": with_sql}[engine](corpus, phrases)
    return {
        "wall_s": time.perf_counter() - wall,
        "cpu_s": time.process_time() - cpu,
        "peak_mib": peak_mib(),
        **found,
    }


def peak_mib() -> float:
    """Linux's count for this program alone; ``resource`` would count the process that started it too."""
    (line,) = (line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024


def with_us(corpus: str, phrases: str) -> dict[str, float]:
    found = closed_phrases(pl.read_parquet(corpus))
    found.phrases.write_parquet(phrases)
    return {"phrases": found.phrases.height, "occurrences": found.occurrences.height}


def with_change(corpus: str, _phrases: str) -> dict[str, float]:
    """What a daily run costs after ``COME`` articles have come to the others."""
    articles = pl.read_parquet(corpus)
    come = articles["article_id"].tail(COME)
    before = closed_phrases(articles.head(-COME))
    wall, cpu = time.perf_counter(), time.process_time()
    nothing = before.phrases.select("phrase_id", "text").clear()
    changes = changed_phrases(articles, come, nothing, before.phrases["phrase_id"])
    return {
        "wall_s": time.perf_counter() - wall,
        "cpu_s": time.process_time() - cpu,
        "phrases": changes.changed.phrases.height,
        "occurrences": changes.changed.occurrences.height,
    }


def with_sql(corpus: str, phrases: str) -> dict[str, float]:
    database = duckdb.connect()
    database.execute(f"SET memory_limit = '{MEMORY_LIMIT}'; SET temp_directory = '{Path(corpus).parent}'")
    n_grams = N_GRAMS.format(columns="article_id", text="body", table=f"read_parquet('{corpus}')")
    (count,) = database.execute(
        f"SELECT count(*) FROM (SELECT n_gram FROM ({n_grams}) GROUP BY 1 HAVING count(DISTINCT article_id) > 1)"
    ).fetchone()
    return {"repeated_n_grams": count}


def n_grams_in_phrases(phrases: str) -> int:
    """Distinct five-token n-grams in the texts of the closed phrases."""
    n_grams = N_GRAMS.format(columns="phrase_id", text="text", table=f"read_parquet('{phrases}')")
    (count,) = duckdb.execute(f"SELECT count(DISTINCT n_gram) FROM ({n_grams})").fetchone()
    return count


def in_own_process(engine: str, corpus: Path, phrases: Path) -> dict[str, float]:
    command = [sys.executable, __file__, "--measure", engine, str(corpus), str(phrases)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    return json.loads(done.stdout)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, nargs="+", default=[10_000, 50_000])
    parser.add_argument("--without-sql", action="store_true")
    parser.add_argument("--measure", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        print(json.dumps(measure(*options.measure)))
        return
    engines = ["phrases", "change"] if options.without_sql else ["phrases", "change", "sql"]
    figures: dict[tuple[str, int], dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        corpus, phrases = Path(folder) / "corpus.parquet", Path(folder) / "phrases.parquet"
        for n in options.articles:
            generate_corpus(n).select("article_id", "source_id", "body").write_parquet(corpus)
            for engine in engines:
                figures[engine, n] = in_own_process(engine, corpus, phrases)
                shown = ", ".join(
                    f"{name} {value:,.1f}".removesuffix(".0") for name, value in figures[engine, n].items()
                )
                print(f"{n:>9,} articles  {engine:8} {shown}", flush=True)
            if not options.without_sql:
                ours, theirs = figures["phrases", n], figures["sql", n]
                ratios = ", ".join(
                    f"{name} {theirs[name] / ours[name]:.1f}" for name in ("wall_s", "cpu_s", "peak_mib")
                )
                same = n_grams_in_phrases(str(phrases)) == theirs["repeated_n_grams"]
                print(f"{n:>9,} articles  SQL to us: {ratios}; the same repeated n-grams: {'yes' if same else 'NO'}")
    for engine in engines:
        for smaller, larger in zip(options.articles, options.articles[1:], strict=False):
            growth = [
                log(figures[engine, larger][name] / figures[engine, smaller][name]) / log(larger / smaller)
                for name in ("wall_s", "cpu_s")
            ]
            print(f"growth exponent {smaller:,} to {larger:,}  {engine:8} wall {growth[0]:.2f}, cpu {growth[1]:.2f}")


if __name__ == "__main__":
    main()

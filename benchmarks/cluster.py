"""How much faster two workers are than one: processes of this machine, and a Ray cluster on it.

    python -m benchmarks.cluster [--batches 40] [--articles 128] [--seconds 0.4]

Each engine does batches that sleep, which shows what the engine itself costs, and batches of articles (pages of the sample corpus,
from text to names and quotations), which also shows what the cores of this machine give. Prints batches a second, from the
first result to the last, the seconds until the first result, and the CPU seconds that this process needs for a batch.
"""

import argparse
import time
from collections.abc import Callable, Iterable
from functools import partial
from itertools import islice, repeat
from typing import Any, NamedTuple

import orjson

from orchestration.cli.extract import extract_batch
from pipeline.engines.choose import open_engine
from pipeline.project import ROOT
from pipeline.workers import Workers

PAGES = sorted((ROOT / "seeds" / "articles").rglob("*.txt"))


class Measured(NamedTuple):
    """How an engine did some batches; its CPU time is that of the process that hands them out."""

    until_first: float
    a_second: float
    own_cpu: float


def measured(engine: str, n_workers: int, function: Callable[[Any], object], batches: Iterable[Any]) -> Measured:
    with Workers(n_workers) as here, open_engine(engine, here) as chosen:
        begun = time.perf_counter()
        results = chosen.map_batches(function, batches)
        next(iter(results))
        until_first = time.perf_counter() - begun
        # All workers are up once each has done two.
        for _ in islice(results, 2 * n_workers):
            pass
        steady, cpu = time.perf_counter(), time.process_time()
        n_done = sum(1 for _ in results)
        seconds, cpu = time.perf_counter() - steady, time.process_time() - cpu
    return Measured(until_first, n_done / seconds, cpu / n_done)


def article_lines(n_articles: int) -> list[tuple[int, bytes]]:
    texts = [path.read_text(encoding="utf-8", errors="replace") for path in PAGES]
    return [
        (number, orjson.dumps({"doc_id": str(number), "text": texts[number % len(texts)]}))
        for number in range(n_articles)
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--batches", type=int, default=40)
    parser.add_argument("--articles", type=int, default=128, help="articles in a batch")
    parser.add_argument("--seconds", type=float, default=0.4, help="how long a batch that sleeps takes")
    arguments = parser.parse_args()
    lines = article_lines(arguments.articles)
    work: dict[str, tuple[Callable[[Any], object], Any]] = {
        f"sleeping {arguments.seconds} s": (time.sleep, arguments.seconds),
        f"{len(lines)} articles": (partial(extract_batch, as_is=True, html_mode="fast"), lines),
    }
    print("work           engine     workers  first result  batches/s  two against one  own CPU a batch")
    for name, (function, batch) in work.items():
        for engine in ("processes", "ray"):
            one = 0.0
            for n_workers in (1, 2):
                found = measured(engine, n_workers, function, repeat(batch, arguments.batches))
                one = one or found.a_second
                ratio = f"{found.a_second / one:.2f} ×" if n_workers == 2 else ""
                print(
                    f"{name:14} {engine:10} {n_workers:7}  {found.until_first:10.1f} s  {found.a_second:9.2f}  "
                    f"{ratio:>15}  {1000 * found.own_cpu:12.0f} ms",
                    flush=True,
                )


if __name__ == "__main__":
    main()

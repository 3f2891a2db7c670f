"""How much faster two workers are than one: processes of this machine, and a Ray cluster on it.

    python -m benchmarks.cluster [--batches 40] [--articles 128] [--seconds 0.4] [--rounds 1]

Each engine does batches that sleep, which shows what the engine itself costs, and batches of articles (pages of the sample corpus,
from text to names and quotations), which also shows what the cores of this machine give. Prints the seconds until the first
result, batches a second from then on, and the CPU that a batch takes of a worker and of the process that hands it out. With
several rounds all are measured in turn, and the fastest round of each counts: on a busy machine one tells little.
"""

import argparse
import time
from collections.abc import Callable
from functools import partial
from itertools import islice, repeat
from typing import Any, NamedTuple

import orjson

from orchestration.cli.lines.extract import extract_batch
from pipeline.engines.choose import RAY, THIS_MACHINE, open_engine
from pipeline.project import ROOT
from pipeline.workers import Workers

PAGES = sorted((ROOT / "seeds" / "articles").rglob("*.txt"))
CONFIGURATIONS = [(engine, n_workers) for engine in (THIS_MACHINE, RAY) for n_workers in (1, 2)]


class Measured(NamedTuple):
    a_second: float
    until_first: float
    worker_cpu: float
    own_cpu: float


def timed(batch: object, function: Callable[[Any], object]) -> tuple[float, object]:
    """The CPU seconds of a batch, and its result, which travels back as it does in a run."""
    before = time.process_time()
    result = function(batch)
    return time.process_time() - before, result


def measured(engine: str, n_workers: int, function: Callable[[Any], object], batch: object, n_batches: int) -> Measured:
    # Other machines know this file by its name, and not as what was started here.
    from benchmarks.cluster import timed

    with Workers(n_workers) as here, open_engine(engine, here) as chosen:
        begun = time.perf_counter()
        results = chosen.map_batches(partial(timed, function=function), repeat(batch, n_batches))
        next(results)
        until_first = time.perf_counter() - begun
        # All workers are up once each has done two.
        for _ in islice(results, 2 * n_workers):
            pass
        steady, own = time.perf_counter(), time.process_time()
        cpu = [seconds for seconds, _ in results]
        seconds, own = time.perf_counter() - steady, time.process_time() - own
    worker_cpu = sum(cpu) / len(cpu)
    in_here = engine == THIS_MACHINE and n_workers == 1
    return Measured(len(cpu) / seconds, until_first, worker_cpu, own / len(cpu) - (worker_cpu if in_here else 0))


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
    parser.add_argument("--rounds", type=int, default=1)
    arguments = parser.parse_args()
    lines = article_lines(arguments.articles)
    work: dict[str, tuple[Callable[[Any], object], object]] = {
        f"sleeping {arguments.seconds} s": (time.sleep, arguments.seconds),
        f"{len(lines)} articles": (partial(extract_batch, as_is=True, html_mode="fast"), lines),
    }
    print("work           engine     workers  batches/s  two to one  first result  worker CPU  own CPU")
    for name, (function, batch) in work.items():
        best: dict[tuple[str, int], Measured] = {}
        for _ in range(arguments.rounds):
            for engine, n_workers in CONFIGURATIONS:
                found = measured(engine, n_workers, function, batch, arguments.batches)
                best[engine, n_workers] = max(found, best.get((engine, n_workers), found))
        for (engine, n_workers), found in best.items():
            ratio = f"{found.a_second / best[engine, 1].a_second:.2f} ×" if n_workers == 2 else ""
            print(
                f"{name:14} {engine:10} {n_workers:7}  {found.a_second:9.2f}  {ratio:>10}  {found.until_first:10.1f} s"
                f"  {1000 * found.worker_cpu:7.0f} ms  {1000 * found.own_cpu:4.0f} ms",
                flush=True,
            )


if __name__ == "__main__":
    main()

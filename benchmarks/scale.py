"""How the whole job grows: N articles from raw text to the published warehouse, then a hundred more.

    python -m benchmarks.scale 5000 20000 [--shared ../shared] [--work FOLDER]

For each N a corpus is made, run into a new data folder, and a hundred articles more are added. Prints by step: wall
seconds, CPU seconds, the share of them in other processes than the run's own, and the most memory that all processes
together and any one of them held (resident, GB). Then articles a CPU second, and the exponent with which the CPU time
grows from the smallest N to the largest. Needs Linux (it reads /proc) and the generator ``perf/make_corpus.py``.
"""

import argparse
import math
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.instance import open_instance
from pipeline.project import ROOT
from pipeline.settings import load_settings

MORE = 100
SAMPLING_SECONDS = 0.2
TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")
PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")
VERBATIM = Path(sys.executable).with_name("verbatim")


@dataclass
class Usage:
    """What a stretch of time cost: seconds, and bytes at most."""

    wall: float = 0.0
    own: float = 0.0
    others: float = 0.0
    together: int = 0
    largest: int = 0

    @property
    def cpu(self) -> float:
        return self.own + self.others


@dataclass
class Sampler:
    """Watches a process and its descendants, or it alone: (time, {process: (CPU seconds, resident bytes)})."""

    root: int
    own_only: bool = False
    samples: list[tuple[float, dict[int, tuple[float, int]]]] = field(default_factory=list)
    ended: threading.Event = field(default_factory=threading.Event)

    def watch(self) -> None:
        while not self.ended.is_set():
            seen = dict(processes(self.root))
            self.samples.append((time.time(), {self.root: seen[self.root]} if self.own_only else seen))
            self.ended.wait(SAMPLING_SECONDS)

    def between(self, start: float, end: float) -> Usage:
        usage = Usage(wall=end - start)
        before: dict[int, float] = {}
        for when, seen in self.samples:
            if when > end:
                break
            for process, (cpu, resident) in seen.items():
                if when >= start:
                    spent = cpu - before.get(process, 0.0)
                    if process == self.root:
                        usage.own += spent
                    else:
                        usage.others += spent
                    usage.largest = max(usage.largest, resident)
                before[process] = cpu
            if when >= start:
                usage.together = max(usage.together, sum(resident for _, resident in seen.values()))
        return usage


def processes(root: int) -> Iterator[tuple[int, tuple[float, int]]]:
    """CPU seconds and resident bytes of a process and of all below it."""
    children = defaultdict(list)
    found = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
            except OSError:  # it has ended meanwhile
                continue
            found[int(folder.name)] = (
                (int(fields[11]) + int(fields[12])) / TICKS_PER_SECOND,
                int(fields[21]) * PAGE_BYTES,
            )
            children[int(fields[1])].append(int(folder.name))
    below = [root]
    while below:
        process = below.pop()
        if process in found:
            yield process, found[process]
        below += children[process]


def measured_run(corpus: Path, data: Path) -> tuple[Usage, dict[str, Usage]]:
    """One run as a user starts it: the whole of it, and each of its steps."""
    start = time.time()
    with subprocess.Popen(
        [str(VERBATIM), "run", str(corpus), "--data", str(data)], stdout=subprocess.DEVNULL, cwd=ROOT
    ) as run:
        sampler = Sampler(run.pid)
        thread = threading.Thread(target=sampler.watch)
        thread.start()
        status = run.wait()
        sampler.ended.set()
        thread.join()
    if status:
        raise SystemExit(f"the run on {corpus} ended with {status}")
    whole = sampler.between(start, time.time())
    with open_instance(load_settings(data)) as instance:
        stats = instance.get_run_step_stats(instance.get_runs(limit=1)[0].run_id)
    steps = {
        step.step_key: sampler.between(step.start_time, step.end_time)
        for step in sorted(stats, key=lambda step: step.start_time or 0)
        if step.start_time is not None and step.end_time is not None
    }
    return whole, steps


def make_corpus(maker: Path, n: int, folder: Path, *, seed: int = 1, first: int = 0) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"articles-{first}.jsonl").open("wb") as out:
        subprocess.run([sys.executable, str(maker), str(n), str(seed), str(first)], stdout=out, check=True)
    return folder


def show(name: str, n: int, whole: Usage, steps: dict[str, Usage]) -> None:
    print(f"\n{name}: {whole.wall:.1f} s, {whole.cpu:.1f} CPU s, {n / whole.cpu:.1f} articles a CPU second")
    print(f"  {'step':28} {'wall s':>8} {'CPU s':>8} {'workers':>8} {'GB all':>7} {'GB one':>7}")
    rest = Usage(whole.wall, whole.own, whole.others, whole.together, whole.largest)
    for step, usage in steps.items():
        rest.wall, rest.own, rest.others = rest.wall - usage.wall, rest.own - usage.own, rest.others - usage.others
        if usage.wall >= 0.05:
            show_line(step, usage)
    show_line("start, stop, between", rest)
    show_line("all", whole)


def show_line(name: str, usage: Usage) -> None:
    share = usage.others / usage.cpu if usage.cpu > 0.05 else 0.0
    print(
        f"  {name[:28]:28} {usage.wall:8.1f} {usage.cpu:8.1f} {share:8.0%} {usage.together / 1e9:7.2f} {usage.largest / 1e9:7.2f}",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", type=int, nargs="*", default=[5000, 20000])
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--work", type=Path, help="where corpora and data are kept; a temporary folder by default")
    given = parser.parse_args()
    work = given.work or Path(tempfile.mkdtemp(prefix="verbatim-scale-"))
    maker = (given.shared / "perf" / "make_corpus.py").resolve()
    cost = {}
    try:
        for n in sorted(given.sizes):
            corpus, data = make_corpus(maker, n, work / f"corpus-{n}"), work / f"data-{n}"
            shutil.rmtree(data, ignore_errors=True)
            whole, steps = measured_run(corpus, data)
            cost[n] = whole.cpu
            show(f"{n} articles", n, whole, steps)
            more = make_corpus(maker, MORE, work / f"more-{n}", seed=2, first=n)
            show(f"{MORE} more on {n}", MORE, *measured_run(more, data))
    finally:
        if given.work is None:
            shutil.rmtree(work)
    if len(cost) > 1:
        small, large = min(cost), max(cost)
        exponent = math.log(cost[large] / cost[small]) / math.log(large / small)
        per_article = cost[large] / large / (cost[small] / small)
        print(
            f"\nCPU time grows with the exponent {exponent:.2f}; an article costs {per_article:.2f} times as much at {large} as at {small}"
        )


if __name__ == "__main__":
    main()

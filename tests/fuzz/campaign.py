"""Batches of inputs one after another, what they gave, and for each failure the input that causes it."""

import argparse
import faulthandler
import json
import signal
import time
import traceback
from base64 import b64decode, b64encode
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any

from numba import config

from tests.fuzz import extraction, readers

KINDS: dict[str, ModuleType] = {"readers": readers, "extraction": extraction}

COMPILING_SECONDS = 1200
"""Processor time that the first batch may take beyond the others: all code is compiled for it where none is kept."""


def run_campaign(what: str, asked: argparse.Namespace) -> int:
    """Runs a part of a campaign; 0 where nothing broke. The input at work is kept in ``asked.save`` until it is done, so that
    an input that ends the process, or never ends itself, is there afterwards, too.
    """
    assert config.BOUNDSCHECK, "bounds are not checked: NUMBA_BOUNDSCHECK must be set before numba is imported"
    kind = KINDS[what]
    asked.save.mkdir(parents=True, exist_ok=True)
    # A batch that takes too long ends the process with a look at what it was doing, compiled or not.
    faulthandler.register(signal.SIGPROF, chain=True)
    part, parts = asked.part or 0, asked.processes
    found: Counter[str] = Counter()
    failures, n_inputs, began = 0, 0, time.monotonic()
    for batch_no, first in enumerate(range(asked.first, asked.first + asked.count, kind.BATCH)):
        if batch_no % parts != part:
            continue
        numbers = range(first, min(first + kind.BATCH, asked.first + asked.count))
        batch = kind.make_batch(asked.seed, numbers)
        at_work = asked.save / f"{what}-{asked.seed}-{first}-at-work.json"
        at_work.write_text(packed(batch))
        signal.setitimer(signal.ITIMER_PROF, asked.seconds + (0 if n_inputs else COMPILING_SECONDS))
        try:
            found.update(kind.run(batch))
        except Exception:  # noqa: BLE001 - whatever it is, it is what is looked for
            failures += 1
            signal.setitimer(signal.ITIMER_PROF, 0)
            report(what, asked, numbers, batch, traceback.format_exc())
        signal.setitimer(signal.ITIMER_PROF, 0)
        at_work.unlink()
        n_inputs += len(numbers)
        if failures and not asked.keep_going:
            break
        if n_inputs % (kind.BATCH * 100) == 0:
            print(f"{what}: {n_inputs} inputs, {failures} failures, {time.monotonic() - began:.0f} s", flush=True)
    of_part = f" (part {part + 1} of {parts})" if parts > 1 else ""
    listed = ", ".join(f"{n} {name}" for name, n in sorted(found.items()))
    print(
        f"{what}{of_part}: seed {asked.seed}, {n_inputs} inputs, {failures} failures, {time.monotonic() - began:.0f} s; {listed}",
        flush=True,
    )
    return int(failures > 0)


def report(what: str, asked: argparse.Namespace, numbers: range, batch: list[Any], error: str) -> None:
    """Save the batch that broke, and each of its inputs that breaks alone, and say how to make it again."""
    kind = KINDS[what]
    path = asked.save / f"{what}-{asked.seed}-{numbers[0]}.json"
    path.write_text(packed(batch))
    print("\n".join(line[:300] for line in error.splitlines()))
    print(f"{what}: seed {asked.seed}, inputs {numbers[0]} to {numbers[-1]} together; saved as {path}", flush=True)
    for number, item in zip(numbers, batch, strict=True):
        try:
            kind.run([item])
        except Exception:  # noqa: BLE001 - as above
            alone = asked.save / f"{what}-{asked.seed}-{number}-alone.json"
            alone.write_text(packed([item]))
            print(f"{what}: seed {asked.seed}, input {number} breaks alone; saved as {alone}", flush=True)


def packed(batch: list[Any]) -> str:
    """A batch as JSON; bytes as base64."""
    return json.dumps(
        [[{"base64": b64encode(x).decode()} if isinstance(x, bytes) else x for x in item] for item in batch]
    )


def unpacked(path: Path) -> list[Any]:
    """A saved batch, to be given to ``run`` again."""
    items = json.loads(path.read_text())
    return [tuple(b64decode(x["base64"]) if isinstance(x, dict) else x for x in item) for item in items]

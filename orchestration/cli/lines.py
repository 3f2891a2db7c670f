"""The lines of the filter, in batches. Whoever hands them out loads nothing of what extracts: that takes a second, and the workers do it."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

import orjson

from orchestration.cli.given import read_line
from pipeline.engines.choose import Engine
from pipeline.engines.losses import Apart, in_halves
from pipeline.settings import HtmlMode

BATCH = 64


def extract_lines(lines: Iterable[bytes], as_is: bool, html_mode: HtmlMode, engine: Engine) -> Iterator[bytes]:
    """One line out for each line in, in the same order; a line that cannot be used gives one with ``error``."""
    function = partial(answers, as_is=as_is, html_mode=html_mode)
    for results in engine.map_batches(function, batches(lines), Apart(in_halves, crashed)):
        yield from results


def crashed(lines: Sequence[tuple[int, bytes]]) -> list[bytes]:
    """In place of the answer to a line that ends every process that works on it."""
    ((number, line),) = lines
    error = (
        f"line {number}: it ended each process that worked on it, also with nothing beside it; memory may have run out"
    )
    return [orjson.dumps({"doc_id": read_line(number, line).get("doc_id"), "error": error})]


def batches(lines: Iterable[bytes]) -> Iterator[Sequence[tuple[int, bytes]]]:
    batch: list[tuple[int, bytes]] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        batch.append((number, line))
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def answers(lines: Sequence[tuple[int, bytes]], as_is: bool, html_mode: HtmlMode) -> list[bytes]:
    """The answers to a batch, in the process that works on it."""
    from orchestration.cli.extract import extract_batch

    return extract_batch(lines, as_is, html_mode)

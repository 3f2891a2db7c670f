"""The engine that the settings name. A step never sees which it is."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from importlib.metadata import PackageNotFoundError, version
from typing import Protocol, TypeVar

from pipeline.engines.refusal import EngineError
from pipeline.workers import Workers

Batch = TypeVar("Batch")
Result = TypeVar("Result")

THIS_MACHINE = "processes"
RAY = "ray"


class Engine(Protocol):
    """Runs a plain function over batches and gives the results in their order."""

    def map_batches(self, function: Callable[[Batch], Result], batches: Iterable[Batch]) -> Iterator[Result]: ...


def open_engine(engine: str, here: Workers) -> AbstractContextManager[Engine]:
    """The engine of this name: ``processes``, ``ray`` or ``ray:HOST:PORT``. Raises :class:`EngineError`."""
    name, _, address = engine.partition(":")
    if name == THIS_MACHINE:
        return nullcontext(here)
    try:
        version(RAY)
    except PackageNotFoundError as error:
        raise EngineError(
            f'engine = "{engine}" in verbatim.toml needs Ray, which is not installed: pip install "verbatim[ray]"'
        ) from error
    from pipeline.engines.cluster import Cluster

    return Cluster(address, here)

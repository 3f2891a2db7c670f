"""The engine that the settings name. A step never sees which it is."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from importlib.metadata import PackageNotFoundError, version
from typing import Protocol, TypeVar

from pipeline.engines.losses import Apart
from pipeline.engines.refusal import EngineError
from pipeline.workers import Workers

Batch = TypeVar("Batch")
Result = TypeVar("Result")

THIS_MACHINE = "processes"
RAY = "ray"


class Engine(Protocol):
    """Runs a plain function over batches and gives the results in their order."""

    def map_batches(
        self,
        function: Callable[[Batch], Result],
        batches: Iterable[Batch],
        apart: Apart[Batch, Result] | None = None,
    ) -> Iterator[Result]:
        """``apart`` says how to find, and what to say of, an item that ends every worker; without it, that is an error."""
        ...


def open_engine(engine: str, here: Workers) -> AbstractContextManager[Engine]:
    """The engine of this name: ``processes``, ``ray`` or ``ray:HOST:PORT``. Raises :class:`EngineError`."""
    check_engine(engine)
    if engine == THIS_MACHINE:
        return nullcontext(here)
    from pipeline.engines.cluster import Cluster

    return Cluster(engine.partition(":")[2], here)


def check_engine(engine: str) -> None:
    """Raise :class:`EngineError` where what the engine needs is not installed."""
    if engine == THIS_MACHINE:
        return
    try:
        version(RAY)
    except PackageNotFoundError as error:
        raise EngineError(
            f'engine = "{engine}" in verbatim.toml needs Ray, which is not installed: pip install "verbatim[ray]"'
        ) from error

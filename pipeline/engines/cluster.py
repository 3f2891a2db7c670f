"""The one file that knows Ray: batches done by the CPUs of a cluster. Imported only when the settings ask for it."""

import logging
import os
import pickle
import secrets
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import chain, islice
from typing import Any, Self, TypeVar

from pipeline.engines.losses import TRIES, Apart, InOrder, WorkerLostError

# What Ray reads when it is imported: it tells nobody of its use, ships no code (a copy at a new place would be compiled
# anew by every process), does not warn of a default of the future, gives a batch for which memory ran out to no more machines
# than any other (for ever, if not told), and tries an address for a minute and not for ten.
os.environ.update(
    RAY_USAGE_STATS_ENABLED="0",
    RAY_ENABLE_UV_RUN_RUNTIME_ENV="0",
    RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO="0",
    RAY_task_oom_retries=str(TRIES - 1),
)
os.environ.setdefault("RAY_NUM_REDIS_GET_RETRIES", "1")

import ray
import ray._private.worker as ray_worker
from ray.exceptions import (
    LocalRayletDiedError,
    NodeDiedError,
    ObjectLostError,
    OutOfMemoryError,
    RayError,
    RayTaskError,
    WorkerCrashedError,
)

from pipeline.engines.node import difference, installed, lists_here
from pipeline.engines.refusal import EngineError
from pipeline.workers import BATCHES_WORTH_A_POOL, ONE_THREAD, Workers

Batch = TypeVar("Batch")
Result = TypeVar("Result")

LOST = (WorkerCrashedError, OutOfMemoryError, NodeDiedError, LocalRayletDiedError, ObjectLostError)
"""What Ray says where whoever had a batch, or its result, is gone."""

REACH_SECONDS = 10
LOOK_SECONDS = 10
LET_GO_SECONDS = 5
PATIENCE_SECONDS = 600
"""How long a cluster may be without any CPU before we give up: one that grows on demand starts with none."""


class Cluster:
    """A Ray cluster, joined with the first work that is worth it and left at the end.

    ``address`` is HOST:PORT; empty means the cluster that this machine belongs to, else a new one of this machine with as
    many CPUs as there are ``here`` workers, which ends with the run.
    """

    def __init__(self, address: str, here: Workers) -> None:
        self._address = address
        self._here = here
        self._joined = False
        self._ours = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        if self._ours:
            ray.shutdown()
        self._joined = self._ours = False

    def map_batches(
        self,
        function: Callable[[Batch], Result],
        batches: Iterable[Batch],
        apart: Apart[Batch, Result] | None = None,
    ) -> Iterator[Result]:
        """Results in the order of the batches; what a killed worker or machine had is done again by another.

        ``function`` must be picklable and keep no state. At most two batches per CPU of the cluster are in flight, as many
        CPUs as it has by then, so that memory is bounded and a cluster that grows is used.
        """
        remaining = iter(batches)
        first = list(islice(remaining, BATCHES_WORTH_A_POOL))
        if not self._joined and len(first) < BATCHES_WORTH_A_POOL:
            yield from self._here.map_batches(function, first, apart)
            return
        self._join()
        yield from InOrder(_Machines(function), apart).results(chain(first, remaining))

    def _join(self) -> None:
        if self._joined:
            return
        if not ray.is_initialized():
            join(self._address, self._here.count)
            self._ours = True
        self._joined = True


def join(address: str, n_cpus: int) -> None:
    """Join the cluster at this address; without one, the cluster of this machine, else a new one. Raises :class:`EngineError`."""
    where = f"the Ray cluster at {address}" if address else "the Ray cluster of this machine"
    try:
        if address:
            _reach(address)
        _start(address=address or "auto")
    except (RayError, RuntimeError, ValueError, OSError) as error:
        told = f"{error} {error.__cause__ or ''}"
        if not address and "Could not find any running Ray" in told:
            # Ray would keep a token in the home folder; one that nobody knows does for a cluster that ends with the run.
            os.environ.setdefault("RAY_AUTH_TOKEN", secrets.token_hex(32))
            _start(address="local", num_cpus=n_cpus, include_dashboard=False)
        elif "Authentication" in told:
            raise EngineError(
                f"{where} does not take the token of this process, or it has none: set RAY_AUTH_MODE=token and "
                "RAY_AUTH_TOKEN as on the machines of the cluster"
            ) from error
        else:
            raise EngineError(
                f"{where} cannot be joined ({_first_line(error)}): start it, and on this machine too "
                "`ray start --address HOST:PORT --num-cpus 0`"
            ) from error


def _reach(address: str) -> None:
    """Raise ``OSError`` where nobody listens: Ray would try for minutes."""
    host, _, port = address.rpartition(":")
    socket.create_connection((host.strip("[]"), int(port)), timeout=REACH_SECONDS).close()


def _tell(data: dict[str, Any], ignore_prefix: bool) -> None:
    """Say what Ray tells of its machines, such as that a lost batch is done again."""
    for line in data["lines"]:
        print(f"ray: {line}", file=sys.stderr)


# Ray itself would print it among our output, which a program may read, and offers no setting for that.
ray_worker.print_to_stdstream = _tell


def _start(**how: Any) -> None:
    # What a worker prints belongs to its machine's logs: our own output may be read by a program.
    on_termination = signal.getsignal(signal.SIGTERM)
    ray.init(log_to_driver=False, logging_level=logging.ERROR, **how)
    if threading.current_thread() is threading.main_thread():
        # Ray takes the signal by which Dagster is told to end a run.
        signal.signal(signal.SIGTERM, on_termination)


class _Machines:
    """The CPUs of the cluster as a crew for one function."""

    def __init__(self, function: Callable[[Any], object]) -> None:
        self._needed = installed()
        self._order = ray.put((self._needed, lists_here(), pickle.dumps(function)))
        self._do = _task()

    def room(self) -> int:
        return 2 * max(_n_cpus(), 1)

    def give(self, batch: object, alone: bool) -> Any:
        return self._do.options(max_retries=0 if alone else TRIES - 1).remote(self._order, pickle.dumps(batch))

    def result(self, given: Any) -> Any:
        _wait(given)
        try:
            there, result = ray.get(given)
        except RayTaskError as error:
            if not isinstance(error.cause, Exception):
                raise EngineError(f"a machine of the cluster failed: {_first_line(error)}") from error
            error.cause.add_note(str(error))
            raise error.cause from None
        except LOST as error:
            raise WorkerLostError from error
        except RayError as error:
            raise EngineError(
                f"the cluster could not do a batch ({type(error).__name__}: {_first_line(error)})"
            ) from error
        if there != self._needed:
            raise EngineError(
                f"a machine of the Ray cluster has {difference(self._needed, there)}; install the same there as here, "
                "from one lock"
            )
        return result

    def finish(self, given: Sequence[Any]) -> None:
        for reference in given:
            _wait(reference)

    def cancel(self, given: Sequence[Any]) -> None:
        """Let them end, for a moment: nobody takes what they give, and what is not done then ends with this process.

        ``ray.cancel`` of a batch that is finished just then ends this process by a failed check (ray-project/ray#54798,
        still so in 2.60), and with it what it had to say of an error.
        """
        if given and ray.is_initialized():
            with suppress(RayError):  # Where the cluster itself is gone, nothing is in flight.
                ray.wait(list(given), num_returns=len(given), timeout=LET_GO_SECONDS, fetch_local=False)


def _task() -> Any:
    """What a node does with a batch; it comes to it as it is here, so that a node without Verbatim can say so."""

    def do(order: tuple[dict[str, str], dict[str, bytes], bytes], batch: bytes) -> tuple[dict[str, str], object]:
        needed, lists, function = order
        try:
            from pipeline.engines import node
        except ImportError:
            return {}, None
        node.use(lists)
        there = node.installed()
        return there, pickle.loads(function)(pickle.loads(batch)) if there == needed else None

    return ray.remote(num_cpus=1, retry_exceptions=False, runtime_env={"env_vars": ONE_THREAD})(do)


def _n_cpus() -> int:
    return int(ray.cluster_resources().get("CPU", 0))


def _wait(reference: Any) -> None:
    """Wait until the result is on this machine. ``ray.get`` of one that is still on its way may sleep for a whole second."""
    with_cpus = time.monotonic()
    while not ray.wait([reference], timeout=LOOK_SECONDS, fetch_local=True)[0]:
        if _n_cpus():
            with_cpus = time.monotonic()
        elif time.monotonic() - with_cpus > PATIENCE_SECONDS:
            raise EngineError(
                f"the Ray cluster has had no CPU for {PATIENCE_SECONDS} seconds; start machines that join it with "
                "`ray start --address HOST:PORT`"
            )


def _first_line(error: BaseException) -> str:
    return next((line.strip() for line in str(error).splitlines() if line.strip()), type(error).__name__)

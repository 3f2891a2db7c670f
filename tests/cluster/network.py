"""A Ray cluster on the loopback addresses of this machine: each node in processes of its own, so that it can be killed."""

import fcntl
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Self

from pipeline.project import ROOT

LOOPBACK = f"127.{os.getpid() >> 8 & 255}.{os.getpid() & 255}"
"""Addresses that no other process takes for a cluster of its own."""
HEAD, FIRST, SECOND, THIRD, FOURTH = (f"{LOOPBACK}.{number}" for number in range(2, 7))
OBJECT_STORE = str(200 << 20)
START_SECONDS = 300
RAY = Path(sys.executable).with_name("ray")

ENDS_WITH_WHO_STARTED_IT = 'exec 3<&0; (read -r line <&3; kill -KILL 0) & exec "$0" "$@" 3<&- </dev/null'
"""A node of a process that died would go on for ever: a shell of its group ends it when nobody holds the other end of its input."""


class Network:
    """A head without CPUs, where the driver joins, and nodes of one CPU each. They ask for a token."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.token = secrets.token_hex(16)
        self.address = f"{HEAD}:{free_port()}"
        self._nodes: dict[str, subprocess.Popen[bytes]] = {}

    @property
    def environment(self) -> dict[str, str]:
        """What a process needs that is to join."""
        return {"RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": self.token}

    @property
    def pids(self) -> list[int]:
        """The process of each node, above all others of that node."""
        return [process.pid for process in self._nodes.values()]

    def pid(self, node: str) -> int:
        return self._nodes[node].pid

    def start(self, *nodes: str, importing: str = str(ROOT)) -> Self:
        """Start these nodes, one after the other, whoever else starts some: two at once would try the same ports.

        ``importing`` are the folders that Python looks through first.
        """
        for node in nodes:
            with (Path(tempfile.gettempdir()) / "verbatim-ray-start.lock").open("w") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                self._start(node, importing)
        return self

    def _start(self, node: str, importing: str) -> None:
        where = ["--head", "--port", self.address.partition(":")[2]] if node == HEAD else ["--address", self.address]
        if node == HEAD:
            where += ["--include-dashboard", "false", "--temp-dir", str(self.folder)]
        log = (self.folder / f"{node}.log").open("wb")
        with log:
            self._nodes[node] = subprocess.Popen(
                ["sh", "-c", ENDS_WITH_WHO_STARTED_IT, str(RAY), "start", *where, "--node-ip-address", node, "--num-cpus", "0" if node == HEAD else "1",
                 "--object-store-memory", OBJECT_STORE, "--min-worker-port", "0", "--max-worker-port", "0",
                 "--disable-usage-stats", "--block"],
                cwd=ROOT, start_new_session=True, stdin=subprocess.PIPE, stdout=log, stderr=subprocess.STDOUT,
                env={**os.environ, **self.environment, "PYTHONPATH": importing, "RAY_ADDRESS": ""},
            )  # fmt: skip
        self._await(node)

    def kill(self, node: str) -> None:
        """End all processes of a node at once, as when its machine loses power."""
        process = self._nodes.pop(node)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def stop(self) -> None:
        for node in reversed(list(self._nodes)):
            self.kill(node)

    def _await(self, node: str) -> None:
        log, until = self.folder / f"{node}.log", time.monotonic() + START_SECONDS
        while b"Ray runtime started" not in log.read_bytes():
            assert self._nodes[node].poll() is None, log.read_text()
            assert time.monotonic() < until, log.read_text()
            time.sleep(0.2)


@contextmanager
def network(*nodes: str) -> Iterator[Network]:
    """A cluster of a head and these nodes, ended afterwards."""
    # Names of sockets must be short, so this is not below the folder of the tests.
    folder = Path(tempfile.mkdtemp(prefix="ray-"))
    made = Network(folder)
    try:
        yield made.start(HEAD, *nodes)
    finally:
        leave()
        made.stop()
        shutil.rmtree(folder, ignore_errors=True)


def leave() -> None:
    """Leave the cluster, if this process has joined it: Ray ends a process whose cluster has been gone for a minute."""
    if "ray" in sys.modules:
        sys.modules["ray"].shutdown()


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind((HEAD, 0))
        return int(probe.getsockname()[1])

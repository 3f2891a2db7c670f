"""A Ray cluster on the loopback addresses of this machine: each node in processes of its own, so that it can be killed."""

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

HEAD = "127.0.0.2"
OBJECT_STORE = str(200 << 20)
START_SECONDS = 300
RAY = Path(sys.executable).with_name("ray")


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
        """Start these nodes, one after the other: two at once would try the same ports.

        ``importing`` are the folders that Python looks through first.
        """
        for node in nodes:
            where = (
                ["--head", "--port", self.address.partition(":")[2]] if node == HEAD else ["--address", self.address]
            )
            if node == HEAD:
                where += ["--include-dashboard", "false", "--temp-dir", str(self.folder)]
            log = (self.folder / f"{node}.log").open("wb")
            with log:
                self._nodes[node] = subprocess.Popen(
                    [str(RAY), "start", *where, "--node-ip-address", node, "--num-cpus", "0" if node == HEAD else "1",
                     "--object-store-memory", OBJECT_STORE, "--min-worker-port", "0", "--max-worker-port", "0",
                     "--disable-usage-stats", "--block"],
                    cwd=ROOT, start_new_session=True, stdout=log, stderr=subprocess.STDOUT,
                    env={**os.environ, **self.environment, "PYTHONPATH": importing, "RAY_ADDRESS": ""},
                )  # fmt: skip
            self._await(node)
        return self

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
        made.stop()
        shutil.rmtree(folder, ignore_errors=True)


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind((HEAD, 0))
        return int(probe.getsockname()[1])

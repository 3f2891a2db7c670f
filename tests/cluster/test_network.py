"""Clusters of the tests: none outlives the process that started it, and no process that joined one outlives the cluster."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.project import ROOT

pytestmark = pytest.mark.ray

JOINED = """
import json, os
from tests.cluster.network import FIRST, network
with network(FIRST) as cluster:
    os.environ.update(cluster.environment)
    from pipeline.engines.cluster import join, ray
    join(cluster.address, 1)
    print(json.dumps(cluster.pids), flush=True)
    input()
print(ray.is_initialized())
"""
PATIENCE_SECONDS = 60


def start() -> tuple[subprocess.Popen[str], list[int]]:
    """A process that has started a cluster and joined it, and the nodes' processes."""
    process = subprocess.Popen(
        [sys.executable, "-c", JOINED], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    assert process.stdout is not None
    return process, json.loads(process.stdout.readline())


def all_end(pids: list[int]) -> bool:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        if not any((Path("/proc") / str(pid)).exists() for pid in pids):
            return True
        time.sleep(0.2)
    return False


def test_a_cluster_ends_with_who_started_it_however_that_ends() -> None:
    process, pids = start()
    with process:
        os.kill(process.pid, signal.SIGKILL)
    assert len(pids) == 2
    assert all_end(pids)


def test_who_has_joined_a_cluster_leaves_it_before_it_ends() -> None:
    process, pids = start()
    out, _ = process.communicate("\n", timeout=PATIENCE_SECONDS)
    assert (process.returncode, out) == (0, "False\n")
    assert all_end(pids)

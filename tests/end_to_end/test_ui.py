"""The real server: a run launched over GraphQL publishes while another process keeps reading."""

import json
import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.project import ROOT
from tests.running import SAMPLE, VERBATIM, know_sample_outlets, published, verbatim

LAUNCH = """
mutation {
  launchRun(executionParams: {mode: "default", runConfigData: {}, selector: {
    repositoryName: "__repository__", repositoryLocationName: "verbatim", jobName: "main"}}) {
    __typename
    ... on LaunchRunSuccess { run { runId } }
    ... on PythonError { message }
  }
}
"""
STATUS = "query($id: ID!) { runOrError(runId: $id) { ... on Run { status } } }"
ENDED = {"SUCCESS", "FAILURE", "CANCELED"}
PATIENCE = 240


@pytest.fixture
def data(tmp_path: Path) -> Path:
    inbox = tmp_path / "data" / "inbox"
    shutil.copytree(SAMPLE / "strike", inbox / "strike")
    know_sample_outlets(tmp_path / "data")
    assert verbatim("run", data=tmp_path / "data").returncode == 0
    shutil.copytree(SAMPLE / "recount", inbox / "recount")
    return tmp_path / "data"


@pytest.fixture
def server(data: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [str(VERBATIM), "ui", "--port", str(port), "--data", str(data)],
        cwd=ROOT,
        env={**os.environ, "VERBATIM_DATA": "/nowhere"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=60)


def ask(server: str, query: str, **variables: str) -> dict[str, Any]:
    body = json.dumps({"query": query, "variables": variables}).encode()
    request = urllib.request.Request(f"{server}/graphql", body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer)["data"]


def wait_for(server: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            urllib.request.urlopen(f"{server}/server_info", timeout=5).close()
            return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.5)


def test_a_run_launched_in_the_ui_publishes_while_readers_read(data: Path, server: str) -> None:
    first = published(data, "SELECT count(*) AS n FROM core.articles")["n"][0]
    wait_for(server)
    launched = ask(server, LAUNCH)["launchRun"]
    assert launched["__typename"] == "LaunchRunSuccess", launched
    run_id = launched["run"]["runId"]

    seen, status, deadline = [first], None, time.monotonic() + PATIENCE
    while status not in ENDED and time.monotonic() < deadline:
        status = ask(server, STATUS, id=run_id)["runOrError"]["status"]
        answer = verbatim("sql", "SELECT count(*) AS n FROM core.articles", "--format", "csv", data=data)
        assert answer.returncode == 0, answer.stderr
        seen.append(int(answer.stdout.splitlines()[1]))
    assert status == "SUCCESS"

    last = published(data, "SELECT count(*) AS n FROM core.articles")["n"][0]
    assert last > first
    assert set(seen) <= {first, last}
    assert seen == sorted(seen)

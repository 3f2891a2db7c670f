"""Dagster's history in PostgreSQL beside a lake: by the setting, and for a Dagster of one's own as docs/lake.md has it."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path

import dagster as dg
import pytest

from orchestration.cli.past_runs import past_runs
from pipeline.instance import KILLED_TAG, open_instance
from pipeline.project import ROOT
from pipeline.settings import DATA_VARIABLE, Settings, load_settings
from tests.lake.conftest import MakeLake, data_folder
from tests.lake.servers import Server, free_port, in_postgres, settings_text
from tests.running import published, verbatim

pytestmark = pytest.mark.skipif(find_spec("dagster_postgres") is None, reason="needs dagster-postgres")

START_SECONDS, RUN_SECONDS = 300, 900
JOB = ["job", "execute", "-m", "orchestration.code_location", "-j", "main"]
STARTED = dg.RunsFilter(statuses=[dg.DagsterRunStatus.STARTED])


def instance_as_documented(home: Path) -> dg.DagsterInstance:
    document = (ROOT / "docs" / "lake.md").read_text(encoding="utf-8")
    (configuration,) = re.findall(r"```yaml\n(storage:\n.*?)```", document, re.DOTALL)
    assert f"DAGSTER_HOME=/etc/dagster VERBATIM_DATA=/srv/news dagster {' '.join(JOB)}\n" in document
    home.mkdir()
    (home / "dagster.yaml").write_text(configuration, encoding="utf-8")
    return dg.DagsterInstance.from_config(str(home))


def start(data: Path, home: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [str(Path(sys.executable).with_name("dagster")), *JOB],
        env={**os.environ, "DAGSTER_HOME": str(home), DATA_VARIABLE: str(data)},
        cwd=ROOT, start_new_session=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip


def kill_once_started(run: subprocess.Popen[str], instance: dg.DagsterInstance) -> None:
    until = time.monotonic() + START_SECONDS
    try:
        while not instance.get_runs(STARTED):
            assert run.poll() is None, run.communicate()
            assert time.monotonic() < until
            time.sleep(0.2)
    finally:
        os.killpg(run.pid, signal.SIGKILL)
        run.communicate()


def test_runs_are_kept_there_and_one_that_was_killed_is_known_as_such(
    on_servers: MakeLake, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = data_folder(tmp_path / "data", settings_text(on_servers()))
    shutil.copytree(corpus, data / "inbox")
    monkeypatch.setenv("PGPASSWORD", "asked of nobody")
    in_postgres("CREATE DATABASE dagster")
    with instance_as_documented(tmp_path / "home") as instance:
        kill_once_started(start(data, tmp_path / "home"), instance)
        with start(data, tmp_path / "home") as run:
            try:
                printed, _ = run.communicate(timeout=RUN_SECONDS)
            finally:
                run.kill()
        assert run.returncode == 0, printed
        second, first = instance.get_runs()
        assert (first.status, first.tags.get(KILLED_TAG)) == (dg.DagsterRunStatus.FAILURE, "true")
        assert second.status == dg.DagsterRunStatus.SUCCESS
        articles = instance.get_latest_materialization_event(dg.AssetKey(["core", "articles"]))
        assert articles is not None
        assert articles.run_id == second.run_id
    assert published(data, "SELECT count(*) AS n FROM core.articles")["n"].item() > 0
    assert not (data / "dagster" / "history").exists()


@dg.asset
def paper() -> None:
    """What a run makes."""


@pytest.fixture
def settings(in_files: MakeLake, tmp_path: Path) -> Settings:
    folder = data_folder(tmp_path / "data", settings_text(in_files()) + 'history = "postgres:dbname=history"\n')
    return load_settings(folder)


@pytest.mark.usefixtures("postgres")
def test_the_setting_keeps_runs_there_for_everybody_who_opens_the_folder(settings: Settings) -> None:
    in_postgres("CREATE DATABASE history")
    assert past_runs(settings, 5) == []
    with open_instance(settings) as instance:
        runs = [dg.materialize([paper], instance=instance).run_id for _ in range(2)]
        assert instance.get_latest_materialization_event(paper.key) is not None
    assert [(past.run_id, past.status) for past in past_runs(settings, 5)] == [
        (run, "SUCCESS") for run in reversed(runs)
    ]
    assert not (settings.dagster_home / "history").exists()
    assert "✓ history       postgres:dbname=history" in verbatim("doctor", data=settings.data_dir).stdout


def test_a_server_that_cannot_be_reached_is_named_in_one_line(
    settings: Settings, postgres: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    (settings.data_dir / "inbox").mkdir()
    (settings.data_dir / "inbox" / "a.txt").write_text("The ferry stays in the harbour.\n", encoding="utf-8")
    monkeypatch.setenv("PGPORT", str(free_port()))
    done = verbatim("run", data=settings.data_dir)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1), done.stderr
    assert "Dagster's history postgres:dbname=history cannot be reached (connection to server" in done.stderr

"""The schedule and the sensor start the same job, and the sensor one run for however many new files."""

from pathlib import Path

import dagster as dg
import pytest

from orchestration.jobs import MAIN_JOB
from orchestration.schedules import daily
from orchestration.sensors import inbox


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VERBATIM_DATA", str(tmp_path))
    (tmp_path / "inbox").mkdir()
    return tmp_path / "inbox"


def look(cursor: str | None = None) -> dg.SensorResult:
    with dg.DagsterInstance.ephemeral() as instance:
        result = inbox(dg.build_sensor_context(instance=instance, cursor=cursor))
    assert isinstance(result, dg.SensorResult)
    return result


def settled(cursor: str | None = None) -> dg.SensorResult:
    """Two looks with nothing changing between."""
    return look(look(cursor).cursor)


def test_an_empty_or_missing_inbox_starts_nothing(folder: Path) -> None:
    assert not settled().run_requests
    folder.rmdir()
    assert not settled().run_requests


def test_a_thousand_new_files_start_one_run_and_are_named_to_it(folder: Path) -> None:
    for number in range(1000):
        (folder / f"{number}.txt").write_text(f"Story {number} of the day, with some words.")
    (request,) = settled().run_requests
    labels = request.run_config["ops"]["documents"]["config"]["only"]
    assert sorted(labels) == sorted(f"inbox/{number}.txt" for number in range(1000))
    assert request.tags["verbatim/files"] == "1000"
    assert request.tags["verbatim/started_by"] == "inbox"


def test_files_still_arriving_are_waited_for(folder: Path) -> None:
    (folder / "a.txt").write_text("The first half of a sto")
    first = look()
    (folder / "a.txt").write_text("The first half of a story and the second.")
    second = look(first.cursor)
    assert not first.run_requests
    assert not second.run_requests
    assert len(look(second.cursor).run_requests) == 1


def test_the_run_key_depends_on_the_files_only(folder: Path) -> None:
    (folder / "a.txt").write_text("A story.")
    assert settled().run_requests[0].run_key == settled().run_requests[0].run_key


def test_the_daily_schedule_asks_for_the_main_job_on_the_inbox() -> None:
    with dg.DagsterInstance.ephemeral() as instance:
        tick = daily.evaluate_tick(dg.build_schedule_context(instance=instance))
    assert [request.run_config for request in tick.run_requests] == [{}]
    assert daily.job_name == inbox.job_name == MAIN_JOB
    assert daily.default_status == dg.DefaultScheduleStatus.STOPPED
    assert inbox.default_status == dg.DefaultSensorStatus.STOPPED

"""The inbox sensor in Dagster's own daemon: settled files are read while others arrive, failed ones are asked for again."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import dagster as dg
import pytest
import sqlalchemy

from orchestration.inbox import ATTEMPTS, Asked, Failed, InboxState
from pipeline.warehouse import sole_writer
from tests.orchestration.newsdesk import MIDNIGHT, Desk, newsdesk


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setenv("VERBATIM_DATA", str(tmp_path / "data"))
    with without_waiting_for_the_disk(), newsdesk() as opened:
        yield opened


@contextmanager
def without_waiting_for_the_disk() -> Iterator[None]:
    """A day of looks is thousands of small transactions of Dagster's."""

    def let_go(connection: Any, _: object) -> None:
        connection.execute("PRAGMA synchronous=OFF")

    sqlalchemy.event.listen(sqlalchemy.Engine, "connect", let_go)
    try:
        yield
    finally:
        sqlalchemy.event.remove(sqlalchemy.Engine, "connect", let_go)


def labels_of(desk: Desk, ended: str) -> list[str]:
    return [label for _, labels, how in desk.asked if how == ended for label in labels]


def test_a_day_of_files_that_arrive_grow_fail_change_and_vanish(desk: Desk) -> None:
    """Looked at every ten minutes; the disk is full from 12:00 to 14:00, and one file fails every run that reads it.

    It comes together with another, which is read all the same: each time that a run fails, fewer files are asked for.
    """
    unlucky = {"inbox/poison.txt"}
    hour = 0.0
    desk.fails = lambda labels: 12 <= hour < 14 or bool(unlucky & set(labels))
    desk.fails_before_reading = True
    while desk.now < MIDNIGHT + timedelta(days=1):
        hour = (desk.now - MIDNIGHT) / timedelta(hours=1)
        if hour == int(hour):
            desk.write(
                f"{int(hour):02}.txt", f"The ferry to Port Averley left at {int(hour)}, said the harbour master."
            )
        if 2 <= hour < 8:
            with (desk.inbox / "growing.txt").open("a") as growing:
                growing.write("One more line of the council's long night.\n")
        if hour == 3:
            desk.write("seen-once.txt", "A story that will be taken away.")
        else:
            (desk.inbox / "seen-once.txt").unlink(missing_ok=True)
        if hour == 10:
            desk.write("09.txt", "The ferry to Port Averley did not leave at 9, the harbour master said later.")
        if hour == 16:
            desk.write("poison.txt", "A story on which every run fails.")
        desk.look(minutes=10)

    arrived = {f"inbox/{number:02}.txt" for number in range(24)}
    read = labels_of(desk, "done")
    assert set(read) == arrived | {"inbox/growing.txt"}
    assert sorted(label for label in set(read) if read.count(label) > 1) == ["inbox/09.txt"]
    assert desk.read() == arrived | {"inbox/growing.txt"}
    assert labels_of(desk, "failed").count("inbox/poison.txt") == ATTEMPTS
    # While one file grew for six hours, each other one was read within two looks.
    for when, labels, _ in desk.asked:
        if when < MIDNIGHT + timedelta(hours=12):
            assert labels == ["inbox/growing.txt"] or "09" in labels[0] or when.minute <= 20
    growing = next(when for when, labels, _ in desk.asked if "inbox/growing.txt" in labels)
    assert growing >= MIDNIGHT + timedelta(hours=8)
    # Two hours without room cost a handful of runs, and what came in that time was read after it.
    during = [
        when for when, _, how in desk.asked if how == "failed" and 12 <= (when - MIDNIGHT) / timedelta(hours=1) < 14
    ]
    assert 2 <= len(during) <= 14
    assert "left alone" in desk.said()


def test_a_run_that_failed_after_reading_is_asked_for_again_although_no_file_is_new(desk: Desk) -> None:
    desk.write("a.txt", "A story.")
    desk.fails = lambda labels: not desk.asked
    for _ in range(5):
        desk.look()
    assert [(labels, how) for _, labels, how in desk.asked] == [(["inbox/a.txt"], "failed"), ([], "done")]
    assert desk.said() == "nothing new in the inbox"


def test_a_run_that_always_fails_is_asked_for_so_many_times_and_then_said_to_be(desk: Desk) -> None:
    desk.write("a.txt", "A story.")
    desk.fails = lambda labels: True
    for _ in range(30):
        desk.look(minutes=60)
    assert len(desk.asked) == ATTEMPTS
    assert f"the last {ATTEMPTS} runs failed; see run" in desk.said()
    tags = [run.tags["verbatim/attempt"] for run in desk.instance.get_runs()]
    assert tags == [str(number) for number in range(ATTEMPTS, 0, -1)]


def test_a_run_by_hand_that_succeeds_gives_every_file_another_chance(desk: Desk) -> None:
    desk.write("a.txt", "A story.")
    desk.fails, desk.fails_before_reading = (lambda labels: True), True
    for _ in range(30):
        desk.look(minutes=60)
    by_hand = desk.started_by_hand()
    desk.tell(by_hand, dg.DagsterEventType.PIPELINE_SUCCESS)
    desk.fails = lambda labels: False
    desk.look()
    desk.look()
    assert desk.asked[-1][1:] == (["inbox/a.txt"], "done")


def test_a_file_that_changes_or_vanishes_between_the_look_and_the_run(desk: Desk) -> None:
    for name in ("changes", "stays", "vanishes"):
        desk.write(f"{name}.txt", f"A story that {name}.")
    desk.look()

    def meddle() -> None:
        if not desk.asked:
            desk.write("changes.txt", "A story that has changed by now.")
            (desk.inbox / "vanishes.txt").unlink()

    desk.before_run = meddle
    for _ in range(4):
        desk.look()
    assert [how for _, _, how in desk.asked] == ["done"]
    assert desk.read() == {"inbox/changes.txt", "inbox/stays.txt"}


def test_a_run_that_is_going_on_is_waited_for_and_one_that_was_killed_is_not(desk: Desk) -> None:
    desk.write("a.txt", "A story.")
    desk.look()
    run = desk.started_by_hand()
    with sole_writer(desk.settings.lock):
        desk.look(minutes=10)
        assert f"run {run.run_id[:8]} is in progress" in desk.said()
        desk.look(minutes=10)
    assert not desk.asked
    desk.look()
    assert desk.instance.get_run_by_id(run.run_id).status is dg.DagsterRunStatus.FAILURE  # type: ignore[union-attr]
    assert [how for _, _, how in desk.asked] == ["done"]


@pytest.mark.parametrize(
    ("until", "now", "waits"),
    [
        (1000.0, 940.0, True),
        (1000.0, 1000.0, False),
        (1000.0, 2000.0, False),
        (1000.0 + 2 * 86_400, 1000.0, False),
    ],
    ids=["too early", "now", "long ago", "the clock was set back"],
)
def test_files_wait_for_their_time_but_not_for_a_clock_that_was_set_back(until: float, now: float, waits: bool) -> None:
    assert InboxState.waits_for(until, now) is waits


@pytest.mark.parametrize("cursor", [None, "", "1a2b/3c4d", "[]", '{"form": 1}'])
def test_a_cursor_of_an_earlier_version_starts_afresh(cursor: str | None) -> None:
    assert InboxState.from_cursor(cursor) == InboxState()


def test_a_cursor_gives_back_the_state() -> None:
    state = InboxState(frozenset({"a", "b"}), Asked("x", ("a",)), {"b": Failed(2, 65.0)}, 1, "run", 5.0, 65.0, True)
    assert InboxState.from_cursor(state.cursor()) == state

"""The weeks of publication in Dagster: which there are, which a run has told, and a range of them made again by one run."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest
from dagster._core.definitions.data_version import CachingStaleStatusResolver, StaleStatus
from dagster._core.execution.backfill import BulkActionStatus, PartitionBackfill
from dagster._core.loader import LoadingContextForTest
from dagster._daemon.backfill import execute_backfill_iteration

from assets.stories.asset import WEEKS_KEY, WEEKS_NAME, name_weeks
from orchestration.cli.launch import QUIET
from orchestration.definitions import build_defs
from orchestration.jobs import MAIN_JOB, RETELL_JOB
from orchestration.tables import TABLES
from pipeline.instance import open_instance
from pipeline.settings import load_settings
from pipeline.warehouse import Warehouse, sole_writer
from tests.orchestration.newsdesk import QUIET as QUIET_DAEMON
from tests.orchestration.newsdesk import served
from tests.orchestration.weekly_news import WEEKS, write_news
from tests.running import all_tables, differing, verbatim

DAMAGE = (
    "UPDATE core.stories SET story_id = article_id WHERE article_id IN "
    "(SELECT article_id FROM work.article_prints WHERE week = ?)",
    "DELETE FROM core.article_pairs WHERE article_a IN (SELECT article_id FROM work.article_prints WHERE week = ?)",
)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("told") / "data"
    write_news(data / "inbox")
    done = verbatim("run", data=data)
    assert done.returncode == 0, done.stderr
    return data


@pytest.fixture
def data(told: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VERBATIM_DATA", str(tmp_path / "data"))
    return Path(shutil.copytree(told, tmp_path / "data", symlinks=True))


def retell(data: Path, tags: dict[str, str]) -> dg.ExecuteInProcessResult:
    """The job on the weeks that Dagster has named to a run."""
    with open_instance(load_settings(data)) as instance:
        job = build_defs(load_settings(data)).resolve_job_def(RETELL_JOB)
        return job.execute_in_process(run_config=QUIET, instance=instance, tags=tags, raise_on_error=False)


def of_range(first: str, last: str) -> dict[str, str]:
    return {"dagster/asset_partition_range_start": first, "dagster/asset_partition_range_end": last}


def noted(result: dg.ExecuteInProcessResult, state: str) -> list[str]:
    """The weeks that a run noted in a state."""
    return [
        str(event.partition)
        for event in result.all_events
        if event.is_step_materialization
        and event.asset_key == WEEKS_KEY
        and str(event.materialization.metadata["state"].value).startswith(state)
    ]


def test_a_run_shows_its_weeks_with_their_articles_and_stories(told: Path) -> None:
    with open_instance(load_settings(told)) as instance:
        assert instance.get_dynamic_partitions(WEEKS_NAME) == [*WEEKS, "undated"]
        assert instance.get_materialized_partitions(WEEKS_KEY) == {*WEEKS, "undated"}
        records = instance.fetch_materializations(WEEKS_KEY, limit=10).records
    counts = {
        str(record.partition_key): record.asset_materialization.metadata["articles"].value  # type: ignore[union-attr]
        for record in records
    }
    assert counts == dict(zip([*WEEKS, "undated"], [2, 3, 2, 2, 1, 1], strict=True))


def test_a_range_made_again_mends_its_weeks_and_leaves_every_table_as_it_was(data: Path) -> None:
    before = all_tables(data)
    with Warehouse(data / "build.duckdb", TABLES).transaction() as transaction:
        week = transaction.scalar("SELECT week FROM work.article_prints WHERE published_at = '2026-02-16 09:30:00'")
        for statement in DAMAGE:
            transaction.execute(statement, [week])
    result = retell(data, of_range(WEEKS[1], WEEKS[3]))
    assert result.success
    assert sorted(noted(result, "marked")) == WEEKS[1:4]
    assert set(noted(result, "told")) >= set(WEEKS[1:4])
    assert differing(before, all_tables(data)) == []
    assert (data / "current").resolve().name == result.run_id
    assert "documents" not in {event.step_key for event in result.all_events}


def stale(data: Path) -> list[str]:
    """The assets that the UI shows as not in step with what they are made from."""
    graph = build_defs(load_settings(data)).resolve_asset_graph()
    with open_instance(load_settings(data)) as instance:
        status = CachingStaleStatusResolver(instance, graph, LoadingContextForTest(instance))
        return [
            key.to_user_string()
            for key in sorted(graph.get_all_asset_keys())
            if status.get_status(key) is not StaleStatus.FRESH
        ]


def test_after_a_run_of_either_job_nothing_is_shown_as_out_of_step(data: Path) -> None:
    assert stale(data) == []
    assert retell(data, of_range(WEEKS[0], WEEKS[1])).success
    assert stale(data) == []


@pytest.mark.parametrize("week", [WEEKS[0], "undated"])
def test_one_week_is_a_range_too(data: Path, week: str) -> None:
    before = all_tables(data)
    result = retell(data, {"dagster/partition": week})
    assert result.success
    assert week in noted(result, "told")
    assert differing(before, all_tables(data)) == []


def test_while_another_run_goes_on_weeks_are_not_made_again(data: Path) -> None:
    with sole_writer(load_settings(data).lock):
        assert not retell(data, of_range(WEEKS[0], WEEKS[1])).success


def test_without_weeks_the_job_says_what_it_needs(data: Path) -> None:
    result = retell(data, {})
    (error,) = [event.step_failure_data.error for event in result.all_events if event.is_step_failure]
    assert error is not None
    assert "Choose weeks" in error.to_string()


@pytest.fixture
def weeks_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[dg.DagsterInstance, object, object]]:
    monkeypatch.setenv("VERBATIM_DATA", str(tmp_path))
    with served(load_settings(tmp_path)) as (instance, workspace, repository):
        name_weeks(instance, WEEKS)
        yield instance, workspace, repository


def test_a_backfill_of_a_range_as_the_ui_asks_for_it_is_one_run_of_the_job(weeks_known) -> None:
    instance, workspace, repository = weeks_known
    asked = repository.get_partition_set(f"{RETELL_JOB}_partition_set").get_remote_origin()
    backfill = PartitionBackfill(
        "some_weeks",
        partition_set_origin=asked,
        status=BulkActionStatus.REQUESTED,
        partition_names=WEEKS[1:4],
        from_failure=False,
        reexecution_steps=None,
        tags={},
        backfill_timestamp=0.0,
    )
    instance.add_backfill(backfill)
    list(execute_backfill_iteration(workspace, QUIET_DAEMON))
    (run,) = instance.get_runs()
    assert run.job_name == RETELL_JOB
    assert run.status is dg.DagsterRunStatus.QUEUED, "it waits for its turn as other runs do"
    assert run.tags.items() >= of_range(WEEKS[1], WEEKS[3]).items()


def test_only_this_job_asks_which_weeks(weeks_known) -> None:
    _, _, repository = weeks_known
    assert {of.name for of in repository.get_partition_sets()} & {f"{MAIN_JOB}_partition_set"} == set()


@pytest.mark.parametrize(
    "now",
    [
        pytest.param(["2026-01-05", *WEEKS, "undated"], id="an earlier week came"),
        pytest.param([*WEEKS[:2], *WEEKS[3:]], id="a week has lost its articles"),
        pytest.param([*WEEKS, "2026-03-16"], id="a later week came"),
        pytest.param([], id="all articles are gone"),
    ],
)
def test_dagster_knows_the_weeks_that_there_are_in_their_order(now: list[str]) -> None:
    with dg.DagsterInstance.ephemeral() as instance:
        name_weeks(instance, WEEKS)
        name_weeks(instance, now)
        assert instance.get_dynamic_partitions(WEEKS_NAME) == now

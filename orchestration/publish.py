"""Publishing: a run's database and report become what readers see, both in one rename.

A release is a folder ``releases/<run>`` with ``warehouse.duckdb`` (for a lake ``warehouse.json``, which names a snapshot) and
``report/``. ``current`` links to one release, and ``warehouse.duckdb`` and ``report`` in the data folder link through ``current``:
moving that one link publishes both.
"""

import os
import shutil
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path

import dagster as dg

from assets.report.made_of import STATE
from orchestration.alerts import check_result, check_spec, new_matches
from orchestration.search import add_search
from pipeline.databases import duckdb_file, lake
from pipeline.resources import Pipeline
from pipeline.settings import Settings
from pipeline.specs import OWNERS, WAREHOUSE_POOL
from pipeline.warehouse import Warehouse

PUBLISHED_KEY = dg.AssetKey(["published"])
FRESH = dg.FreshnessPolicy.time_window(fail_window=timedelta(days=7), warn_window=timedelta(hours=30))
"""A day with some hours' grace: who runs daily sees on the second morning that a run is missing."""


def published_asset(deps: list[dg.AssetKey]) -> dg.AssetsDefinition:
    """The last asset: it runs only where everything before it, checks included, has passed."""

    @dg.asset(
        key=PUBLISHED_KEY,
        deps=deps,
        group_name="published",
        kinds={"duckdb"},
        owners=OWNERS,
        pool=WAREHOUSE_POOL,
        freshness_policy=FRESH,
        check_specs=[check_spec(PUBLISHED_KEY)],
        description="The warehouse and the report that readers open, moved over in one step after every check has passed.",
    )
    def published(pipeline: dg.ResourceParam[Pipeline]) -> Iterator[dg.MaterializeResult[None]]:
        with pipeline.reporter.step("published", None, "") as step:
            with pipeline.warehouse.transaction() as transaction:
                alerts = new_matches(transaction, pipeline.settings.published)
            release, facts = publish(pipeline.settings, pipeline.warehouse, pipeline.run_id)
            step.note(release.name[:8])
        yield dg.MaterializeResult(
            check_results=[check_result(PUBLISHED_KEY, alerts)],
            metadata={
                "warehouse": dg.MetadataValue.path(str(pipeline.settings.published)),
                "release": dg.MetadataValue.path(str(release)),
                **facts,
            },
        )

    return published


def publish(settings: Settings, warehouse: Warehouse, run_id: str) -> tuple[Path, Mapping[str, int]]:
    """Make a release of what the run built and move the link over; returns the release's folder and what it is like."""
    releases = settings.data_dir / "releases"
    for leftover in releases.glob("*.part"):
        shutil.rmtree(leftover)
    release, part = releases / run_id, releases / f"{run_id}.part"
    part.mkdir(parents=True)
    facts = warehouse.release(part, run_id, add_search)
    for built, name in ((settings.report_build, settings.report.name), (settings.report_state_build, STATE)):
        if built.is_dir():
            built.rename(part / name)
    if release.exists():
        # The same run publishes again only when its earlier attempt was cut off before the link moved.
        shutil.rmtree(release)
    part.rename(release)
    _make_newest(release, releases)
    _point(settings.data_dir / "current", Path("releases", run_id))
    for link in (settings.published, settings.report):
        if not link.is_symlink():
            _point(link, Path("current", link.name))
    for name in (duckdb_file.RELEASED, lake.RELEASED):
        other = settings.data_dir / name
        if other.is_symlink() and not other.exists():
            # It led to the last release before the settings named another kind of database.
            other.unlink()
    _prune(releases, keep=settings.keep_releases, current=release)
    warehouse.database.keep_only(list(releases.iterdir()), settings.keep_releases)
    return release, facts


def _point(link: Path, target: Path) -> None:
    """Make a symbolic link point to a target, in one step that no reader can see half done."""
    fresh = link.with_name(f".{link.name}.new")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(target)
    fresh.replace(link)


def _make_newest(release: Path, releases: Path) -> None:
    """Give the release a time after all others, also where the clock was set back since: the oldest ones go."""
    newest = max((other.stat().st_mtime_ns for other in releases.iterdir() if other != release), default=0)
    if release.stat().st_mtime_ns <= newest:
        os.utime(release, ns=(newest + 1, newest + 1))


def _prune(releases: Path, keep: int, current: Path) -> None:
    """Remove all but the newest releases; a reader that still has one open keeps it until it closes."""
    others = sorted(
        (release for release in releases.iterdir() if release != current),
        key=lambda release: (release.stat().st_mtime_ns, release.name),
    )
    for release in others[: max(0, len(others) - (keep - 1))]:
        shutil.rmtree(release)

"""Crash campaign: runs that are killed, find the disk full, meet each other or a clock that was set back.

``python -m tests.campaigns.crash --seed 1 --kill 30 --full 10``; ``make crash`` calls it so. Each trial starts from a data
folder that has published a part of the corpus, disturbs the run that reads the rest, looks whether readers still see one
of the two versions whole, runs again, and compares every public table with those of an undisturbed run, both ways and
with repetitions. The moments are shares of the time that the undisturbed run took; the seed decides them.
"""

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipeline.project import ROOT
from tests.campaigns.disk import filled, small_disk
from tests.running import SAMPLE, VERBATIM

PATIENCE = 300
DISK_MB = 256
DAY = 86_400

CLOCK = """
import sys, time
shift, sys.argv = float(sys.argv[1]), ["verbatim", *sys.argv[2:]]
now, now_ns = time.time, time.time_ns
time.time = lambda: now() + shift
time.time_ns = lambda: now_ns() + int(shift * 1e9)
import dagster._time as clock
from datetime import datetime, timezone
clock._mockable_get_current_datetime = lambda: datetime.fromtimestamp(time.time(), timezone.utc)
from orchestration.cli import main
main()
"""
"""The command with its clock moved: what Python and Dagster take for the time, which is all that a run asks."""


class TroubleError(AssertionError):
    """Something that must not happen; the message says what."""


@dataclass(frozen=True)
class Scene:
    """What every trial starts from and is compared with; ``seconds`` is how long the undisturbed run took."""

    corpus: Path
    base: Path
    after: Path
    seconds: float


def start(corpus: Path, data: Path, *, shift: float | None = None) -> subprocess.Popen[bytes]:
    arguments = ["run", str(corpus), "--data", str(data)]
    command = [str(VERBATIM), *arguments] if shift is None else [sys.executable, "-c", CLOCK, str(shift), *arguments]
    return subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
    )


def finish(process: subprocess.Popen[bytes]) -> tuple[int, list[str]]:
    """The status and the lines on standard error."""
    _, said = process.communicate(timeout=PATIENCE)
    return process.returncode, said.decode(errors="replace").strip().splitlines()


def run(corpus: Path, data: Path, **options: float) -> None:
    status, said = finish(start(corpus, data, **options))
    if status:
        raise TroubleError(f"the run after it ended with {status}: {said}")


def set_scene(folder: Path) -> Scene:
    corpus, base, after = folder / "inbox", folder / "base", folder / "after"
    shutil.copytree(SAMPLE / "strike", corpus / "strike")
    base.mkdir()
    (base / "verbatim.toml").write_text("batch_size = 3\nworkers = 1\n", encoding="utf-8")
    run(corpus, base)
    for part in ("recount", "damaged"):
        shutil.copytree(SAMPLE / part, corpus / part)
    shutil.copytree(base, after, symlinks=True)
    started = time.monotonic()
    run(corpus, after)
    return Scene(corpus, base, after, time.monotonic() - started)


def public_tables(connection: duckdb.DuckDBPyConnection, name: str) -> list[str]:
    rows = connection.execute(
        "SELECT schema_name || '.' || table_name FROM duckdb_tables() WHERE database_name = ? ORDER BY ALL", [name]
    ).fetchall()
    return [row[0] for row in rows]


def differences(one: Path, other: Path) -> list[str]:
    """Tables of two published warehouses that do not hold the same rows the same number of times."""
    with duckdb.connect() as connection:
        for name, data in (("one", one), ("other", other)):
            connection.execute(f"ATTACH '{(data / 'warehouse.duckdb').resolve()}' AS \"{name}\" (READ_ONLY)")
        tables = public_tables(connection, "one")
        if tables != public_tables(connection, "other"):
            return ["the list of tables"]
        sides = [('"one"', '"other"'), ('"other"', '"one"')]
        return [
            table
            for table in tables
            if any(
                connection.execute(f"SELECT count(*) FROM (FROM {a}.{table} EXCEPT ALL FROM {b}.{table})").fetchone()
                != (0,)
                for a, b in sides
            )
        ]


def check_readers(data: Path, scene: Scene) -> None:
    """What is published is one of the two versions, whole, with its report."""
    before, after = differences(data, scene.base), differences(data, scene.after)
    if before and after:
        raise TroubleError(
            f"readers see neither version: {before} differ from the one before, {after} from the one after"
        )
    if not (data / "report" / "index.html").is_file():
        raise TroubleError("the published report is not there")


def check_end(data: Path, scene: Scene) -> None:
    """Run again; everything is as after an undisturbed run, and nothing half done lies about."""
    run(scene.corpus, data)
    if different := differences(data, scene.after):
        raise TroubleError(f"not as after an undisturbed run: {', '.join(different)}")
    check_readers(data, scene)
    if left := list((data / "releases").glob("*.part")):
        raise TroubleError(f"left behind: {left}")
    report, expected = ({p.relative_to(d / "report") for p in (d / "report").rglob("*")} for d in (data, scene.after))
    if report != expected:
        raise TroubleError(f"pages of the report differ: {sorted(report ^ expected)[:5]}")


@contextmanager
def fresh(scene: Scene, folder: Path) -> Iterator[Path]:
    data = folder / "data"
    shutil.copytree(scene.base, data, symlinks=True)
    try:
        yield data
    finally:
        shutil.rmtree(data)


def watch(process: subprocess.Popen[bytes], data: Path, scene: Scene, seconds: float) -> None:
    """Read what is published again and again until the moment has come or the run has ended."""
    until = time.monotonic() + seconds
    while process.poll() is None and time.monotonic() < until:
        check_readers(data, scene)
        time.sleep(max(0.0, min(1.0, until - time.monotonic())))


def killed(scene: Scene, folder: Path, share: float) -> str:
    with fresh(scene, folder) as data:
        process = start(scene.corpus, data)
        watch(process, data, scene, share * scene.seconds)
        ended = process.poll() is not None
        if not ended:
            os.killpg(process.pid, signal.SIGKILL)
        finish(process)
        check_readers(data, scene)
        check_end(data, scene)
        return "had ended before" if ended else "killed"


def disk_full(scene: Scene, folder: Path, share: float) -> str:
    with small_disk(folder / "disk", DISK_MB) as disk, fresh(scene, disk) as data:
        process = start(scene.corpus, data)
        watch(process, data, scene, share * scene.seconds)
        with filled(disk):
            status, said = finish(process)
            check_readers(data, scene)
        if status and len(said) != 1:
            raise TroubleError(f"status {status} in {len(said)} lines: {said[:2]} … {said[-1:]}")
        if status and "the disk is full" not in said[0]:
            raise TroubleError(f"status {status} without the reason: {said[0]}")
        check_end(data, scene)
        return said[0] if status else "had written everything before"


def two_at_once(scene: Scene, folder: Path, share: float) -> str:
    with fresh(scene, folder) as data:
        first = start(scene.corpus, data)
        time.sleep(max(1.5, share * scene.seconds * 0.6))
        status, said = finish(start(scene.corpus, data))
        first_status, first_said = finish(first)
        if first_status:
            raise TroubleError(f"the first run ended with {first_status}: {first_said}")
        if status != 2 or len(said) != 1 or "another run" not in said[0]:
            raise TroubleError(f"the second run ended with {status}: {said}")
        if different := differences(data, scene.after):
            raise TroubleError(f"the first run was disturbed: {', '.join(different)}")
        check_end(data, scene)
        return said[0]


def clock_set_back(scene: Scene, folder: Path, share: float) -> str:
    """A run a year ahead of time is killed, then the clock is right again; the release before carries a future time."""
    with fresh(scene, folder) as data:
        for release in (data / "releases").iterdir():
            os.utime(release, (time.time() + 365 * DAY,) * 2)
        process = start(scene.corpus, data, shift=365 * DAY)
        watch(process, data, scene, share * scene.seconds)
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        finish(process)
        check_readers(data, scene)
        check_end(data, scene)
        run(scene.corpus, data, shift=-365 * DAY)
        check_end(data, scene)
        return "the same a year ahead, now and a year back"


TRIALS: dict[str, Callable[[Scene, Path, float], str]] = {
    "kill": killed,
    "full": disk_full,
    "two": two_at_once,
    "clock": clock_set_back,
}


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seed", type=int, default=1)
    for name, count in (("kill", 30), ("full", 10), ("two", 3), ("clock", 2)):
        parser.add_argument(f"--{name}", type=int, default=count, help=f"trials of {TRIALS[name].__name__}")
    options = vars(parser.parse_args())
    moments = random.Random(options["seed"])
    failed = 0
    with tempfile.TemporaryDirectory(prefix="verbatim-crash-") as scratch:
        folder = Path(scratch)
        scene = set_scene(folder)
        print(f"an undisturbed run takes {scene.seconds:.1f} s; seed {options['seed']}", flush=True)
        for name, trial in TRIALS.items():
            told: list[str] = []
            for number in range(options[name]):
                share = moments.random()
                try:
                    told.append(trial(scene, folder, share))
                    print(f"{name} {number + 1} at {share:.3f}: {told[-1]}", flush=True)
                except TroubleError as trouble:
                    failed += 1
                    print(f"{name} {number + 1} at {share:.3f}: FAILED, {trouble}", flush=True)
                except PermissionError as error:
                    print(f"{name}: skipped, {error}", flush=True)
                    break
            print(f"{name}: {len(told)} of {options[name]} came through", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

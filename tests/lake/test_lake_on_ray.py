"""Both at once: the work on two Ray nodes, the warehouse in PostgreSQL and on S3; the same rows as on one machine in one file."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from pipeline.settings import load_settings
from pipeline.warehouse import read_only
from tests.cluster.network import FIRST, SECOND, Network, network
from tests.end_to_end.test_increments import report_of
from tests.lake.conftest import MakeLake, data_folder
from tests.lake.servers import settings_text
from tests.running import VERBATIM, all_tables, verbatim

pytestmark = pytest.mark.ray

WORKING = b"ray::do"
"""What Ray calls a process while it does a batch."""
RUN_SECONDS = 900


@pytest.fixture(scope="module")
def cluster() -> Iterator[Network]:
    with pytest.MonkeyPatch.context() as environment, network(FIRST, SECOND) as started:
        for name, value in started.environment.items():
            environment.setenv(name, value)
        yield started


def settings_of(cluster: Network, address: object) -> str:
    # One article a batch, so that there is work for a cluster.
    return f'engine = "ray:{cluster.address}"\nbatch_size = 1\n{settings_text(address)}'


def not_in_both(one: Path, other: Path) -> dict[str, int]:
    """How many rows each table of two data folders has that the other has not, as often: ``EXCEPT ALL``, both ways."""
    tables, others = all_tables(one), all_tables(other)
    assert tables.keys() == others.keys()
    found = {}
    with read_only(load_settings(one).published) as connection:
        for name, rows in tables.items():
            connection.register("one_side", rows.to_arrow())
            connection.register("other_side", others[name].to_arrow())
            ((n,),) = connection.execute(
                "SELECT (SELECT count(*) FROM (FROM one_side EXCEPT ALL FROM other_side)) "
                "+ (SELECT count(*) FROM (FROM other_side EXCEPT ALL FROM one_side))"
            ).fetchall()
            found[name] = n
    return found


def run_while_a_worker_and_a_machine_are_lost(
    corpus: Path, data: Path, cluster: Network
) -> subprocess.CompletedProcess[str]:
    """A run during which the first process that is seen to work is killed, and then a node on which another one works."""
    command = [str(VERBATIM), "run", str(corpus), "--data", str(data)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as run:
        try:
            os.kill(seen_working(run, cluster.pids), signal.SIGKILL)
            seen_working(run, [cluster.pid(SECOND)])
            cluster.kill(SECOND)
            out, err = run.communicate(timeout=RUN_SECONDS)
        finally:
            run.kill()  # which has ended, unless something of the above failed: it would be waited for
    return subprocess.CompletedProcess(command, run.returncode, out, err)


def seen_working(run: subprocess.Popen[str], nodes: Collection[int]) -> int:
    """Wait for a process of one of these nodes that does a batch."""
    until = time.monotonic() + RUN_SECONDS
    while not (found := [process for process in working() if node_of(process) in nodes]):
        assert run.poll() is None, run.communicate()
        assert time.monotonic() < until
        time.sleep(0.02)
    return found[0]


def working() -> Iterator[int]:
    """Processes that do a batch."""
    for folder in Path("/proc").iterdir():
        with suppress(OSError):  # it has ended meanwhile
            if folder.name.isdigit() and (folder / "cmdline").read_bytes().startswith(WORKING):
                yield int(folder.name)


def node_of(process: int) -> int | None:
    """The process above all others of the node: workers are groups of their own, what starts them is not."""
    try:
        parent = (Path("/proc") / str(process) / "stat").read_text().rpartition(")")[2].split()[1]
        return os.getpgid(int(parent))
    except OSError:  # it has ended meanwhile
        return None


def test_in_two_portions_with_a_worker_and_a_machine_lost_all_tables_are_those_of_one_machine_and_a_file(
    cluster: Network, on_servers: MakeLake, corpus: Path, tmp_path: Path, in_a_file: Path
) -> None:
    data = data_folder(tmp_path / "data", settings_of(cluster, on_servers()))
    later = corpus / "recount" / "pinebridge-ledger_recount-drama.txt"
    kept_back = shutil.move(later, tmp_path / "later")
    done = run_while_a_worker_and_a_machine_are_lost(corpus, data, cluster)
    assert done.returncode == 0, done.stdout + done.stderr
    shutil.move(kept_back, later)
    done = verbatim("run", corpus, data=data)
    assert done.returncode == 0, done.stdout + done.stderr
    found = not_in_both(data, in_a_file)
    assert len(found) > 30
    assert {name: n for name, n in found.items() if n} == {}
    assert report_of(data) == report_of(in_a_file)

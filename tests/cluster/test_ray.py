"""Batches on a Ray cluster: the same results in the same order, whatever is killed; nobody joins without its token."""

import os
import platform
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path

import orjson
import polars as pl
import pytest

from assets.documents.find import find_files
from assets.documents.options import ReadOptions
from assets.documents.read import read_documents, read_portion
from pipeline.engines.choose import Engine, open_engine
from pipeline.engines.losses import Apart, in_halves
from pipeline.engines.refusal import EngineError
from pipeline.project import ROOT
from pipeline.reference import use_lists
from pipeline.workers import Workers
from tests.cluster import work
from tests.cluster.network import FIRST, FOURTH, HEAD, SECOND, THIRD, Network, free_port, network
from tests.running import SAMPLE, all_tables, differing, know_sample_outlets, verbatim

pytestmark = pytest.mark.ray

N_CPUS = 2
NUMBERS = range(30)
DOUBLED = [2 * number for number in range(8)]


WITHOUT_A_CLUSTER = """
import sys
import pipeline.engines.cluster
from ray._private import services
services._find_address_from_flag = lambda flag: set()
"""
"""Ray joins whatever cluster it sees on this machine, and somebody may have one."""
DOUBLE = """
import sys
from pipeline.engines.choose import open_engine
from pipeline.workers import Workers
from tests.cluster import work
with Workers(2) as here, open_engine(sys.argv[1], here) as engine:
    print(list(engine.map_batches(work.doubled, range(8))), flush=True)
"""
AND_LET_A_STRANGER_TRY = """
    import subprocess, ray
    stranger = {name: value for name, value in os.environ.items() if not name.startswith("RAY_AUTH")}
    address = "ray:" + ray.get_runtime_context().gcs_address
    print(subprocess.run([sys.executable, "-c", sys.argv[2], address], env=stranger, capture_output=True, text=True).stderr)
"""


def in_another_process(address: str, code: str = DOUBLE, **environment: str) -> subprocess.CompletedProcess[str]:
    """Double some numbers on a cluster, in a process that knows no more than what it is given."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("RAY_")}
    return subprocess.run(
        [sys.executable, "-c", code, address, DOUBLE],
        capture_output=True, text=True, check=False, cwd=ROOT, env={**clean, **environment}, timeout=300,
    )  # fmt: skip


def test_without_a_cluster_one_is_started_that_nobody_else_can_use(tmp_path: Path) -> None:
    # Names of sockets must be short.
    with tempfile.TemporaryDirectory(prefix="ray-") as folder:
        small = {"RAY_DEFAULT_OBJECT_STORE_MEMORY_PROPORTION": "0.01", "RAY_TMPDIR": folder, "HOME": str(tmp_path)}
        done = in_another_process("ray", f"import os{WITHOUT_A_CLUSTER}{DOUBLE}{AND_LET_A_STRANGER_TRY}", **small)
    told, _, stranger = done.stdout.partition("\n")
    assert (told, done.stderr) == (str(DOUBLED), "")
    assert "does not take the token of this process" in stranger
    assert list(tmp_path.iterdir()) == [], "Ray keeps no token in the home folder"


OUT_OF_MEMORY = """
import sys
from pipeline.engines import losses
from pipeline.engines.choose import open_engine
from pipeline.workers import Workers
from tests.cluster import work
losses.TO_BLAME_IN_A_ROW = 2
with Workers(1) as here, open_engine(sys.argv[1], here) as engine:
    try:
        print(list(engine.map_batches(work.slow, [5.0] * 4)))
    except losses.EngineError as error:
        print(error)
"""


def test_where_memory_runs_out_each_time_the_run_ends_and_says_so() -> None:
    with tempfile.TemporaryDirectory(prefix="ray-") as folder:
        # A machine that counts as full from the start, so that Ray ends whatever works there.
        full = {"RAY_memory_usage_threshold": "0.02", "RAY_memory_monitor_refresh_ms": "100"}
        small = {"RAY_DEFAULT_OBJECT_STORE_MEMORY_PROPORTION": "0.01", "RAY_TMPDIR": folder}
        done = in_another_process("ray", WITHOUT_A_CLUSTER + OUT_OF_MEMORY, **full, **small)
    assert "every process that was given work has died" in done.stdout, done.stderr


@pytest.mark.parametrize(
    "address", [f"{HEAD}:{free_port()}", "no-such-machine.invalid:6379"], ids=["nobody listens", "no such machine"]
)
def test_a_run_says_in_one_line_that_no_cluster_answers(address: str, tmp_path: Path) -> None:
    (tmp_path / "verbatim.toml").write_text(f'engine = "ray:{address}"\n', encoding="utf-8")
    done = verbatim("extract", stdin=b'{"text": "The gates stay shut."}\n' * 200, data=tmp_path)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert done.stderr.startswith(f"verbatim: the Ray cluster at {address} cannot be joined")
    assert "`ray start --address HOST:PORT --num-cpus 0`" in done.stderr


def test_the_signal_that_ends_a_run_is_left_alone(engine: Engine) -> None:
    assert list(engine.map_batches(work.doubled, range(8))) == DOUBLED
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL


def test_nobody_is_told_of_the_use(engine: Engine) -> None:
    from ray._common.usage.usage_lib import usage_stats_enabled

    assert not usage_stats_enabled()


@pytest.fixture(scope="module")
def cluster() -> Iterator[Network]:
    """Two nodes of one CPU each; this process may join them."""
    with pytest.MonkeyPatch.context() as environment, network(FIRST, SECOND) as started:
        for name, value in started.environment.items():
            environment.setenv(name, value)
        yield started


@pytest.fixture(scope="module")
def engine(cluster: Network) -> Iterator[Engine]:
    with Workers(1) as here, open_engine(f"ray:{cluster.address}", here) as joined:
        yield joined


def test_results_come_in_the_order_of_the_batches(engine: Engine) -> None:
    seconds = [0.3, 0.0, 0.1, 0.0] * 3
    assert list(engine.map_batches(work.slow, seconds)) == seconds


LONG = range(3000)
"""Batches that would take ten minutes: tests wait for what happens meanwhile, however busy this machine is."""


def done_until(results: Iterator[tuple[int, int]], enough: Callable[[set[int]], bool]) -> list[tuple[int, int]]:
    """Batches done, with the process that did each, until there were enough processes."""
    done = []
    for result in results:
        done.append(result)
        if enough({pid for _, pid in done}):
            return done
    pytest.fail("no other process got work")


def test_the_work_is_done_by_both_nodes(engine: Engine) -> None:
    results = engine.map_batches(work.pid_of, LONG)
    done = done_until(results, lambda pids: len(pids) >= N_CPUS)
    results.close()
    assert [number for number, _ in done] == list(range(len(done)))


def test_a_killed_worker_s_batches_are_done_again(engine: Engine, tmp_path: Path) -> None:
    given = [(tmp_path, number) for number in NUMBERS]
    assert list(engine.map_batches(work.killed_once, given)) == list(NUMBERS)
    assert (tmp_path / "killed").exists()


def test_a_worker_killed_from_outside_is_replaced(engine: Engine) -> None:
    results = engine.map_batches(work.pid_of, LONG)
    done = done_until(results, lambda pids: len(pids) >= N_CPUS)
    before = {pid for _, pid in done}
    os.kill(done[0][1], signal.SIGKILL)
    done += done_until(results, lambda pids: not pids <= before)
    results.close()
    assert [number for number, _ in done] == list(range(len(done)))


def test_an_item_that_ends_every_worker_is_found_and_left_out(engine: Engine) -> None:
    batches = [list(NUMBERS[start : start + 5]) for start in range(0, 30, 5)]
    found = engine.map_batches(work.doubled_each, batches, Apart(in_halves, lambda batch: [-batch[0]]))
    assert [number for result in found for number in result] == [
        -number if number % 10 == 7 else 2 * number for number in NUMBERS
    ]


def test_where_nothing_survives_the_run_ends_and_says_so(engine: Engine) -> None:
    with pytest.raises(EngineError, match=r"every process .* has died.*fewer workers"):
        list(engine.map_batches(work.nobody_survives, [[number] for number in range(8)]))


def test_an_error_of_the_function_arrives_as_what_it_was_and_is_not_tried_again(engine: Engine) -> None:
    results = engine.map_batches(work.broken, NUMBERS)
    assert list(islice(results, 6)) == list(range(6))
    with pytest.raises(pl.exceptions.ColumnNotFoundError, match="article 6 cannot be read") as caught:
        next(results)
    assert type(caught.value) is pl.exceptions.ColumnNotFoundError
    assert "in broken" in caught.value.__notes__[0]


def test_batches_are_taken_only_as_they_are_needed(engine: Engine) -> None:
    taken = []

    def numbers() -> Iterator[int]:
        for number in NUMBERS:
            taken.append(number)
            yield number

    for n_done, _ in enumerate(engine.map_batches(work.doubled, numbers())):
        assert len(taken) - n_done <= 2 * N_CPUS + 1


def test_after_stopping_early_nothing_is_handed_out(engine: Engine, tmp_path: Path) -> None:
    results = engine.map_batches(work.mark, [(tmp_path, number) for number in NUMBERS])
    next(results)
    results.close()
    assert list(engine.map_batches(work.doubled, range(8))) == DOUBLED
    begun = {int(path.name) for path in tmp_path.iterdir()}
    assert begun <= set(range(2 * N_CPUS + 1))


STOP_AGAIN_AND_AGAIN = """
import sys
from pipeline.engines.choose import open_engine
from pipeline.workers import Workers
from tests.cluster import work
with Workers(1) as here, open_engine(sys.argv[1], here) as engine:
    for number in range(400):
        results = engine.map_batches(work.slow, [0.001] * 8)
        for _ in range(number % 6):
            next(results)
        results.close()
    print("alive")
"""


def test_stopping_when_batches_are_finished_just_then_ends_nobody(cluster: Network) -> None:
    done = in_another_process(f"ray:{cluster.address}", STOP_AGAIN_AND_AGAIN, **cluster.environment)
    assert (done.stdout, done.stderr) == ("alive\n", "")


def test_another_version_of_the_code_is_refused(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.engines.node.code_version", lambda *rooms: "changed here")
    with pytest.raises(EngineError, match=r"a machine of the Ray cluster has another version of Verbatim .*lock"):
        list(engine.map_batches(work.doubled, NUMBERS))


def test_the_lists_of_the_user_are_those_of_the_run(engine: Engine, own_lists: Path) -> None:
    (own_lists / "titles.csv").write_text("title,kind\nlock warden,post\n", encoding="utf-8")
    use_lists(own_lists)
    assert list(engine.map_batches(work.titles, range(8))) == [["lock warden"]] * 8


ONE_BY_ONE, IN_TWOS = 1, 2


@pytest.mark.parametrize(("by", "backwards"), [(ONE_BY_ONE, False), (IN_TWOS, False), (ONE_BY_ONE, True)])
def test_rows_do_not_depend_on_who_does_which_batch(engine: Engine, by: int, backwards: bool) -> None:
    articles = pl.concat(batch.documents for batch in read_documents(find_files([SAMPLE]), ReadOptions()))
    articles = articles.filter(pl.col("content_type") == "text").unique("document_id").sort("document_id")
    articles = articles.select(
        article_id="document_id", source_id=pl.lit("gazette"), title=pl.lit(""), body="content", language=pl.lit("en")
    )
    parts = list((articles.reverse() if backwards else articles).iter_slices(by))
    assert len(parts) > 2 * N_CPUS
    found = zip(*engine.map_batches(work.found_in, parts), strict=True)
    for one, tables in zip(work.found_in(articles), found, strict=True):
        assert one.height > 30
        assert one.equals(pl.concat(tables).sort("article_id", maintain_order=True))


def test_files_are_read_as_here(engine: Engine) -> None:
    files = find_files([SAMPLE])
    read = engine.map_batches(partial(read_portion, options=ReadOptions()), [[file] for file in files])
    for file, (batches,) in zip(files, read, strict=True):
        assert batches is not None, file.name
        for one, other in zip(read_documents([file], ReadOptions()), batches, strict=True):
            assert one.documents.equals(other.documents)
            assert one.rejects.equals(other.rejects)


def test_the_filter_gives_the_same_lines(cluster: Network, tmp_path: Path) -> None:
    page = (SAMPLE / "recount" / "marland-standard_estmere-recount.txt").read_text(encoding="utf-8")
    lines = b"".join(orjson.dumps({"doc_id": str(number), "text": page}) + b"\n" for number in range(260))
    here = verbatim("extract", stdin=lines, data=tmp_path / "here")
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "verbatim.toml").write_text(f'engine = "ray:{cluster.address}"\n', encoding="utf-8")
    there = verbatim("extract", stdin=lines, data=tmp_path / "there")
    assert (there.returncode, there.stderr) == (0, "")
    assert there.stdout == here.stdout


def test_a_whole_run_gives_the_same_tables(cluster: Network, sample_data: Path, tmp_path: Path) -> None:
    know_sample_outlets(tmp_path)
    (tmp_path / "verbatim.toml").write_text(f'engine = "ray:{cluster.address}"\nbatch_size = 3\n', encoding="utf-8")
    done = verbatim("run", SAMPLE, data=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert differing(all_tables(sample_data), all_tables(tmp_path)) == []


def test_the_doctor_joins_the_cluster(cluster: Network, tmp_path: Path) -> None:
    (tmp_path / "verbatim.toml").write_text(f'engine = "ray:{cluster.address}"\n', encoding="utf-8")
    assert (
        f"✓ cluster       ray:{cluster.address} works, on {platform.node()}" in verbatim("doctor", data=tmp_path).stdout
    )


@pytest.mark.parametrize("token", [{"RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": "a guess"}, {}], ids=["wrong", "none"])
def test_who_does_not_know_the_token_is_refused(cluster: Network, token: dict[str, str]) -> None:
    done = in_another_process(f"ray:{cluster.address}", **token)
    assert "does not take the token of this process" in done.stderr
    assert done.stdout == ""


def test_who_knows_the_token_is_not(cluster: Network) -> None:
    done = in_another_process(f"ray:{cluster.address}", **cluster.environment)
    assert (done.stdout, done.stderr) == (f"{DOUBLED}\n", "")


def test_what_a_killed_node_had_is_done_by_others_and_a_new_one_gets_work(
    cluster: Network, engine: Engine, capsys: pytest.CaptureFixture[str]
) -> None:
    results = engine.map_batches(work.pid_of, LONG)
    done = done_until(results, lambda pids: len(pids) >= N_CPUS)
    before = {pid for _, pid in done}
    cluster.kill(SECOND)
    done += islice(results, 8)
    cluster.start(THIRD)
    done += done_until(results, lambda pids: not pids <= before)
    results.close()
    assert [number for number, _ in done] == list(range(len(done)))
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("ray: ")


def test_a_cluster_that_has_lost_all_its_nodes_is_given_up(
    cluster: Network, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.engines.cluster.LOOK_SECONDS", 0.5)
    monkeypatch.setattr("pipeline.engines.cluster.PATIENCE_SECONDS", 2)
    for node in (FIRST, THIRD):
        cluster.kill(node)
    with pytest.raises(EngineError, match=r"has had no CPU for .*; start machines that join it"):
        list(engine.map_batches(work.doubled, NUMBERS))


WITHOUT_VERBATIM = """
import sys

class Nothing:
    def find_spec(self, name, path=None, target=None):
        if name == "pipeline.engines":
            raise ModuleNotFoundError(f"No module named {name!r}")

sys.meta_path.insert(0, Nothing())
"""


def test_a_machine_without_verbatim_is_named(cluster: Network, engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(WITHOUT_VERBATIM, encoding="utf-8")
    cluster.start(FOURTH, importing=f"{tmp_path}{os.pathsep}{ROOT}")
    with pytest.raises(EngineError, match="has no Verbatim, or one that is too old"):
        list(engine.map_batches(work.doubled, NUMBERS))

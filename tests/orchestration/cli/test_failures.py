"""Errors are one line that says what to do; those that nobody has foreseen go to a log file as well."""

import errno
import os
import resource
import sqlite3
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
import sqlalchemy

from orchestration.cli.caches import COMPILED, keep_compiled_code
from orchestration.cli.failures import CacheError, causes, explain, write_log
from pipeline.project import ROOT
from pipeline.warehouse import WarehouseError, sole_writer
from tests.running import SAMPLE, VERBATIM, verbatim

DATA = Path("/data/of/ours")


def system_error(number: int, path: str | None = None) -> OSError:
    return OSError(number, os.strerror(number), path) if path else OSError(number, os.strerror(number))


def led_to(error: Exception, outer: Exception) -> Exception:
    outer.__cause__ = error
    return outer


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (
            system_error(errno.ENOSPC, "/a/b"),
            "the disk is full and /a/b cannot be written; free some space and run again",
        ),
        (system_error(errno.ENOSPC), "the disk is full and /data/of/ours cannot be written"),
        (system_error(errno.EDQUOT, "/a/b"), "the disk is full"),
        (system_error(errno.EFBIG, "/a/b"), "the disk is full"),
        (sqlite3.OperationalError("database or disk is full"), "the disk is full and /data/of/ours"),
        (
            led_to(
                sqlite3.OperationalError("database or disk is full"),
                sqlalchemy.exc.OperationalError("INSERT …", {}, Exception("database or disk is full")),
            ),
            "the disk is full",
        ),
        (
            duckdb.IOException('Could not write file "/a/b.duckdb": No space left on device'),
            "full and /a/b.duckdb cannot",
        ),
        (system_error(errno.EROFS, "/a/b"), "/a/b is on a read-only disk; name another data folder with --data"),
        (system_error(errno.EACCES, "/a/.lock"), "/a/.lock may not be read or written by this user; ask its owner"),
        (system_error(errno.EPERM, "/a/b"), "ask its owner"),
        (sqlite3.OperationalError("attempt to write a readonly database"), "may not be read or written by this user"),
        (system_error(errno.ENOTDIR, "/a/b"), "/a/b is a file where a folder is needed"),
        (system_error(errno.ENOENT, "/a/b"), "/a/b does not exist; check the name"),
        (system_error(errno.EMFILE, "/a/b"), "too many files are open"),
        (MemoryError(), "memory ran out"),
        (duckdb.OutOfMemoryException("Out of Memory Error: failed to allocate"), "memory ran out"),
        (WarehouseError("another run is writing to /a"), "another run is writing to /a"),
        (led_to(system_error(errno.ENOENT, "/c"), WarehouseError("the message of ours")), "the message of ours"),
        (PermissionError("/a: the folder cannot be listed; grant read access"), "/a: the folder cannot be listed"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_an_error_the_user_can_fix_says_what_to_do(error: Exception, says: str) -> None:
    explanation = explain(causes(error), DATA)
    assert says in explanation.line
    assert explanation.known
    assert "\n" not in explanation.line


def test_an_unforeseen_error_is_one_line_too() -> None:
    explanation = explain(causes(KeyError("first\nsecond " + "x" * 1000)), DATA)
    assert not explanation.known
    assert explanation.line.startswith("KeyError: ")
    assert len(explanation.line) <= 400
    assert "\n" not in explanation.line


def test_a_disk_that_sqlite_calls_broken_is_full_where_it_has_no_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    error = sqlite3.OperationalError("disk I/O error")
    assert "gave an error" in explain(causes(error), tmp_path).line
    monkeypatch.setattr("orchestration.cli.failures.LEAST_ROOM", 1 << 60)
    assert "the disk is full" in explain(causes(error), tmp_path).line


def test_details_go_to_the_data_folder_or_to_a_temporary_one(tmp_path: Path) -> None:
    assert write_log(tmp_path, "run", ["one", "two"]) == tmp_path / "logs" / "run.log"
    assert (tmp_path / "logs" / "run.log").read_text() == "one\ntwo\n"
    (tmp_path / "taken").write_text("a file")
    elsewhere = write_log(tmp_path / "taken", "run", ["one"])
    assert elsewhere is not None
    assert not elsewhere.is_relative_to(tmp_path / "taken")


def started(*arguments: object, environment: dict[str, str] | None = None, limit: int = 0) -> tuple[int, list[str]]:
    """Status and lines on standard error of the command, in an environment or under a limit on the size of files."""

    def limited() -> None:
        if limit:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    done = subprocess.run(
        [str(VERBATIM), *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env=environment or dict(os.environ),
        preexec_fn=limited,
    )
    return done.returncode, done.stderr.strip().splitlines()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("run", SAMPLE, "--data", "{file}"), "{file} is a file where a folder is needed"),
        (("run", SAMPLE, "--data", "{file}/below"), "is a file where a folder is needed"),
        (("run", "--data", "{file}"), "is a file where a folder is needed"),
        (("status", "--data", "{file}"), "no warehouse"),
    ],
    ids=str,
)
def test_a_data_folder_that_is_a_file_is_one_line(tmp_path: Path, arguments: tuple[object, ...], says: str) -> None:
    (file := tmp_path / "taken").write_text("a file")
    status, said = started(*(str(argument).format(file=file) for argument in arguments))
    assert status == 2
    assert len(said) == 1
    assert says.format(file=file) in said[0]


def test_a_file_system_that_takes_no_more_is_one_line(tmp_path: Path) -> None:
    """A limit on the size of a file stands in for a full disk: it needs no rights. The crash campaign fills a real one."""
    status, said = started("run", SAMPLE, "--data", tmp_path / "data", limit=300_000)
    assert status != 0
    assert len(said) == 1, said
    assert "the disk is full" in said[0] or "over its quota" in said[0]
    again = verbatim("run", SAMPLE / "damaged", data=tmp_path / "data")
    assert again.returncode == 0, again.stderr


def test_a_database_open_elsewhere_is_named_with_who_has_it(sample_data: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    duckdb.connect(str(data / "build.duckdb")).close()
    viewer = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print('open', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", viewer, str(data / "build.duckdb")], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        status, said = started("run", SAMPLE, "--data", data)
        process.communicate()
    assert status == 1
    assert len(said) == 1
    assert f"build.duckdb is open in another program ({Path(sys.executable).resolve().name}" in said[0]
    assert f"process {process.pid}" in said[0]
    assert "details in" in said[0]


def test_status_reads_without_writing(sample_data: Path) -> None:
    before = {path: path.lstat().st_mtime_ns for path in sample_data.rglob("*")}
    with sole_writer(sample_data / ".lock"):
        assert started("status", "--data", sample_data)[0] == 0
    after = {path: path.lstat().st_mtime_ns for path in sample_data.rglob("*")}
    assert after == before


def test_a_folder_for_compiled_code_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    (file := tmp_path / "taken").write_text("a file")
    status, said = started("extract", "-", environment={**os.environ, COMPILED: str(file / "cache")})
    assert status == 2
    assert said == [f"verbatim: {file}/cache is not writable; set {COMPILED} to a folder that is, or unset it"]


@pytest.fixture
def read_only_program(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The program's own folders cannot be written; the home and the temporary folder are below the path returned."""
    # Set first, so that what is set in the test is taken back.
    monkeypatch.setenv(COMPILED, "")
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    (tmp_path / "program").write_text("a file, so that nothing can be made below it")
    beside = tmp_path / "program" / "__pycache__"
    monkeypatch.setattr("orchestration.cli.caches._compiled_beside_the_source", lambda: iter([beside]))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    return tmp_path


def test_compiled_code_goes_to_the_users_cache_where_the_program_cannot_be_written(
    read_only_program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(read_only_program / "home"))
    warnings: list[str] = []
    keep_compiled_code(warnings.append)
    assert Path(os.environ[COMPILED]).is_relative_to(read_only_program / "home")
    assert warnings == []


def test_compiled_code_goes_to_a_temporary_folder_where_there_is_no_home_and_that_is_said(
    read_only_program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(read_only_program / "program" / "nowhere"))
    warnings: list[str] = []
    keep_compiled_code(warnings.append)
    assert Path(os.environ[COMPILED]).is_relative_to(read_only_program / "temporary")
    assert len(warnings) == 1
    assert COMPILED in warnings[0]


def test_a_folder_that_others_can_write_is_not_taken_for_compiled_code(
    read_only_program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(read_only_program / "program" / "nowhere"))
    foreign = read_only_program / "temporary" / f"verbatim-{os.getuid()}"
    foreign.mkdir()
    foreign.chmod(0o777)
    with pytest.raises(CacheError, match="XDG_CACHE_HOME"):
        keep_compiled_code(lambda line: None)

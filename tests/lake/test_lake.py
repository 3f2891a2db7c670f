"""A lake keeps what the DuckDB file keeps: transactions, releases that stand still, one writer; and gives up what nobody needs."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path
from threading import Thread

import duckdb
import polars as pl
import pytest

from assets.sources.schema import SOURCES
from orchestration.publish import publish
from orchestration.tables import TABLES
from pipeline.databases import extensions
from pipeline.databases import lake as lake_module
from pipeline.databases.lake import Address, Lake
from pipeline.settings import Settings
from pipeline.warehouse import Warehouse, WarehouseError, database_of, read_only
from tests.lake.conftest import MakeLake
from tests.lake.servers import Server, free_port
from tests.pipeline.test_warehouse import ROWS
from tests.running import assert_a_limit_on_memory_ends_with_its_transaction


@pytest.fixture
def settings(address: Address, tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path, keep_releases=2, warehouse=dict(address._asdict()))


@pytest.fixture
def warehouse(settings: Settings) -> Iterator[Warehouse]:
    """The lake while a run holds it."""
    warehouse = Warehouse(database_of(settings), TABLES)
    with warehouse.database.sole_writer():
        warehouse.prepare()
        yield warehouse


def write_version(warehouse: Warehouse, version: int) -> None:
    """As a step writes: what was there goes, what is new comes."""
    with warehouse.transaction() as transaction:
        rows = ROWS.with_columns(name=pl.lit(f"version {version}"))
        transaction.replace(SOURCES, rows)


def seen(published: Path) -> set[str]:
    with read_only(published) as connection:
        return {name for (name,) in connection.execute("SELECT name FROM core.sources").fetchall()}


def files_of(address: Address) -> set[str]:
    """The files of ``core.sources`` that there are."""
    if not address.on_s3:
        return {path.name for path in Path(address.data).rglob("sources/*.parquet")}
    import boto3

    bucket, prefix = address.data.removeprefix("s3://").split("/", 1)
    client = boto3.client("s3", endpoint_url=address.s3_endpoint, region_name="us-east-1")
    listed = client.list_objects_v2(Bucket=bucket, Prefix=prefix).get("Contents", [])
    return {item["Key"] for item in listed if "/sources/" in item["Key"]}


def test_tables_are_declared_once_for_all_kinds_of_database(warehouse: Warehouse) -> None:
    with warehouse.transaction() as transaction:
        for table in TABLES:
            found = transaction.query(
                "SELECT column_name, data_type, is_nullable = 'YES' AS nullable FROM information_schema.columns "
                "WHERE table_schema = ? AND table_name = ? ORDER BY ordinal_position",
                [table.schema, table.name],
            )
            declared = [(column.name, column.duckdb_type, column.nullable) for column in table.columns]
            assert found.rows() == declared, table.path
        assert transaction.scalar("SELECT comment FROM duckdb_tables() WHERE table_name = 'sources'") == SOURCES.grain


def test_rows_come_back_as_they_went_in_and_a_transaction_that_raises_leaves_nothing(warehouse: Warehouse) -> None:
    def interrupted() -> None:
        with warehouse.transaction() as transaction:
            transaction.insert(SOURCES, ROWS)
            raise InterruptedError

    with pytest.raises(InterruptedError):
        interrupted()
    with warehouse.transaction() as transaction:
        assert transaction.count(SOURCES) == 0
        transaction.insert(SOURCES, ROWS)
    with warehouse.transaction() as transaction:
        assert transaction.read(SOURCES).equals(ROWS.sort("source_id"))


def test_what_memory_a_step_may_take_is_not_what_the_next_one_may(warehouse: Warehouse) -> None:
    assert_a_limit_on_memory_ends_with_its_transaction(warehouse)


def test_rows_are_read_while_others_are_written(warehouse: Warehouse) -> None:
    write_version(warehouse, 1)
    wanted = pl.DataFrame({"source_id": ["east", "north"]})
    with warehouse.session() as session:
        read = session.stream("SELECT name FROM core.sources JOIN given_rows USING (source_id)", wanted, 1)
        first = next(read)
        with session.transaction() as transaction:
            transaction.execute("DELETE FROM core.sources")
        assert pl.concat([first, *read])["name"].to_list() == ["version 1"] * 2


def test_a_reader_of_a_release_is_unmoved_by_what_is_written_and_published_after_it(
    settings: Settings, warehouse: Warehouse
) -> None:
    write_version(warehouse, 1)
    publish(settings, warehouse, "run-1")
    with read_only(settings.published) as still_open:
        write_version(warehouse, 2)
        assert seen(settings.published) == {"version 1"}, "what a run builds is not seen before it is published"
        publish(settings, warehouse, "run-2")
        assert seen(settings.published) == {"version 2"}
        assert still_open.execute("SELECT DISTINCT name FROM core.sources").fetchall() == [("version 1",)]
        with pytest.raises(duckdb.InvalidInputException, match="read-only"):
            still_open.execute("DELETE FROM core.sources")


def test_a_release_is_a_snapshot_with_the_name_of_its_run(settings: Settings, warehouse: Warehouse) -> None:
    write_version(warehouse, 1)
    publish(settings, warehouse, "run-1")
    told = json.loads(settings.published.read_text())
    with warehouse.transaction() as transaction:
        named = transaction.query(
            "SELECT snapshot_id, commit_extra_info FROM ducklake_snapshots('lake') WHERE commit_message = 'published'"
        )
    assert named.rows() == [(told["snapshot"], '{"run": "run-1"}')]
    assert told["run"] == "run-1"


def test_what_no_release_needs_is_given_up_and_those_that_are_kept_are_whole(
    settings: Settings, warehouse: Warehouse, address: Address
) -> None:
    n_files, gone = [], None
    for number in range(1, 9):
        write_version(warehouse, number)
        publish(settings, warehouse, f"run-{number}")
        n_files.append(len(files_of(address)))
        gone = gone or files_of(address)
    releases = settings.data_dir / "releases"
    assert {path.name for path in releases.iterdir()} == {"run-7", "run-8"}
    for number in (7, 8):
        assert seen(releases / f"run-{number}" / "warehouse.json") == {f"version {number}"}
    assert n_files[-1] <= n_files[4], "the files of a table that is made anew in each run do not pile up"
    assert not gone & files_of(address), "files of the first release are removed"
    with warehouse.transaction() as transaction:
        n_snapshots = transaction.scalar("SELECT count(*) FROM ducklake_snapshots('lake')")
    assert n_snapshots <= 2 + 1


def test_small_files_are_merged(settings: Settings, warehouse: Warehouse, address: Address) -> None:
    for number in range(12):
        with warehouse.transaction() as transaction:
            transaction.insert(SOURCES, ROWS.with_columns(source_id=pl.col("source_id") + f"-{number}"))
    publish(settings, warehouse, "run-1")
    with warehouse.transaction() as transaction:
        n_files = transaction.scalar("SELECT count(*) FROM ducklake_list_files('lake', 'sources', schema => 'core')")
        assert (n_files, transaction.count(SOURCES)) == (1, 12 * ROWS.height)


def test_a_second_writer_is_refused_in_one_clear_line(warehouse: Warehouse, address: Address, tmp_path: Path) -> None:
    another = Lake(address, tmp_path / "scratch")
    with (
        pytest.raises(WarehouseError, match=r"another run is writing to the lake .+; wait for it to end"),
        another.sole_writer(),
    ):
        pass


HOLD = """
import sys
from pathlib import Path
from pipeline.databases.lake import Address, Lake
catalog, data, endpoint = sys.argv[1:]
with Lake(Address(catalog, data, endpoint or None), Path(data)).sole_writer():
    print("held", flush=True)
    sys.stdin.read()
"""


def test_the_lake_is_free_when_the_program_that_held_it_was_killed(address: Address, tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLD, *(part or "" for part in address)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(WarehouseError, match="another run"), Lake(address, tmp_path / "scratch").sole_writer():
            pass
        os.kill(holder.pid, signal.SIGKILL)
        holder.wait()
    with Lake(address, tmp_path / "scratch").sole_writer():
        pass


def test_a_lost_lock_is_noticed_before_anything_is_published(
    on_servers: MakeLake, postgres: Server, tmp_path: Path
) -> None:
    address = on_servers()
    settings = Settings(data_dir=tmp_path, warehouse=dict(address._asdict()))
    warehouse = Warehouse(database_of(settings), (SOURCES,))

    def lose_it(_: object) -> None:
        with duckdb.connect() as connection:
            extensions.load(connection, "postgres_scanner")
            connection.execute(f"ATTACH '{address.catalog.removeprefix('postgres:')}' AS server (TYPE postgres)")
            connection.execute(
                "SELECT * FROM postgres_query('server', 'SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = ''advisory''')"
            )

    def run() -> None:
        with warehouse.database.sole_writer():
            warehouse.prepare()
            warehouse.release(tmp_path, "run-1", lose_it)

    with pytest.raises(WarehouseError, match="was lost; run again"):
        run()
    assert not (tmp_path / "warehouse.json").exists()


def test_without_the_extra_it_says_what_to_install(
    in_files: MakeLake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extensions, "find_spec", lambda name: None if "duckdb_extension" in name else find_spec(name))
    with pytest.raises(
        WarehouseError, match=r"duckdb-extension-ducklake; install it with `pip install 'verbatim\[lake\]'"
    ):
        Warehouse(Lake(in_files(), tmp_path), TABLES).prepare()


def test_a_catalog_that_cannot_be_reached_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("duckdb_extension_postgres_scanner")
    monkeypatch.setenv("PGPASSWORD", "hidden-password")
    lake = Lake(Address(f"postgres:dbname=lake host=127.0.0.1 port={free_port()}", str(tmp_path / "tables")), tmp_path)
    for ask in (lake.sole_writer, lake.connect, lake.look):
        with (
            pytest.raises(WarehouseError, match=r"cannot be reached .*Connection refused.* check catalog") as refused,
            ask(),
        ):
            pass
        assert "hidden-password" not in str(refused.value)


class Refusing(BaseHTTPRequestHandler):
    """Storage that knows nobody."""

    def do_PUT(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        answer = b"<Error><Code>InvalidAccessKeyId</Code></Error>"
        self.send_response(403)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer)

    do_GET = do_HEAD = do_POST = do_PUT  # noqa: N815

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def refusing() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Refusing) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def test_credentials_that_storage_refuses_are_said_before_anything_is_done(
    refusing: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("duckdb_extension_httpfs")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "somebody")
    lake = Lake(Address(str(tmp_path / "catalog.ducklake"), "s3://bucket/lake", refusing), tmp_path)
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY", raising=False)
    with pytest.raises(WarehouseError, match="needs AWS_SECRET_ACCESS_KEY in the environment"), lake.sole_writer():
        pass
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "hidden-secret")
    with pytest.raises(WarehouseError, match=r"403.*check that the bucket exists") as refused, lake.sole_writer():
        pass
    assert "hidden-secret" not in str(refused.value)


def test_tables_are_not_looked_for_where_they_are_not(in_files: MakeLake, tmp_path: Path) -> None:
    address = in_files()
    Warehouse(Lake(address, tmp_path), (SOURCES,)).prepare()
    moved = Lake(address._replace(data=str(tmp_path / "elsewhere")), tmp_path)
    with pytest.raises(WarehouseError, match="was made for tables elsewhere"), moved.connect():
        pass


HOLD_CATALOG = """
import duckdb, sys, time
with duckdb.connect(sys.argv[1]):
    print("held", flush=True)
    time.sleep(float(sys.argv[2]))
"""


@pytest.mark.parametrize("seconds", [1, 60], ids=["lets go soon", "does not let go"])
def test_a_catalog_in_a_file_that_another_program_has_open_is_waited_for(
    in_files: MakeLake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seconds: int
) -> None:
    monkeypatch.setattr(lake_module, "LET_GO_SECONDS", 3)
    address = in_files()
    warehouse = Warehouse(Lake(address, tmp_path), (SOURCES,))
    warehouse.prepare()
    command = [sys.executable, "-c", HOLD_CATALOG, address.catalog, str(seconds)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout.readline() == "held\n"
        if seconds == 1:
            warehouse.prepare()
        else:
            with pytest.raises(WarehouseError, match="is open in another program; close it there"):
                warehouse.prepare()
        holder.kill()

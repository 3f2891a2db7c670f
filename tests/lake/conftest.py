"""Lakes to try things on: in a file and a folder, and in PostgreSQL and S3-compatible storage that the tests start themselves."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from uuid import uuid4

import pytest

from pipeline.databases.lake import Address

POSTGRES_FOLDERS = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
UNPRIVILEGED = "nobody"
"""PostgreSQL refuses to run as root."""
BUCKET = "lake"
MakeLake = Callable[[], Address]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.lake)
            if find_spec("duckdb_extension_ducklake") is None:
                item.add_marker(pytest.mark.skip(reason="needs the extra lake"))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """A PostgreSQL server of this test run; what is given is the name of its first database."""
    programs = os.pathsep.join([os.environ.get("PATH", ""), *map(str, POSTGRES_FOLDERS)])
    initdb, pg_ctl = shutil.which("initdb", path=programs), shutil.which("pg_ctl", path=programs)
    if initdb is None or pg_ctl is None or find_spec("duckdb_extension_postgres_scanner") is None:
        pytest.skip("needs PostgreSQL's server and the extra lake")
    # Not below pytest's own folder, which only its user may enter.
    folder = Path(tempfile.mkdtemp(prefix="verbatim-postgres-"))
    user = None
    if os.getuid() == 0:
        user = UNPRIVILEGED
        shutil.chown(folder, user)
    port, data = free_port(), folder / "data"
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c fsync=off"
    start = [pg_ctl, "-D", str(data), "-o", options, "-l", str(folder / "log"), "-w", "start"]
    stop = [pg_ctl, "-D", str(data), "-m", "immediate", "stop"]
    quiet = {"user": user, "cwd": "/", "stdout": subprocess.DEVNULL, "check": True}
    try:
        subprocess.run([initdb, "-D", str(data), "-U", "verbatim", "--auth=trust", "-E", "UTF8", "--locale=C"], **quiet)
        subprocess.run(start, **quiet)
        with pytest.MonkeyPatch.context() as environment:
            for name, value in {"PGHOST": "127.0.0.1", "PGPORT": str(port), "PGUSER": "verbatim"}.items():
                environment.setenv(name, value)
            yield "postgres"
        subprocess.run(stop, **quiet)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def storage() -> Iterator[str]:
    """An S3-compatible server of this test run, with a bucket; its address."""
    if any(find_spec(name) is None for name in ("moto", "flask", "boto3", "duckdb_extension_httpfs")):
        pytest.skip("needs moto and flask")
    import boto3
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    address = "http://{}:{}".format(*server.get_host_and_port())
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("AWS_ACCESS_KEY_ID", "anybody")
        environment.setenv("AWS_SECRET_ACCESS_KEY", "not to be seen")
        boto3.client("s3", endpoint_url=address, region_name="us-east-1").create_bucket(Bucket=BUCKET)
        yield address
    server.stop()


@pytest.fixture
def in_files(tmp_path: Path) -> MakeLake:
    """A lake on one machine: a file and a folder."""
    return lambda: Address(str(tmp_path / "lake" / "catalog.ducklake"), str(tmp_path / "lake" / "tables"))


@pytest.fixture
def on_servers(postgres: str, storage: str) -> MakeLake:
    """A lake for several machines: a database in PostgreSQL and a bucket."""

    def make() -> Address:
        name = f"lake_{uuid4().hex[:8]}"
        create_database(postgres, name)
        return Address(f"postgres:dbname={name}", f"s3://{BUCKET}/{name}", storage)

    return make


def create_database(known: str, name: str) -> None:
    import duckdb

    from pipeline.databases.extensions import load

    with duckdb.connect() as connection:
        load(connection, "postgres_scanner")
        connection.execute(f"ATTACH 'dbname={known}' AS server (TYPE postgres)")
        connection.execute(f"CALL postgres_execute('server', 'CREATE DATABASE {name}', use_transaction=false)")


@pytest.fixture(params=["in_files", "on_servers"])
def address(request: pytest.FixtureRequest) -> Address:
    """Each kind of lake."""
    make: MakeLake = request.getfixturevalue(request.param)
    return make()


def settings_text(address: Address) -> str:
    """``verbatim.toml`` that names the lake."""
    endpoint = f's3_endpoint = "{address.s3_endpoint}"\n' if address.s3_endpoint else ""
    return f'[warehouse]\ncatalog = "{address.catalog}"\ndata = "{address.data}"\n{endpoint}'

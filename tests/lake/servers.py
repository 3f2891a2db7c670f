"""PostgreSQL and S3-compatible storage on loopback, for as long as a block lasts."""

import logging
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.databases.lake import Address
from pipeline.databases.object_storage import KEY, SECRET

POSTGRES_FOLDERS = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
UNPRIVILEGED = "nobody"
"""PostgreSQL refuses to run as root."""
BUCKET = "lake"
FIRST_DATABASE = "postgres"


class MissingServerError(RuntimeError):
    """A server cannot be started here, for want of its program."""


class Server(NamedTuple):
    """``environment`` is what a process needs that is to use it; ``pid`` is 0 where it is a thread of this process."""

    environment: Mapping[str, str]
    pid: int
    address: str = ""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def postgres_server() -> Iterator[Server]:
    programs = os.pathsep.join([os.environ.get("PATH", ""), *map(str, POSTGRES_FOLDERS)])
    initdb, pg_ctl = shutil.which("initdb", path=programs), shutil.which("pg_ctl", path=programs)
    if initdb is None or pg_ctl is None or find_spec("duckdb_extension_postgres_scanner") is None:
        raise MissingServerError("needs PostgreSQL's server and the extra lake")
    # Not below pytest's own folder, which only its user may enter.
    folder = Path(tempfile.mkdtemp(prefix="verbatim-postgres-"))
    user = None
    if os.getuid() == 0:
        user = UNPRIVILEGED
        shutil.chown(folder, user)
    port, data = free_port(), folder / "data"
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c fsync=off"
    # The server ends with whoever started it, however that ends: the shell stops it when nobody holds the other end of its input.
    script = (
        '"$0" -D "$1" -o "$2" -l "$1.log" -w start >&2 && echo ready; read -r line; "$0" -D "$1" -m immediate stop >&2'
    )
    quiet: dict[str, Any] = {"user": user, "cwd": "/", "stderr": subprocess.DEVNULL, "start_new_session": True}
    try:
        init = [initdb, "-D", str(data), "-U", "verbatim", "--auth=trust", "-E", "UTF8", "--locale=C"]
        subprocess.run(init, stdout=subprocess.DEVNULL, check=True, **quiet)
        with subprocess.Popen(
            ["sh", "-c", script, pg_ctl, str(data), options],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, **quiet,
        ) as server:  # fmt: skip
            assert server.stdout is not None
            assert server.stdout.readline() == "ready\n"
            pid = int((data / "postmaster.pid").read_text().split()[0])
            yield Server({"PGHOST": "127.0.0.1", "PGPORT": str(port), "PGUSER": "verbatim"}, pid)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def storage_server() -> Iterator[Server]:
    """With a bucket. It is a thread of this process, which ends with it: to stop it would wait for connections kept open."""
    if any(find_spec(name) is None for name in ("moto", "flask", "boto3", "duckdb_extension_httpfs")):
        raise MissingServerError("needs moto and flask")
    import boto3
    from moto.server import ThreadedMotoServer

    environment = {KEY: "anybody", SECRET: "not to be seen"}
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    address = "http://{}:{}".format(*server.get_host_and_port())
    boto3.client(
        "s3", endpoint_url=address, region_name="us-east-1",
        aws_access_key_id=environment[KEY], aws_secret_access_key=environment[SECRET],
    ).create_bucket(Bucket=BUCKET)  # fmt: skip
    yield Server(environment, 0, address)


def lake_on_servers(storage: Server, name: str) -> Address:
    """A lake of its own: a new database and a new folder of the bucket. The environment must name the server."""
    in_postgres(f"CREATE DATABASE {name}")
    return Address(f"postgres:dbname={name}", f"s3://{BUCKET}/{name}", storage.address)


def in_postgres(statement: str) -> None:
    import duckdb

    from pipeline.databases.extensions import load

    with duckdb.connect() as connection:
        load(connection, "postgres_scanner")
        connection.execute(f"ATTACH 'dbname={FIRST_DATABASE}' AS server (TYPE postgres)")
        connection.execute(f"CALL postgres_execute('server', '{statement}', use_transaction=false)")


def settings_text(address: Address) -> str:
    """``verbatim.toml`` that names the lake."""
    endpoint = f's3_endpoint = "{address.s3_endpoint}"\n' if address.s3_endpoint else ""
    return f'[warehouse]\ncatalog = "{address.catalog}"\ndata = "{address.data}"\n{endpoint}'

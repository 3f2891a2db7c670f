"""S3-compatible storage: who may use it is read from the environment, and from nowhere else."""

import os
from collections.abc import Iterator
from urllib.parse import urlsplit

from pipeline.databases.database import Connection, WarehouseError

KEY, SECRET, TOKEN = "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"
REGIONS = ("AWS_REGION", "AWS_DEFAULT_REGION")
DEFAULT_REGION = "us-east-1"
UPLOADS = {"s3_uploader_max_filesize": "50GB", "s3_uploader_thread_limit": 4}
"""Parts of 5 MB, four at a time. As DuckDB has it, fifty of 80 MB may wait for the storage, all of them within its limit on memory."""


def let_in(connection: Connection, place: str, endpoint: str | None) -> None:
    """Give the connection what it needs to read and write below ``place``."""
    missing = [name for name in (KEY, SECRET) if not os.environ.get(name)]
    if missing:
        raise WarehouseError(f"{place} needs {' and '.join(missing)} in the environment")
    options = ", ".join(f"{name} {value}" for name, value in _options(place, endpoint))
    connection.execute(f"CREATE OR REPLACE SECRET lake_storage (TYPE s3, {options})")
    for name, value in UPLOADS.items():
        connection.execute(f"SET GLOBAL {name} = {literal(str(value))}")


def _options(place: str, endpoint: str | None) -> Iterator[tuple[str, str]]:
    yield "KEY_ID", literal(os.environ[KEY])
    yield "SECRET", literal(os.environ[SECRET])
    if token := os.environ.get(TOKEN):
        yield "SESSION_TOKEN", literal(token)
    yield "REGION", literal(next((os.environ[name] for name in REGIONS if os.environ.get(name)), DEFAULT_REGION))
    yield "SCOPE", literal(place)
    if endpoint:
        address = urlsplit(endpoint)
        yield "ENDPOINT", literal(f"{address.netloc}{address.path.rstrip('/')}")
        yield "USE_SSL", str(address.scheme != "http").lower()
        yield "URL_STYLE", "'path'"


def literal(text: str) -> str:
    """A text in SQL."""
    return "'" + text.replace("'", "''") + "'"

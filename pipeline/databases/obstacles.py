"""What stands between a run and its lake, in a line that says what to look at."""

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from pipeline.databases import object_storage
from pipeline.databases.database import HeldElsewhereError, WarehouseError
from pipeline.databases.duckdb_file import is_held_elsewhere


@contextmanager
def explained(catalog: str, data: str) -> Iterator[None]:
    """Errors of the catalog and of the tables' files are ours inside the block, and say all; any other is as it was."""
    try:
        yield
    except duckdb.Error as error:
        # Where the server is gone, what fails last is the attempt to roll back.
        told = f"{error} {error.__context__ or ''}"
        if "server closed the connection" in told:
            raise WarehouseError(f"the connection to the lake's catalog {catalog} was lost; run again") from error
        if isinstance(error, duckdb.HTTPException) or "error for HTTP" in told:
            raise WarehouseError(
                f"{data} could not be read or written ({first_line(error)}); check that the bucket exists, s3_endpoint in "
                f"verbatim.toml, and {object_storage.KEY} and {object_storage.SECRET} in the environment"
            ) from error
        if is_held_elsewhere(error):
            raise HeldElsewhereError(
                f"the lake's catalog {catalog} is open in another program; close it there"
            ) from error
        if "nable to connect to Postgres" in told or "onnection to server" in told:
            reason = " ".join(told.rsplit("connection to server", 1)[-1].split())
            raise WarehouseError(
                f"the lake's catalog {catalog} cannot be reached (connection to server {reason}); check catalog in verbatim.toml "
                "and PGHOST, PGPORT, PGUSER and PGPASSWORD in the environment"
            ) from error
        if "DATA_PATH" in told:
            raise WarehouseError(
                f"the lake's catalog {catalog} was made for tables elsewhere than {data}; set data in verbatim.toml "
                "as it was, or name another catalog"
            ) from error
        raise


def first_line(error: Exception) -> str:
    return str(error).splitlines()[0]

"""DuckDB's extensions from the packages of the extra ``lake``: loaded by their path, so that nothing is fetched."""

from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

import duckdb

from pipeline.databases.database import Connection, WarehouseError

INSTALL = "install it with `pip install 'verbatim[lake]'`"


def load(connection: Connection, name: str) -> None:
    """Load an extension; DuckDB refuses one that its makers have not signed."""
    package = f"duckdb-extension-{name.replace('_', '-')}"
    spec = find_spec(f"duckdb_extension_{name}")
    if spec is None:
        raise WarehouseError(f"a lake needs the package {package}; {INSTALL}")
    found = [
        file for folder in spec.submodule_search_locations or () for file in Path(folder).rglob("*.duckdb_extension")
    ]
    try:
        connection.execute(f"LOAD '{str(found[0]).replace(chr(39), chr(39) * 2)}'")
    except (IndexError, duckdb.Error) as error:
        raise WarehouseError(
            f"{package} {_version(package)} does not go with DuckDB {version('duckdb')}; {INSTALL}"
        ) from error


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "of an unknown version"

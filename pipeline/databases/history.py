"""Dagster's history in PostgreSQL: how Dagster is told of it, and how it is asked. Imported only when the settings ask for it."""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from typing import Any

import sqlalchemy

from pipeline.databases.database import WarehouseError
from pipeline.settings import POSTGRES

try:
    import dagster_postgres  # noqa: F401
    import psycopg2
    from psycopg2.extensions import parse_dsn
except ImportError as error:
    raise WarehouseError(
        'history in verbatim.toml needs dagster-postgres, which is not installed: pip install "verbatim[history]"'
    ) from error

IS_THERE = "SELECT to_regclass('runs') IS NOT NULL"


def address_of(history: str) -> str:
    """The address as Dagster takes it; what it leaves out, the password too, PostgreSQL's client finds in the environment."""
    named = parse_dsn(history.removeprefix(POSTGRES))
    address = sqlalchemy.URL.create("postgresql+psycopg2", database=named.pop("dbname", None), query=named)
    return address.render_as_string()


def rows(history: str, query: str, given: Sequence[object]) -> list[tuple[object, ...]]:
    """The answer to a question about runs; none where nothing has run yet."""
    with connected(history) as connection, connection.cursor() as cursor:
        cursor.execute(IS_THERE)
        if cursor.fetchone() == (False,):
            return []
        cursor.execute(query, given)
        return list(cursor.fetchall())


@contextmanager
def connected(history: str) -> Iterator[Any]:
    """A connection; where there can be none, a line says what to look at."""
    try:
        connection = psycopg2.connect(history.removeprefix(POSTGRES))
    except psycopg2.OperationalError as error:
        raise WarehouseError(
            f"Dagster's history {history} cannot be reached ({' '.join(str(error).split())}); check history in verbatim.toml and "
            "PGHOST, PGPORT, PGUSER and PGPASSWORD in the environment"
        ) from error
    with closing(connection):
        yield connection

"""What ``verbatim status`` says of outlets that are not named: how many, and the manifest lines that would name them."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from itertools import groupby

import duckdb

from assets.documents.labels import MEMBER
from assets.documents.manifest import MANIFEST_NAME

SHOWN = 10
# Where the name of a member begins in a label (see ``assets.documents.labels``).
MEMBER_NAME = re.compile(rf"{MEMBER}(?=[^./])")
UNKNOWN = (
    "FROM core.articles JOIN core.sources USING (source_id) JOIN raw.documents USING (document_id) "
    "WHERE known_by = 'unknown'"
)
ALL = f"SELECT DISTINCT path {UNKNOWN} ORDER BY path"


def unknown_outlets(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """Lines to print; none where every outlet is known."""
    if not connection.execute(
        "FROM duckdb_columns() WHERE schema_name = 'core' AND table_name = 'sources' AND column_name = 'known_by'"
    ).fetchone():
        yield "Unnamed outlets are listed here after the first run of this version."
        return
    counts = connection.execute(
        f"SELECT count(DISTINCT source_id), count(*), count(DISTINCT path) {UNKNOWN}"
    ).fetchone()
    n_outlets, n_articles, n_files = counts or (0, 0, 0)
    if not n_outlets:
        return
    yield (
        f"{n_outlets:,} outlets are not named anywhere ({n_articles:,} articles); each counts as an outlet of its own. "
        f"To name them, put these lines into a {MANIFEST_NAME} beside the files, with each name after its comma; "
        'a line "." names the outlet of the whole folder:'
    )
    paths = [path for (path,) in connection.execute(f"{ALL} LIMIT {SHOWN}").fetchall()]
    yield from manifest_lines(paths)
    if n_files > SHOWN:
        yield f'and {n_files - SHOWN:,} more files; list them with: verbatim sql "{ALL}"'


def manifest_lines(paths: Sequence[str]) -> Iterator[str]:
    """For each folder the manifest's own label, its header, and one row per file or member; the outlets are left open."""
    for folder, group in groupby(sorted(map(placed, paths)), key=lambda row: row[0]):
        yield f"\n  {folder}{MANIFEST_NAME}"
        yield "  path,outlet"
        for _, name in group:
            row = io.StringIO()
            csv.writer(row, lineterminator="").writerow((name, ""))
            yield f"  {row.getvalue()}"


def placed(path: str) -> tuple[str, str]:
    """The folder that a label's file lies in, with the slash, and the rest of the label."""
    file = MEMBER_NAME.split(path, maxsplit=1)[0]
    start = file.rfind("/") + 1
    return path[:start], path[start:]

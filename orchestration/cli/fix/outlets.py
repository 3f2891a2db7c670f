"""``verbatim fix outlet``: which outlet published a file."""

from typing import Annotated

import typer

from assets.corrections.lists import OUTLETS
from orchestration.cli.command import Data, UsageError
from orchestration.cli.fix.write import Why, add
from pipeline.settings import load_settings
from pipeline.warehouse import read_only

MOST_NAMED = 5


def outlet(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="The file or archive, or the end of its path that only it has.")
    ],
    name: Annotated[str, typer.Argument(metavar="NAME", help="Name of its outlet.")],
    record: Annotated[
        int | None, typer.Option("--record", help="Only this record of the file, from 1.", min=1, show_default=False)
    ] = None,
    why: Why = "",
    data: Data = None,
) -> None:
    """The articles of FILE are those of the outlet NAME."""
    settings = load_settings(data)
    name = " ".join(name.split())
    if not name:
        raise UsageError("NAME is empty; write the name of the outlet")
    # A member of an archive stands behind a "!"; the archive is a file too, and so is every record of one.
    query = """
        SELECT DISTINCT meant, record_no, article_id, outlets.name AS outlet
        FROM (
            SELECT document_id, record_no, unnest(list_distinct([path, split_part(path, '!', 1)])) AS meant
            FROM (SELECT document_id, path, record_no FROM raw.documents UNION SELECT document_id, path, record_no FROM raw.duplicates)
        ) JOIN core.articles USING (document_id) JOIN core.sources AS outlets USING (source_id)
        WHERE (meant = $file OR ends_with(meant, '/' || $file)) AND ($record IS NULL OR record_no + 1 = $record)
        ORDER BY ALL
    """
    with read_only(settings.published) as connection:
        rows = connection.execute(query, {"file": file.removeprefix("./"), "record": record}).fetchall()
    paths = sorted({row[0] for row in rows})
    if not paths:
        of_record = f" with a record {record}" if record else ""
        raise UsageError(
            f"{file}: no article was read from such a file{of_record}; `verbatim show` names an article's file"
        )
    if len(paths) > 1:
        raise UsageError(
            f"{file} is the end of {len(paths)} paths: {', '.join(paths[:MOST_NAMED])}"
            + ("…" if len(paths) > MOST_NAMED else "")
            + "; write more of it"
        )
    found = sorted({row[3] for row in rows})
    if found == [name]:
        raise UsageError(f"{paths[0]} is an article of {name} already")
    row = {"file": paths[0], "record": str(record or ""), "outlet": name, "found": "|".join(found)}
    n = len({row[2] for row in rows})
    add(
        settings,
        OUTLETS,
        [row],
        why,
        f"{paths[0]}: {n:,} article{'' if n == 1 else 's'} of {name}, not of {', '.join(found)}",
    )

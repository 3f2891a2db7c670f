"""The command line ``verbatim``: the same job and the same functions as in Dagster, from a terminal."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import wraps
from itertools import takewhile
from pathlib import Path
from typing import Annotated, Any, BinaryIO, Literal

import duckdb
import polars as pl
import typer
from rich.console import Console
from rich.table import Table

from orchestration.cli.caches import keep_compiled_code
from orchestration.cli.console import contents_table, find_articles, rejects_table, rows_table, unread_dates
from orchestration.cli.failures import causes, explain, story, write_log
from orchestration.cli.past_runs import past_runs
from orchestration.cli.unknown_outlets import unknown_outlets
from pipeline.settings import DATA_VARIABLE, Settings, data_dir, load_settings
from pipeline.warehouse import WarehouseError, read_only, sole_writer

USAGE_ERROR = 2
RUN_FAILED = 1
INTERRUPTED = 130
EXAMPLE = "SELECT outlet, carried, relation, wording FROM marts.quote_coverage ORDER BY statement_id, outlet LIMIT 20"

app = typer.Typer(
    name="verbatim",
    help="From a folder of news files to a warehouse of who said what, which outlets carried it and in which words.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
screen = Console()
errors = Console(stderr=True, highlight=False)

Data = Annotated[
    Path | None,
    typer.Option("--data", help=f"Data folder; default is ${DATA_VARIABLE}, else data/.", show_default=False),
]


class UsageError(Exception):
    """Something the user can put right; shown as one line."""


def command(function: Callable[..., None]) -> Callable[..., None]:
    """A command that ends in one line where it cannot go on, and never in a traceback."""

    @wraps(function)
    def guarded(*args: Any, **kwargs: Any) -> None:
        try:
            function(*args, **kwargs)
        except (typer.Exit, typer.Abort, BrokenPipeError):
            raise
        except KeyboardInterrupt as interrupt:
            tell("interrupted; what was published is untouched, and the next run goes on where this one was")
            raise typer.Exit(INTERRUPTED) from interrupt
        except Exception as error:
            raise typer.Exit(tell_error(error, data_dir(kwargs.get("data")))) from error

    return guarded


def tell_error(error: Exception, data: Path) -> int:
    """Say what went wrong in one line; what the user can put right gives status 2, anything else a log file and 1."""
    explanation = explain(causes(error), data)
    if explanation.known:
        tell(explanation.line)
        return USAGE_ERROR
    tell(explanation.line + logged(data, "verbatim", [story(error)]))
    return RUN_FAILED


def tell(line: str) -> None:
    errors.print(f"verbatim: {line}", markup=False, soft_wrap=True)


def logged(data: Path, name: str, parts: Sequence[str]) -> str:
    """Write the details to a log file; the words that name it."""
    file = write_log(data, name, parts)
    return f"; details in {file}" if file else "; no place to write the details to"


@app.command()
@command
def run(
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="[PATH]…", help="Files, folders or globs; default is the inbox of the data folder."),
    ] = None,
    feed: Annotated[
        list[str] | None,
        typer.Option(
            "--feed", metavar="URL", help="Fetch this RSS or Atom feed into the inbox first; may be given again."
        ),
    ] = None,
    pages: Annotated[bool, typer.Option("--pages", help="Fetch the page behind each item of the feeds too.")] = False,
    data: Data = None,
) -> None:
    """Run the main job: read new files, extract what is pending, build the marts, check and publish."""
    settings = load_settings(data)
    if pages and not feed:
        raise UsageError("--pages goes with --feed URL")
    fetch_feeds(feed or [], settings.inbox, pages)
    files = existing(paths or [str(settings.inbox)], default=not paths, settings=settings)
    with sole_writer(settings.lock):
        keep_compiled_code(tell)
        from orchestration.cli.launch import run_main_job
        from pipeline.progress import TerminalReporter

        reporter = TerminalReporter(screen)
        with reporter.bars:
            outcome = run_main_job(settings, files, reporter)
    if not outcome.success:
        told = logged(settings.data_dir, f"run-{outcome.run_id}", [*outcome.problems, *outcome.details])
        tell(f"run {outcome.run_id[:8]} failed: {'; '.join(outcome.problems)}{told}")
        raise typer.Exit(RUN_FAILED)
    with read_only(settings.published) as connection:
        print_contents(connection)
    screen.print(f"\nwarehouse  {settings.published}", soft_wrap=True)
    if settings.report.exists():
        screen.print(f"report     {settings.report / 'index.html'}", soft_wrap=True)
    screen.print(f'try        verbatim sql --data {settings.data_dir} "{EXAMPLE}"', soft_wrap=True, highlight=False)


def fetch_feeds(urls: list[str], inbox: Path, pages: bool) -> None:
    """Fetch what is new in the feeds; the only time that anything is fetched."""
    if not urls:
        return
    from assets.documents.feeds.feed_fetch import fetch_feed
    from assets.documents.feeds.fetch import Fetcher

    fetcher = Fetcher()
    for url in urls:
        result = fetch_feed(url, inbox, fetcher, with_pages=pages)
        screen.print(f"{url}: {len(result.written)} files fetched" if result.changed else f"{url}: nothing new")
        for problem in result.problems:
            tell(problem)


def existing(given: list[str], default: bool, settings: Settings) -> list[Path]:
    """The paths that were meant; each must exist, and there must be a file among them."""
    if default:
        settings.inbox.mkdir(parents=True, exist_ok=True)
    paths: list[Path] = []
    for pattern in given:
        matches = [Path(pattern)] if Path(pattern).exists() else globbed(pattern)
        if not matches:
            raise UsageError(f"{pattern}: there is no such file or folder")
        paths += matches
    if not any(path.is_file() or any(file.is_file() for file in path.rglob("*")) for path in paths):
        where = ", ".join(str(path) for path in paths)
        raise UsageError(f"{where}: there are no files in it; put news files there or name others")
    return [path.resolve() for path in paths]


def globbed(pattern: str) -> list[Path]:
    """Paths that match; the folder to look in is the part of the pattern before the first wildcard."""
    parts = Path(pattern).parts
    plain = list(takewhile(lambda part: not any(sign in part for sign in "*?["), parts))
    rest = parts[len(plain) :]
    return sorted(Path(*plain).glob(str(Path(*rest)))) if rest else []


@app.command()
@command
def extract(
    file: Annotated[str, typer.Argument(metavar="[FILE|-]", help="JSONL documents; - is standard input.")] = "-",
    as_is: Annotated[
        bool, typer.Option("--as-is", help="Take the text for the body as it stands; offsets refer to it.")
    ] = False,
    fast: Annotated[bool, typer.Option("--fast", help="Clean pages faster, at some loss of quality.")] = False,
    workers: Annotated[int, typer.Option(help="Processes; 0 takes one per core.", min=0)] = 0,
) -> None:
    """Filter JSONL documents (doc_id, text or html) to JSONL with body, metadata, quotes and entities."""
    keep_compiled_code(tell)
    from orchestration.cli.extract import extract_lines

    if file != "-" and not Path(file).is_file():
        raise UsageError(f"{file}: there is no such file")
    source: BinaryIO = sys.stdin.buffer if file == "-" else Path(file).open("rb")  # noqa: SIM115
    n_errors = 0
    with source:
        for line in extract_lines(source, as_is, "fast" if fast else "accurate", workers or os.cpu_count() or 1):
            n_errors += b'"error":' in line[:400] and "error" in json.loads(line)
            sys.stdout.buffer.write(line + b"\n")
    sys.stdout.buffer.flush()
    if n_errors:
        tell(f'{n_errors} documents could not be used; their lines say why under "error"')
        raise typer.Exit(RUN_FAILED)


@app.command()
@command
def sql(
    query: Annotated[str, typer.Argument(help="One SQL query on the published warehouse.")],
    format: Annotated[
        Literal["table", "csv", "json", "parquet"], typer.Option("--format", help="How to write the answer.")
    ] = "table",
    output: Annotated[Path | None, typer.Option("--output", help="File to write it to.", show_default=False)] = None,
    data: Data = None,
) -> None:
    """Query the published warehouse, read-only; a run that is going on does not disturb it."""
    if format == "parquet" and output is None:
        raise UsageError("parquet is no text; name a file with --output")
    with read_only(load_settings(data).published) as connection:
        try:
            answer = connection.execute(query).pl()
        except duckdb.Error as error:
            raise UsageError(" ".join(str(error).split())) from error
    write_answer(answer, format, output)


def write_answer(answer: pl.DataFrame, format: str, output: Path | None) -> None:
    if format == "parquet" and output is not None:
        answer.write_parquet(output)
    elif format == "table":
        console = Console(file=output.open("w", encoding="utf-8"), width=200) if output else screen
        console.print(rows_table(answer))
    else:
        text = answer.write_json() + "\n" if format == "json" else flat(answer).write_csv()
        if output:
            output.write_text(text, encoding="utf-8")
        else:
            sys.stdout.write(text)


def flat(frame: pl.DataFrame) -> pl.DataFrame:
    """Lists as JSON text, since CSV has none."""
    lists = [name for name, kind in frame.schema.items() if isinstance(kind, pl.List)]
    as_json = [
        pl.Series(
            name,
            [None if value is None else json.dumps(list(value), ensure_ascii=False) for value in frame[name]],
            pl.String,
        )
        for name in lists
    ]
    return frame.with_columns(as_json)


@app.command()
@command
def status(data: Data = None) -> None:
    """Last runs, rows per table, rejects by reason, dates that could not be read, and the outlets that nothing names."""
    settings = load_settings(data)
    with read_only(settings.published) as connection:
        print_runs(settings)
        print_contents(connection)
        print_unread_dates(connection)
        print_unknown_outlets(connection)


def print_runs(settings: Settings) -> None:
    shown = Table("run", "started (UTC)", "status", title="last runs", title_justify="left")
    for past in past_runs(settings, 5):
        shown.add_row(past.run_id[:8], past.started, past.status)
    screen.print(shown)


def print_contents(connection: duckdb.DuckDBPyConnection) -> None:
    screen.print(contents_table(connection))
    rejects = rejects_table(connection)
    if rejects:
        screen.print(rejects)


def print_unread_dates(connection: duckdb.DuckDBPyConnection) -> None:
    unread = unread_dates(connection)
    if unread:
        n_unread = sum(n for _, _, n, _ in unread)
        screen.print(f"\nstated dates that could not be read: {n_unread}; write them as 2026-03-04 in a manifest.csv:")
        for outlet, path, n, example in unread[:10]:
            screen.print(f"  {path}  {outlet}: {n}, such as {example!r}", soft_wrap=True, markup=False, highlight=False)


def print_unknown_outlets(connection: duckdb.DuckDBPyConnection) -> None:
    for line in unknown_outlets(connection):
        screen.print(line, soft_wrap=True, highlight=False, markup=False)


@app.command()
@command
def show(
    article: Annotated[str, typer.Argument(help="An article's id or its beginning, its file, address or headline.")],
    data: Data = None,
) -> None:
    """Print the page that an article was read from, with kept and removed lines marked."""
    keep_compiled_code(tell)
    from orchestration.cli.show import print_page

    settings = load_settings(data)
    with read_only(settings.published) as connection:
        found = find_articles(connection, article)
        if not found.height:
            raise UsageError(f"{article}: no article has this id, file, address or headline")
        if found.height > 1:
            screen.print(rows_table(found))
            raise UsageError(f"{article}: {found.height} articles match; name one by its id")
        print_page(screen, connection, found["article_id"][0], settings.html_mode)


@app.command()
@command
def ui(
    port: Annotated[int, typer.Option(help="Port on 127.0.0.1.", min=1, max=65535)] = 3000,
    data: Data = None,
) -> None:
    """Serve Dagster's UI on 127.0.0.1, with the schedule and the sensor at hand."""
    keep_compiled_code(tell)
    from pipeline.instance import bury_dead_runs, open_instance, prepare_home, prepare_workspace

    settings = load_settings(data)
    settings.inbox.mkdir(parents=True, exist_ok=True)
    # Whoever holds the lock is a run that is alive; then there is none to bury.
    with suppress(WarehouseError), sole_writer(settings.lock), open_instance(settings) as instance:
        bury_dead_runs(instance)
    environment = {
        **os.environ,
        "DAGSTER_HOME": str(prepare_home(settings)),
        DATA_VARIABLE: str(settings.data_dir),
        "PYTHONUNBUFFERED": "1",
    }
    dagster = Path(sys.executable).with_name("dagster")
    workspace = prepare_workspace(settings, "orchestration.code_location")
    serve = [str(dagster), "dev", "-w", str(workspace), "--host", "127.0.0.1", "--port", str(port)]
    raise typer.Exit(subprocess.call(serve, env=environment))

"""``verbatim run``: fetch feeds if asked to, find the files named, run the main job."""

import json
import sys
from itertools import takewhile
from pathlib import Path
from typing import Annotated

import duckdb
import typer
from rich.console import Console

from assets.alerts.rules import read_rules
from orchestration.cli.caches import keep_compiled_code
from orchestration.cli.command import RUN_FAILED, Data, UsageError, logged, screen, tell
from orchestration.cli.console import REASONS, print_contents, reasons, row_counts
from pipeline.settings import Settings, load_settings
from pipeline.warehouse import only_run, read_only

EXAMPLE = "SELECT outlet, carried, relation, wording FROM marts.quote_coverage ORDER BY statement_id, outlet LIMIT 20"


def run(
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="PATH", help="Files, folders or globs; defaults to the inbox of the data folder."),
    ] = None,
    feed: Annotated[
        list[str] | None,
        typer.Option(
            "--feed", metavar="URL", help="Fetch this RSS or Atom feed into the inbox first; may be repeated."
        ),
    ] = None,
    pages: Annotated[bool, typer.Option("--pages", help="Fetch the page behind each item of the feeds too.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="Say nothing unless something is wrong.")] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Say what came of it as one line of JSON, and no more.")
    ] = False,
    data: Data = None,
) -> None:
    """Read new files and publish the warehouse and the report.

    This runs the main job: read, extract what is pending, build the marts, check, publish.
    """
    settings = load_settings(data)
    if pages and not feed:
        raise UsageError("--pages goes with --feed URL")
    told = Console(quiet=True) if quiet or as_json else screen
    fetch_feeds(feed or [], settings.inbox, pages, told)
    files = existing(paths or [str(settings.inbox)], default=not paths, settings=settings)
    read_rules(settings.alerts)
    with only_run(settings):
        keep_compiled_code(tell)
        from orchestration.cli.launch import run_main_job
        from pipeline.progress import TerminalReporter

        reporter = TerminalReporter(told)
        with reporter.bars:
            outcome = run_main_job(settings, files, reporter)
    if not outcome.success:
        details = logged(settings.data_dir, f"run-{outcome.run_id}", [*outcome.problems, *outcome.details])
        tell(f"run {outcome.run_id[:8]} failed: {'; '.join(outcome.problems)}{details}")
        raise typer.Exit(RUN_FAILED)
    with read_only(settings.published) as connection:
        if as_json:
            sys.stdout.write(
                json.dumps(summary(settings, outcome.run_id, outcome.new_alerts, connection), ensure_ascii=False) + "\n"
            )
            return
        print_contents(told, connection)
    told.print(f"\nwarehouse  {settings.published}", soft_wrap=True)
    if settings.report.exists():
        told.print(f"report     {settings.report / 'index.html'}", soft_wrap=True)
    if outcome.new_alerts:
        told.print(f"alerts     {outcome.new_alerts:,} new, in {settings.report / 'alerts.html'}", soft_wrap=True)
    told.print(f'try        verbatim sql --data {settings.data_dir} "{EXAMPLE}"', soft_wrap=True, highlight=False)


def summary(
    settings: Settings, run_id: str, new_alerts: int, connection: duckdb.DuckDBPyConnection
) -> dict[str, object]:
    """What came of a run, for a program: where things are, rows by table, what was not taken by reason."""
    return {
        "run": run_id,
        "warehouse": str(settings.published),
        "report": str(settings.report / "index.html") if settings.report.exists() else None,
        "new_alerts": new_alerts,
        "rows": dict(row_counts(connection)),
        **{
            title.replace(" ", "_"): {reason: n for reason, n, _ in reasons(connection, rows)}
            for title, rows in REASONS.items()
        },
    }


def fetch_feeds(urls: list[str], inbox: Path, pages: bool, told: Console) -> None:
    """Fetch what is new in the feeds; nothing else is ever fetched."""
    if not urls:
        return
    from assets.documents.feeds.feed_fetch import fetch_feed
    from assets.documents.feeds.fetch import Fetcher

    fetcher = Fetcher()
    for url in urls:
        result = fetch_feed(url, inbox, fetcher, with_pages=pages)
        told.print(f"{url}: {len(result.written)} files fetched" if result.changed else f"{url}: nothing new")
        for problem in result.problems:
            tell(problem)


def existing(given: list[str], default: bool, settings: Settings) -> list[Path]:
    """The paths named; each must exist, and there must be a file among them."""
    if default:
        settings.inbox.mkdir(parents=True, exist_ok=True)
    paths: list[Path] = []
    for pattern in given:
        matches = [Path(pattern)] if Path(pattern).exists() else globbed(pattern)
        if not matches:
            raise UsageError(f"{pattern}: no such file or folder")
        paths += matches
    if not any(path.is_file() or any(file.is_file() for file in path.rglob("*")) for path in paths):
        where = ", ".join(str(path) for path in paths)
        raise UsageError(f"{where}: no files in it; put news files there or name others")
    return [path.resolve() for path in paths]


def globbed(pattern: str) -> list[Path]:
    """Paths that match; the part of the pattern before the first wildcard is the folder to search."""
    parts = Path(pattern).parts
    plain = list(takewhile(lambda part: not any(sign in part for sign in "*?["), parts))
    rest = parts[len(plain) :]
    return sorted(Path(*plain).glob(str(Path(*rest)))) if rest else []

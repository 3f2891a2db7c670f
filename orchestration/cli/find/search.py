"""``verbatim search``: quotations, statements or articles that hold the words, ranked."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, Literal

import duckdb
import typer
from rich.text import Text

from assets.search.excerpt import pieces, places, window
from orchestration.cli.answers import write_answer
from orchestration.cli.command import Data, UsageError, screen
from orchestration.cli.console import written_time
from pipeline.settings import load_settings
from pipeline.warehouse import read_only


class Kind(StrEnum):
    """A kind of quotation."""

    direct = "direct"
    partial = "partial"
    block = "block"
    indirect = "indirect"


INDENT = 4
NOUNS = {"quotes": "quotation", "statements": "statement", "articles": "article"}
MOST_OUTLETS = 12
MOST_LETTERS, MOST_CONTEXT = 320, 60
SPACES = re.compile(r"\s+")


@dataclass(frozen=True)
class Marked:
    """What is marked in a text: words in all their forms, and phrases, whose words alone are not."""

    words: frozenset[str]
    phrases: list[list[str]]


def search(  # noqa: PLR0913 - the options of a command
    words: Annotated[
        str, typer.Argument(help='Words to find in any of their forms; "words in quotation marks" stand together.')
    ],
    speaker: Annotated[
        str | None, typer.Option(help="Only what this speaker said (part of a name).", show_default=False)
    ] = None,
    outlet: Annotated[
        str | None, typer.Option(help="Only what this outlet printed (part of a name).", show_default=False)
    ] = None,
    since: Annotated[
        datetime | None,
        typer.Option(help="Only what appeared on this day or later.", formats=["%Y-%m-%d"], show_default=False),
    ] = None,
    kind: Annotated[
        list[Kind] | None, typer.Option(help="Only this kind of quotation; may be given again.", show_default=False)
    ] = None,
    part: Annotated[
        Literal["quotes", "articles", "statements"], typer.Option("--in", help="What to search.")
    ] = "quotes",
    any_word: Annotated[bool, typer.Option("--any", help="Also texts that hold only some of the words.")] = False,
    limit: Annotated[int, typer.Option(help="Results shown; 0 shows all.", min=0)] = 10,
    format: Annotated[Literal["text", "csv", "json"], typer.Option("--format", help="How to write them.")] = "text",
    data: Data = None,
) -> None:
    """Search quotations, statements and articles.

    Ranked by BM25, words marked, with counts by outlet.
    """
    from orchestration.cli.find.search_query import counts, forms_of, hits, known_words, phrases_of, wanted

    with read_only(load_settings(data).published) as connection:
        _must_be_searchable(connection)
        known = known_words(connection, words)
        asked = wanted(connection, part, words, speaker, outlet, since, kind or [])
        found = hits(connection, part, known, any_word, asked)
        by_outlet = counts(connection, part, known, any_word, asked)
        phrases = phrases_of(words)
        alone = " ".join(set(known.split()) - {word for phrase in phrases for word in phrase})
        marked = Marked(forms_of(connection, alone), phrases)
    shown = found.head(limit) if limit else found
    if format != "text":
        write_answer(shown, format, None)
        return
    for number, row in enumerate(shown.iter_rows(named=True), start=1):
        _print_hit(number, row, marked)
    _print_counts(NOUNS[part], found.height, shown.height, by_outlet)


def _must_be_searchable(connection: duckdb.DuckDBPyConnection) -> None:
    if not connection.execute("FROM duckdb_schemas() WHERE schema_name = 'search'").fetchone():
        raise UsageError("this warehouse was published before it could be searched; run `verbatim run` once")


def _print_hit(number: int, row: dict[str, Any], marked: Marked) -> None:
    when = written_time(row["published_at"], row["published_precision"]) or "no date"
    where = row.get("outlet") or ", ".join(row["outlets"])
    facts = (where, when, row.get("kind"), row.get("article_id") or row["id"])
    heading = row.get("title") or row.get("speaker") or "nobody named"
    screen.print(
        Text.assemble(
            (f"{number:>{INDENT - 1}} ", "dim"), (heading, "bold"), "  ", (" · ".join(filter(None, facts)), "dim")
        )
    )
    for line in excerpt(row, marked, plain=not screen.is_terminal).wrap(screen, screen.width - INDENT):
        line.rstrip()
        screen.print(Text(" " * INDENT) + line)
    screen.print()


def excerpt(row: dict[str, Any], marked: Marked, plain: bool) -> Text:
    """The text with the words marked, in bold or, where there is no terminal, between asterisks; its context dimmed."""
    text, before, after = row["text"], row.get("pre") or "", row.get("post") or ""
    found = places(text, marked.words, marked.phrases)
    start, end = window(text, found, MOST_LETTERS)
    line = Text()
    if start == 0 and before:
        line.append("…" + _last_words(before), "dim")
    line.append("…" if start else "")
    for piece, asked in pieces(text, found, start, end):
        line.append(f"*{piece}*" if asked and plain else _flat(piece), "bold yellow" if asked else "")
    line.append("…" if end < len(text) else "")
    if end == len(text) and after:
        line.append(_first_words(after) + "…", "dim")
    return line


def _flat(text: str) -> str:
    return SPACES.sub(" ", text)


def _last_words(text: str) -> str:
    flat = _flat(text)
    return flat if len(flat) <= MOST_CONTEXT else flat[-MOST_CONTEXT:].partition(" ")[2]


def _first_words(text: str) -> str:
    flat = _flat(text)
    return flat if len(flat) <= MOST_CONTEXT else flat[:MOST_CONTEXT].rpartition(" ")[0]


def _print_counts(noun: str, n_found: int, n_shown: int, by_outlet: list[tuple[str, int]]) -> None:
    if not n_found:
        screen.print(f"No {noun} holds all these words. --any finds those that hold some.", highlight=False)
        return
    listed = ", ".join(f"{name} {n:,}" for name, n in by_outlet[:MOST_OUTLETS])
    rest = len(by_outlet) - MOST_OUTLETS
    more = f" and {rest:,} more" if rest > 0 else ""
    left_out = f" (the first {n_shown:,} are shown; --limit 0 shows all)" if n_shown < n_found else ""
    plural = "" if n_found == 1 else "s"
    screen.print(f"{n_found:,} {noun}{plural}{left_out}: {listed}{more}", highlight=False, markup=False)

"""``verbatim compare A B``: two articles side by side, with how much of each stands in the other."""

import json
import sys
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

import duckdb
import typer
from rich.table import Table
from rich.text import Text

from assets.compare.align import Kind
from orchestration.cli.caches import keep_compiled_code
from orchestration.cli.command import Data, screen, tell
from orchestration.cli.console import one_article, written_time
from pipeline.settings import load_settings
from pipeline.warehouse import read_only

Shares = Mapping[Kind, float]
NAMED_BY = "An article's id or its beginning, its file, address or headline, or a part of these that only it has."
STYLES = {"shared": "dim", "changed": "bold yellow", "left out": "red", "added": "green", "moved": "cyan"}
PLAIN = {"changed": ("*", "*"), "left out": ("[-", "-]"), "added": ("{+", "+}"), "moved": ("<", ">")}
SHOWN_WORDS = 12
"""Words at either end of a paragraph that both have, of which the middle is left out."""


def compare(
    a: Annotated[str, typer.Argument(metavar="A", help=NAMED_BY)],
    b: Annotated[str, typer.Argument(metavar="B", help="The article to lay beside it, named likewise.")],
    full: Annotated[bool, typer.Option("--full", help="Print what both share in full.")] = False,
    format: Annotated[
        Literal["text", "json"], typer.Option("--format", help="json gives every passage with offsets.")
    ] = "text",
    data: Data = None,
) -> None:
    """Lay two articles side by side.

    Shows what they share, and what was changed, left out, added or moved.
    """
    keep_compiled_code(tell)
    from assets.compare.articles import compare as compared

    with read_only(load_settings(data).published) as connection:
        facts = [_facts(connection, one_article(connection, wanted)) for wanted in (a, b)]
    comparison = compared([facts[0]["body"]], [facts[1]["body"]])[0]
    shares = [comparison.shares(side) for side in ("a", "b")]
    if format == "json":
        sys.stdout.write(_as_json(facts, shares, comparison))
        return
    for side, fact, share in zip("AB", facts, shares, strict=True):
        _print_heading(side, fact, share)
    screen.print(_side_by_side(comparison, full))
    if not screen.is_terminal:
        screen.print("*changed* [-left out-] {+added+} <moved>", markup=False, highlight=False)


def _facts(connection: duckdb.DuckDBPyConnection, article_id: str) -> dict[str, Any]:
    return (
        connection.execute(
            "SELECT article_id, name AS outlet, title, published_at, published_precision, n_words, body FROM core.articles "
            "JOIN core.sources USING (source_id) WHERE article_id = ?",
            [article_id],
        )
        .pl()
        .row(0, named=True)
    )


def _print_heading(side: str, fact: dict[str, Any], shares: Shares) -> None:
    when = written_time(fact["published_at"], fact["published_precision"]) or "no date"
    screen.print(Text.assemble((f"{side}  ", "bold"), (fact["title"] or "Untitled", "bold")))
    facts = f"   {fact['outlet']} · {when} · {fact['article_id']} · {fact['n_words']:,} words"
    screen.print(Text(facts, style="dim"))
    said = ", ".join(f"{share:.0%} {kind}" for kind, share in sorted(shares.items(), key=lambda item: -item[1]))
    screen.print(Text(f"   {said or 'no words'}"))


def _side_by_side(comparison: Any, full: bool) -> Table:
    from assets.compare.rows import rows

    table = Table("A", "B", expand=True, show_lines=True)
    for column in table.columns:
        column.ratio = 1
    plain = not screen.is_terminal
    for row in rows(comparison):
        whole = full or not row.is_shared
        table.add_row(*(_cell(pieces, whole, plain) for pieces in (row.a, row.b)))
    return table


def _cell(pieces: list[Any], whole: bool, plain: bool) -> Text:
    line = Text()
    for piece in pieces:
        words = piece.text if whole else _shortened(piece.text)
        opening, closing = PLAIN.get(piece.kind, ("", "")) if plain else ("", "")
        bare = words.strip()
        before, after = words[: len(words) - len(words.lstrip())], words[len(words.rstrip()) :]
        line.append(before).append(f"{opening}{bare}{closing}", STYLES[piece.kind]).append(after)
    line.rstrip()
    return line


def _shortened(text: str) -> str:
    words = text.split()
    if len(words) <= 2 * SHOWN_WORDS + 5:
        return text
    n_left_out = len(words) - 2 * SHOWN_WORDS
    return f"{' '.join(words[:SHOWN_WORDS])} … ({n_left_out} words) … {' '.join(words[-SHOWN_WORDS:])}"


def _as_json(facts: list[dict[str, Any]], shares: Sequence[Shares], comparison: Any) -> str:
    sides = {
        name: {"article_id": fact["article_id"], "outlet": fact["outlet"], "title": fact["title"], "shares": share}
        for name, fact, share in zip("ab", facts, shares, strict=True)
    }
    passages = [
        {"kind": passage.kind, "a": _span(comparison.a.span(passage.a_start, passage.a_end)), "b": _span(comparison.b.span(passage.b_start, passage.b_end))}
        for passage in comparison.passages
    ]  # fmt: skip
    return json.dumps({**sides, "passages": passages}, ensure_ascii=False, indent=1) + "\n"


def _span(span: tuple[int, int]) -> list[int] | None:
    return list(span) if span[0] < span[1] else None

"""``verbatim fix``: corrections of who is who, and the list of all corrections, from which one is taken back."""

from pathlib import Path
from typing import Annotated

import typer

from assets.corrections.lists import ENTITIES
from assets.corrections.rows import corrections
from orchestration.cli.answers import lines
from orchestration.cli.command import Data, UsageError, guarded, screen
from orchestration.cli.fix.files import leads_back, read_all, read_rows, take_out
from orchestration.cli.fix.outlets import outlet
from orchestration.cli.fix.quotes import not_a_quote, speaker
from orchestration.cli.fix.write import KindOption, Known, Why, add, entity, say
from pipeline.settings import Settings, load_settings
from pipeline.warehouse import read_only

fix = typer.Typer(
    help="Correct names, outlets, speakers and quotations.",
    no_args_is_help=True,
)
NAME = "Name of an entity, as it is shown or in any of its spellings."


def merge(
    name: Annotated[str, typer.Argument(metavar="A", help=NAME)],
    other: Annotated[str, typer.Argument(metavar="B", help="The same entity under another name.")],
    why: Why = "",
    kind: KindOption = None,
    data: Data = None,
) -> None:
    """A and B are the same entity; shown is the name that is printed most, or what `fix rename` says."""
    settings = load_settings(data)
    with read_only(settings.published) as connection:
        kept = entity(connection, name, kind)
        gone = entity(connection, other, kind or kept.kind)
    if kept.entity_id == gone.entity_id:
        raise UsageError(f"{name!r} and {other!r} are {kept.name} already")
    if leads_back(read_rows(settings.reference, ENTITIES), kept.kind, kept.name, gone.name):
        raise UsageError(f"{kept.name} has been merged with {gone.name}; `verbatim fix undo` takes that back")
    row = {"action": "merge", "kind": kept.kind, "name": kept.name, "other_name": gone.name}
    add(settings, ENTITIES, [row], why, f"{gone.name} is the same as {kept.name}: {gone.n_mentions:,} mentions")


def split(
    name: Annotated[str, typer.Argument(help=NAME)],
    spelling: Annotated[str, typer.Argument(help="Mentions that read so are somebody else.")],
    article: Annotated[str, typer.Option("--article", help="Only in the article of this id.")] = "",
    why: Why = "",
    kind: KindOption = None,
    data: Data = None,
) -> None:
    """Mentions of NAME that read SPELLING are an entity of their own."""
    settings = load_settings(data)
    with read_only(settings.published) as connection:
        known = entity(connection, name, kind)
        query = "SELECT count(*) FROM core.mentions WHERE entity_id = ? AND text = ? AND (? = '' OR article_id = ?)"
        counted = connection.execute(query, [known.entity_id, spelling, article, article]).fetchone()
    if not counted or not counted[0]:
        where = f" in the article {article}" if article else ""
        raise UsageError(f"no mention of {known.name} reads {spelling!r}{where}")
    row = {"action": "split", "kind": known.kind, "name": known.name, "other_name": spelling, "article_id": article}
    add(settings, ENTITIES, [row], why, f"{spelling!r} is not {known.name}: {counted[0]:,} mentions")


def rename(
    name: Annotated[str, typer.Argument(help=NAME)],
    shown: Annotated[str, typer.Argument(help="The name to show.")],
    why: Why = "",
    kind: KindOption = None,
    data: Data = None,
) -> None:
    """Show NAME as SHOWN; its id stays."""
    settings, known = _known(data, name, kind)
    row = {"action": "rename", "kind": known.kind, "name": known.name, "other_name": shown}
    add(settings, ENTITIES, [row], why, f"{known.name} is shown as {shown}")


def ignore(
    name: Annotated[str, typer.Argument(help=NAME)], why: Why = "", kind: KindOption = None, data: Data = None
) -> None:
    """NAME is no name: neither entity nor mentions."""
    settings, known = _known(data, name, kind)
    row = {"action": "ignore", "kind": known.kind, "name": known.name}
    add(settings, ENTITIES, [row], why, f"{known.name} is left out: {known.n_mentions:,} mentions")


def identify(
    name: Annotated[str, typer.Argument(help=NAME)],
    item: Annotated[str, typer.Argument(metavar="Q…", help="Its Wikidata item, such as Q42.")],
    why: Why = "",
    kind: KindOption = None,
    data: Data = None,
) -> None:
    """NAME is this Wikidata item."""
    if not (item.startswith("Q") and item[1:].isdecimal()):
        raise UsageError(f"{item} is no Wikidata item; those are a Q and a number, such as Q42")
    settings, known = _known(data, name, kind)
    row = {"action": "identify", "kind": known.kind, "name": known.name, "wikidata_id": item}
    add(settings, ENTITIES, [row], why, f"{known.name} is {item}")


def list_(data: Data = None) -> None:
    """List the corrections, with who made each and when."""
    made = corrections(read_all(load_settings(data).reference))
    if made.is_empty():
        screen.print("No corrections yet.")
        return
    filled = made.select(name for name in made.columns if made[name].null_count() < made.height)
    screen.print("\n".join(lines(filled)), markup=False, highlight=False, soft_wrap=True)


def undo(
    number: Annotated[
        int | None, typer.Argument(metavar="[NUMBER]", help="As `fix list` numbers them; default is the last.", min=1)
    ] = None,
    data: Data = None,
) -> None:
    """Take a correction back: the last one, or that of a number."""
    settings = load_settings(data)
    made = read_all(settings.reference)
    if not made:
        raise UsageError(f"there are no corrections in {settings.reference}")
    chosen = number or len(made)
    if chosen > len(made):
        raise UsageError(f"there are {len(made)} corrections; `verbatim fix list` numbers them")
    file = take_out(settings.reference, made[chosen - 1])
    row = corrections(made).row(chosen - 1, named=True)
    said = " ".join(row[part] for part in ("action", "item", "words", "corrected") if row[part])
    say(f"taken back: {said}", file)


def _known(data: Path | None, name: str, kind: str | None) -> tuple[Settings, Known]:
    settings = load_settings(data)
    with read_only(settings.published) as connection:
        return settings, entity(connection, name, kind)


for command, name in (
    (merge, None), (split, None), (rename, None), (ignore, None), (identify, None),
    (outlet, None), (speaker, None), (not_a_quote, "not-a-quote"), (list_, "list"), (undo, None),
):  # fmt: skip
    fix.command(name)(guarded(command))

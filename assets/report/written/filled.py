"""Pages of which thousands are alike: their template is rendered once, with holes, and filled a column at a time."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache

import polars as pl
from markupsafe import Markup

from assets.report.pages import Ready, frame_around, template
from assets.report.written.columns import escaped

HOLE = "\0"


class Hole(Markup):
    """Where a value goes. A template is rendered before there are values, so it cannot ask for one."""

    def __bool__(self) -> bool:
        name = str(self).strip(HOLE)
        raise TypeError(f"{name} is put in later and cannot be asked for: use given({name!r})")


def given(name: str, caller: Callable[[], str]) -> Markup:
    """``{% call given('name') %}…{% endcall %}``: what a page has only where the value of that name is not empty."""
    return Markup(f"{HOLE}?{name}{HOLE}{caller()}{HOLE}/{HOLE}")


def without(name: str, caller: Callable[[], str]) -> Markup:
    """What a page has only where the value of that name is empty."""
    return Markup(f"{HOLE}!{name}{HOLE}{caller()}{HOLE}/{HOLE}")


def filled(
    name: str, frame: pl.DataFrame, texts: Mapping[str, pl.Expr], html: Mapping[str, pl.Expr], folder: str
) -> Iterator[Ready]:
    """A page in the folder for each row of ``frame`` (page, title): ``texts`` are escaped, ``html`` is put in as it is.

    What is null is left empty. A frame with a column ``file`` names the files by it, others are named by ``page``.
    """
    values = {hole: escaped(text) for hole, text in texts.items()} | dict(html)
    columns = frame.select(
        "page",
        pl.col("file" if "file" in frame.columns else "page").alias("file"),
        **{f"{HOLE}{hole}": value.cast(pl.String).fill_null("") for hole, value in values.items()},
        **{f"{HOLE}title of page": escaped("title")},
    )
    written = columns.select(_joined(iter(pieces(name, tuple(values)))).cast(pl.Binary)).to_series()
    for of, file, content in zip(columns["page"], columns["file"], written.to_list(), strict=True):
        yield Ready(f"{folder}/{file}.html", of, content)


@cache
def pieces(name: str, holes: tuple[str, ...]) -> tuple[str, ...]:
    """A template between its holes: words and, at each second place, what goes there (see :func:`given`)."""
    before, between, after = frame_around("../")
    shown = template(name).render(
        {hole: Hole(f"{HOLE}{hole}{HOLE}") for hole in holes}, root="../", given=given, without=without
    )
    return tuple(f"{before}{HOLE}title of page{HOLE}{between}{shown}{after}".split(HOLE))


def _joined(parts: Iterator[str]) -> pl.Expr:
    """The pieces up to the end of what stands under one condition."""
    found = []
    for words in parts:
        if words:
            found.append(pl.lit(words))
        hole = next(parts, "/")
        if hole == "/":
            break
        name = hole.lstrip("?!")
        value = pl.col(f"{HOLE}{name}")
        if name != hole:
            is_shown = value != "" if hole.startswith("?") else value == ""
            value = pl.when(is_shown).then(_joined(parts)).otherwise(pl.lit(""))
        found.append(value)
    return pl.concat_str(found)

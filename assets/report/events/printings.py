"""The printings of a statement: in order of time, which may be the first, and the first few of them as HTML."""

from collections.abc import Sequence
from datetime import datetime

import polars as pl

from assets.report.events.lanes import last_moment
from assets.report.formats import RELATIONS, delay, delay_hours
from assets.report.pages import Row
from assets.report.written.columns import escaped

NO_DAY = 1e9
"""What the delay of a printing of no known day is sorted by, as ``delay_hours`` has it."""
NEVER = datetime.max
MOST_PRINTINGS = 12
"""Printings that are named one by one where a statement is one of many; its own page has all."""


def with_links(printed: pl.DataFrame) -> pl.DataFrame:
    """The printings with ``link``, the outlet's name that leads to the article, and ``differs``, how its words differ."""
    place = pl.when(pl.col("quote_id").is_null()).then(pl.lit("")).otherwise(pl.format("#q-{}", escaped("quote_id")))
    relation = pl.format(', <span class="relation {}">{}</span>', "relation", pl.col("relation").replace(RELATIONS))
    return printed.with_columns(
        link=pl.format('<a href="../articles/{}.html{}">{}</a>', escaped("article_id"), place, escaped("outlet")),
        differs=pl.when(pl.col("relation") == "same").then(pl.lit("")).otherwise(relation),
    )


def first_and_then(rows: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """The printings that may be the first, several where of one only the day is known, and the later ones in order of time.

    None that surely came after another is among the first; where no day is known, any of them may be it.
    """
    ordered = in_order(rows)
    dated = [row for row in ordered if row["published_at"] is not None and row["published_precision"] != "month"]
    if not dated:
        return ordered, []
    earliest = min(map(last_moment, dated))
    firsts = [row for row in dated if row["published_at"] <= earliest]
    chosen = {id(row) for row in firsts}
    return firsts, [row for row in ordered if id(row) not in chosen]


def in_order(rows: Sequence[Row]) -> list[Row]:
    """The printings of a statement in order of time with how long after the first each came, those of no known day last."""
    found = []
    for row in rows:
        timed = row["published_precision"] == row["first_precision"] == "second"
        at = None if row["published_precision"] == "month" else row["published_at"]
        times = (row["hours_after_first"] if timed else None, at, row["first_at"])
        found.append(row | {"delay": delay(*times), "hours": delay_hours(*times)})
    return sorted(
        found, key=lambda row: (row["hours"] >= NO_DAY, row["published_at"] or NEVER, row["outlet"], row["outlet_id"])
    )


def as_alternatives(links: Sequence[str]) -> str:
    """Links, the last after "or"; how many more there are than can be named."""
    shown = links[:MOST_PRINTINGS]
    named = f"{', '.join(shown[:-1])} or {shown[-1]}" if len(shown) > 1 else "".join(shown)
    return named + and_more(links)


def and_more(printings: Sequence[object]) -> str:
    """`` and 3 more`` where there are more than are named."""
    return f" and {len(printings) - MOST_PRINTINGS:,} more" if len(printings) > MOST_PRINTINGS else ""


def with_delays(printings: Sequence[Row]) -> str:
    """Printings one after another, each with how long after the first it came."""
    return ", ".join(f"{row['link']} {row['delay']}" for row in printings[:MOST_PRINTINGS]) + and_more(printings)


def as_items(printings: Sequence[Row], when: str, address: str) -> str:
    """Printings as a list, with their moment or their delay; of more than are named a link to all, which are at ``address``."""
    items = "".join(f"<li>{row['link']} {row[when]}{row['differs']}</li>" for row in printings[:MOST_PRINTINGS])
    if len(printings) > MOST_PRINTINGS:
        items += f'<li><a href="../{address}">and {len(printings) - MOST_PRINTINGS:,} more</a></li>'
    return f'<ol class="then">{items}</ol>'

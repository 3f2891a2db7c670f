"""The pages of phrases: the widest and longest repeated passages, by kind, with the articles where each stands."""

from collections.abc import Iterator

import polars as pl

from assets.report.pages import Page, grouped, sheets
from assets.report.tables import Lists

KINDS = ("wire", "quote", "idiom", "boilerplate")


def lists(listed: Lists) -> Iterator[Page]:
    phrases = listed["repeated_phrases"].sort("n_outlets", "n_tokens", "phrase_id", descending=[True, True, False])
    counts = dict(phrases.group_by("kind").len().rows())
    kinds = [(kind, counts[kind]) for kind in KINDS if kind in counts]
    yield from _pages(listed, phrases, "phrases", kinds, None)
    for kind, _ in kinds:
        yield from _pages(listed, phrases.filter(pl.col("kind") == kind), f"phrases-{kind}", kinds, kind)


def _pages(
    listed: Lists, phrases: pl.DataFrame, stem: str, kinds: list[tuple[str, int]], kind: str | None
) -> Iterator[Page]:
    for path, sheet, rows in sheets(phrases.rows(named=True), stem, 250):
        shown = pl.DataFrame({"phrase_id": [row["phrase_id"] for row in rows]}, schema={"phrase_id": pl.String})
        places = listed["phrase_places"].join(shown, on="phrase_id", how="semi")
        content = {
            "phrases": rows,
            "places": grouped(places, "phrase_id"),
            "sheet": sheet,
            "kinds": kinds,
            "kind": kind,
        }
        yield Page(path, "phrases.html", "Repeated phrases", content)

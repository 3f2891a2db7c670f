"""The pages of outlets: what they print, whom they quote, what they alone have, leave out, copy and how they spell."""

from collections.abc import Iterator

import polars as pl

from assets.report.listing import Frames, Listing
from assets.report.pages import ROWS_PER_PAGE, Page, Row, Sheet, sheets
from assets.report.statements import altered, with_marks

SHOWN = 50
"""Rows of each list on the outlet's own page; the whole list has pages of its own."""
LISTS = {
    "carried": "Statements it carried",
    "alone": "What it alone carried",
    "left-out": "What it left out",
    "articles": "Articles",
    "copies": "Wire copy and copies",
}


def batches(listing: Listing, spellings: pl.DataFrame) -> Iterator[Frames]:
    """One outlet each, with every list that its pages show."""
    tables = listing.tables
    coverage, changed = listing.coverage, altered(listing)
    sources = tables.sources.select(outlet_id="source_id", source_kind="kind", domain="domain", country="country")
    outlets = tables.outlet_coverage.join(sources, on="outlet_id", how="left").sort("outlet_id")
    for outlet in outlets.iter_slices(1):
        outlet_id = outlet["outlet_id"][0]
        own = coverage.filter(pl.col("outlet_id") == outlet_id)
        articles = listing.headlines.filter(pl.col("source_id") == outlet_id)
        yield {
            "outlet": outlet,
            "carried": own.filter("carried"),
            "alone": own.filter(pl.col("carried") & (pl.col("n_carried") == 1) & (pl.col("n_possible") > 1)),
            "left-out": own.filter(~pl.col("carried")),
            "articles": articles,
            "copies": articles.filter(
                pl.col("origin_article_id").is_not_null() | pl.col("copied_agency").is_not_null()
            ),
            "speakers": tables.speaker_coverage.filter(pl.col("outlet_id") == outlet_id).sort(
                "n_words", "speaker_id", descending=[True, False]
            ),
            "altered": changed.filter(pl.col("outlet_id") == outlet_id),
            "spellings": spellings.filter(pl.col("outlet_id") == outlet_id),
        }


def pages(frames: Frames) -> Iterator[Page]:
    outlet = frames["outlet"].row(0, named=True)
    stem = f"outlets/{outlet['outlet_id']}"
    shown = {name: frames[name].head(SHOWN).rows(named=True) for name in LISTS}
    content: Row = {
        "outlet": outlet,
        "shown": shown,
        "totals": {name: frames[name].height for name in (*LISTS, "speakers", "altered")},
        "titles": LISTS,
        "speakers": frames["speakers"].head(ROWS_PER_PAGE).rows(named=True),
        "altered": with_marks(frames["altered"].head(SHOWN).rows(named=True)),
        "origins": origins(frames["copies"]),
        "spellings": frames["spellings"].rows(named=True),
    }
    yield Page(f"{stem}.html", "outlet.html", outlet["outlet"], content)
    for name, title in LISTS.items():
        if frames[name].height > SHOWN:
            yield from _list_pages(outlet, name, title, frames[name])


def _list_pages(outlet: Row, name: str, title: str, frame: pl.DataFrame) -> Iterator[Page]:
    # No slug holds an underscore, so that no list of one outlet takes the name of another outlet's page.
    for path, sheet, rows in sheets(frame, f"outlets/{outlet['outlet_id']}_{name}"):
        content: dict[str, Row | list[Row] | Sheet | str] = {
            "outlet": outlet,
            "name": name,
            "heading": title,
            "rows": rows,
            "sheet": sheet,
        }
        yield Page(path, "outlet-list.html", f"{title}: {outlet['outlet']}", content)


def origins(copies: pl.DataFrame) -> list[Row]:
    """From whom an outlet has its copies: articles, words, and the mean share of words found at the origin."""
    return (
        copies.group_by(origin=pl.coalesce("copied_agency", "origin_outlet"))
        .agg(
            n_articles=pl.len(),
            n_words=pl.col("n_words").sum(),
            shared_share=pl.col("shared_share").mean(),
        )
        .sort("n_words", "origin", descending=[True, False])
        .rows(named=True)
    )


def lists(listing: Listing) -> Iterator[Page]:
    """All outlets, all articles in order of time."""
    outlets = listing.tables.outlet_coverage.sort("share_wire", "outlet_id", descending=[True, False], nulls_last=True)
    yield Page("outlets.html", "outlets.html", "Outlets", {"outlets": outlets.rows(named=True)})
    for path, sheet, rows in sheets(listing.headlines, "articles"):
        yield Page(path, "articles.html", "Articles", {"articles": rows, "sheet": sheet})

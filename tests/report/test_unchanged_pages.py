"""A report that goes on from the last one is, to the byte, the report written whole; what did not change is not written."""

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assets.report.made_of import PAGES_FILE, no_site, saved_site
from assets.report.site import write_site
from tests.report.newsroom import Tables, database, made, newsroom
from tests.report.test_site import files_of

PLACES = {"start", "end", "speaker_start", "speaker_end"}
SHOWN = [
    (path, column)
    for path, rows in newsroom().items()
    for column in rows.columns
    if not column.endswith("_id") and column not in PLACES and column not in {"article_a", "article_b", "carried"}
]
"""Every cell that may change while the tables still fit together."""


def with_change(tables: Tables, path: str, column: str, row: int) -> Tables:
    """The tables with another value in one cell."""
    rows = tables[path]
    at = pl.int_range(pl.len()) == row % max(1, rows.height)
    value = pl.col(column)
    kind = rows.schema[column]
    if kind == pl.String:
        known = rows[column].drop_nulls().unique().sort().to_list()
        is_closed = column in {"kind", "relation", "published_precision", "reason", "rule", "language", "watch"}
        other = pl.lit(known[row % len(known)]) if is_closed and known else value.fill_null("") + " anew"
    elif kind == pl.List(pl.String):
        other = value.list.concat(pl.lit(pl.Series([["anew"]])))
    elif kind == pl.Boolean:
        other = ~value
    elif kind.is_temporal():
        other = value.dt.offset_by("1d")
    else:
        other = value + 1
    return {**tables, path: rows.with_columns(pl.when(at).then(other).otherwise(value).cast(kind).alias(column))}


def without_article(tables: Tables, article: str) -> Tables:
    """The tables as they are once an article's file has gone."""
    return {
        path: rows.filter(pl.col("article_id").ne_missing(article)) if "article_id" in rows.columns else rows
        for path, rows in tables.items()
        if path != "core.article_pairs"
    } | {
        "core.article_pairs": tables["core.article_pairs"].filter(
            (pl.col("article_a") != article) & (pl.col("article_b") != article)
        )
    }


CHANGES = st.lists(
    st.one_of(
        st.builds(
            lambda cell, row: lambda tables: with_change(tables, *cell, row), st.sampled_from(SHOWN), st.integers(0, 7)
        ),
        st.sampled_from(["a-none", "a-south"]).map(lambda article: lambda tables: without_article(tables, article)),
        st.just(lambda tables: newsroom()),
    ),
    min_size=1,
    max_size=5,
)


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(changes=CHANGES)
def test_after_any_changes_the_report_is_the_one_written_whole(
    changes: list[Callable[[Tables], Tables]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    tables = newsroom()
    last = made(tables, tmp_path_factory.mktemp("first"))
    for change in changes:
        tables = change(tables)
        last = made(tables, tmp_path_factory.mktemp("next"), last)
        whole = made(tables, tmp_path_factory.mktemp("whole"))
        assert files_of(last.folder) == files_of(whole.folder)
        assert last.pages.sort("path").equals(whole.pages.sort("path"))
        assert last.spellings.sort("page", "word").equals(whole.spellings.sort("page", "word"))


def test_a_page_is_written_only_when_what_it_shows_has_changed(tmp_path: Path) -> None:
    last = made(newsroom(), tmp_path / "first")
    tables = with_change(newsroom(), "core.removed_lines", "text", 0)
    again = made(tables, tmp_path / "again", last)
    written = {
        path
        for path in again.pages["path"]
        if (again.folder / path).stat().st_ino != (last.folder / path).stat().st_ino
    }
    assert written == {"articles/a-west.html"}


def test_another_version_of_the_code_writes_every_page(tmp_path: Path) -> None:
    folders = [tmp_path / name for name in ("one", "two", "three")]
    for folder in folders:
        folder.mkdir()
    tables = database(newsroom())
    first = write_site(tables, folders[0], "1")
    assert write_site(tables, folders[1], "1", first.site).n_written < first.n_written
    assert write_site(tables, folders[2], "2", first.site).n_written == first.n_written


@pytest.mark.parametrize("damage", [Path.unlink, lambda file: (file.unlink(), file.write_bytes(b""))])
def test_a_page_that_is_not_there_as_it_was_written_is_written_again(
    tmp_path: Path, damage: Callable[[Path], object]
) -> None:
    last = made(newsroom(), tmp_path / "first")
    whole = files_of(last.folder)
    damage(last.folder / "articles" / "a-north.html")
    assert files_of(made(newsroom(), tmp_path / "again", last).folder) == whole


def test_what_was_saved_is_read_and_what_cannot_be_read_means_a_whole_report(tmp_path: Path) -> None:
    last = made(newsroom(), tmp_path / "report")
    last.save(tmp_path / "state")
    read = saved_site(last.folder, tmp_path / "state")
    assert read.pages.equals(last.pages)
    assert read.spellings.equals(last.spellings)
    (tmp_path / "state" / PAGES_FILE).write_bytes(b"PAR1")
    for folder in ("state", "nowhere"):
        assert saved_site(last.folder, tmp_path / folder).pages.equals(no_site(last.folder).pages)

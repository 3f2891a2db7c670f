"""The pages of copies: an article beside the one that it most likely copies, passage by passage."""

from collections.abc import Iterator
from itertools import accumulate

from markupsafe import escape

from assets.compare.align import Kind as Kinds
from assets.compare.articles import Comparison, compare
from assets.compare.rows import Piece
from assets.compare.rows import Row as Pair
from assets.compare.rows import rows as pairs
from assets.report.made_of import Kind, Part
from assets.report.marked_text import as_html
from assets.report.pages import Frames, Page, Row

_FACTS = (
    "{0}.article_id AS {0}_id, {0}.title AS {0}_title, {0}.outlet AS {0}_outlet, {0}.source_id AS {0}_outlet_id, "
    "{0}.published_at AS {0}_at, {0}.published_precision AS {0}_precision, {0}.n_words AS {0}_n_words, "
    "{0}.language AS {0}_language, {0}_text.body AS {0}_body"
)
KIND = Kind(
    "comparisons",
    {
        "comparisons": Part(
            f"SELECT copy.article_id AS page, copy.copied_agency, {_FACTS.format('origin')}, {_FACTS.format('copy')} "
            "FROM report_articles AS copy JOIN report_articles AS origin ON origin.article_id = copy.origin_article_id "
            "JOIN core.articles AS origin_text ON origin_text.article_id = origin.article_id "
            "JOIN core.articles AS copy_text ON copy_text.article_id = copy.article_id"
        )
    },
    rows_per_batch=400,
)
SIDES = {"origin": "a", "copy": "b"}
MEANINGS: dict[Kinds, str] = {
    "shared": "in both",
    "moved": "in both, elsewhere",
    "changed": "changed",
    "left out": "left out of the copy",
    "added": "only in the copy",
}
CLASSES = {"shared": "shared", "moved": "moved", "changed": "changed", "left out": "dropped", "added": "added"}
TAGS: dict[Kinds, tuple[str, str]] = {
    "shared": ("", ""),
    "moved": ('<span class="moved">', "</span>"),
    "changed": ('<span class="changed">', "</span>"),
    "left out": ("<del>", "</del>"),
    "added": ("<ins>", "</ins>"),
}
BAR_WIDTH = 240


def pages(frames: Frames) -> Iterator[Page]:
    found = frames["comparisons"].rows(named=True)
    compared = compare([row["origin_body"] for row in found], [row["copy_body"] for row in found])
    for row, comparison in zip(found, compared, strict=True):
        languages = [_language(row[f"{name}_language"]) for name in SIDES]
        content: Row = {
            "sides": [_side(row, name, comparison) for name in SIDES],
            "cells": [cell for pair in pairs(comparison) for cell in _cells(pair, languages)],
            "agency": row["copied_agency"],
        }
        yield Page(
            f"comparisons/{row['page']}.html",
            "comparison.html",
            f"{row['copy_title']}, side by side",
            content,
            row["page"],
        )


def _side(row: Row, name: str, comparison: Comparison) -> Row:
    facts = {column.removeprefix(f"{name}_"): value for column, value in row.items() if column.startswith(f"{name}_")}
    shares = comparison.shares(SIDES[name])
    ordered = [(kind, shares[kind]) for kind in MEANINGS if kind in shares]
    ends = list(accumulate((share for _, share in ordered), initial=0.0))
    return facts | {
        "name": name,
        "shares": [
            {
                "class": CLASSES[kind],
                "meaning": MEANINGS[kind],
                "share": share,
                "x": round(BAR_WIDTH * start),
                "width": round(BAR_WIDTH * end) - round(BAR_WIDTH * start),
            }
            for (kind, share), start, end in zip(ordered, ends, ends[1:], strict=False)
        ],
    }


def _language(code: str | None) -> str:
    return f' lang="{escape(code)}"' if code else ""


def _cells(pair: Pair, languages: list[str]) -> Iterator[str]:
    """The two cells of a row as HTML; words that one side has alone are said to be so, and not struck one by one."""
    alone = all(piece.kind in {"left out", "added", "moved"} for piece in (*pair.a, *pair.b))
    for pieces, language in zip((pair.a, pair.b), languages, strict=True):
        kind = pieces[0].kind if alone and pieces else None
        note = f'<p class="note" lang="en">{MEANINGS[kind]}</p>' if kind else ""
        words = "".join(as_html(piece.text) if alone else marked(piece) for piece in pieces)
        shown = f"{note}<p>{words}</p>" if words else ""
        yield f'<div class="passage {CLASSES[kind] if kind else ""}" dir="auto"{language}>{shown}</div>'


def marked(piece: Piece) -> str:
    """Words as HTML, with what happened to them; the space around them is not marked."""
    bare = piece.text.strip()
    before, _, after = piece.text.partition(bare) if bare else (piece.text, "", "")
    opening, closing = TAGS[piece.kind]
    return f"{as_html(before)}{opening}{as_html(bare)}{closing}{as_html(after)}"

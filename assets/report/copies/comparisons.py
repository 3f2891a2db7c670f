"""The pages of copies: an article beside the one that it most likely copies, passage by passage."""

from collections.abc import Iterator
from itertools import accumulate

from markupsafe import Markup, escape

from assets.compare.align import Kind as Kinds
from assets.compare.articles import Comparison, compare
from assets.compare.rows import Piece
from assets.compare.rows import Row as Pair
from assets.compare.rows import rows as pairs
from assets.report.made_of import Kind, Part
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
TAGS = {
    "shared": "{}",
    "moved": '<span class="moved">{}</span>',
    "changed": '<span class="changed">{}</span>',
    "left out": "<del>{}</del>",
    "added": "<ins>{}</ins>",
}
BAR_WIDTH = 240


def pages(frames: Frames) -> Iterator[Page]:
    found = frames["comparisons"].rows(named=True)
    compared = compare([row["origin_body"] for row in found], [row["copy_body"] for row in found])
    for row, comparison in zip(found, compared, strict=True):
        content: Row = {
            "sides": [_side(row, name, comparison) for name in SIDES],
            "pairs": [_pair(pair) for pair in pairs(comparison)],
            "agency": row["copied_agency"],
            "meanings": {CLASSES[kind]: meaning for kind, meaning in MEANINGS.items()},
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


def _pair(pair: Pair) -> Row:
    """A row: what its cells show, and whether each is words of one side alone, which are not struck one by one."""
    alone = all(piece.kind in {"left out", "added", "moved"} for piece in (*pair.a, *pair.b))
    return {"cells": [_cell(pieces, alone) for pieces in (pair.a, pair.b)]}


def _cell(pieces: list[Piece], alone: bool) -> Row:
    kind = pieces[0].kind if alone and pieces else None
    shown = Markup("").join(escape(piece.text) if alone else marked(piece) for piece in pieces)
    return {"kind": CLASSES[kind] if kind else "", "meaning": MEANINGS[kind] if kind else "", "text": shown}


def marked(piece: Piece) -> Markup:
    """Words with what happened to them; the space around them is not marked."""
    bare = piece.text.strip()
    before, _, after = piece.text.partition(bare) if bare else (piece.text, "", "")
    return escape(before) + Markup(TAGS[piece.kind]).format(bare) + escape(after)

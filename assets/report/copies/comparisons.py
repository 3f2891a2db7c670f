"""The pages of copies: an article beside the one that it most likely copies, passage by passage."""

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

import polars as pl
from markupsafe import escape

from assets.compare.align import Kind as Kinds
from assets.compare.articles import Comparison, compare
from assets.compare.rows import Piece
from assets.compare.rows import Row as Pair
from assets.compare.rows import rows as pairs
from assets.report.formats import percent
from assets.report.made_of import Kind, Part
from assets.report.pages import Frames, Ready
from assets.report.written.bodies import CUT, Tagged, with_words
from assets.report.written.columns import moment_column, plural_column
from assets.report.written.filled import filled

_FACTS = (
    "{0}.article_id AS {0}_id, {0}.title AS {0}_title, {0}.outlet AS {0}_outlet, {0}.source_id AS {0}_outlet_id, "
    "{0}.published_at AS {0}_at, {0}.published_precision AS {0}_precision, {0}.n_words AS {0}_n_words, "
    "{0}.language AS {0}_language"
)
KIND = Kind(
    "comparisons",
    {
        "comparisons": Part(
            f"SELECT copy.article_id AS page, copy.copied_agency, {_FACTS.format('origin')}, {_FACTS.format('copy')} "
            "FROM report_articles AS copy {only} JOIN report_articles AS origin ON origin.article_id = copy.origin_article_id",
            key="copy.article_id",
            texts={"origin_body": "origin_id", "copy_body": "copy_id"},
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


def pages(frames: Frames) -> Iterator[Ready]:
    found = frames["comparisons"]
    compared = compare(
        *(found[f"{name}_body"].str.replace_all(CUT, "\ufffd", literal=True).to_list() for name in SIDES)
    )
    shares = {name: [comparison.shares(side) for comparison in compared] for name, side in SIDES.items()}
    shown = found.with_columns(
        pl.Series("cells", cells(compared, found.select(f"{name}_language" for name in SIDES).rows()), pl.String),
        *(pl.Series(f"{name}_bar", map(bar, shares[name]), pl.String) for name in SIDES),
        *(pl.Series(f"{name}_shares", map(in_words, shares[name]), pl.String) for name in SIDES),
        title=pl.col("copy_title") + ", side by side",
    )
    texts = {"agency": pl.col("copied_agency")} | {
        f"{name}_{fact}": pl.col(f"{name}_{fact}") for name in SIDES for fact in ("id", "title", "outlet", "outlet_id")
    }
    html = {"cells": pl.col("cells")}
    for name in SIDES:
        html |= {f"{name}_{part}": pl.col(f"{name}_{part}") for part in ("bar", "shares")}
        html[f"{name}_moment"] = moment_column(f"{name}_at", f"{name}_precision")
        html[f"{name}_n_words"] = plural_column(f"{name}_n_words", "word")
    yield from filled("comparison.html", shown, texts, html, "comparisons")


def in_order(shares: dict[Kinds, float]) -> list[tuple[Kinds, float]]:
    return [(kind, shares[kind]) for kind in MEANINGS if kind in shares]


def bar(shares: dict[Kinds, float]) -> str:
    """How much of a side's words is what, as a bar."""
    ordered = in_order(shares)
    ends = list(accumulate((share for _, share in ordered), initial=0.0))
    said = ", ".join(f"{percent(share)} {MEANINGS[kind]}" for kind, share in ordered)
    parts = "".join(
        f'<rect class="{CLASSES[kind]}" x="{round(BAR_WIDTH * start)}" y="0" '
        f'width="{round(BAR_WIDTH * end) - round(BAR_WIDTH * start)}" height="10"/>'
        for (kind, _), start, end in zip(ordered, ends, ends[1:], strict=False)
    )
    return f'<svg class="shares" width="{BAR_WIDTH}" height="10" role="img" aria-label="{said}">{parts}</svg>'


def in_words(shares: dict[Kinds, float]) -> str:
    return "".join(
        f'<li><span class="key {CLASSES[kind]}"></span>{percent(share)} {MEANINGS[kind]}</li>'
        for kind, share in in_order(shares)
    )


def cells(compared: Sequence[Comparison], languages: Sequence[tuple[str | None, ...]]) -> list[str]:
    """The rows of each comparison, two cells each, as HTML."""
    tagged: list[Tagged] = []
    ends = [0]
    for comparison, codes in zip(compared, languages, strict=True):
        of_sides = [f' lang="{escape(code)}"' if code else "" for code in codes]
        for pair in pairs(comparison):
            tagged += _cells(pair, of_sides)
        ends.append(len(tagged))
    html = with_words(tagged)
    return ["".join(html[first:last]) for first, last in pairwise(ends)]


def _cells(pair: Pair, languages: list[str]) -> Iterator[Tagged]:
    """The two cells of a row; words that one side has alone are said to be so, and not struck one by one."""
    alone = all(piece.kind in {"left out", "added", "moved"} for piece in (*pair.a, *pair.b))
    for pieces, language in zip((pair.a, pair.b), languages, strict=True):
        kind = pieces[0].kind if alone and pieces else None
        note = f'<p class="note" lang="en">{MEANINGS[kind]}</p>' if kind else ""
        opening = f'<div class="passage {CLASSES[kind] if kind else ""}" dir="auto"{language}>'
        if not pieces:
            yield f"{opening}</div>\n", ""
            continue
        yield f"{opening}{note}<p>", ""
        for piece in pieces:
            yield from [("", piece.text)] if alone else marked(piece)
        yield "</p></div>\n", ""


def marked(piece: Piece) -> list[Tagged]:
    """Words with what happened to them; the space around them is not marked."""
    opening, closing = TAGS[piece.kind]
    bare = piece.text.strip()
    if not opening or not bare:
        return [(opening, piece.text), (closing, "")]
    before, _, after = piece.text.partition(bare)
    return [("", before), (opening, bare), (closing, after)]

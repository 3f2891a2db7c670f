"""How the words of each printing relate to the longest printing of its statement."""

import re

import polars as pl
from rapidfuzz.distance import Indel

from assets.statements.printings import spoken_words
from assets.text.words import is_content_word, spelling, stem

WORD = re.compile(r"\w+")
SAME = ("same", 1.0, "the same words")


def judged(distinct: pl.DataFrame) -> pl.DataFrame:
    """What ``relation`` says of each (reference, spoken)."""
    found = [relation(reference, spoken) for reference, spoken in distinct.select("reference", "spoken").iter_rows()]
    return distinct.with_columns(
        relation=pl.Series([f[0] for f in found], dtype=pl.String),
        similarity=pl.Series([f[1] for f in found], dtype=pl.Float64),
        evidence=pl.Series([f[2] for f in found], dtype=pl.String),
    )


def relations(printed: pl.DataFrame, rewritten: pl.DataFrame, interrupted: pl.Series) -> pl.DataFrame:
    """For quotations (quote_id, statement_id, text, kind): quote_id, relation, similarity, evidence, is_reference.

    ``rewritten`` (quote_id, evidence) are the altered ones; the others are never compared with them.
    ``interrupted`` are the ids of those that are parts of one sentence with another.
    """
    words = printed.select(
        "quote_id",
        "statement_id",
        "text",
        spoken=spoken_words(printed["text"]),
        # What the others are compared with: words between marks that nobody rewrote, the longest first.
        unsure=(pl.col("kind") == "indirect").cast(pl.Int8)
        + pl.col("quote_id").is_in(rewritten["quote_id"].implode()).cast(pl.Int8) * 2,
        length=pl.col("text").str.len_chars(),
    ).sort(["statement_id", "unsure", "length", "quote_id"], descending=[False, False, True, False])
    words = words.with_columns(
        reference=pl.col("spoken").first().over("statement_id"),
        is_reference=pl.int_range(pl.len()).over("statement_id") == 0,
    )
    differing = words.filter(pl.col("reference") != pl.col("spoken")).select("reference", "spoken").unique()
    same, alike, why = SAME
    other_part = pl.col("quote_id").is_in(interrupted.implode()) & (pl.col("relation") == "reworded")
    return (
        words.join(judged(differing.sort("reference", "spoken")), on=["reference", "spoken"], how="left")
        .with_columns(
            pl.col("relation").fill_null(same), pl.col("similarity").fill_null(alike), pl.col("evidence").fill_null(why)
        )
        .with_columns(
            relation=pl.when(other_part).then(pl.lit("fragment")).otherwise("relation"),
            evidence=pl.when(other_part)
            .then(pl.lit("another part of the sentence, which the reporter interrupts"))
            .otherwise("evidence"),
        )
        .join(rewritten.select("quote_id", why="evidence"), on="quote_id", how="left")
        .select(
            "quote_id",
            relation=pl.when(pl.col("why").is_not_null()).then(pl.lit("altered")).otherwise("relation"),
            similarity="similarity",
            evidence=pl.coalesce("why", "evidence"),
            is_reference="is_reference",
        )
    )


def relation(reference: str, wording: str) -> tuple[str, float, str]:
    """Relation (all but altered), likeness 0 to 1 and the reason, of a wording to the longest printing."""
    old, new = WORD.findall(reference.casefold()), WORD.findall(wording.casefold())
    if old == new:
        return SAME
    old_spelled, new_spelled = [spelling(word) for word in old], [spelling(word) for word in new]
    similarity = Indel.normalized_similarity(old_spelled, new_spelled)
    if "".join(old_spelled) == "".join(new_spelled):
        return "spelling", similarity, "the same words, spelled differently"
    if f" {' '.join(new_spelled)} " in f" {' '.join(old_spelled)} ":
        return "fragment", similarity, f"{len(new)} consecutive words of the longest printing's {len(old)}"
    if f" {' '.join(old_spelled)} " in f" {' '.join(new_spelled)} ":
        return (
            "variant",
            similarity,
            f"all {len(old)} words of the longest printing between marks, and words around them",
        )
    gone: list[str] = []
    come: list[str] = []
    for block in Indel.opcodes(old_spelled, new_spelled):
        gone += old_spelled[block.src_start : block.src_end] if block.tag == "delete" else []
        come += new_spelled[block.dest_start : block.dest_end] if block.tag == "insert" else []
    stems_gone = {stem(word) for word in gone if is_content_word(word)}
    stems_come = {stem(word) for word in come if is_content_word(word)}
    shared = len(new) - len(come)
    if stems_come - stems_gone - {stem(word) for word in old}:
        return "reworded", similarity, f"{shared} of {len(new)} words in common; other words: {', '.join(come)}"
    return "variant", similarity, f"{shared} of {len(new)} words in common and in order"

"""How two printings of the same words differ, word by word."""

import re
from dataclasses import dataclass
from functools import cache

import polars as pl
from rapidfuzz.distance import Indel

WORD = re.compile(r"\w+(?:['’]\w+)*")

WORD_EDITS_SCHEMA = pl.Schema(
    {"quote_id": pl.String, "ordinal": pl.Int32, "op": pl.String, "reference_words": pl.String, "words": pl.String}
)


@dataclass(frozen=True)
class WordEdit:
    """A run of words: kept in both, dropped from the reference, added to it, or replaced; words as printed."""

    op: str
    reference_words: str
    words: str


def word_diff(reference: str, wording: str) -> list[WordEdit]:
    """The runs of words by which ``wording`` follows or leaves ``reference``, in order; shortest edit script.

    Words are compared without regard to case and to the form of the apostrophe; punctuation between words is not
    compared. Each side's words, joined, are all of that side's words.
    """
    old, new = WORD.findall(reference), WORD.findall(wording)
    edits: list[WordEdit] = []
    for block in Indel.opcodes([_plain(word) for word in old], [_plain(word) for word in new]):
        left = " ".join(old[block.src_start : block.src_end])
        right = " ".join(new[block.dest_start : block.dest_end])
        if block.tag == "equal":
            edits.append(WordEdit("kept", left, right))
        elif edits and edits[-1].op != "kept":
            last = edits.pop()
            left, right = f"{last.reference_words} {left}".strip(), f"{last.words} {right}".strip()
            edits.append(WordEdit("replaced", left, right))
        else:
            edits.append(WordEdit("dropped" if left else "added", left, right))
    return edits


def word_edits(printings: pl.DataFrame) -> pl.DataFrame:
    """``word_diff`` for every row of (quote_id, reference, wording): quote_id, ordinal, op, reference_words, words."""
    # Copies print the same wording again and again.
    diff = cache(word_diff)
    rows = [
        (quote_id, ordinal, edit.op, edit.reference_words, edit.words)
        for quote_id, reference, wording in printings.select("quote_id", "reference", "wording").sort("quote_id").rows()
        for ordinal, edit in enumerate(diff(reference, wording))
    ]
    return pl.DataFrame(rows, schema=WORD_EDITS_SCHEMA, orient="row")


def _plain(word: str) -> str:
    return word.casefold().replace("’", "'")

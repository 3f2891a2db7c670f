"""Which printings of different chapters, be it of one story or of several, print the same words.

Within its chapter a printing has been put to others already (``assets/statements/within.py``). Here statements of chapters meet:
those that share words enough that no occasion need be known, and those of the same sentence of a reporter's.
"""

import numpy as np
import numpy.typing as npt
import polars as pl

from assets.statements.compare import measured, postings_of, walked
from assets.statements.credit import CHANCE
from assets.statements.embeddings import NO_SENSE
from assets.statements.join import Groups, Together, joined
from assets.statements.meeting import caps_of
from assets.statements.printings import UNKNOWN, worded
from assets.statements.schema import CHAPTER_PAIRS

BLOCK = 20_000  # printings at a time

Int32s = npt.NDArray[np.int32]


def candidates(held: pl.DataFrame, wanted: pl.Series) -> pl.DataFrame:
    """Pairs of printings (a, b: the smaller id first) of two chapters that share a key, one or both of them ``wanted``.

    ``held`` has quote_id, chapter and keys of all printings that hold any key of the wanted ones; of the others, those keys are enough.
    """
    is_wanted = pl.col("quote_id").is_in(wanted.implode())
    # The wanted come first: each of their pairs is found once, from the first of the two.
    ordered = held.sort(~is_wanted, "quote_id")
    n_wanted = ordered.filter(is_wanted).height
    owners = np.repeat(np.arange(ordered.height, dtype=np.int32), ordered["keys"].list.len().to_numpy())
    keys = ordered["keys"].explode(empty_as_null=False, keep_nulls=False).cast(pl.Int64).to_numpy().view(np.uint64)
    postings = postings_of(keys, owners, caps_of(keys), ordered.height)
    ids, chapters = ordered["quote_id"], ordered["chapter"].rank("dense").to_numpy()
    found = []
    for first in range(0, n_wanted, BLOCK):
        a, b = walked(postings, first, min(first + BLOCK, n_wanted))
        elsewhere = chapters[a] != chapters[b]
        one, other = ids.gather(a[elsewhere]), ids.gather(b[elsewhere])
        found.append(pl.DataFrame({"one": one, "other": other}))
    pairs = pl.concat(found) if found else pl.DataFrame(schema={"one": pl.String, "other": pl.String})
    return pairs.select(a=pl.min_horizontal("one", "other"), b=pl.max_horizontal("one", "other"))


def met(pairs: pl.DataFrame, printings: pl.DataFrame) -> pl.DataFrame:
    """Those of some candidates (a, b) that print the same words, as ``CHAPTER_PAIRS``.

    ``printings`` are the rows of ``CHAPTER_PRINTINGS`` that are in pairs, with ``text``.
    """
    printings = printings.sort("quote_id")
    ids = printings["quote_id"]
    wording, counted = worded(printings["text"])
    table = printings.select(
        "hours",
        "sole_article",
        printing=pl.int_range(pl.len(), dtype=pl.Int32),
        speaker=_codes("speaker_id"),
        story=_codes("story_id"),
        indirect=pl.lit(False),
    ).hstack(counted)
    a, b = (ids.search_sorted(pairs[name]).cast(pl.Int32).to_numpy().copy() for name in ("a", "b"))
    alike = joined(measured(a, b, wording).with_columns(NO_SENSE), table)
    copied = _copied(a, b, counted["letters"], printings["sentences"])
    found = alike.join(copied, on=["a", "b"], how="full", coalesce=True)
    one, other = (printings["doubt"].fill_null(0).gather(found[side]) for side in ("a", "b"))
    return CHAPTER_PAIRS.frame(
        found.with_columns(
            *(
                printings[of].gather(found[side]).alias(f"{name}_{side}")
                for side in ("a", "b")
                for of, name in (("quote_id", "printing"), ("statement", "statement"))
            ),
            is_copied=pl.col("is_copied").fill_null(False),
            is_doubtful=pl.col("is_copied").fill_null(False) & (one + other >= CHANCE),
        )
    )


def _codes(column: str) -> pl.Expr:
    return (pl.col(column).rank("dense").cast(pl.Int32) - 1).fill_null(UNKNOWN)


def _copied(a: Int32s, b: Int32s, letters: pl.Series, sentences: pl.Series) -> pl.DataFrame:
    """The pairs in equal words that stand in one sentence of a reporter's: a, b, is_copied."""
    pairs = pl.DataFrame({"a": a, "b": b}).filter(letters.gather(a) == letters.gather(b))
    both = pl.DataFrame({"one": sentences.gather(pairs["a"]), "other": sentences.gather(pairs["b"])})
    shared = both.select(pl.col("one").list.set_intersection("other").list.len() > 0).to_series()
    return pairs.filter(shared).with_columns(is_copied=pl.lit(True))


def united(pairs: pl.DataFrame, printings: pl.DataFrame) -> pl.DataFrame:
    """The statements of chapters that are in pairs, each with the first of those that are one with it: statement, group.

    ``pairs`` are rows of ``CHAPTER_PAIRS``, all those of the statements in them; ``printings`` the rows of
    ``CHAPTER_PRINTINGS`` that they name (quote_id, statement, voice, part, is_given).
    """
    printings = printings.sort("quote_id")
    ids, statements, parts = (
        printings["quote_id"],
        printings["statement"].unique().sort(),
        printings["part"].unique().sort(),
    )
    group_of = statements.search_sorted(printings["statement"]).to_list()
    voices = (
        printings.select("statement", voice=_codes("voice")).unique("statement").sort("statement")["voice"].to_numpy()
    )
    part_of = parts.search_sorted(printings["part"])
    given = set(part_of.filter(printings["is_given"]).to_list())
    together = Together(Groups(voices), Groups(np.full(len(parts), UNKNOWN, np.int32)), given)
    coded = pairs.with_columns(a=ids.search_sorted(pairs["printing_a"]), b=ids.search_sorted(pairs["printing_b"]))
    together.unite(coded.drop_nulls("strength"), group_of, part_of.to_list())
    for a, b, is_doubtful in coded.filter("is_copied").select("a", "b", "is_doubtful").sort("a", "b").iter_rows():
        together.groups.unite(group_of[a], group_of[b], whoever=is_doubtful)
    return pl.DataFrame({"statement": statements, "group": statements.gather(together.groups.roots())})

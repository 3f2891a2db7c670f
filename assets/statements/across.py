"""Which printings of different chapters, be it of one story or of several, print the same words.

Within its chapter a printing has been put to others already (``assets/statements/within.py``). Here statements of chapters meet:
those that share words enough that no occasion need be known, and those of the same sentence of a reporter's.
"""

import numpy as np
import numpy.typing as npt
import polars as pl

from assets.statements.compare import measured, postings_of, walked
from assets.statements.credit import CHANCE, too_long_for_chance
from assets.statements.embeddings import NO_SENSE
from assets.statements.join import Groups, Together, joined
from assets.statements.meeting import caps_of
from assets.statements.printings import UNKNOWN, worded
from assets.statements.retold import retold
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


def met(pairs: pl.DataFrame, printings: pl.DataFrame, saying: pl.DataFrame, places: pl.DataFrame) -> pl.DataFrame:
    """Those of some candidates (a, b) that print the same words, as ``CHAPTER_PAIRS``.

    ``printings`` are the rows of ``CHAPTER_PRINTINGS`` that are in pairs, with ``text``; ``saying`` those that print the sayings
    among them, and ``places`` the quotations of these (printing, quote_id, text, pre, post, speaker_name).
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
        doubt=pl.when("is_alone").then("doubt").fill_null(0),
    ).hstack(counted)
    a, b = (ids.search_sorted(pairs[name]).cast(pl.Int32).to_numpy().copy() for name in ("a", "b"))
    compared = measured(a, b, wording).with_columns(NO_SENSE)
    in_equal_words = pl.DataFrame({"a": a, "b": b}).filter(counted["letters"].gather(a) == counted["letters"].gather(b))
    in_words = in_equal_words.select(a=ids.gather(in_equal_words["a"]), b=ids.gather(in_equal_words["b"]))
    told = retold(in_words, saying, places)
    whoever = pl.concat(
        [
            _copied(in_equal_words, printings["sentences"]),
            told.select(pl.Series(name, ids.search_sorted(told[name])).cast(pl.Int32) for name in ("a", "b")),
            too_long_for_chance(compared, table),
        ]
    ).unique()
    found = joined(compared, table).join(
        whoever.with_columns(is_copied=pl.lit(True)), on=["a", "b"], how="full", coalesce=True
    )
    one, other = (table["doubt"].gather(found[side]) for side in ("a", "b"))
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


def _copied(pairs: pl.DataFrame, sentences: pl.Series) -> pl.DataFrame:
    """The pairs in equal words (a, b) that stand in one sentence of a reporter's."""
    both = pl.DataFrame({"one": sentences.gather(pairs["a"]), "other": sentences.gather(pairs["b"])})
    shared = both.select(pl.col("one").list.set_intersection("other").list.len() > 0).to_series()
    return pairs.filter(shared)


def united(pairs: pl.DataFrame, printings: pl.DataFrame) -> pl.DataFrame:
    """The statements of chapters that are in pairs, each with the first of those that are one with it: statement, group.

    ``pairs`` are rows of ``CHAPTER_PAIRS``, all those of the statements in them; ``printings`` the rows of
    ``CHAPTER_PRINTINGS`` that they name (quote_id, doubt, statement, voice, part, is_given).
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
    doubts = printings["doubt"].fill_null(0).to_list()
    for a, b, is_doubtful in coded.filter("is_copied").select("a", "b", "is_doubtful").sort("a", "b").iter_rows():
        surer, other = (a, b) if (doubts[a], a) <= (doubts[b], b) else (b, a)
        together.groups.unite(group_of[surer], group_of[other], whoever=is_doubtful)
    return pl.DataFrame({"statement": statements, "group": statements.gather(together.groups.roots())})

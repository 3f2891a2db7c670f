"""A few words that articles of other stories print again: a saying that became known.

Two or three words say little by themselves, and a phrase of a campaign is said anew every day. So two more things are asked: that the
words are somebody's, whom most articles credit that credit anybody, and that the sentences around tell of the same thing.
"""

import re

import polars as pl

from assets.statements.credit import IN_DOUBT
from assets.statements.printings import DAY
from assets.text.words import is_content_word, stem

SHORT = 10  # words from which they tell by themselves (``join.py``)
CONTENT_WORDS = 2  # that a saying has
LEAST_ARTICLES = 2  # that credit a saying to whom it belongs
DAYS, DAYS_IN_DOUBT = 60, 30  # between two printings; where one credit is in doubt or nobody is credited
STEMS, STEMS_IN_DOUBT = 2, 4  # content stems that the sentences around share
MOST_PRINTED = 5  # quotations of a printing whose surroundings are looked at
WORD = re.compile(r"\w{3,}")


def is_saying() -> pl.Expr:
    """Which printings (indirect, n_tokens, n_content) may become one."""
    return ~pl.col("indirect") & (pl.col("n_tokens") < SHORT) & (pl.col("n_content") >= CONTENT_WORDS)


def retold(pairs: pl.DataFrame, printings: pl.DataFrame, places: pl.DataFrame) -> pl.DataFrame:
    """Those of some pairs of printings (a, b, of two chapters) in the same few words that stand in sentences about the same thing.

    ``printings``: quote_id, speaker_id, hours, doubt, saying and n_articles of all that print the sayings of the pairs; ``places``:
    printing, quote_id, text, pre, post, speaker_name of the quotations of those in pairs.
    """
    same_speaker = pl.col("speaker_id") == pl.col("speaker_id_b")
    unsure, unsure_b = (
        pl.col(f"speaker_id{side}").is_null() | (pl.col(f"doubt{side}") >= IN_DOUBT) for side in ("", "_b")
    )
    days = (pl.col("hours") - pl.col("hours_b")).abs() / DAY
    table = printings.drop_nulls("saying").select("quote_id", "speaker_id", "hours", "doubt", "saying")
    candidates = (
        pairs.join(table.rename({"quote_id": "a"}).join(_owners(printings), on="saying"), on="a")
        .join(table.rename({"quote_id": "b"}), on=["b", "saying"], suffix="_b")
        .filter((pl.col("owner") == pl.col("speaker_id")) | (pl.col("owner") == pl.col("speaker_id_b")))
        .with_columns(
            needed=pl.when(same_speaker & (days <= DAYS))
            .then(STEMS)
            .when((unsure | unsure_b) & (days <= DAYS_IN_DOUBT))
            .then(STEMS_IN_DOUBT)
        )
        .drop_nulls("needed")
        .sort("a", "b")
        .select("a", "b", "needed")
    )
    around = _surroundings(pl.concat([candidates["a"], candidates["b"]]).unique(), places)
    alike = [max(len(x & y) for x in around[a] for y in around[b]) >= needed for a, b, needed in candidates.iter_rows()]
    return candidates.filter(pl.Series(alike, dtype=pl.Boolean)).select("a", "b")


def _owners(printings: pl.DataFrame) -> pl.DataFrame:
    """To whom sayings belong, where they do: saying, owner."""
    credited = (
        printings.drop_nulls(["saying", "speaker_id"])
        .group_by("saying", owner="speaker_id")
        .agg(pl.col("n_articles").sum())
    )
    is_most = (pl.col("n_articles") >= LEAST_ARTICLES) & (
        2 * pl.col("n_articles") > pl.col("n_articles").sum().over("saying")
    )
    return credited.filter(is_most).select("saying", "owner")


def _surroundings(wanted: pl.Series, places: pl.DataFrame) -> dict[str, list[set[str]]]:
    """The content stems around the quotations of each printing, without those of its words and of its speaker's name."""
    chosen = (
        places.filter(pl.col("printing").is_in(wanted.implode()))
        .sort("quote_id")
        .select("printing", "text", "pre", "post", "speaker_name")
    )
    around: dict[str, list[set[str]]] = {}
    for printing, text, pre, post, name in chosen.iter_rows():
        found = around.setdefault(printing, [])
        if len(found) < MOST_PRINTED:
            found.append(_stems(f"{pre} {post}") - _stems(f"{text} {name or ''}"))
    return around


def _stems(text: str) -> set[str]:
    return {stem(word) for word in WORD.findall(text.casefold()) if is_content_word(word)}

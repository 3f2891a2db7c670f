"""A few words that articles of other stories print again: a saying that became known.

Two or three words say little by themselves, and a phrase of a campaign is said anew every day. So two more things are asked: that the
words are somebody's, whom most articles credit that credit anybody, and that the sentences around tell of the same thing.
"""

import re

import polars as pl

from assets.statements.printings import UNKNOWN, Printings
from assets.text.words import is_content_word, stem

SHORT, CONTENT_WORDS = (
    10,
    2,
)  # words from which they tell by themselves (``join.py``), and content words that a saying has
LEAST_ARTICLES = 2  # that credit a saying to whom it belongs
DAYS, DAYS_IN_DOUBT = 60, 30  # between two printings; where one credit is in doubt or nobody is credited
STEMS, STEMS_IN_DOUBT = 2, 4  # content stems that the sentences around share
IN_DOUBT = 0.05  # chance of a wrong credit from which other articles' credits count more
MOST_PRINTED = 5  # quotations of a printing whose surroundings are looked at
DAY = 24
WORD = re.compile(r"\w{3,}")


def retold(compared: pl.DataFrame, printings: Printings, quotes: pl.DataFrame) -> pl.DataFrame:
    """Pairs of printings of two stories in the same few words, within sentences about the same thing: a, b.

    ``compared`` as of ``compare.compared``; ``quotes``: quote_id, text, pre, post, speaker_name.
    """
    table = printings.table.filter(_is_saying()).select("printing", "speaker", "story", "hours", "doubt", "letters")
    same_speaker = (pl.col("speaker") == pl.col("speaker_b")) & (pl.col("speaker") != UNKNOWN)
    unsure, unsure_b = (
        (pl.col(f"speaker{side}") == UNKNOWN) | (pl.col(f"doubt{side}") >= IN_DOUBT) for side in ("", "_b")
    )
    days = (pl.col("hours") - pl.col("hours_b")).abs() / DAY
    candidates = (
        compared.filter("contained")
        .select("a", "b")
        .join(table.rename({"printing": "a"}).join(_owners(printings.table), on="letters"), on="a")
        .join(table.rename({"printing": "b"}), on=["b", "letters"], suffix="_b")
        .filter(
            (pl.col("story") != pl.col("story_b"))
            & ((pl.col("owner") == pl.col("speaker")) | (pl.col("owner") == pl.col("speaker_b")))
        )
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
    around = _surroundings(pl.concat([candidates["a"], candidates["b"]]).unique(), printings, quotes)
    alike = [max(len(x & y) for x in around[a] for y in around[b]) >= needed for a, b, needed in candidates.iter_rows()]
    return candidates.filter(pl.Series(alike, dtype=pl.Boolean)).select("a", "b")


def _is_saying() -> pl.Expr:
    return ~pl.col("indirect") & (pl.col("n_tokens") < SHORT) & (pl.col("n_content") >= CONTENT_WORDS)


def _owners(table: pl.DataFrame) -> pl.DataFrame:
    """To whom words belong, where they do: letters, owner."""
    credited = (
        table.filter(_is_saying() & (pl.col("speaker") != UNKNOWN))
        .group_by("letters", owner="speaker")
        .agg(pl.col("n_articles").sum())
    )
    is_most = (pl.col("n_articles") >= LEAST_ARTICLES) & (
        2 * pl.col("n_articles") > pl.col("n_articles").sum().over("letters")
    )
    return credited.filter(is_most).select("letters", "owner")


def _surroundings(wanted: pl.Series, printings: Printings, quotes: pl.DataFrame) -> dict[int, list[set[str]]]:
    """The content stems around the quotations of each printing, without those of its words and of its speaker's name."""
    chosen = (
        printings.of_quote.filter(pl.col("printing").is_in(wanted.implode()))
        .join(quotes.select("quote_id", "text", "pre", "post", "speaker_name"), on="quote_id")
        .sort("quote_id")
        .select("printing", "text", "pre", "post", "speaker_name")
    )
    around: dict[int, list[set[str]]] = {}
    for printing, text, pre, post, name in chosen.iter_rows():
        places = around.setdefault(printing, [])
        if len(places) < MOST_PRINTED:
            places.append(_stems(f"{pre} {post}") - _stems(f"{text} {name or ''}"))
    return around


def _stems(text: str) -> set[str]:
    return {stem(word) for word in WORD.findall(text.casefold()) if is_content_word(word)}

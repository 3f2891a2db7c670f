"""Whose words they are, where two articles credit the same long words to two speakers.

Nobody says the same eight words as somebody else on one occasion by chance: where credits contradict each other, one
of them is wrong, unless both are as good as certain. The chance that a credit is wrong is one minus its confidence.
"""

from dataclasses import replace

import polars as pl

from assets.statements.printings import DAY, Printings

TOO_LONG_FOR_CHANCE = 8  # words that two speakers do not share on one occasion by chance,
CONTENT_WORDS = 3  # with this many content words among them,
LONG_ANYWHERE, CONTENT_ANYWHERE, DAYS_ANYWHERE = 12, 5, 30  # nor on two occasions that are so near,
ALL_WORDS, CONTENT_OF_ALL = 5, 2  # nor on one occasion where they are all that is printed,
IN_DOUBT = 0.05  # the last two only where one of the credits is wrong as often as that
CHANCE = 0.005  # the least chance of a wrong credit, of both together, that outweighs the chance of saying the same

# Of a pair of printings, the second of which has its columns with _b.
BOTH_KNOWN = (pl.col("speaker") >= 0) & (pl.col("speaker_b") >= 0)
TWO_SPEAKERS = pl.col("speaker") != pl.col("speaker_b")
ONE_IN_DOUBT = pl.max_horizontal("doubt", "doubt_b") >= IN_DOUBT
ARE_LONG_ANYWHERE = (
    ((pl.col("hours") - pl.col("hours_b")).abs().fill_null(0) <= DAYS_ANYWHERE * DAY)
    & (pl.col("n_tokens") >= LONG_ANYWHERE)
    & (pl.col("n_content") >= CONTENT_ANYWHERE)
)


def settled(compared: pl.DataFrame, printings: Printings, copied: pl.DataFrame) -> Printings:
    """The printings, each credited to the speaker whom most articles give for its words.

    Ties go to the surer credit, then to the first. Only where the same words, or a long part of them, are credited to
    two speakers, and one credit or both are less than certain; or where the sentence is ``copied`` (a, b).
    """
    columns = ["printing", "speaker", "story", "hours", "letters", "n_tokens", "n_content", "n_articles", "doubt"]
    table = printings.table.select(columns)
    code = table.schema["printing"]
    n, content = pl.col("n_tokens"), pl.col("n_content")
    same_story = pl.col("story") == pl.col("story_b")
    in_parts = compared.filter("contained").select(pl.col("a", "b").cast(code), is_copied=False)
    alike = (
        pl.concat([in_parts, copied.select(pl.col("a", "b").cast(code), is_copied=True)])
        .join(table.rename({"printing": "a"}), on="a")
        .join(table.rename({"printing": "b"}), on="b", suffix="_b")
        .filter(BOTH_KNOWN)
        .with_columns(
            is_settling=pl.col("is_copied") | (same_story & (n >= TOO_LONG_FOR_CHANCE) & (content >= CONTENT_WORDS)),
            is_telling=ARE_LONG_ANYWHERE
            | (
                same_story & (pl.col("letters") == pl.col("letters_b")) & (n >= ALL_WORDS) & (content >= CONTENT_OF_ALL)
            ),
        )
        .filter(pl.col("is_settling") | pl.col("is_telling"))
    )
    conflicting = alike.filter(
        TWO_SPEAKERS
        & (
            (pl.col("is_settling") & (pl.col("doubt") + pl.col("doubt_b") >= CHANCE))
            | (pl.col("is_telling") & ONE_IN_DOUBT)
        )
    )
    if conflicting.is_empty():
        return printings
    rivals = pl.concat(
        [conflicting.select("a", "b"), conflicting.select(pl.col("b").alias("a"), pl.col("a").alias("b"))]
    )
    agreeing = alike.filter(pl.col("speaker") == pl.col("speaker_b"))
    backing = (
        pl.concat(
            [
                table.select("printing", "n_articles"),
                agreeing.select(printing="a", n_articles="n_articles_b"),
                agreeing.select(printing="b", n_articles="n_articles"),
            ]
        )
        .group_by("printing")
        .agg(backing=pl.col("n_articles").sum())
        .join(table.select("printing", "doubt", "speaker"), on="printing")
        # The credits in order of how well they are borne out.
        .sort(["backing", "doubt", "printing"], descending=[True, False, False])
        .with_row_index("rank")
        .select("printing", "rank", "speaker")
    )
    best = (
        rivals.join(backing.select("rank", "speaker", b="printing"), on="b")
        .join(backing.select(a="printing", own_rank="rank"), on="a")
        .filter(pl.col("rank") < pl.col("own_rank"))
        .sort("a", "rank")
        .unique("a", keep="first", maintain_order=True)
        .select(printing="a", settled="speaker")
    )
    credited = printings.table.join(best, on="printing", how="left", maintain_order="left").with_columns(
        speaker=pl.coalesce("settled", "speaker")
    )
    return replace(printings, table=credited.drop("settled"))


def too_long_for_chance(compared: pl.DataFrame, table: pl.DataFrame) -> pl.DataFrame:
    """Pairs of printings of two chapters (a, b) that two speakers do not share by chance, where one of the credits is in doubt."""
    table = table.select("printing", "speaker", "hours", "doubt", "n_tokens", "n_content")
    return (
        compared.filter("contained")
        .join(table.rename({"printing": "a"}), on="a")
        .join(table.rename({"printing": "b"}), on="b", suffix="_b")
        .filter(BOTH_KNOWN & TWO_SPEAKERS & ARE_LONG_ANYWHERE & ONE_IN_DOUBT)
        .select("a", "b")
    )

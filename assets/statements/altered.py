"""Words between quotation marks that differ from what others printed for the same speaker and occasion.

An accusation needs more than a difference: reporters choose different sentences of one speech, and translators choose
different words. The article decides. One that prints several speakers' words, each close in sense to what others
print and none of them alike, rewrites; one that prints other words exactly as everybody does, and once does not where
everybody else agrees, is not translating. Where neither holds, no claim is made.
"""

import polars as pl

from assets.statements.occasion import spoken_in_another_language
from assets.statements.printings import Printings
from assets.text.words import is_content_word, stem

LEAST_SUPPORT = 2  # other articles that print the words alike, or one article whose other quotations are borne out
VOUCHING = 0.75  # length that a printing has at least, of one that it bears out,
VOUCHING_WORDS = 5  # or this many words
TELLING = 3  # words that a quotation has at least for its agreeing with others to mean anything
LONE_SUPPORT = 3  # for an article that departs once only, and agrees on other words of the speaker,
UNANIMOUS_SUPPORT = 4  # or on other speakers' words,
UNANIMOUS_ALIKE = 2  # so many of them
LONE_LIKENESS = 0.5
CLOSE_SENSE = 0.7  # cosine of two sentence embeddings from which words are close in sense
PURE_DEPARTURES = 4  # departures of an article that prints nothing alike, from which its last unmatched words tell too
SHARED_CONTEXT = 3  # content stems that the surroundings of two quotations share
SHOWN = 80
_OTHER = pl.col("other_text")
_SHOWN_OTHER = (
    pl.when(_OTHER.str.len_chars() <= SHOWN)
    .then(_OTHER)
    .otherwise(_OTHER.str.slice(0, SHOWN - 1).str.replace(r"\s+\S*$", "") + "…")
)
"""The words that others print, cut between words."""

DEPARTURES = pl.Schema({"quote_id": pl.String, "printing": pl.UInt32, "evidence": pl.String})


def altered(compared: pl.DataFrame, printings: Printings, quotes: pl.DataFrame) -> pl.DataFrame:
    """Quotations that were rewritten: quote_id, the printing of the words they stand for, and the evidence.

    ``compared`` as of ``compare.compared``; ``quotes``: quote_id, article_id, kind, text, pre, post. Only words between
    marks count, on both sides, by the same certain speaker in the same story.
    """
    printed = (
        printings.of_quote.join(printings.table.select("printing", "speaker", "story", "n_tokens"), on="printing")
        .join(quotes.select("quote_id", "article_id", "kind", "text", "pre", "post"), on="quote_id")
        .filter((pl.col("kind") != "indirect") & (pl.col("speaker") >= 0))
    )
    likeness = _likeness(compared, printings)
    alike = _alike_elsewhere(printed, likeness)
    departures = _departures(printed, likeness, alike)
    supported = _supported(departures, alike, printed, likeness)
    translated = spoken_in_another_language(printed)
    n, n_alike = pl.col("n_departing"), pl.col("n_alike")
    rewriting = supported.filter(
        (pl.col("n_speakers") >= 2) & (((n >= 3) & (n >= n_alike)) | ((n == 2) & (n_alike == 0)))
    ).with_columns(
        evidence=pl.format(
            "{} quotations of {} speakers in this article depart from what others print, {} agree; {} other article{}: “{}”",
            "n_departing",
            "n_speakers",
            "n_alike",
            "support",
            pl.when(pl.col("support") == 1).then(pl.lit("")).otherwise(pl.lit("s")),
            _SHOWN_OTHER,
        )
    )
    # Others who word this speaker differently; articles that rewrite are not witnesses.
    differing = (
        departures.join(rewriting.select("article_id"), on="article_id", how="anti")
        .group_by("story", "speaker")
        .agg(n_departing_in_story=pl.len())
    )
    lone = (
        supported.join(rewriting.select("quote_id"), on="quote_id", how="anti")
        .join(differing, on=["story", "speaker"])
        .join(translated, on=["story", "speaker"], how="anti")
        .filter(
            (pl.col("n_departing_in_story") == 1)
            # An article with other words of the speaker that nobody else prints has listened, or translated, for itself.
            & (pl.col("n_alone_of_speaker") <= 1)
            & (pl.col("likeness") >= LONE_LIKENESS)
            & (
                ((pl.col("support") >= LONE_SUPPORT) & (pl.col("n_alike_of_speaker") >= 1))
                | ((pl.col("support") >= UNANIMOUS_SUPPORT) & (n_alike >= UNANIMOUS_ALIKE))
            )
        )
        .with_columns(
            evidence=pl.format(
                "{} other articles agree on these words and none words them otherwise; this one agrees with others on {} "
                "quotations, {} of them this speaker's: “{}”",
                "support",
                "n_alike",
                "n_alike_of_speaker",
                _SHOWN_OTHER,
            )
        )
    )
    only_words = _only_words(printed, alike, departures, rewriting)
    found = pl.concat(
        [frame.select("quote_id", pl.col("other").alias("printing"), "evidence") for frame in (rewriting, lone)]
        + [only_words]
    )
    return found.cast(DEPARTURES).sort("quote_id")


def _likeness(compared: pl.DataFrame, printings: Printings) -> pl.DataFrame:
    """Both directions of every pair by one speaker in one story: printing, other, alike (the other bears the printing
    out), kin (close in sense, and neither says what the other does) and likeness."""
    table = printings.table.select("printing", "speaker", "story", "indirect", "letters", "n_stems", "n_tokens")
    pairs = (
        compared.join(table.rename({"printing": "a"}), on="a")
        .join(table.rename({"printing": "b"}), on="b", suffix="_b")
        .filter(
            (pl.col("speaker") >= 0)
            & (pl.col("speaker") == pl.col("speaker_b"))
            & (pl.col("story") == pl.col("story_b"))
            & ~pl.col("indirect")
            & ~pl.col("indirect_b")
        )
        .with_columns(
            # Alike: the same words, a part of them, or nothing that the other does not say in that order.
            alike=pl.col("contained")
            | (pl.col("letters") == pl.col("letters_b"))
            | (pl.col("coverage") >= 0.9)
            | ((pl.col("shared_stems") >= pl.min_horizontal("n_stems", "n_stems_b")) & (pl.col("coverage") >= 0.6)),
            likeness=pl.max_horizontal("dice", "coverage", "sense"),
            kin=(pl.col("sense") >= CLOSE_SENSE).fill_null(False)
            | (pl.col("shared_stems") >= 2)
            & (
                (pl.col("dice") >= 0.4)
                | ((pl.col("dice") >= 0.35) & (pl.col("shared_stems") >= 3))
                | (pl.col("coverage") >= 0.6)
            ),
        )
        .with_columns(kin=pl.col("kin") & ~pl.col("alike"))
        .filter(pl.col("alike") | pl.col("kin"))
    )
    # A few words don't vouch for a long quotation that contains them.
    enough = (pl.col("n_tokens") >= VOUCHING * pl.col("n_tokens_b")) | (pl.col("n_tokens") >= VOUCHING_WORDS)
    vouches = pl.col("alike") & enough
    directions = [
        pairs.select(printing="a", other="b", alike="alike", kin="kin", likeness="likeness"),
        pairs.select(printing="b", other="a", alike=vouches, kin="kin", likeness="likeness"),
    ]
    return pl.concat(directions).with_columns(pl.col("printing", "other").cast(pl.UInt32))


def _alike_elsewhere(printed: pl.DataFrame, likeness: pl.DataFrame) -> pl.DataFrame:
    """For every quotation, how many other articles print its words alike: quote_id, printing, n_alike."""
    places = printed.select("printing", "article_id").unique()
    same = places.rename({"article_id": "other_article"})
    others = pl.concat(
        [
            same,
            likeness.filter("alike")
            .join(places, left_on="other", right_on="printing")
            .select("printing", other_article="article_id"),
        ]
    ).unique()
    counted = others.group_by("printing").agg(n=pl.len())
    own = others.join(printed.select("printing", "article_id", "quote_id"), on="printing").filter(
        pl.col("other_article") == pl.col("article_id")
    )
    return (
        printed.select("quote_id", "printing")
        .join(counted, on="printing", how="left")
        .join(own.select("quote_id").unique().with_columns(own=pl.lit(1)), on="quote_id", how="left")
        .select("quote_id", "printing", n_alike=pl.col("n").fill_null(0).cast(pl.Int64) - pl.col("own").fill_null(0))
    )


def _printed_alike(printed: pl.DataFrame, likeness: pl.DataFrame) -> pl.DataFrame:
    """Which printings an article prints in the same or like words: article_id, other."""
    places = printed.select("article_id", "printing").unique()
    same = places.select("article_id", other="printing")
    return pl.concat(
        [same, likeness.filter("alike").join(places, on="printing").select("article_id", "other")]
    ).unique()


def _echoes(printed: pl.DataFrame, likeness: pl.DataFrame) -> pl.DataFrame:
    """Quotations whose words the same article prints again, in a headline for one: quote_id."""
    places = printed.select("article_id", other="printing").unique()
    return (
        printed.select("quote_id", "printing", "article_id")
        .join(likeness.filter("alike").select("printing", "other"), on="printing")
        .join(places, on=["article_id", "other"], how="semi")
        .select("quote_id")
        .unique()
    )


def _departures(printed: pl.DataFrame, likeness: pl.DataFrame, alike: pl.DataFrame) -> pl.DataFrame:
    """Quotations printed alike nowhere else, each with the other article's words that it is most like."""
    places = printed.select(other="printing", other_article="article_id", other_quote="quote_id", other_text="text")
    return (
        printed.join(alike.filter(pl.col("n_alike") == 0).select("quote_id"), on="quote_id", how="semi")
        .join(likeness.filter("kin"), on="printing")
        .join(places, on="other")
        .filter(pl.col("other_article") != pl.col("article_id"))
        # An article that prints the other words as well gives two utterances, and rewrites neither.
        .join(_printed_alike(printed, likeness), on=["article_id", "other"], how="anti")
        .sort(["quote_id", "likeness", "other_quote"], descending=[False, True, False])
        .unique("quote_id", keep="first", maintain_order=True)
    )


def _supported(
    departures: pl.DataFrame, alike: pl.DataFrame, printed: pl.DataFrame, likeness: pl.DataFrame
) -> pl.DataFrame:
    """Departures from words that somebody bears out, with what the article does elsewhere.

    Only these count: an article does not depart by being rewritten in another.
    """
    agrees = ((pl.col("n_alike") > 0) & (pl.col("n_tokens") >= TELLING)).sum()
    agreeing = printed.join(alike.select("quote_id", "n_alike"), on="quote_id").join(
        _echoes(printed, likeness).with_columns(is_echo=True), on="quote_id", how="left"
    )
    alone = (pl.col("n_alike") == 0) & (pl.col("n_tokens") >= TELLING) & pl.col("is_echo").is_null()
    articles = agreeing.group_by("article_id").agg(n_alike=agrees)
    by_speaker = agreeing.group_by("article_id", "speaker").agg(
        n_alike_of_speaker=agrees, n_alone_of_speaker=alone.sum()
    )
    borne_out = articles.select(other_article="article_id", borne_out=pl.col("n_alike") >= LEAST_SUPPORT)
    supported = (
        departures.join(alike.select(other_quote="quote_id", support=pl.col("n_alike") + 1), on="other_quote")
        .join(borne_out, on="other_article")
        .filter((pl.col("support") >= LEAST_SUPPORT) | pl.col("borne_out"))
    )
    return (
        supported.join(articles, on="article_id")
        .join(by_speaker, on=["article_id", "speaker"])
        .with_columns(
            n_departing=pl.len().over("article_id"), n_speakers=pl.col("speaker").n_unique().over("article_id")
        )
    )


def _only_words(
    printed: pl.DataFrame, alike: pl.DataFrame, departures: pl.DataFrame, rewriting: pl.DataFrame
) -> pl.DataFrame:
    """The one unmatched quotation of a speaker in an article that rewrites all it prints, where everybody else agrees
    on what the speaker said and the sentences around tell of the same thing."""
    pure = rewriting.filter((pl.col("n_departing") >= PURE_DEPARTURES) & (pl.col("n_alike") == 0))
    places = printed.group_by("story", "speaker", "article_id").agg(
        n=pl.len(), quote_id=pl.col("quote_id").min(), context=pl.col("pre").first() + " " + pl.col("post").first()
    )
    sole = (
        places.join(pure.select("article_id").unique(), on="article_id", how="semi")
        .filter(pl.col("n") == 1)
        .join(departures.select("quote_id"), on="quote_id", how="anti")
    )
    others = (
        places.join(pure.select("article_id").unique(), on="article_id", how="anti")
        .join(sole.select("story", "speaker").unique(), on=["story", "speaker"], how="semi")
        .join(alike, on="quote_id")
        .join(printed.select("quote_id", "text"), on="quote_id")
        .group_by("story", "speaker")
        .agg(
            support=pl.len(),
            agreed=((pl.col("n") == 1) & (pl.col("n_alike") == pl.len() - 1)).all(),
            other=pl.col("printing").sort_by("quote_id").first(),
            other_text=pl.col("text").sort_by("quote_id").first(),
            contexts=pl.col("context").sort_by("quote_id"),
        )
        .filter(pl.col("agreed") & (pl.col("support") >= LEAST_SUPPORT))
    )
    candidates = sole.join(others, on=["story", "speaker"]).sort("quote_id")
    close = [
        max(len(_stems(context) & _stems(other)) for other in contexts) >= SHARED_CONTEXT
        for context, contexts in candidates.select("context", "contexts").iter_rows()
    ]
    return candidates.filter(pl.Series(close, dtype=pl.Boolean)).select(
        "quote_id",
        pl.col("other").alias("printing"),
        evidence=pl.format(
            "this article departs in all it prints; the speaker's only words in it, in like surroundings; {} other articles: “{}”",
            "support",
            _SHOWN_OTHER,
        ),
    )


def _stems(text: str) -> set[str]:
    return {stem(word) for word in text.casefold().replace("’", " ").split() if is_content_word(word)}

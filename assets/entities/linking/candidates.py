"""The entity that a shorter name means: of a surname, an initial, a name without its middle name, an abbreviation.

Each function gives the clusters (``at``) that do not stay under the key of their own name: ``key``, and by which ``rule``
they came there; null for those that are set apart, since names as common as theirs say nothing about other articles.
"""

import polars as pl

from assets.entities.linking.co_mentions import CoMentions, choose
from assets.entities.linking.other_spellings import followed, of_other_spellings
from assets.entities.names.forms import organisation_key

DECIDED = pl.Schema({"at": pl.UInt32, "key": pl.String, "rule": pl.String})
ASKED = ("at", "article_id", "kind", "own")


def of_people(clusters: pl.DataFrame, names: pl.DataFrame, co_mentions: CoMentions) -> pl.DataFrame:
    """Decisions about persons; ``clusters`` are theirs, ``names`` those of ``name_parts.people``."""
    full = _with_full_keys(names.filter("is_full"))
    without_middle = full.filter(pl.col("own") != pl.col("plain"), "has_plain", n_whole=1)
    moved = clusters.join(without_middle.select("name", key="plain"), on="name")
    short = names.filter(~pl.col("is_full"))
    with_initial = short.filter(pl.col("initial") != "").join(
        full.select("initial", "last", candidate="key").unique(), on=["initial", "last"]
    )
    bare = short.filter(initial="").join(
        full.select(last="surnames", candidate="key").explode("last").unique(), on="last"
    )
    columns = ("name", "candidate", "is_common")
    asked = clusters.join(pl.concat([with_initial.select(columns), bare.select(columns)]), on="name")
    chosen = choose(asked.select(*ASKED, "candidate", "is_common"), co_mentions)
    rule = pl.when(pl.col("initial") == "").then(pl.lit("surname")).otherwise(pl.lit("initial"))
    found = chosen.join(clusters, on="at").join(short, on="name").select("at", key="candidate", rule=rule)
    spelt = of_other_spellings(clusters, names, co_mentions).join(found, on="at", how="anti")
    moved_already = clusters.join(without_middle.select("name"), on="name", how="semi")
    found = followed(pl.concat([found, spelt.join(moved_already, on="at", how="anti")]), clusters)
    # Bare given names and common surnames of different articles are different people until shown otherwise.
    unknown = clusters.join(short.filter("is_common", initial=""), on="name").join(found, on="at", how="anti")
    return pl.concat(
        [
            moved.select("at", "key", rule=pl.lit("middle name")),
            found,
            unknown.select("at", key=_of_the_article(), rule=pl.lit(None, pl.String)),
        ]
    ).match_to_schema(DECIDED)


def _with_full_keys(full: pl.DataFrame) -> pl.DataFrame:
    """Full names with the ``key`` under which others find them: that without middle names where it means one person."""
    whole = full.filter("has_middle").group_by("plain").agg(n_whole=pl.col("own").n_unique())
    plain = full.filter(~pl.col("has_middle")).select("plain", has_plain=pl.lit(True)).unique()
    return (
        full.join(whole, on="plain", how="left")
        .join(plain, on="plain", how="left")
        .with_columns(pl.col("n_whole").fill_null(0), pl.col("has_plain").fill_null(False))
        .with_columns(key=pl.when(pl.col("has_plain"), pl.col("n_whole") <= 1).then("plain").otherwise("own"))
    )


def of_organisations(
    clusters: pl.DataFrame, names: pl.DataFrame, countries: pl.DataFrame, co_mentions: CoMentions
) -> pl.DataFrame:
    """Decisions about organisations; ``countries`` has those articles that name one country only."""
    generic = clusters.join(names.filter("is_generic").select("name"), on="name").join(
        countries, on="article_id", how="left"
    )
    of_country = pl.format("{} of {}", "own", "country")
    placed = generic.select(
        "at",
        key=pl.when(pl.col("country").is_null()).then(_of_the_article()).otherwise(of_country),
        rule=pl.when(pl.col("country").is_not_null()).then(pl.lit("only country of the article")),
    )
    words = names.filter(~pl.col("is_generic"), ~pl.col("own").str.contains(" ", literal=True))
    asked = (
        clusters.join(words.select("name"), on="name")
        .join(_introduced(clusters, names), on="own")
        .with_columns(is_common=pl.lit(False))
    )
    chosen = choose(asked.select(*ASKED, "candidate", "is_common"), co_mentions)
    return pl.concat([placed, chosen.select("at", key="candidate", rule=pl.lit("abbreviation"))]).match_to_schema(
        DECIDED
    )


def _introduced(clusters: pl.DataFrame, names: pl.DataFrame) -> pl.DataFrame:
    """Abbreviations (``own``) that some article uses for an organisation (``candidate``)."""
    long = names.select("name", "acronyms").explode("acronyms").drop_nulls()
    used = clusters.join(long.select("name").unique(), on="name").select("name", "own", form="forms")
    used = used.explode("form").unique()
    forms = used.select("form").unique()
    forms = forms.with_columns(short=pl.Series([organisation_key(form) for form in forms["form"]], dtype=pl.String))
    return (
        used.join(forms, on="form")
        .join(long, left_on=["name", "short"], right_on=["name", "acronyms"])
        .select(candidate="own", own="short")
        .unique()
    )


def _of_the_article() -> pl.Expr:
    return pl.format("{} @ {}", "own", "article_id")

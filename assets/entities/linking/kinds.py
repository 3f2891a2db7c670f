"""One kind for a name of one word that different articles are tagged to name as different kinds."""

import polars as pl

from assets.entities.names.forms import demonym_stems
from assets.entities.names.names import parse_name
from assets.entities.names.spelling import fold


def usual_kinds(clusters: pl.DataFrame) -> pl.DataFrame:
    """Each ``name`` with its ``usual`` kind in the corpus, where articles disagree and one prevails.

    ``clusters`` has article_id, kind and name.

    A name is a place where one article says so and another has its demonym (Ellery, Elleric); else it is a
    person where twice as many articles say so as say anything else, and otherwise a place or an organisation where twice as
    many say that one as the other, two at least and no fewer than say that it is a person. Left alone are words of a person's
    full name, and what more than a quarter of the articles call both a place and an organisation, such as a town and its club.
    """
    names = clusters.select("kind", "name").unique()
    spelt = names.select("name").unique()
    spelt = spelt.with_columns(folded=pl.Series([fold(name) for name in spelt["name"]], dtype=pl.String))
    parsed = [parse_name(name) if kind == "person" else None for kind, name in names.iter_rows()]
    in_full_names = {word for p in parsed if p and p.given for word in (*p.given, *p.surname.split())}
    words = {word for folded in spelt["folded"] for word in folded.split()}
    stems = {stem for word in words for stem in demonym_stems(word)}
    alone = names.filter(
        pl.Series([not (p and p.given) for p in parsed], dtype=pl.Boolean),
        ~pl.col("name").str.contains(" ", literal=True),
    ).join(spelt, on="name")
    said = clusters.join(alone, on=["kind", "name"]).select("folded", "kind", "article_id").unique()
    return (
        _counts(said)
        .filter("disputed", ~pl.col("folded").is_in(list(in_full_names)))
        .with_columns(has_demonym=pl.col("folded").is_in(list(stems)))
        .select("folded", usual=_usual_kind())
        .drop_nulls("usual")
        .join(spelt, on="folded")
        .select("name", "usual")
    )


def _counts(said: pl.DataFrame) -> pl.DataFrame:
    """Articles of each folded name by what they say it is; ``said`` has one row per name, kind and article."""
    kind = pl.col("kind")
    elsewhere = pl.col("article_id").filter(kind != "person")
    return (
        said.group_by("folded")
        .agg(
            disputed=kind.n_unique() > 1,
            person=(kind == "person").sum().cast(pl.Int64),
            place=(kind == "place").sum().cast(pl.Int64),
            organisation=(kind == "organisation").sum().cast(pl.Int64),
            either=elsewhere.n_unique().cast(pl.Int64),
        )
        .with_columns(
            both=pl.col("place") + pl.col("organisation") - pl.col("either"),
            more=pl.max_horizontal("place", "organisation"),
            less=pl.min_horizontal("place", "organisation"),
        )
    )


def _usual_kind() -> pl.Expr:
    enough = pl.max_horizontal(pl.lit(2), 2 * pl.col("less"), pl.col("person"))
    return (
        pl.when(pl.col("has_demonym"), pl.col("place") > 0)
        .then(pl.lit("place"))
        .when(pl.col("person") >= 2 * pl.col("either"))
        .then(pl.lit("person"))
        .when((4 * pl.col("both") > pl.col("more")) | (pl.col("more") < enough))
        .then(None)
        .when(pl.col("place") == pl.col("more"))
        .then(pl.lit("place"))
        .otherwise(pl.lit("organisation"))
    )

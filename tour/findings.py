"""A notebook tour: from the published warehouse to three findings with charts, each in SQL and in Polars.

``make tour`` opens it; ``python tour/findings.py`` runs it from beginning to end. It reads the data folder of ``$VERBATIM_DATA``, else ``data/``.
"""

import marimo

app = marimo.App(width="medium", app_title="Verbatim: three findings")


@app.cell
def _():
    import altair as alt
    import marimo as mo
    import polars as pl
    from polars.testing import assert_frame_equal

    from pipeline.settings import load_settings
    from pipeline.warehouse import read_only

    return alt, assert_frame_equal, load_settings, mo, pl, read_only


@app.cell
def _(mo):
    mo.md("""
    # Three findings

    The published warehouse is one DuckDB file. What is asked of it here is asked twice, in SQL and in Polars, and both must agree: take the one that you
    like better.
    """)
    return


@app.cell
def _(load_settings, pl, read_only):
    warehouse = load_settings().published

    def sql(query: str) -> pl.DataFrame:
        with read_only(warehouse) as connection:
            return connection.execute(query).pl()

    def table(name: str) -> pl.LazyFrame:
        return sql(f"FROM {name}").lazy()

    return sql, table


@app.cell
def _(mo, sql):
    counts = sql("""
        SELECT (SELECT count(*) FROM core.articles) AS articles, (SELECT count(*) FROM marts.outlet_coverage) AS outlets,
            (SELECT count(*) FROM core.quotes) AS quotations, (SELECT count(*) FROM core.statements) AS statements
    """)
    mo.ui.table(counts, selection=None)
    return


@app.cell
def _(mo):
    mo.md("""
    ## 1. Who leaves out what others carry?

    `marts.quote_coverage` has a row for each statement and each outlet on its story; `carried` says whether the outlet printed it. An outlet that wrote
    about the story only before the words were out has no row, so nobody is blamed for what they could not know.
    """)
    return


@app.cell
def _(sql):
    carried_by_outlet = sql("""
        SELECT outlet, count(*) FILTER (carried) AS carried, count(*) AS possible, avg(carried::INT) AS share
        FROM marts.quote_coverage GROUP BY outlet ORDER BY share DESC, outlet
    """)
    return (carried_by_outlet,)


@app.cell
def _(assert_frame_equal, carried_by_outlet, pl, table):
    in_polars = (
        table("marts.quote_coverage")
        .group_by("outlet")
        .agg(carried=pl.col("carried").sum(), possible=pl.len(), share=pl.col("carried").mean())
        .sort("share", "outlet", descending=[True, False])
        .collect()
    )
    assert_frame_equal(carried_by_outlet, in_polars, check_dtypes=False)
    return


@app.cell
def _(alt, carried_by_outlet):
    coverage_chart = (
        alt.Chart(carried_by_outlet, title="Statements carried, of those on the outlet's stories")
        .mark_bar()
        .encode(
            x=alt.X("share", axis=alt.Axis(format="%"), title=None),
            y=alt.Y("outlet", sort="-x", title=None),
            tooltip=["outlet", "carried", "possible"],
        )
    )
    coverage_chart
    return (coverage_chart,)


@app.cell
def _(mo):
    mo.md("""
    ## 2. Whose words move most between outlets?

    `marts.quote_wordings` has each wording of a statement. A statement in many wordings was shortened, translated from one spelling to another, or changed.
    """)
    return


@app.cell
def _(sql):
    wordings_by_relation = sql("""
        SELECT speaker, relation, count(*) AS wordings FROM marts.quote_wordings
        WHERE relation <> 'same' AND speaker IS NOT NULL
        GROUP BY speaker, relation ORDER BY sum(count(*)) OVER (PARTITION BY speaker) DESC, speaker, relation
    """)
    return (wordings_by_relation,)


@app.cell
def _(assert_frame_equal, pl, table, wordings_by_relation):
    moved = (
        table("marts.quote_wordings")
        .filter(pl.col("relation") != "same", pl.col("speaker").is_not_null())
        .group_by("speaker", "relation")
        .agg(wordings=pl.len())
        .with_columns(all=pl.col("wordings").sum().over("speaker"))
        .sort("all", "speaker", "relation", descending=[True, False, False])
        .drop("all")
        .collect()
    )
    assert_frame_equal(wordings_by_relation, moved, check_dtypes=False)
    return


@app.cell
def _(alt, wordings_by_relation):
    wordings_chart = (
        alt.Chart(wordings_by_relation, title="Wordings other than the fullest, by what was done to it")
        .mark_bar()
        .encode(x=alt.X("wordings", title=None), y=alt.Y("speaker", sort="-x", title=None), color="relation")
    )
    wordings_chart
    return (wordings_chart,)


@app.cell
def _(mo):
    mo.md("""
    ## 3. Who prints what is theirs?

    `share_wire` is the share of an outlet's words that are agency copy or another's text; an exclusive is a statement that it alone carried.
    """)
    return


@app.cell
def _(sql):
    own_words = sql("""
        SELECT outlet, n_articles, share_wire, n_exclusives / n_statements_carried AS share_exclusive
        FROM marts.outlet_coverage WHERE n_statements_carried > 0 ORDER BY outlet
    """)
    return (own_words,)


@app.cell
def _(assert_frame_equal, own_words, pl, table):
    own = (
        table("marts.outlet_coverage")
        .filter(pl.col("n_statements_carried") > 0)
        .select(
            "outlet",
            "n_articles",
            "share_wire",
            share_exclusive=pl.col("n_exclusives") / pl.col("n_statements_carried"),
        )
        .sort("outlet")
        .collect()
    )
    assert_frame_equal(own_words, own, check_dtypes=False)
    return


@app.cell
def _(alt, own_words):
    own_chart = (
        alt.Chart(own_words, title="The more wire copy, the less that nobody else has")
        .mark_circle()
        .encode(
            x=alt.X("share_wire", axis=alt.Axis(format="%"), title="words that are wire copy or another's"),
            y=alt.Y("share_exclusive", axis=alt.Axis(format="%"), title="statements that it alone carried"),
            size="n_articles",
            tooltip=["outlet", "n_articles"],
        )
    )
    own_chart
    return (own_chart,)


if __name__ == "__main__":
    app.run()

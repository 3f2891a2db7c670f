"""The pages of articles: the text with its quotations, speakers and names marked and linked."""

from collections.abc import Iterator

import polars as pl

from assets.report.made_of import Kind, Part
from assets.report.pages import Frames, Ready
from assets.report.written.bodies import LINKS, MARKS, apart, marked_bodies
from assets.report.written.columns import (
    count_column,
    displayed_column,
    escaped,
    moment_column,
    outward_column,
    percent_column,
    plural_column,
    shortened_column,
    speaker_column,
    sure_speaker,
    tables_of,
)
from assets.report.written.filled import filled

KIND = Kind(
    "articles",
    {
        "articles": Part(
            "SELECT article_id AS page, listed.* EXCLUDE (article_id, agency_id, copied_agency), url, authors, dateline, "
            "stories.story_id FROM report_articles AS listed JOIN core.articles USING (article_id) "
            "LEFT JOIN (FROM core.stories SEMI JOIN report_stories USING (story_id)) AS stories USING (article_id)",
            texts={"body": "page"},
        ),
        "quotes": Part(
            'SELECT q.article_id AS page, quote_id, start, "end", q.text, kind, speaker_text, speaker_start, speaker_end, '
            "speaker_name, q.speaker_id, rule, "
            "format('{:.2f}', confidence) AS confidence, speaker_confidence, address, has_page, n_carried FROM core.quotes AS q {only} "
            "LEFT JOIN core.statement_quotes USING (quote_id) LEFT JOIN report_statements AS listed USING (statement_id)",
            "start, quote_id",
            key="q.article_id",
        ),
        "mentions": Part(
            'SELECT m.article_id AS page, entity_id, start, "end", e.name, e.kind, '
            "entity_id IN (SELECT entity_id FROM report_speakers) AS speaks "
            "FROM core.mentions AS m {only} JOIN core.entities AS e USING (entity_id)",
            "start, entity_id",
            key="m.article_id",
        ),
        "removed_lines": Part("SELECT article_id AS page, line_no, reason, text FROM core.removed_lines", "line_no"),
    },
)

DOUBTFUL = ' <span class="note">doubtful</span>'


def pages(frames: Frames) -> Iterator[Ready]:
    listed = frames["articles"]
    tables = (quote_rows(frames["quotes"]), name_rows(names(frames["mentions"])), removed_rows(frames["removed_lines"]))
    shown = listed.with_columns(bodies(frames), outward_column(listed["url"]).alias("outward"))
    for table in tables:
        shown = shown.join(table, on="page", how="left", maintain_order="left")
    texts = {
        "article_id": pl.col("page"),
        "authors": pl.col("authors").list.join(", "),
        **{
            name: pl.col(name)
            for name in (
                "source_id",
                "outlet",
                "agency",
                "story_id",
                "title",
                "origin_article_id",
                "origin_outlet",
                "language",
                "dateline",
            )
        },
    }
    html = {
        "moment": moment_column("published_at", "published_precision"),
        "n_words": plural_column("n_words", "word"),
        "shared_share": percent_column("shared_share"),
        "lines_removed": plural_column("n_removed", "line of the page was", "lines of the page were"),
        **{name: pl.col(name) for name in ("outward", "body", "quotes", "names", "removed")},
    }
    yield from filled("article.html", shown, texts, html, "articles")


def bodies(frames: Frames) -> pl.Series:
    """The bodies with every quotation marked and, as links, its speaker, then every name that is no speaker's."""
    numbers = frames["articles"].select("page", body=pl.int_range(pl.len(), dtype=pl.Int64))
    quotes, mentions = (frames[name].join(numbers, on="page", maintain_order="left") for name in ("quotes", "mentions"))
    links = apart(pl.concat([speaker_links(quotes), name_links(mentions)]))
    return pl.Series("body", marked_bodies(frames["articles"]["body"].to_list(), quote_marks(quotes), links), pl.String)


def quote_rows(frame: pl.DataFrame) -> pl.DataFrame:
    """Quotations with their speaker, form, how many outlets carried the statement, and the rule that found them."""
    named = pl.when(pl.col("speaker_name") != "").then("speaker_name").otherwise("speaker_text")
    carried = count_column("n_carried")
    return tables_of(
        frame.with_columns(shown=displayed_column("text"), named=named.replace("", None)),
        "quotes",
        '<tr id="row-{}"><th scope="row" class="words"><a href="#q-{}">{}</a></th><td>{}</td><td>{}</td>'
        '<td class="n">{}</td><td>{}</td><td class="n">{}</td></tr>',
        escaped("quote_id"),
        escaped("quote_id"),
        shortened_column("shown", 240),
        speaker_column("speaker_id", "named", "../")
        + pl.when(pl.col("speaker_confidence") < sure_speaker()).then(pl.lit(DOUBTFUL)).otherwise(pl.lit("")),
        pl.col("kind"),
        pl.when("has_page").then(pl.format('<a href="../{}">{}</a>', escaped("address"), carried)).otherwise(carried),
        escaped(pl.col("rule").str.replace_all("_", " ", literal=True)),
        pl.col("confidence"),
    )


def names(mentions: pl.DataFrame) -> pl.DataFrame:
    """Who and what each article names, the most often named first."""
    return (
        mentions.group_by("page", "entity_id")
        .agg(pl.col("name", "kind", "speaks").first(), n=pl.len())
        .sort("page", "n", "name", "entity_id", descending=[False, True, False, False])
    )


def name_rows(frame: pl.DataFrame) -> pl.DataFrame:
    linked = pl.format('<a href="../speakers/{}.html">{}</a>', escaped("entity_id"), escaped("name"))
    return tables_of(
        frame,
        "names",
        '<tr id="name-{}"><th scope="row">{}</th><td>{}</td><td class="n">{}</td></tr>',
        escaped("entity_id"),
        pl.when("speaks").then(linked).otherwise(escaped("name")),
        pl.col("kind"),
        pl.col("n"),
    )


def removed_rows(frame: pl.DataFrame) -> pl.DataFrame:
    """Lines of the page that are no part of the article, each with why."""
    return tables_of(
        frame,
        "removed",
        '<tr><td class="n">{}</td><td>{}</td><td>{}</td></tr>',
        pl.col("line_no") + 1,
        escaped(pl.col("reason").str.replace_all("_", " ", literal=True)),
        shortened_column("text", 400),
    )


def quote_marks(frame: pl.DataFrame) -> pl.DataFrame:
    """The mark of every quotation, with how many outlets carried it."""
    speaker = pl.coalesce(pl.col("speaker_name", "speaker_text").replace("", None), pl.lit("speaker not known"))
    title = escaped(pl.format("{}: {}", "kind", speaker))
    after = pl.format(
        '<a class="carried" href="../{}">{}<span class="hidden"> {} carried it</span></a>',
        escaped("address"),
        count_column("n_carried"),
        pl.when(pl.col("n_carried") == 1).then(pl.lit("outlet")).otherwise(pl.lit("outlets")),
    )
    return frame.select(
        "body",
        "start",
        "end",
        opening=pl.format('<mark class="{}" id="q-{}" title="{}">', "kind", escaped("quote_id"), title),
        again=pl.format('<mark class="{}" title="{}">', "kind", title),
        after=pl.when("has_page").then(after).fill_null(""),
    ).cast(pl.Schema(MARKS))


def speaker_links(quotes: pl.DataFrame) -> pl.DataFrame:
    """The words that name the speaker of a quotation, with a link to the speaker."""
    page = pl.format("../speakers/{}.html", pl.col("speaker_id").replace("", None))
    link = pl.coalesce(page, pl.format("#row-{}", "quote_id"))
    named = pl.coalesce(pl.col("speaker_name").replace("", None), "speaker_text")
    opening = pl.format('<a class="speaker" href="{}" title="speaker: {}">', escaped(link), escaped(named))
    return _links(quotes, "speaker_start", "speaker_end", opening)


def name_links(mentions: pl.DataFrame) -> pl.DataFrame:
    """The words of each name, with a link to who or what is named."""
    page = pl.format("../speakers/{}.html", "entity_id")
    link = pl.when("speaks").then(page).otherwise(pl.format("#name-{}", "entity_id"))
    opening = pl.format('<a class="name {}" href="{}" title="{}: {}">', "kind", escaped(link), "kind", escaped("name"))
    return _links(mentions, "start", "end", opening)


def _links(frame: pl.DataFrame, start: str, end: str, opening: pl.Expr) -> pl.DataFrame:
    placed = frame.filter(pl.col(start) < pl.col(end))
    return placed.select("body", start=start, end=end, opening=opening).cast(pl.Schema(LINKS))

"""The pages of articles: the text with its quotations, speakers and names marked and linked."""

from collections.abc import Iterator
from itertools import starmap

import polars as pl
from markupsafe import Markup

from assets.report.formats import (
    Tables,
    count_column,
    escaped,
    rows_by_page,
    shortened_column,
    speaker_column,
    sure_speaker,
    tables_of,
)
from assets.report.made_of import Kind, Part
from assets.report.marked_text import HANGING, Span, apart, marked_paragraphs
from assets.report.pages import Frames, Page, grouped

KIND = Kind(
    "articles",
    {
        "articles": Part(
            "SELECT article_id AS page, listed.* EXCLUDE (article_id, agency_id, copied_agency), url, authors, dateline, body, "
            "stories.story_id FROM report_articles AS listed JOIN core.articles USING (article_id) "
            "LEFT JOIN (FROM core.stories SEMI JOIN report_stories USING (story_id)) AS stories USING (article_id)"
        ),
        "quotes": Part(
            'SELECT q.article_id AS page, quote_id, start, "end", q.text, kind, speaker_text, speaker_start, speaker_end, '
            "speaker_name, q.speaker_id, rule, "
            "format('{:.2f}', confidence) AS confidence, speaker_confidence, address, has_page, n_carried FROM core.quotes AS q "
            "LEFT JOIN core.statement_quotes USING (quote_id) LEFT JOIN report_statements AS listed USING (statement_id)",
            "start, quote_id",
        ),
        "mentions": Part(
            'SELECT m.article_id AS page, entity_id, start, "end", e.name, e.kind, '
            "entity_id IN (SELECT entity_id FROM report_speakers) AS speaks "
            "FROM core.mentions AS m JOIN core.entities AS e USING (entity_id)",
            "start, entity_id",
        ),
        "removed_lines": Part("SELECT article_id AS page, line_no, reason, text FROM core.removed_lines", "line_no"),
    },
)

DOUBTFUL = ' <span class="note">doubtful</span>'


def pages(frames: Frames) -> Iterator[Page]:
    removed = grouped(frames["removed_lines"])
    attributed = frames["quotes"].filter(pl.col("speaker_start") < pl.col("speaker_end"))
    mentions = frames["mentions"].filter(pl.col("start") < pl.col("end"))
    marks = rows_by_page(frames["quotes"], quote_spans(frames["quotes"]))
    speakers = rows_by_page(attributed, speaker_spans(attributed))
    mentioned = rows_by_page(mentions, name_spans(mentions))
    named = names(frames["mentions"])
    quotes_shown = quote_rows(frames["quotes"])
    names_shown = name_rows(named)
    for article in frames["articles"].iter_rows(named=True):
        page = article["page"]
        # Every quotation; as links its speaker, then every name that is no speaker's.
        spans = marks.get(page, []) + apart(speakers.get(page, []) + mentioned.get(page, []))
        content = {
            "article": article,
            "body": Markup("".join(f"<p>{line}</p>\n" for line in marked_paragraphs(article["body"], spans))),
            "quotes": quotes_shown.get(page, ""),
            "names": names_shown.get(page, ""),
            "removed": removed.get(page, []),
        }
        yield Page(f"articles/{page}.html", "article.html", article["title"], content, page)


def quote_rows(frame: pl.DataFrame) -> Tables:
    """Quotations with their speaker, form, how many outlets carried the statement, and the rule that found them."""
    named = pl.when(pl.col("speaker_name") != "").then("speaker_name").otherwise("speaker_text")
    carried = count_column("n_carried")
    return tables_of(
        frame.with_columns(
            shown=pl.col("text").str.strip_chars().str.strip_chars_end(HANGING), named=named.replace("", None)
        ),
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


def name_rows(frame: pl.DataFrame) -> Tables:
    linked = pl.format('<a href="../speakers/{}.html">{}</a>', escaped("entity_id"), escaped("name"))
    return tables_of(
        frame,
        '<tr id="name-{}"><th scope="row">{}</th><td>{}</td><td class="n">{}</td></tr>',
        escaped("entity_id"),
        pl.when("speaks").then(linked).otherwise(escaped("name")),
        pl.col("kind"),
        pl.col("n"),
    )


def quote_spans(frame: pl.DataFrame) -> list[Span]:
    """The mark of every quotation, with how many outlets carried it."""
    speaker = pl.coalesce(pl.col("speaker_name", "speaker_text").replace("", None), pl.lit("speaker not known"))
    title = escaped(pl.format("{}: {}", "kind", speaker))
    after = pl.format(
        '<a class="carried" href="../{}">{}<span class="hidden"> {} carried it</span></a>',
        escaped("address"),
        count_column("n_carried"),
        pl.when(pl.col("n_carried") == 1).then(pl.lit("outlet")).otherwise(pl.lit("outlets")),
    )
    return _spans(
        frame,
        "start",
        "end",
        pl.format('<mark class="{}" id="q-{}" title="{}">', "kind", escaped("quote_id"), title).alias("opening"),
        pl.lit(False).alias("is_link"),
        pl.format('<mark class="{}" title="{}">', "kind", title).alias("again"),
        pl.when("has_page").then(after).fill_null("").alias("after"),
    )


def speaker_spans(frame: pl.DataFrame) -> list[Span]:
    """The words that name the speaker of a quotation, with a link to the speaker."""
    page = pl.format("../speakers/{}.html", pl.col("speaker_id").replace("", None))
    link = pl.coalesce(page, pl.format("#row-{}", "quote_id"))
    named = pl.coalesce(pl.col("speaker_name").replace("", None), "speaker_text")
    opening = pl.format('<a class="speaker" href="{}" title="speaker: {}">', escaped(link), escaped(named))
    return _spans(frame, "speaker_start", "speaker_end", opening.alias("opening"), pl.lit(True).alias("is_link"))


def name_spans(frame: pl.DataFrame) -> list[Span]:
    """The words of each name, with a link to who or what is named."""
    page = pl.format("../speakers/{}.html", "entity_id")
    link = pl.when("speaks").then(page).otherwise(pl.format("#name-{}", "entity_id"))
    opening = pl.format('<a class="name {}" href="{}" title="{}: {}">', "kind", escaped(link), "kind", escaped("name"))
    return _spans(frame, "start", "end", opening.alias("opening"), pl.lit(True).alias("is_link"))


def _spans(frame: pl.DataFrame, *fields: str | pl.Expr) -> list[Span]:
    return list(starmap(Span, frame.select(fields).rows()))

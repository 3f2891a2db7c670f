"""The pages of articles: the text with its quotations, speakers and names marked and linked."""

from collections.abc import Iterator, Sequence

import polars as pl
from markupsafe import Markup, escape

from assets.report.formats import Rows, escaped, rows_by_page, rows_of, shortened_column, speaker_column, sure_speaker
from assets.report.made_of import Kind, Part
from assets.report.marked_text import HANGING, Span, apart, marked_paragraphs
from assets.report.pages import Frames, Page, Row, grouped

KIND = Kind(
    "articles",
    {
        "articles": Part(
            "SELECT article_id AS page, listed.* EXCLUDE (article_id, agency_id, copied_agency), url, authors, dateline, body "
            "FROM report_articles AS listed JOIN core.articles USING (article_id)"
        ),
        "quotes": Part(
            'SELECT q.article_id AS page, quote_id, start, "end", q.text, kind, speaker_text, speaker_start, speaker_end, '
            "speaker_name, q.speaker_id, rule, "
            "format('{:.2f}', confidence) AS confidence, speaker_confidence, address, has_page, n_carried, n_possible FROM core.quotes AS q "
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
    quotes, mentions, removed = (grouped(frames[name]) for name in ("quotes", "mentions", "removed_lines"))
    named = names(frames["mentions"])
    quotes_shown = rows_by_page(frames["quotes"], quote_rows(frames["quotes"]))
    names_shown = rows_by_page(named, name_rows(named))
    for article in frames["articles"].iter_rows(named=True):
        page = article["page"]
        content = {
            "article": article,
            "paragraphs": marked_paragraphs(article["body"], spans(quotes.get(page, []), mentions.get(page, []))),
            "quotes": quotes_shown.get(page, []),
            "names": names_shown.get(page, []),
            "removed": removed.get(page, []),
        }
        yield Page(f"articles/{page}.html", "article.html", article["title"], content, page)


def quote_rows(frame: pl.DataFrame) -> Rows:
    """Quotations with their speaker, form, how many outlets carried the statement, and the rule that found them."""
    named = pl.when(pl.col("speaker_name") != "").then("speaker_name").otherwise("speaker_text")
    carried = pl.format("{} of {}", "n_carried", "n_possible")
    return rows_of(
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
        pl.when("has_page")
        .then(pl.format('<a href="../{}">{}</a>', escaped("address"), carried))
        .otherwise(carried)
        .fill_null(""),
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


def name_rows(frame: pl.DataFrame) -> Rows:
    linked = pl.format('<a href="../speakers/{}.html">{}</a>', escaped("entity_id"), escaped("name"))
    return rows_of(
        frame,
        '<tr id="name-{}"><th scope="row">{}</th><td>{}</td><td class="n">{}</td></tr>',
        escaped("entity_id"),
        pl.when("speaks").then(linked).otherwise(escaped("name")),
        pl.col("kind"),
        pl.col("n"),
    )


def spans(quotes: Sequence[Row], mentions: Sequence[Row]) -> list[Span]:
    """What is marked in a body: every quotation; as links its speaker, then every name that is no speaker's."""
    speakers = [
        Span(
            quote["speaker_start"],
            quote["speaker_end"],
            "speaker",
            f"../speakers/{quote['speaker_id']}.html" if quote["speaker_id"] else f"#row-{quote['quote_id']}",
            f"speaker: {quote['speaker_name'] or quote['speaker_text']}",
        )
        for quote in quotes
        if quote["speaker_start"] is not None and quote["speaker_start"] < quote["speaker_end"]
    ]
    names = [
        Span(
            mention["start"],
            mention["end"],
            f"name {mention['kind']}",
            f"../speakers/{mention['entity_id']}.html" if mention["speaks"] else f"#name-{mention['entity_id']}",
            f"{mention['kind']}: {mention['name']}",
        )
        for mention in mentions
        if mention["start"] < mention["end"]
    ]
    return [quote_span(quote) for quote in quotes] + apart(speakers + names)


def quote_span(quote: Row) -> Span:
    speaker = quote["speaker_name"] or quote["speaker_text"] or "speaker not known"
    after = Markup("")
    if quote["has_page"]:
        after = Markup(
            f'<a class="carried" href="../{escape(quote["address"])}">{quote["n_carried"]}/{quote["n_possible"]}'
            '<span class="hidden"> outlets carried it</span></a>'
        )
    return Span(
        quote["start"],
        quote["end"],
        quote["kind"],
        None,
        f"{quote['kind']}: {speaker}",
        f"q-{quote['quote_id']}",
        after,
    )

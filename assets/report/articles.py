"""The pages of articles: the text with its quotations, speakers and names marked and linked."""

from collections.abc import Iterator, Sequence

from markupsafe import Markup, escape

from assets.report.made_of import Kind, Part
from assets.report.marked_text import Span, apart, displayed, marked_paragraphs
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
            "speaker_name, q.speaker_id, rule, confidence, address, has_page, n_carried, n_possible FROM core.quotes AS q "
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


def pages(frames: Frames) -> Iterator[Page]:
    quotes, mentions, removed = (grouped(frames[name]) for name in ("quotes", "mentions", "removed_lines"))
    for article in frames["articles"].iter_rows(named=True):
        page = article["page"]
        printed, named = quotes.get(page, []), mentions.get(page, [])
        content = {
            "article": article,
            "paragraphs": marked_paragraphs(article["body"], spans(printed, named)),
            "quotes": [{**quote, "shown": displayed(quote["text"])} for quote in printed],
            "names": names(named),
            "removed": removed.get(page, []),
        }
        yield Page(f"articles/{page}.html", "article.html", article["title"], content, page)


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


def names(mentions: Sequence[Row]) -> list[Row]:
    """Who and what an article names, the most often named first."""
    counts: dict[str, Row] = {}
    for mention in mentions:
        row = counts.setdefault(mention["entity_id"], {**mention, "n": 0})
        row["n"] += 1
    return sorted(counts.values(), key=lambda row: (-row["n"], row["name"], row["entity_id"]))

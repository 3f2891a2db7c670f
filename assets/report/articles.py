"""The pages of articles: the text with its quotations, speakers and names marked and linked."""

from collections.abc import Iterator, Sequence

import polars as pl
from markupsafe import Markup, escape

from assets.report.listing import Frames, Listing, between, grouped, ranges
from assets.report.marked_text import Span, apart, displayed, marked_paragraphs
from assets.report.pages import Page, Row

ARTICLES_PER_BATCH = 400


def batches(listing: Listing) -> Iterator[Frames]:
    """Some hundred articles each, with their quotations, names and removed lines."""
    tables, articles = listing.tables, listing.articles
    entities = tables.entities.select("entity_id", "name", "kind").join(
        listing.speakers.select("entity_id", speaks=pl.lit(True)), on="entity_id", how="left"
    )
    for low, high in ranges(
        articles, "article_id", pl.col("article_id").is_not_null().cast(pl.Int64), ARTICLES_PER_BATCH
    ):
        yield {
            "articles": between(articles, "article_id", low, high),
            "quotes": between(listing.printed, "article_id", low, high),
            "mentions": between(tables.mentions, "article_id", low, high).join(
                entities, on="entity_id", maintain_order="left"
            ),
            "removed_lines": between(tables.removed_lines, "article_id", low, high),
        }


def pages(frames: Frames) -> Iterator[Page]:
    quotes = grouped(frames["quotes"], "article_id")
    mentions = grouped(frames["mentions"], "article_id")
    removed = grouped(frames["removed_lines"], "article_id")
    for article in frames["articles"].iter_rows(named=True):
        article_id = article["article_id"]
        printed, named = quotes.get(article_id, []), mentions.get(article_id, [])
        content = {
            "article": article,
            "paragraphs": marked_paragraphs(article["body"], spans(printed, named)),
            "quotes": [{**quote, "shown": displayed(quote["text"])} for quote in printed],
            "names": names(named),
            "removed": removed.get(article_id, []),
        }
        yield Page(f"articles/{article_id}.html", "article.html", article["title"], content)


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

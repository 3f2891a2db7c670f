"""Every function that finds something in texts, run on a batch of them and held to what its table promises."""

import json
import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from html import escape

import polars as pl

from assets.articles.extract import extract_articles
from assets.articles.lines.clean import clean_texts
from assets.articles.schema import ARTICLES
from assets.documents.schema import DOCUMENTS
from assets.entities.extract import extract_mentions
from assets.entities.linking.link import link_entities
from assets.entities.linking.overrides import read_overrides
from assets.entities.schema import ARTICLE_MENTIONS, MENTIONS
from assets.entities.tagger.tagger import load_model, tag
from assets.phrases.changes import changed_phrases
from assets.phrases.closed import ClosedPhrases, closed_phrases
from assets.quotes.extract import extract_quotes
from assets.quotes.resolution.entities import attach_speakers
from assets.quotes.schema import QUOTES
from assets.statements.group import group_statements
from assets.statements.wording import word_edits
from assets.stories.pairs import article_pairs
from assets.stories.weekly import group_stories
from pipeline.ids import stable_id
from pipeline.schema import Table
from tests.fuzz.texts import make_text

BATCH = 32  # texts that are neighbours in every array
NOON = datetime(2031, 5, 4, 12)
TAGS = [
    "p",
    "div",
    "h1",
    "h2",
    "li",
    "blockquote",
    "q",
    "a href='/x'",
    "span class='share'",
    "article",
    "td",
    "b",
    "script",
]

Batch = list[tuple[str, str]]  # text and how it is delivered


def make_batch(seed: int, numbers: Sequence[int]) -> Batch:
    """The inputs of these numbers: a text, and whether it comes as pasted text, as a page or as a publisher's own body."""
    return [_delivered(random.Random(f"{seed} page {number}"), make_text(seed, number)) for number in numbers]


def _delivered(rng: random.Random, text: str) -> tuple[str, str]:
    kind = rng.choice(["text", "text", "body", "body", "html"])
    if kind != "html":
        return text, kind
    lines = [line if rng.random() < 0.1 else escape(line) for line in text.split("\n")]
    chosen = rng.choices(TAGS, weights=[20, 4, 1, 1, 3, 1, 1, 2, 1, 1, 1, 2, 1], k=len(lines))
    blocks = [
        f"<{tag}>{line}" + f"</{tag.split()[0]}>" * (rng.random() < 0.9)
        for tag, line in zip(chosen, lines, strict=True)
    ]
    head = "".join(_statement(rng, rng.choice(lines)[:90]) for _ in range(rng.choice([0, 1, 4])))
    return f"<html><head>{head}</head><body>{''.join(blocks)}</body></html>", kind


def _statement(rng: random.Random, value: str) -> str:
    """What a page says of itself in its head: titles, authors and dates, and lookalikes."""
    value = rng.choice([value, _date(rng)])
    name = rng.choice(
        ["author", "article:published_time", "og:site_name", "og:title", "date", "article:author", "og:url"]
    )
    fact = rng.choice(
        ["headline", "datePublished", "dateModified", "author", "publisher", "@type", "@graph", "articleBody"]
    )
    stated: object = rng.choice(
        [value, [value], {"name": value}, [{"@type": "Person", "name": value}], None, 1e300, {}, [[]]]
    )
    linked = json.dumps({"@context": "https://schema.org", "@type": "NewsArticle", fact: stated})
    return rng.choice([
        f"<title>{value}</title>", f'<meta name="{name}" content="{value}">', f'<meta property="{name}" content="{value}">',
        f'<script type="application/ld+json">{linked[: rng.choice([20, 9999])]}</script>', f"<link rel=canonical href='{value}'>",
    ])  # fmt: skip


def _date(rng: random.Random) -> str:
    number = rng.choice(
        ["14", "3", "99", "0", "2025", "9999", "1e9", "99999999999", "-1", "٣", "12:61", "23:59:59.9", "1741910400"]
    )
    day = f"{rng.choice([2025, 9999, 1, 1999])}-{rng.choice(['03', '12', '13', '3'])}-{rng.choice(['31', '14', '00'])}"
    clock = rng.choice(["", "T23:59:59", " 00:00", "T24:00:00", "T10:00"]) + rng.choice(
        ["", "Z", "-12:00", "+14:00", "+99:99", " EST"]
    )
    return rng.choice(
        [day + clock, f"{number} March {number}", f"March {number}, 2025{clock}", f"{number}/{number}/2025", number]
    )


def run(batch: Batch) -> dict[str, int]:
    """Everything from cleaning to stories; says how much was found. Raises where something breaks or a promise does."""
    cut_in_half(batch)
    documents = _documents([(_storable(text), kind) for text, kind in batch])
    cleaned = extract_articles(documents)
    assert cleaned.articles.height + cleaned.rejects.height == documents.height, "a document was lost"
    fast = extract_articles(documents, html_mode="fast")
    assert fast.articles.height + fast.rejects.height == documents.height, "a document was lost in fast mode"
    articles = _raw_bodies(cleaned.articles, batch)
    mentions = extract_mentions(articles)
    _check_spans(mentions, articles, ARTICLE_MENTIONS, ("start", "end", "text"))
    quotes = extract_quotes(articles, mentions)
    _check_quotes(quotes, articles)
    unnamed = extract_quotes(articles, mentions.clear())
    _check_quotes(unnamed, articles)
    linked = link_entities(mentions, read_overrides())
    _check_spans(linked.mentions, articles, MENTIONS, ("start", "end", "text"))
    quotes = attach_speakers(quotes, linked.mentions, linked.entities)
    pairs = article_pairs(articles)
    stories = group_stories(articles, pairs, linked.mentions, quotes)
    assert stories["article_id"].to_list() == sorted(articles["article_id"]), "an article has no story"
    grouped = group_statements(quotes, articles, stories)
    assert sorted(grouped.statement_quotes["quote_id"]) == sorted(quotes["quote_id"]), "a quotation has no statement"
    printings = grouped.statement_quotes.join(
        grouped.statements.select("statement_id", reference="text"), on="statement_id"
    )
    word_edits(printings.join(quotes.select("quote_id", wording="text"), on="quote_id"))
    phrases = closed_phrases(articles)
    places = phrases.occurrences.join(articles.select("article_id", "body"), on="article_id")
    inside = (
        (pl.col("start") >= 0) & (pl.col("start") < pl.col("end")) & (pl.col("end") <= pl.col("body").str.len_chars())
    )
    assert places.height == phrases.occurrences.height, "a phrase is in no article"
    assert places.filter(~inside).is_empty(), "a phrase is outside its body"
    _check_changes(articles, phrases)
    return {
        "articles": articles.height, "mentions": mentions.height, "quotes": quotes.height,
        "statements": grouped.statements.height, "phrases": phrases.phrases.height,
    }  # fmt: skip


def _check_changes(articles: pl.DataFrame, full: ClosedPhrases) -> None:
    """The phrases that articles bring along are those that a run over all of them finds there."""
    come = articles["article_id"].sort().gather_every(3)
    before = closed_phrases(articles.filter(~pl.col("article_id").is_in(come.implode())))
    changes = changed_phrases(
        articles, come, before.phrases.clear().select("phrase_id", "text"), before.phrases["phrase_id"]
    )
    new = full.occurrences.filter(pl.col("article_id").is_in(come.implode()))
    brought = changes.changed.occurrences.filter(pl.col("article_id").is_in(come.implode()))
    assert brought.equals(new), "phrases of articles that come are not those of a full run"


def cut_in_half(batch: Batch) -> None:
    """Functions that take strings of Python's take halves of surrogate pairs, too, which no table can hold."""
    texts = [
        text.translate({0x1F600: "\ud83d", 0x65: "e\udc00"}) if k % 4 == 0 else text
        for k, (text, _) in enumerate(batch)
    ]
    for text, cleaned in zip(texts, clean_texts(texts), strict=True):
        assert len(cleaned.roles) == len(text.splitlines()), "a line was lost"
    tag(texts, load_model())


def _storable(text: str) -> str:
    """What the readers let through: no NUL, no half of a surrogate pair."""
    return text.replace("\x00", "")


def _documents(batch: Batch) -> pl.DataFrame:
    rows = []
    for number, (text, kind) in enumerate(batch):
        rng = random.Random(text)
        hints = [rng.choice([None, text[:60] or None, _date(rng)]) for _ in range(4)]
        rows.append({
            "document_id": stable_id(str(number)), "path": f"inbox/{number}", "record_no": 0, "format": kind, "n_bytes": len(text),
            "encoding": "utf-8", "authors_hint": [hints[0] or ""] * (len(text) % 3), "url": hints[1], "outlet_hint": hints[2],
            "title_hint": hints[0], "published_hint": hints[3], "hints_from": rng.choice(["record", "manifest"]), "content_type": kind,
            "content": text, "ingested_at": NOON,
        })  # fmt: skip
    return DOCUMENTS.frame(pl.DataFrame(rows, schema=DOCUMENTS.polars_schema))


def _raw_bodies(articles: pl.DataFrame, batch: Batch) -> pl.DataFrame:
    """The articles, and bodies that were never cleaned: what is removed from texts must not be what keeps them harmless."""
    raw = [
        {
            "article_id": stable_id("raw", str(number)), "document_id": stable_id(str(number)), "source_id": f"outlet {number % 7}",
            "title": text[:80], "authors": [], "credited": [], "published_precision": "none" if number % 5 == 0 else "day",
            "published_at": None if number % 5 == 0 else NOON + timedelta(hours=17 * (number % 11)),
            "language": ("en", "de", "fr", "lb")[number % 4], "body": _storable(text), "n_words": 1,
        }
        for number, (text, kind) in enumerate(batch)
        if kind != "html"
    ]  # fmt: skip
    return pl.concat([articles, ARTICLES.frame(pl.DataFrame(raw, schema=ARTICLES.polars_schema))])


def _check_quotes(quotes: pl.DataFrame, articles: pl.DataFrame) -> None:
    _check_spans(quotes, articles, QUOTES, ("start", "end", "text"))
    _check_spans(quotes, articles, QUOTES, ("speaker_start", "speaker_end", "speaker_text"), ordered=False)
    _check_spans(quotes, articles, QUOTES, ("cue_start", "cue_end", "cue"), ordered=False)
    ordinals = quotes.select(pl.col("ordinal"), expected=pl.int_range(pl.len()).over("article_id"))
    assert (ordinals["ordinal"] == ordinals["expected"]).all(), "quotations are numbered in reading order"
    assert quotes["confidence"].is_between(0, 1).all(), "a confidence is a probability"


def _check_spans(
    rows: pl.DataFrame, articles: pl.DataFrame, table: Table, columns: tuple[str, str, str], ordered: bool = True
) -> None:
    """Text is what the body prints there; rows are sorted; values are those of the table."""
    first, last, printed = columns
    bodies = dict(articles.select("article_id", "body").iter_rows())
    places = rows.select("article_id", *columns).drop_nulls(first)
    for article_id, start, end, text in places.iter_rows():
        body = bodies[article_id]
        assert 0 <= start < end <= len(body), f"{table.path}: {first} {start}, {last} {end} in {len(body)} code points"
        assert body[start:end] == text, f"{table.path}: {printed} is {text!r}, the body says {body[start:end]!r}"
    if ordered:
        order = places.select("article_id", first).rows()
        assert order == sorted(order), f"{table.path}: rows are not sorted by place"
    assert rows.select(table.key).is_duplicated().sum() == 0, f"{table.path}: a key is repeated"
    for column in table.columns:
        if column.values and column.name in rows.columns:
            assert rows[column.name].drop_nulls().is_in(column.values).all(), (
                f"{table.path}.{column.name}: a value of its own"
            )
        if not column.nullable and column.name in rows.columns and column.name != "speaker_id":
            assert rows[column.name].null_count() == 0, f"{table.path}.{column.name} is null"

"""What is found in an article is the same whichever articles are read with it, and in whatever order."""

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.articles.extract import ArticleBatch, extract_articles
from assets.articles.html.clean import HtmlMode
from assets.documents.find import find_files
from assets.documents.options import ReadOptions
from assets.documents.read import read_documents
from assets.entities.extract import extract_mentions
from assets.entities.tagger.features import spellings
from assets.entities.tagger.tagger import load_model
from assets.entities.tagger.tokens import tokenise
from assets.quotes.extract import extract_quotes
from tests.running import SAMPLE, made_articles

# How a frame may be cut up; each gives the parts in the order in which they are read.
CUTS: dict[str, Callable[[pl.DataFrame], Iterator[pl.DataFrame]]] = {
    "one by one": lambda frame: frame.iter_slices(1),
    "in sevens": lambda frame: frame.iter_slices(7),
    "one by one, from the last": lambda frame: frame.reverse().iter_slices(1),
    "in sevens, from the last": lambda frame: frame.reverse().iter_slices(7),
    "two thirds, then one": lambda frame: iter((frame[len(frame) // 3 :], frame[: len(frame) // 3])),
}
BODY = pl.Schema(dict.fromkeys(("article_id", "source_id", "title", "body", "language"), pl.String))

# Heads and ends of articles that would be read differently beside other words.
PIECES = (
    "“We will wait for the river,” he said.", "“No,” she said.", "“Yes.”", "“", "”", "to the mayor, “it is over”", "According",
    "to", "said", "says Ida Roe", "Ida Roe", "Roe", "the minister", "the actor Tom Quill adviser", "Mr.", "O'Neill", "O’Neill",
    "St. Mary's Hospital", "St. Mary’s Hospital", "the hospital", "It was late.", "He told Ida Roe that the port would close.",
    "According to Tom Quill, the bridge is “beyond repair”.", "Ida Roe: “The bridge is closed.”", "Ida Roe says the bridge is",
    "who", "her adviser", "(AP)", "—", ":", ",", "\n", "\n\n", "Port Averley, June 3", "PORT AVERLEY COUNCIL", "Quill's",
)  # fmt: skip


def articles_of(bodies: Sequence[str]) -> pl.DataFrame:
    rows = [(f"a{number:04}", "gazette", "", body, "en") for number, body in enumerate(bodies)]
    return pl.DataFrame(rows, schema=BODY, orient="row")


def found_in(articles: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    mentions = extract_mentions(articles)
    return mentions, extract_quotes(articles, mentions)


def put_together(parts: Sequence[tuple[pl.DataFrame, ...]]) -> tuple[pl.DataFrame, ...]:
    """The tables of the parts, article by article; rows of one article stay in the order in which they were found."""
    return tuple(pl.concat(tables).sort("article_id", maintain_order=True) for tables in zip(*parts, strict=True))


def reversed_ids(articles: pl.DataFrame) -> pl.DataFrame:
    """The same articles under ids by which the last comes first, so that each has other neighbours in a batch."""
    return articles.with_columns(article_id=pl.Series([f"z{len(articles) - row:04}" for row in range(len(articles))]))


def check(articles: pl.DataFrame) -> None:
    whole = found_in(articles)
    for cut, parts in CUTS.items():
        for one, other in zip(whole, put_together([found_in(part) for part in parts(articles)]), strict=True):
            assert one.equals(other), cut
    turned = reversed_ids(articles)
    ids = dict(zip(turned["article_id"], articles["article_id"], strict=True))
    for one, other in zip(whole, found_in(turned), strict=True):
        renamed = other.with_columns(pl.col("article_id").replace_strict(ids)).sort("article_id", maintain_order=True)
        columns = [name for name in one.columns if name != "quote_id"]
        assert one.select(columns).equals(renamed.select(columns))


@pytest.fixture(scope="module")
def documents() -> pl.DataFrame:
    batches = read_documents(find_files([SAMPLE]), ReadOptions())
    found = pl.concat(batch.documents for batch in batches)
    return found.unique("document_id", keep="first", maintain_order=True).sort("document_id")


@pytest.mark.parametrize("html_mode", ["accurate", "fast"])
def test_cleaning_takes_no_notice_of_the_other_documents(documents: pl.DataFrame, html_mode: HtmlMode) -> None:
    def by_document(batches: Sequence[ArticleBatch]) -> tuple[pl.DataFrame, ...]:
        return (
            pl.concat(batch.articles for batch in batches).sort("article_id"),
            pl.concat(batch.removed_lines for batch in batches).sort("article_id", maintain_order=True),
            pl.concat(batch.rejects for batch in batches).sort("document_id"),
            pl.concat(batch.doubtful_lines for batch in batches).sort("document_id", maintain_order=True),
        )

    whole = by_document([extract_articles(documents, html_mode)])
    assert whole[0].height > 20
    for cut, parts in CUTS.items():
        others = by_document([extract_articles(part, html_mode) for part in parts(documents)])
        for one, other in zip(whole, others, strict=True):
            assert one.equals(other), cut


def test_names_and_quotations_of_the_sample_take_no_notice_of_the_other_articles(documents: pl.DataFrame) -> None:
    articles = extract_articles(documents).articles.select(BODY.names())
    assert extract_quotes(articles, extract_mentions(articles)).height > 100
    check(articles)


@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=7).map(" ".join), min_size=2, max_size=5))
def test_no_words_look_over_the_border_of_their_article(bodies: list[str]) -> None:
    articles = articles_of(bodies)
    alone = put_together([found_in(part) for part in articles.iter_slices(1)])
    for one, other in zip(found_in(articles), alone, strict=True):
        assert one.equals(other)


def test_a_spelling_looks_the_same_whichever_apostrophe_comes_first() -> None:
    def looks(texts: Sequence[str]) -> dict[int, bytes]:
        tokens = tokenise(texts)
        return dict(zip(tokens.exact.tolist(), map(bytes, spellings(tokens, load_model().lexicon).base), strict=True))

    texts = [f"St. Mary{mark}s Hospital and Una O{mark}Neill" for mark in "'’‘"]
    assert looks(texts) == looks(texts[::-1])


@pytest.mark.shared
def test_names_and_quotations_of_three_hundred_articles(shared: Path) -> None:
    check(articles_of([json.loads(line)["text"] for line in made_articles(shared, 300)]))

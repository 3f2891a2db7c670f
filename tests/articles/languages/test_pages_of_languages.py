"""Pages of invented papers in eleven languages, pasted and as HTML: the story is kept whole, and what is known of it is read."""

from typing import Literal

import pytest

from assets.articles.clean import clean_document
from assets.articles.document import Document
from assets.articles.extract import Extracted, extract_article
from assets.sources.registry import default_registry
from assets.text.languages.press import supported_languages
from tests.articles.languages.language_pages import WrittenPage, written_pages

PAGES = list(written_pages())
REGISTRY = default_registry()
each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.language}: {page.what}")
each_kind = pytest.mark.parametrize("kind", ["text", "html"])


def article_of(page: WrittenPage, kind: Literal["text", "html"]) -> Extracted:
    document = Document(page.pasted if kind == "text" else page.markup, kind, document_id="a", path="a")
    found = extract_article(document, clean_document(document, "accurate", REGISTRY), REGISTRY)
    assert found
    return found


def test_each_language_has_three_pages() -> None:
    languages = [page.language for page in PAGES]
    assert set(languages) == supported_languages() - {"en"}
    assert all(languages.count(language) >= 3 for language in languages)


@each_kind
@each_page
def test_the_body_is_the_story(page: WrittenPage, kind: Literal["text", "html"]) -> None:
    assert article_of(page, kind).article.body == page.body


@each_kind
@each_page
def test_what_is_known_of_the_story_is_read(page: WrittenPage, kind: Literal["text", "html"]) -> None:
    found = article_of(page, kind)
    article = found.article
    names = {source.source_id: source.name for source in found.sources}
    known = {
        "title": article.title,
        "authors": "; ".join(article.authors),
        "agency": names[article.agency_id] if article.agency_id else None,
        "dateline": article.dateline,
        "published": article.published_at and article.published_at.date().isoformat(),
    }
    assert {fact: value for fact, value in known.items() if value} == page.facts


@each_page
def test_every_line_is_kept_or_named(page: WrittenPage) -> None:
    """Nothing is lost: what is not in the body is among the removed lines, with a reason."""
    found = article_of(page, "text")
    kept = set(page.body.split("\n"))
    removed = {line for _, line, _ in found.removed}
    assert [line for mark, line in page.lines if mark != ">" and line not in removed | kept] == []

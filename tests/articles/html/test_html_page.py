"""The story of a web page is kept, its boilerplate goes, and every line of the page is accounted for."""

import pytest

from assets.articles.clean import Cleaned, clean_document
from assets.articles.document import Document
from assets.articles.html.blocks import class_flags
from assets.articles.html.clean import HtmlMode, tidy
from assets.articles.html.features import block_features, squeeze
from assets.articles.html.page import parse_page, scan_page
from assets.articles.html.reading import read_blocks
from assets.articles.schema import LINE_REASONS
from assets.sources.registry import default_registry

STORY = [
    "The river Ask rose above the wall of Port Averley on Monday night, and water stood in forty streets by morning.",
    "“We heard it before we saw it,” said Ada Brook, who keeps a bakery near the harbour. “Then the door gave way.”",
    "The council had put off repairs twice, according to minutes of its meetings in January and in May of last year.",
    "“Nobody here is surprised, and nobody here was asked,” the harbour master, Cy Marsh, told a meeting at the school.",
    "Engineers expect the water to fall on Wednesday, when the wind turns, and the bridge to open again a day later.",
    "The mayor, who had promised a new wall before the vote, said that she would visit the quarter in the afternoon.",
]
MENU = ["Home", "World", "Politics", "Business", "Sport", "Culture", "Weather", "Sign in", "Subscribe"]
RELATED = [
    "Ferry to Lenster stops for the winter",
    "Ten bakeries that you should not miss",
    "Council puts off the vote",
]


def page(body: str) -> str:
    menu = "".join(f'<li><a href="/{name}">{name}</a></li>' for name in MENU)
    related = "".join(f'<li class="teaser"><a href="/x">{title}</a></li>' for title in RELATED)
    return (
        f"<html><head><title>Port Averley under water</title></head><body><header><nav><ul>{menu}</ul></nav></header>"
        f"<main><article><h1>Port Averley under water</h1><p class=byline>By Dora Finch</p>"
        f"<figure><img src=a.jpg><figcaption>The harbour on Monday. Photo: Marland Standard</figcaption></figure>"
        f'<div class="article-body">{body}</div></article><aside class="related"><h2>Read more</h2><ul>{related}</ul></aside></main>'
        f"<footer><p>© 2026 Marland Standard. All rights reserved.</p></footer></body></html>"
    )


def clean(markup: str, mode: HtmlMode = "accurate") -> Cleaned:
    return clean_document(Document(markup, "html"), mode, default_registry())


MODES: tuple[HtmlMode, ...] = ("accurate", "fast")
PARAGRAPHS = "".join(f"<p>{paragraph}</p>" for paragraph in STORY)
QUOTED = "".join(f"<p>{p}</p>" if n != 3 else f"<blockquote><p>{p}</p></blockquote>" for n, p in enumerate(STORY))
BREAKS = "<br><br>".join(STORY)
WITH_LINKS = PARAGRAPHS.replace("Cy Marsh", '<a href="/m">Cy Marsh</a>')


@pytest.mark.parametrize("body", [PARAGRAPHS, QUOTED, BREAKS, WITH_LINKS], ids=["p", "blockquote", "br", "links"])
@pytest.mark.parametrize("mode", ["accurate", "fast"])
def test_every_paragraph_is_kept_and_no_boilerplate(body: str, mode: HtmlMode) -> None:
    cleaned = clean(page(body), mode)
    kept = squeeze(cleaned.body)
    assert [paragraph for paragraph in STORY if squeeze(paragraph) not in kept] == []
    assert [title for title in RELATED if title in cleaned.body] == []
    assert not {"Politics", "Subscribe"} & set(cleaned.body.splitlines())


def test_every_block_is_kept_or_removed_with_a_reason() -> None:
    cleaned = clean(page(PARAGRAPHS))
    numbers = [number for number, _ in cleaned.kept] + [number for number, _, _ in cleaned.removed]
    assert sorted(numbers) == list(range(len(numbers)))
    assert {reason for _, _, reason in cleaned.removed} <= set(LINE_REASONS)
    reasons = {text: reason for _, text, reason in cleaned.removed}
    assert reasons["Politics"] == "navigation"
    assert reasons["Port Averley under water"] == "title"
    assert reasons["The harbour on Monday. Photo: Marland Standard"] == "caption"
    assert reasons["© 2026 Marland Standard. All rights reserved."] == "footer"


def test_a_story_printed_twice_is_kept_once() -> None:
    cleaned = clean(page(PARAGRAPHS + f'<div class="print">{PARAGRAPHS}</div>'))
    assert cleaned.body.count(STORY[1]) == 1


@pytest.mark.parametrize(
    ("markup", "texts"),
    [
        ("<p>One <b>two</b> three</p>", ["One two three"]),
        ("<p>One<br>two</p>", ["One", "two"]),
        ("<div>One<p>two</p>three</div>", ["One", "two", "three"]),
        ("<p>One<script>x()</script> two</p>", ["One two"]),
        ("<p>Wind\u00admill\u200b</p>", ["Windmill"]),
        ("<p> \u00a0 </p>", []),
        ("<p>One <!-- no --> two</p>", ["One two"]),
    ],
)
def test_blocks_are_runs_of_text_between_block_boundaries(markup: str, texts: list[str]) -> None:
    parsed = parse_page(f"<html><body>{markup}</body></html>")
    assert parsed is not None
    assert [block.text for block in read_blocks(parsed.tree)] == texts


def test_a_block_knows_the_elements_around_it_and_its_linked_text() -> None:
    parsed = parse_page('<body><aside class="relatedStories"><p>See <a href=x>this</a></p></aside></body>')
    assert parsed is not None
    (block,) = read_blocks(parsed.tree)
    assert block.link_chars == 4
    assert block.flags & class_flags("related") == class_flags("related")


def test_features_of_a_block_do_not_depend_on_what_is_missing() -> None:
    parsed = parse_page("<body><p>One.</p></body>")
    assert parsed is not None
    blocks = read_blocks(parsed.tree)
    assert block_features(blocks, None, None, None, (None, None)).shape[0] == 1


@pytest.mark.parametrize(
    "markup", ["", "   ", "<!-- only this -->", "<html></html>", "\x00\x01", "plain words, no element"]
)
def test_a_page_without_text_ends_in_an_empty_body_or_its_words(markup: str) -> None:
    for mode in MODES:
        assert set(clean(markup, mode).body.split()) <= {"plain", "words,", "no", "element"}


def test_deep_nesting_does_not_break_the_reader() -> None:
    parsed = parse_page("<body>" + "<div>" * 5000 + "<p>Deep.</p>" + "</div>" * 5000 + "</body>")
    assert parsed is not None
    read_blocks(parsed.tree)


def test_tidy_keeps_one_paragraph_a_line() -> None:
    assert tidy("  One \u00a0 two \r\n\n\n three ") == "One two\nthree"


def test_both_readers_read_the_same_head() -> None:
    markup = page(PARAGRAPHS).replace(
        "<head>",
        '<head><meta name=Author content=\'Dora &quot;D&quot; Finch\'/><meta property="og:title" content="a > b"><script type="application/ld+json">{"@type":"NewsArticle"}</script>',
    )
    slow, quick = parse_page(markup), scan_page(markup)
    assert slow is not None
    assert (slow.meta, slow.linked, slow.heading, slow.window_title) == (
        quick.meta,
        quick.linked,
        quick.heading,
        quick.window_title,
    )

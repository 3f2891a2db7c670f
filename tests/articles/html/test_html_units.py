"""What belongs together on a page stays together: marks of q, quotations and who said them, posts and their authors, questions."""

import pytest

from assets.articles.clean import Cleaned, clean_document
from assets.articles.document import Document
from assets.articles.html.clean import HtmlMode
from assets.articles.html.page import parse_page
from assets.articles.html.quotes import with_marks
from assets.articles.html.reading import read_blocks
from assets.sources.registry import default_registry

BEFORE = [
    "The river Ask rose above the wall of Port Averley on Monday night, and water stood in forty streets by morning.",
    "The council had put off repairs twice, according to minutes of its meetings in January and in May of last year.",
]
AFTER = [
    "Engineers expect the water to fall on Wednesday, when the wind turns, and the bridge to open again a day later.",
    "The mayor, who had promised a new wall before the vote, said that she would visit the quarter in the afternoon.",
]


def clean(middle: str, mode: HtmlMode = "accurate") -> Cleaned:
    before, after = ("".join(f"<p>{line}</p>" for line in lines) for lines in (BEFORE, AFTER))
    markup = f"<html lang=en><body><article><h1>Over the wall</h1>{before}{middle}{after}</article></body></html>"
    return clean_document(Document(markup, "html"), mode, default_registry())


def middle(markup: str) -> list[tuple[str, str]]:
    """The lines of the body that come from the markup, with their roles."""
    cleaned = clean(markup)
    lines = list(zip(cleaned.body.split("\n"), cleaned.line_roles, strict=True))
    assert [line for line, _ in lines[:2] + lines[-2:]] == BEFORE + AFTER
    return lines[2:-2]


@pytest.mark.parametrize(
    ("language", "markup", "text"),
    [
        ("en", "She said <q>no</q>.", "She said “no”."),
        ("de", "Sie sagte <q>nein</q>.", "Sie sagte „nein“."),
        ("de-CH", "Sie sagte <q>nein</q>.", "Sie sagte «nein»."),
        ("fr", "Elle a dit <q>non</q>.", "Elle a dit « non »."),
        ("sv", "Hon sade <q>nej</q>.", "Hon sade ”nej”."),
        ("pl", "Powiedziała <q>nie</q>.", "Powiedziała „nie”."),
        ("ja", "<q>いいえ</q>と言った。", "「いいえ」と言った。"),
        ("xx", "She said <q>no</q>.", "She said “no”."),
        ("en", "She said <q>he said <q>no</q> twice</q>.", "She said “he said ‘no’ twice”."),
        ("en", "She said <q>“no”</q>.", "She said “no”."),
        ("en", "She said “<q>no</q>”.", "She said “no”."),
        ("en", "She said <q><b>no</b></q>.", "She said “no”."),
    ],
)
def test_q_is_a_pair_of_marks_of_the_language(language: str, markup: str, text: str) -> None:
    page = parse_page(f"<html lang={language}><body><p>{markup}</p></body></html>")
    assert page is not None
    assert [block.text for block in read_blocks(page.tree)] == [text]


def test_q_is_a_pair_of_marks_in_the_fast_mode_too() -> None:
    assert with_marks("<html lang='de'><p><q cite=x>ja <q>nein</q></q></p>") == "<html lang='de'><p>„ja ‚nein‘“</p>"
    assert "“We heard it,” he said" in clean("<p><q>We heard it,</q> he said of the flood.</p>", "fast").body


WORDS = "Please do not drive round the cones. We have pulled three cars out already."


@pytest.mark.parametrize(
    ("markup", "signature"),
    [
        (f"<blockquote><p>{WORDS}</p><p>Sgt Kit Oram, Marsh Police</p></blockquote>", "Sgt Kit Oram, Marsh Police"),
        (f"<blockquote><p>{WORDS}</p><footer>Kit Oram</footer></blockquote>", "Kit Oram"),
        (f"<blockquote><p>{WORDS}</p><p><cite>Kit Oram</cite></p></blockquote>", "Kit Oram"),
        (f"<blockquote><p>{WORDS}</p><p>— Kit Oram, sergeant.</p></blockquote>", "— Kit Oram, sergeant."),
        (f"<blockquote>{WORDS}<br>– Kit Oram</blockquote>", "– Kit Oram"),
        (f"<blockquote><p>{WORDS}</p></blockquote><p>— Kit Oram, Marsh Police</p>", "— Kit Oram, Marsh Police"),
        (f"<figure><blockquote><p>{WORDS}</p></blockquote><figcaption>Kit Oram, Marsh Police</figcaption></figure>", "Kit Oram, Marsh Police"),
    ],
)  # fmt: skip
def test_a_quotation_keeps_who_said_it(markup: str, signature: str) -> None:
    assert middle(markup) == [(WORDS, "quotation"), (signature, "signature")]


POST = "Eleven months, forty million, and it cannot carry a bus. Bravo, gentlemen."
POSTS = {
    "twitter": (
        f'<blockquote class="twitter-tweet"><p lang="en" dir="ltr">{POST} <a href="https://t.co/a">pic.twitter.com/a</a></p>&mdash; Odile Marchetti (@odile) <a href="#">March 8, 2026</a></blockquote>',
        "— Odile Marchetti (@odile) March 8, 2026",
    ),
    "twitter, two lines": (
        f'<blockquote class="twitter-tweet"><p>{POST.replace(". ", ".<br><br>")} <a href="#">https://t.co/a</a></p>&mdash; Odile Marchetti (@odile) <a href="#">March 8, 2026</a></blockquote>',
        "— Odile Marchetti (@odile) March 8, 2026",
    ),
    "twitter, in a figure": (
        f'<figure><blockquote class="twitter-tweet"><p>{POST.replace("forty", "<img src=a alt=x>forty")} <a href="#">pic.twitter.com/a</a></p>&mdash; Odile Marchetti (@odile) <a href="#">March 8, 2026</a></blockquote><figcaption>The post. Photo: Echo</figcaption></figure>',
        "— Odile Marchetti (@odile) March 8, 2026",
    ),
    "a plain quotation": (
        f'<blockquote><p>{POST}</p>— Odile Marchetti (@odile) <a href="#">March 8, 2026</a></blockquote>',
        "— Odile Marchetti (@odile) March 8, 2026",
    ),
    "bluesky": (
        f'<blockquote class="bluesky-embed"><p lang="en">{POST}<br><br><a href="#">[image or embed]</a></p>&mdash; Odile Marchetti (<a href="#">@odile.example</a>) <a href="#">March 8, 2026 at 9:12 PM</a></blockquote>',
        "— Odile Marchetti (@odile.example) March 8, 2026 at 9:12 PM",
    ),
    "instagram": (
        f'<blockquote class="instagram-media"><div><a href="#"><div>View this post on Instagram</div></a><p>{POST}</p><p>A post shared by Odile Marchetti (@odile)</p></div></blockquote>',
        "A post shared by Odile Marchetti (@odile)",
    ),
    "facebook": (
        f'<div class="fb-post"><blockquote cite="#" class="fb-xfbml-parse-ignore"><p>{POST}</p>Posted by <a href="#">Odile Marchetti</a> on <a href="#">Sunday, 8 March 2026</a></blockquote></div>',
        "Posted by Odile Marchetti on Sunday, 8 March 2026",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("markup", "author"), POSTS.values(), ids=POSTS)
def test_a_post_keeps_its_words_and_its_author_and_loses_its_picture(markup: str, author: str) -> None:
    assert middle(markup) == [(POST, "post"), (author, "post_author")]


def test_a_post_without_words_is_none() -> None:
    assert middle('<blockquote class="instagram-media"><p>View this post on Instagram</p></blockquote>') == []


@pytest.mark.parametrize(
    ("markup", "stays"),
    [
        ("<blockquote class=pullquote><p>The council had put off repairs twice</p></blockquote>", False),
        ('<aside class="pull-quote">“The council had put off repairs twice. Water stood in forty streets.”</aside>', False),
        ("<blockquote><p>The council has never put off anything, whatever you have read.</p></blockquote>", True),
    ],
)  # fmt: skip
def test_a_pull_quote_is_not_a_second_quotation(markup: str, stays: bool) -> None:
    assert len(middle(markup)) == stays


def test_bold_questions_are_known_as_questions() -> None:
    markup = (
        "<p><strong>Why did nobody hear the bell?</strong></p><p>Nobody rang it. It hung in the other tower that night.</p>"
        "<p><b>Tell us about the wall.</b></p><p>It was old when my grandmother was young, and nobody has touched it since.</p>"
        "<p><strong>Will it hold?</strong></p><p>It will hold for as long as the wind does not turn to the west.</p>"
    )
    roles = [role for _, role in middle(markup)]
    assert roles == ["question", "paragraph", "question", "paragraph", "question", "paragraph"]


def test_a_bold_line_in_a_story_is_a_subhead() -> None:
    assert middle("<p><strong>A second chance for the ferry</strong></p>" + f"<p>{WORDS}</p>")[0][1] == "subhead"

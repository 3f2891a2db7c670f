"""Words and their marks: as printed, punctuation included, and escaped."""

import re
from html import unescape

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.report.marked_text import displayed, marked_wording
from assets.report.written.bodies import LINKS, MARKS, apart, marked_bodies

WORDINGS = st.lists(st.sampled_from(["We", "will", "shan’t", "rebuild", "<b>", "the", "quay", ",", ".", " ", "&"])).map(
    " ".join
)


@pytest.mark.parametrize(
    ("reference", "wording", "marked"),
    [
        ("We will rebuild, here", "We will rebuild, here", "We will rebuild, here"),
        ("We will surely rebuild", "We will, rebuild", "We will <del>surely</del>, rebuild"),
        ("We will rebuild", "Surely we will rebuild!", "<ins>Surely</ins> we will rebuild!"),
        ("a wide quay", "a narrow quay", "a <del>wide</del> <ins>narrow</ins> quay"),
        ("first we wait, then we go", "then we go.", "<del>first we wait</del> then we go."),
        ("we go, then we wait", "we go…", "we go <del>then we wait</del>…"),
        ("the don't of it", "the don’t of it", "the don’t of it"),
        ("", "said", "<ins>said</ins>"),
        ("a <b>", "a <i>", "a &lt;<del>b</del> <ins>i</ins>&gt;"),
    ],
)
def test_a_wording_is_shown_as_printed_with_what_it_leaves_out_and_puts_in(
    reference: str, wording: str, marked: str
) -> None:
    assert str(marked_wording(reference, wording)) == marked


@given(WORDINGS, WORDINGS)
def test_without_what_was_left_out_the_text_is_the_wording(reference: str, wording: str) -> None:
    shown = re.sub(r"<del>.*?</del>", "", str(marked_wording(reference, wording)))
    shown = unescape(re.sub(r"</?ins>", "", shown))
    assert re.sub(r"\s+", " ", shown).replace(" ", "") == re.sub(r"\s+", "", wording)


@given(WORDINGS)
def test_equal_wordings_have_no_marks(wording: str) -> None:
    assert unescape(str(marked_wording(wording, wording))) == wording


@pytest.mark.parametrize(
    ("quotation", "shown"),
    [
        ("we wait,", "we wait"),
        (" we wait, ", "we wait"),
        ("wait, they said", "wait, they said"),
        ("we wait.", "we wait."),
    ],
)
def test_the_comma_that_leads_on_is_not_shown(quotation: str, shown: str) -> None:
    assert displayed(quotation) == shown


BODY = "Ada Brook said “we <wait>” today.\n\nCy left."
SAID = '<mark class="direct" id="q-1">', '<mark class="direct">', "<sup>3</sup>"
Spans = list[tuple]


def marked(bodies: list[str], marks: Spans, links: Spans) -> list[list[str]]:
    """The paragraphs of each body with marks (body, start, end, opening, again, after) and links (body, start, end, opening)."""
    html = marked_bodies(bodies, frame(marks, MARKS), frame(links, LINKS))
    return [re.findall("<p>(.*?)</p>\n", shown, flags=re.DOTALL) for shown in html]


def frame(spans: Spans, schema: dict[str, pl.DataType]) -> pl.DataFrame:
    return pl.DataFrame(spans, schema=schema, orient="row")


def link(start: int, end: int, css: str, body: int = 0) -> tuple:
    return body, start, end, f'<a class="{css}">'


def test_quotations_are_marks_and_names_are_links_within_them() -> None:
    links = [link(0, 9, "speaker"), link(20, 24, "name"), link(0, 2, "name", body=1)]
    assert marked([BODY, "Cy stayed."], [(0, 16, 25, *SAID)], links) == [
        [
            '<a class="speaker">Ada Brook</a> said “<mark class="direct" id="q-1">we &lt;<a class="name">wait</a>&gt;</mark>”'
            "<sup>3</sup> today.",
            "Cy left.",
        ],
        ['<a class="name">Cy</a> stayed.'],
    ]


@pytest.mark.parametrize(
    ("body", "places", "shown"),
    [
        ("a b c\nd e", [(2, 7)], ['a <mark id="0">b c</mark>', "<mark>d</mark> e"]),
        ("a b c\n \nd", [(2, 9)], ['a <mark id="0">b c</mark>', "<mark>d</mark>"]),
        (
            "a b c d",
            [(0, 5), (2, 7)],
            ['<mark id="0">a </mark><mark><mark id="1">b c</mark></mark><mark> d</mark>'],
        ),
        ("a b c", [(2, 99)], ['a <mark id="0">b c</mark>']),
        (" \n ", [(0, 2)], []),
    ],
    ids=["over two lines", "over an empty line", "overlapping", "beyond the end", "nothing but space"],
)
def test_a_mark_that_is_cut_is_opened_again_without_its_anchor(
    body: str, places: list[tuple[int, int]], shown: list[str]
) -> None:
    (lines,) = marked([body], [(0, *place, f'<mark id="{n}">', "<mark>", "") for n, place in enumerate(places)], [])
    assert lines == shown


@given(
    st.lists(st.text("ab<&\n \"'”\0\u2003", max_size=30), min_size=1, max_size=3),
    st.lists(st.tuples(st.integers(0, 2), st.integers(0, 30), st.integers(0, 30)), max_size=9),
)
def test_marks_change_nothing_of_the_text(bodies: list[str], places: list[tuple[int, int, int]]) -> None:
    inside = [(n % len(bodies), min(a, b), max(a, b)) for n, a, b in places if a != b]
    inside = [place for place in inside if place[2] <= len(bodies[place[0]])]
    marks = [(*place, "<mark>", "<mark>", "") for place in inside[::2]]
    links = apart(frame([(*place, "<a>") for place in inside[1::2]], LINKS))
    assert [
        [unescape(re.sub(r"<[^>]*>", "", line)) for line in lines] for lines in marked(bodies, marks, links.rows())
    ] == [[line for line in body.replace("\0", "\ufffd").split("\n") if line.strip()] for body in bodies]


@given(st.lists(st.tuples(st.integers(0, 1), st.integers(0, 12), st.integers(1, 6)), max_size=12))
def test_of_overlapping_links_the_first_stays(places: list[tuple[int, int, int]]) -> None:
    kept: list[tuple[int, int, int]] = []
    for body, start, length in places:
        if all(body != of or start + length <= first or last <= start for of, first, last in kept):
            kept.append((body, start, start + length))
    spans = frame([(body, start, start + length, "<a>") for body, start, length in places], LINKS)
    assert apart(spans).select("body", "start", "end").rows() == kept

"""Words and their marks: as printed, punctuation included, and escaped."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.report.marked_text import Span, apart, displayed, marked_paragraphs, marked_wording

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


def test_quotations_are_marks_and_names_are_links_within_them() -> None:
    quotation = Span(16, 25, '<mark class="direct" id="q-1">', False, '<mark class="direct">', "<sup>3</sup>")
    spans = [quotation, link(0, 9, "speaker"), link(20, 24, "name")]
    assert marked_paragraphs(BODY, spans) == [
        '<a class="speaker">Ada Brook</a> said “<mark class="direct" id="q-1">we &lt;<a class="name">wait</a>&gt;</mark>”'
        "<sup>3</sup> today.",
        "Cy left.",
    ]


def test_a_mark_that_goes_on_is_opened_again_without_its_anchor() -> None:
    quotation = Span(2, 7, '<mark id="q-1">', False, "<mark>")
    assert marked_paragraphs("a b c\nd e", [quotation]) == ['a <mark id="q-1">b c</mark>', "<mark>d</mark> e"]


@given(st.text("ab<&\n \"'”\0", max_size=40), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=6))
def test_marks_change_nothing_of_the_text(body: str, places: list[tuple[int, int]]) -> None:
    inside = [(min(a, b), max(a, b)) for a, b in places if a != b and max(a, b) <= len(body)]
    marks = [Span(a, b, "<mark>", again="<mark>") for a, b in inside[::2]]
    links = apart([link(a, b, "name") for a, b in inside[1::2]])
    lines = marked_paragraphs(body, marks + links)
    assert [unescape(re.sub(r"<[^>]*>", "", line)) for line in lines] == [
        line for line in body.replace("\0", "\ufffd").split("\n") if line.strip()
    ]


def test_of_overlapping_links_the_first_named_stays() -> None:
    speaker, inner, other = link(0, 9, "speaker"), link(4, 9, "name"), link(12, 15, "name")
    assert apart([speaker, inner, other]) == [speaker, other]


def link(start: int, end: int, css: str) -> Span:
    return Span(start, end, f'<a class="{css}">', is_link=True)

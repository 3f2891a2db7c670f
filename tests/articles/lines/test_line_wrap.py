"""Hard-wrapped text becomes paragraphs again; text that is not wrapped stays as it is."""

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.articles.lines.wrap import join_lines, paragraph_spans

SENTENCE = (
    "The harbour council of Velm voted on Tuesday to rebuild the old ferry pier before the winter storms arrive. "
)
PARAGRAPHS = [SENTENCE * 3, SENTENCE * 2 + "Nobody objected.", SENTENCE * 4]


def paragraphs(text: str) -> list[str]:
    lines = text.splitlines()
    return [join_lines(lines[start:end]) for start, end in paragraph_spans(lines)]


@pytest.mark.parametrize("width", [60, 66, 72, 78, 80, 90])
def test_wrapped_paragraphs_are_rejoined(width: int) -> None:
    wrapped = "\n\n".join(textwrap.fill(paragraph, width) for paragraph in PARAGRAPHS)
    assert paragraphs(wrapped) == [paragraph.strip() for paragraph in PARAGRAPHS]


def test_indented_paragraphs_are_told_apart_without_blank_lines() -> None:
    wrapped = "\n".join(textwrap.fill(paragraph, 72, initial_indent="   ") for paragraph in PARAGRAPHS)
    assert paragraphs(wrapped) == [paragraph.strip() for paragraph in PARAGRAPHS]


def test_a_line_a_paragraph_stays_so() -> None:
    assert paragraphs("\n".join(PARAGRAPHS)) == [paragraph.strip() for paragraph in PARAGRAPHS]


def test_a_menu_is_not_joined() -> None:
    menu = ["Home", "World", "Politics", "Sport and weather", "Our harbour in pictures", "Sign in", "Contact", "About"]
    assert paragraphs("\n".join(menu)) == menu


def test_a_hyphen_at_the_end_of_a_line_keeps_its_word_together() -> None:
    assert join_lines(["a long-", "term plan"]) == "a long-term plan"
    assert join_lines(["ten years -", "or more"]) == "ten years - or more"


@given(st.text(alphabet=st.sampled_from("ab .-\n\t\u3000é「」"), max_size=400))
def test_every_line_that_is_not_blank_is_in_one_paragraph(text: str) -> None:
    lines = text.splitlines()
    covered = [number for start, end in paragraph_spans(lines) for number in range(start, end)]
    assert covered == [number for number, line in enumerate(lines) if line.strip()]

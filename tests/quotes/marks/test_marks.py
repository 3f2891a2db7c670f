"""Which words are between quotation marks."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.quotes.marks.spans import find_marked_spans

CASES = [
    ("curly", "“We open on Monday,” she said.", ["We open on Monday,"]),
    ("straight", 'He said "no" and left.', ["no"]),
    ("guillemets", "«We open on Monday», she said.", ["We open on Monday"]),
    ("low-high", "„We open on Monday“, she said.", ["We open on Monday"]),
    ("typewriter", "''We open,'' she said. ''Soon.''", ["We open,", "Soon."]),
    ("tex", "``We open,'' she said.", ["We open,"]),
    ("single as primary", "‘We’re the workers’ friends,’ he said.", ["We’re the workers’ friends,"]),
    ("straight single", "'We open on Monday,' she said.", ["We open on Monday,"]),
    ("doubled", "““We open,”” she said.", ["We open,"]),
    ("apostrophes are not marks", "It's the workers’ day; don’t wait for O'Neil.", []),
    ("marks for left-out letters are not quotation marks", "’Twas the ’90s, rock ’n’ roll.", []),
    ("feet and inches are not marks", "He is 6'2\" and the door 30\" wide.", []),
    ("inches beside a quotation", 'The 6\'2" guard said "no" twice.', ["no"]),
    ("split", "“We open,” she said, “on Monday.”", ["We open,", "on Monday."]),
    ("several paragraphs", "“We open.\n\n“We close,” she said.", ["We open.", "We close,"]),
    ("closing mark forgotten", "“We open on Monday, Quill said. “Then we close.”", ["We open on Monday,", "Then we close."]),
    ("closing mark forgotten at the end", "“We open on Monday.", ["We open on Monday."]),
    ("opening mark forgotten", "We open on Monday,” Quill said.", ["We open on Monday,"]),
    ("opening mark turned round", "”We open on Monday,” Quill said.", ["We open on Monday,"]),
    ("empty", "“” and \"\" say nothing.", []),
    ("no text at all", "", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_outermost_spans(text: str, expected: list[str]) -> None:
    assert [text[span.start : span.end] for span in find_marked_spans(text) if span.level == 0] == expected


def test_a_quotation_within_a_quotation_lies_one_level_deeper() -> None:
    text = "“The so-called ‘gap’ is closed,” she said."
    assert [(text[span.start : span.end], span.level) for span in find_marked_spans(text)] == [
        ("The so-called ‘gap’ is closed,", 0),
        ("gap", 1),
    ]


def test_later_paragraphs_of_a_quotation_continue_it() -> None:
    text = "“We open.\n“We close.\n“We sleep,” she said.\n“No.”"
    assert [span.continues for span in find_marked_spans(text)] == [False, True, True, False]


def test_single_marks_go_on_in_the_next_paragraph_where_it_opens_with_one_again() -> None:
    text = "A source said: 'We open at nine. The rest is talk.\n'We close at ten.\n'We sleep,' she added.\n'No.'"
    found = [(text[span.start : span.end], span.continues) for span in find_marked_spans(text)]
    assert found == [
        ("We open at nine. The rest is talk.", False),
        ("We close at ten.", True),
        ("We sleep,", True),
        ("No.", False),
    ]


@pytest.mark.parametrize(
    "text", ["'Twas late.\nShe left.", "The dogs' bowl: 'em all.\n'Yes,' she said.", "He said: 'no\n'Yes,' she said."]
)
def test_a_single_mark_that_nothing_closes_is_else_none(text: str) -> None:
    assert [span for span in find_marked_spans(text) if span.repaired] == []


MARKED = st.lists(st.sampled_from([*"ab AB.,!?'\"“”‘’«»„`\n 61—()", "said ", "He "]), max_size=60).map("".join)


@given(MARKED | st.text(max_size=80))
def test_any_text_gives_spans_inside_it_that_do_not_cross(text: str) -> None:
    spans = find_marked_spans(text)
    for span in spans:
        assert 0 <= span.outer_start <= span.start < span.end <= span.outer_end <= len(text)
        assert "\n" not in text[span.start : span.end]
    for level in {span.level for span in spans}:
        one = [span for span in spans if span.level == level]
        assert all(before.end <= after.start for before, after in pairwise(one))

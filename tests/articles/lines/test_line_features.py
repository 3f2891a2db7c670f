"""The measurements of a line, whatever its script."""

import numpy as np
import pytest

from assets.articles.lines import columns
from assets.articles.lines.columns import FIRST_KIND, LOCAL_FEATURES, N_KINDS
from assets.articles.lines.features import LineFeatures


def feature(name: str, *lines: str) -> list[float]:
    """One feature of the lines of one page."""
    return [round(float(value), 4) for value in LineFeatures([lines]).local[:, LOCAL_FEATURES.index(name)]]


@pytest.mark.parametrize(
    ("name", "line", "value"),
    [
        ("length", "abc", np.log1p(3)),
        ("length", "港湾", np.log1p(4)),
        ("words", "The old pier", np.log1p(3)),
        ("words", "don’t wait", np.log1p(2)),
        ("words", "港湾評議", np.log1p(2)),
        ("longest_word", "a pier", 4),
        ("capitalised", "Old Pier of Velm", 0.75),
        ("all_caps", "OLD pier", 0.5),
        ("lower_words", "the old Pier", 2),
        ("ends_stop", "It is over.", 1),
        ("ends_stop", "“It is over.”", 1),
        ("ends_stop", "終わった。", 1),
        ("ends_stop", "هل انتهى؟", 1),
        ("ends_stop", "Related stories", 0),
        ("ends_question", "Is it over?", 1),
        ("ends_colon", "He said:", 1),
        ("ends_quote", "“It is over”", 1),
        ("ends_ellipsis", "Read on…", 1),
        ("ends_ellipsis", "Read on ...", 1),
        ("starts_lower", "and so on", 1),
        ("starts_digit", "5 min read", 1),
        ("starts_quote", "„Ja“", 1),
        ("starts_bracket", "(AP)", 1),
        ("glued", "NewsSportWeather", 2),
        ("bullets", "Home > News | Sport", 2),
        ("rights", "© 2031", 1),
        ("handles", "@velm #pier", 2),
        ("address", "https://velm.example", 1),
        ("years", "August 2031", 1),
        ("times", "at 09:40", 1),
        ("wide", "港湾", 1),
        ("caseless", "رصيف", 1),
        ("month", "12 August", 1),
        ("newsletter", "Subscribe to our newsletter", 2),
        ("share", "Share on Facebook", 2),
        ("commas", "one, two, three", 2),
        ("sentence_breaks", "It rained. Nobody came. They left.", 2),
    ],
)
def test_a_line_by_itself(name: str, line: str, value: float) -> None:
    assert feature(name, line) == [pytest.approx(value, abs=1e-3)]


def test_copies_count_the_same_line_on_the_page() -> None:
    assert feature("copies", "Share", "The pier", "share") == [2, 1, 2]
    assert feature("same_as_before", "Share", "Share", "Pier") == [0, 1, 0]


def test_words_known_from_the_prose_of_the_page() -> None:
    prose = (
        "The harbour council of Velm voted on Tuesday to rebuild the old ferry pier before the winter storms arrive."
    )
    known = feature("known_share", "Council rebuilds ferry pier", "Sign in here", prose)
    assert known[0] > 0.5 > known[1]


def test_pairs_of_words_copied_from_another_line() -> None:
    assert feature("copied", "the old ferry pier", "they rebuilt the old ferry pier", "sign in now") == [1, 0.6, 0]


def test_pages_do_not_see_each_other() -> None:
    pages = [["Share", "Share"], ["Share", "The old pier."], []]
    together = LineFeatures(pages)
    assert together.pages.tolist() == [0, 2, 4, 4]
    alone = np.concatenate([LineFeatures([page]).local for page in pages])
    assert np.array_equal(together.local, alone)


def test_nothing_gives_nothing() -> None:
    assert LineFeatures([]).local.shape == (0, len(LOCAL_FEATURES))


def test_columns_have_the_numbers_of_their_names() -> None:
    by_kind = range(FIRST_KIND, FIRST_KIND + N_KINDS)
    named = {number: name for number, name in enumerate(LOCAL_FEATURES) if number not in by_kind}
    assert {number: vars(columns)[name.upper()] for number, name in named.items()} == {
        number: number for number in named
    }

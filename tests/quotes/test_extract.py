"""Who is credited with which words: one row per shape that news uses."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.quotes.attribution.attribute import RULES
from assets.quotes.extract import extract_quotes
from assets.quotes.schema import QUOTES
from tests.quotes.conftest import articles_of, no_mentions

Read = Callable[..., list[dict[str, object]]]

# shape, text, [(words, speaker as printed)]
SHAPES = [
    ("quote, X said", "“The bridge is closed,” Ida Roe said.", [("The bridge is closed,", "Ida Roe")]),
    ("quote, said X", "“The bridge is closed,” said Ida Roe, the mayor of Hull Bay.", [("The bridge is closed,", "Ida Roe")]),
    ("X said, quote", "Ida Roe said, “The bridge is closed.”", [("The bridge is closed.", "Ida Roe")]),
    ("split quote", "“The bridge,” Ida Roe said, “is closed.”", [("The bridge,", "Ida Roe"), ("is closed.", "Ida Roe")]),
    ("two sentences", "“The bridge is closed,” Ida Roe said. “We are sorry about that.”", [("The bridge is closed,", "Ida Roe"), ("We are sorry about that.", "Ida Roe")]),
    ("colon", "Ida Roe told reporters: “The bridge is closed.”", [("The bridge is closed.", "Ida Roe")]),
    ("according to", "The bridge is “beyond repair,” according to Ida Roe.", [("beyond repair,", "Ida Roe")]),
    ("partial", "Ida Roe called the plan “a costly mistake” on Monday.", [("a costly mistake", "Ida Roe")]),
    ("participle", "Ida Roe left early, saying the talks were “a waste of time.”", [("a waste of time.", "Ida Roe")]),
    ("coordinated verb", "Ida Roe shook her head and said, “The bridge is closed.”", [("The bridge is closed.", "Ida Roe")]),
    ("age and post", "“The bridge is closed,” said Ida Roe, 51, a retired engineer from Hull Bay.", [("The bridge is closed,", "Ida Roe")]),
    ("party", "“The bridge is closed,” Rep. Ida Roe (D-Ore.) said.", [("The bridge is closed,", "Ida Roe")]),
    ("nominal", "“The bridge is closed,” a spokesman for the port said.", [("The bridge is closed,", "a spokesman")]),
    ("organisation", "“The bridge is closed,” the Port Authority said in a statement.", [("The bridge is closed,", "Port Authority")]),
    ("signed line", "What readers wrote:\n“We want the bridge back.” — Ida Roe\nThe port met.", [("We want the bridge back.", "Ida Roe")]),
    ("pronoun", "Ida Roe runs the port. “The bridge is closed,” she said.", [("The bridge is closed,", "she")]),
    ("he added", "“The bridge is closed,” Tom Quill said.\n\n“It will stay so,” he added.", [("The bridge is closed,", "Tom Quill"), ("It will stay so,", "he")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [shape[1:] for shape in SHAPES], ids=[shape[0] for shape in SHAPES])
def test_shapes(read: Read, text: str, expected: list[tuple[str, str]]) -> None:
    found = [row for row in read(text) if row["kind"] != "indirect"]
    assert [row["text"] for row in found] == [words for words, _ in expected]
    for row, (_, speaker) in zip(found, expected, strict=True):
        assert speaker in str(row["speaker_text"])


# shape, text, names given, full name of each speaker
NAMES = [
    ("surname", "Ida Roe runs the port. “The bridge is closed,” Roe said.", [("Ida Roe", "person", "Ida Roe"), ("Roe", "person", "Ida Roe")], "Ida Roe"),
    ("she", "Ida Roe met Tom Quill. “The bridge is closed,” she said.", [("Ida Roe", "person", "Ida Roe"), ("Tom Quill", "person", "Tom Quill")], "Ida Roe"),
    ("he", "Ida Roe met Tom Quill. “The bridge is closed,” he said.", [("Ida Roe", "person", "Ida Roe"), ("Tom Quill", "person", "Tom Quill")], "Tom Quill"),
    ("post", "Mayor Ida Roe spoke to voters. “The bridge is closed,” the mayor said.", [("Ida Roe", "person", "Ida Roe")], "Ida Roe"),
    ("post with a country", "Ruritanian President Tom Quill met Freedonian President Ida Roe. “We agree,” the Ruritanian president said.", [("Tom Quill", "person", "Tom Quill"), ("Ida Roe", "person", "Ida Roe")], "Tom Quill"),
    ("acronym", "The Hull Bay Port Authority (HBPA) met. “The bridge is closed,” HBPA said.", [("HBPA", "organisation", "HBPA")], "Hull Bay Port Authority"),
    ("apposition", "“The bridge is closed,” said the head of the union, Ida Roe.", [("Ida Roe", "person", "Ida Roe")], "Ida Roe"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "names", "full"), [case[1:] for case in NAMES], ids=[case[0] for case in NAMES])
def test_full_names(read: Read, text: str, names: list[tuple[str, str, str]], full: str) -> None:
    assert [row["speaker_name"] for row in read(text, names) if row["kind"] == "direct"] == [full]


NOT_QUOTED = [
    ("title of a work", "The band played “Harbour Lights” twice at the festival in Hull Bay."),
    ("subhead", "The port met on Monday.\n“Costly mistake”\nThe port met again on Friday."),
    ("key point", "- Port calls bridge “beyond repair”\n- Mayor to resign\nThe port met on Monday."),
    ("nickname", "William “Bud” Harker won the race on Saturday."),
]


@pytest.mark.parametrize("text", [case[1] for case in NOT_QUOTED], ids=[case[0] for case in NOT_QUOTED])
def test_marks_that_quote_nobody(read: Read, text: str) -> None:
    assert [row["text"] for row in read(text) if row["kind"] != "indirect"] == []


def test_a_name_is_never_a_pronoun(read: Read) -> None:
    for _, text, _ in SHAPES:
        for row in read(text):
            assert str(row["speaker_name"]).lower() not in {"he", "she", "they", "it", "we", "i", "who"}


TEXTS = st.lists(
    st.sampled_from(
        [
            "“We open,” ",
            "Ida Roe said. ",
            "he said, ",
            "\n\n",
            '"No," ',
            "said the mayor. ",
            "“broken ",
            "the port’s ",
            "according to ",
            "Tom Quill: ",
            "— Ida Roe (@roe) March 3, 2031\n",
            "«oui» ",
            "‘it’ ",
        ]
    )
    | st.text(max_size=12),
    max_size=14,
).map("".join)


def well_formed(body: str, rows: list[dict[str, object]]) -> None:
    direct = [row for row in rows if row["kind"] != "indirect"]
    for row in rows:
        assert body[int(str(row["start"])) : int(str(row["end"]))] == row["text"] != ""
        assert row["rule"] in RULES
        assert 0 <= float(str(row["confidence"])) <= 1
        for part in ("speaker", "cue"):
            start, end = row[f"{part}_start"], row[f"{part}_end"]
            if start is not None:
                assert body[int(str(start)) : int(str(end))] == row["speaker_text" if part == "speaker" else "cue"]
    spans = sorted((int(str(row["start"])), int(str(row["end"]))) for row in direct)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    assert [row["ordinal"] for row in rows] == list(range(len(rows)))
    assert len({row["quote_id"] for row in rows}) == len(rows)


@settings(deadline=None, max_examples=60)
@given(TEXTS)
def test_any_text_gives_well_formed_rows(body: str) -> None:
    well_formed(body, extract_quotes(articles_of([body]), no_mentions()).to_dicts())


@settings(deadline=None, max_examples=25)
@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_an_article_gives_the_same_rows_in_any_batch(bodies: list[str]) -> None:
    articles = articles_of(bodies)
    together = extract_quotes(articles, no_mentions())
    for number in range(len(bodies)):
        alone = extract_quotes(articles[number : number + 1], no_mentions())
        assert alone.equals(together.filter(article_id=articles["article_id"][number]))
    assert extract_quotes(articles.reverse(), no_mentions()).equals(together)


def test_no_articles_give_an_empty_frame_of_the_schema() -> None:
    assert extract_quotes(articles_of([]), no_mentions()).schema == QUOTES.polars_schema


def test_answers_of_an_interview_are_the_interviewees(read: Callable[..., list[dict[str, object]]]) -> None:
    body = (
        "Ida Roe has led the Hull Bay port for nine years. We met her on the quay.\n"
        "Q: When does the bridge open?\nA: We do not know that yet.\nQ: Is there a date?\nA: There is none."
    )
    found = [
        (row["text"], row["speaker_name"], row["speaker_text"], row["rule"])
        for row in read(body, [("Ida Roe", "person", "Ida Roe")])
        if row["kind"] == "block"
    ]
    assert found == [
        ("We do not know that yet.", "Ida Roe", None, "transcript"),
        ("There is none.", "Ida Roe", None, "transcript"),
    ]

"""Lists of corrections: whose they are and when, their order, what is wrong with a row; what they become."""

from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.corrections.lists import COLUMNS, ENTITIES, OUTLETS, QUOTES, Note, all_corrections, note, read_note
from assets.corrections.rows import corrections, outlets, quotes
from pipeline.ledger import code_version
from pipeline.reference import ListError, use_lists

AT = datetime(2031, 5, 4, 9, 8, 7)


def write(folder: Path, name: str, *lines: str) -> None:
    (folder / f"{name}.csv").write_text("\n".join([",".join(COLUMNS[name]), *lines, ""]), encoding="utf-8")
    use_lists(folder)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("ada, 2031-05-04 09:08:07: a misprint", Note("ada", AT, "a misprint")),
        ("ada, 2031-05-04 09:08:07", Note("ada", AT, None)),
        ("ada, 2031-05-04: with: colons, commas", Note("ada", datetime(2031, 5, 4), "with: colons, commas")),
        ("written by hand", Note(None, None, "written by hand")),
        ("ada, 2031-15-04", Note(None, None, "ada, 2031-15-04")),
        ("", Note(None, None, None)),
    ],
)
def test_a_note_says_who_when_and_why_as_far_as_it_can_be_read(text: str, read: Note) -> None:
    assert read_note(text) == read


@given(by=st.text(st.characters(exclude_categories=["C", "Z"], exclude_characters=",:"), min_size=1), why=st.text())
def test_a_note_is_read_as_it_was_written(by: str, why: str) -> None:
    assert read_note(note(by, AT, why)) == Note(by, AT, why or None)


def test_the_oldest_comes_first_and_what_has_no_time_before_all(own_lists: Path) -> None:
    write(own_lists, ENTITIES, 'rename,person,Ida Holm,Ida Holme,,,"ada, 2031-05-04 10:00:00"')
    write(
        own_lists, OUTLETS, 'a.txt,,The Lantern,,"ada, 2031-05-04 09:00:00: masthead"', "b.zip,2,The Lantern,,by hand"
    )
    write(own_lists, QUOTES, 'not-a-quote,q1,a1,12,so called,,,Ida Holm,"ada, 2031-05-04 09:30:00"')
    made = all_corrections()
    shown = corrections(made).select("number", "action", "item", "found", "corrected", "made_by", "why").rows()
    assert shown == [
        (1, "outlet", "b.zip, record 2", None, "The Lantern", None, "by hand"),
        (2, "outlet", "a.txt", None, "The Lantern", "ada", "masthead"),
        (3, "not-a-quote", "q1", "Ida Holm", None, "ada", None),
        (4, "rename", "Ida Holm", None, "Ida Holme", "ada", None),
    ]
    assert outlets(made).rows() == [(1, "b.zip", 1, "The Lantern"), (2, "a.txt", None, "The Lantern")]
    assert quotes(made).select("number", "action", "words", "speaker").rows() == [(3, "not-a-quote", "so called", None)]


@pytest.mark.parametrize(
    ("name", "line", "says"),
    [
        (OUTLETS, "a.txt,,,,", "row 1: outlet is empty"),
        (OUTLETS, "a.txt,first,The Lantern,,", "record 'first' is not a number"),
        (QUOTES, "speker,q1,,,,Ida Holm,,,", "action 'speker' is not one of speaker, not-a-quote"),
        (QUOTES, "speaker,,,,,Ida Holm,,,", "quote_id is empty"),
        (ENTITIES, "join,person,Ida Holm,,,,", "action 'join' is not one of merge, split"),
    ],
)
def test_a_row_that_cannot_be_used_is_named(own_lists: Path, name: str, line: str, says: str) -> None:
    write(own_lists, name, line)
    with pytest.raises(ListError, match=rf"{name}.csv.*{says}"):
        all_corrections()


@pytest.mark.parametrize(("name", "line"), [(OUTLETS, "a.txt,,The Lantern,,"), (QUOTES, "speaker,q1,,,,Ida Holm,,,")])
def test_a_correction_does_not_have_everything_done_again(own_lists: Path, name: str, line: str) -> None:
    use_lists(own_lists)
    before = code_version("articles", "quotes")
    write(own_lists, name, line)
    assert code_version("articles", "quotes") == before

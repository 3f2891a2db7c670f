"""Words set apart without marks."""

import pytest

from assets.quotes.marks.blocks import find_blocks

CASES = [
    ("post, author after", "The mayor wrote online.\nThe bridge stays closed until we know more.\n— Ida Roe (@idaroe) March 3, 2031\nThe port met.", [("The bridge stays closed until we know more.", "Ida Roe", "post")]),
    ("post, two scripts", "The bridge stays closed until we know more.\n— Ida Roe / Ида Ро (@idaroe) March 3, 2031", [("The bridge stays closed until we know more.", "Ida Roe", "post")]),
    ("post, author before", "Ida Roe (@idaroe)\nThe bridge stays closed until we know more.\nThe port met.", [("The bridge stays closed until we know more.", "Ida Roe", "post")]),
    ("transcript", "QUILL: When does it open?\nROE: We do not know that yet.\nQUILL: Is there a date?\nROE: There is none.", [("When does it open?", "QUILL", "transcript"), ("We do not know that yet.", "ROE", "transcript"), ("Is there a date?", "QUILL", "transcript"), ("There is none.", "ROE", "transcript")]),
    ("transcript, marks at each turn", '"QUILL: When does it open?\n"ROE: We do not know that yet.\n\n"The spans are old.\n"QUILL: Is there a date?\n"ROE: There is none."', [("When does it open?", "QUILL", "transcript"), ("We do not know that yet.", "ROE", "transcript"), ("The spans are old.", "ROE", "transcript"), ("Is there a date?", "QUILL", "transcript"), ("There is none.", "ROE", "transcript")]),
    ("interview", "Ida Roe spoke to us.\nQ: When does it open?\nA: We do not know that yet.\nQ: Is there a date?\nA: There is none.", [("We do not know that yet.", "", "transcript"), ("There is none.", "", "transcript")]),
    ("one answer", "Q: When does it open?\nA: We do not know that yet.", []),
    ("list of labels", "Date: Monday\nPlace: Hull Bay\nTime: noon\nPrice: free", []),
    ("dash without handle or date", "The port met on Monday in the hall.\n— see also the map", []),
    ("prose", "Ida Roe: the mayor who closed a bridge. The port met.", []),
]  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_blocks(body: str, expected: list[tuple[str, str, str]]) -> None:
    found = [(body[b.start : b.end], body[b.speaker_start : b.speaker_end], b.rule) for b in find_blocks(body)]
    assert found == expected


@pytest.mark.parametrize(
    "line",
    ["- " + " " * 100_000 + "x", "— Ada Quill" + " ," * 50_000 + "x", "Ada Quill @ada" + " " * 100_000 + "x", "— " + "· " * 50_000 + "é"],
    ids=["spaces", "commas", "after a handle", "dots"],
)  # fmt: skip
def test_a_long_run_of_signs_is_read_once(line: str) -> None:
    """Shared out among several quantifiers in every way, it would take hours."""
    assert find_blocks(f"The weir held.\n{line}") == []

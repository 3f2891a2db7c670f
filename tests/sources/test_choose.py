"""A source has one row, whichever document came first."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.sources.choose import chosen, counted
from assets.sources.schema import ARTICLE_SOURCES


def said(*rows: tuple[str, str, str]) -> pl.DataFrame:
    return ARTICLE_SOURCES.frame(
        {"document_id": str(at), "source_id": source_id, "name": name, "kind": "outlet", "domain": None, "country": None, "known_by": known_by}
        for at, (source_id, name, known_by) in enumerate(rows)
    )  # fmt: skip


SITE, NAMED = ("orm", "ormpost.example", "site"), ("orm", "The Orm Post", "name")


@pytest.mark.parametrize(
    ("rows", "name"),
    [
        ([SITE, SITE, NAMED], "The Orm Post"),
        ([NAMED, ("orm", "Orm Post", "name"), ("orm", "Orm Post", "name")], "Orm Post"),
        ([NAMED, ("orm", "Orm Post", "name")], "Orm Post"),
        ([NAMED, NAMED, ("orm", "Orm Post", "list")], "Orm Post"),
    ],
)
def test_a_name_goes_before_a_site_and_the_frequent_before_the_rare(
    rows: list[tuple[str, str, str]], name: str
) -> None:
    for order in (rows, rows[::-1]):
        assert chosen(counted(said(*order)))["name"].to_list() == [name]


@given(
    st.permutations(
        [SITE, NAMED, NAMED, ("orm", "Orm Post", "name"), ("quay", "Quay", "name"), ("quay", "The Quay", "name")]
    )
)
def test_the_order_of_the_documents_does_not_matter(rows: list[tuple[str, str, str]]) -> None:
    assert chosen(counted(said(*rows)))["name"].to_list() == ["The Orm Post", "Quay"]


def test_unknown_outlets_have_unique_names_from_their_present_place() -> None:
    ids = ["unknown-1", "unknown-2", "unknown-3", "unknown-4"]
    places = pl.DataFrame(
        {
            "source_id": ids,
            "path": ["jan/clips/a.txt", "feb/clips/a.txt", "c.jsonl", "c.jsonl"],
            "record_no": [0, 0, 0, 1],
        }
    )
    rows = chosen(counted(said(*((source_id, "as it was", "unknown") for source_id in ids))), places)
    assert rows["name"].to_list() == [
        "unknown (jan/clips/a.txt)", "unknown (feb/clips/a.txt)", "unknown (c.jsonl)", "unknown (c.jsonl, record 2)",
    ]  # fmt: skip

"""Lists of words and names: the user's rows go over those that ship, and a wrong list is named."""

from pathlib import Path

import pytest

from assets.sources.registry import default_registry
from pipeline.ledger import code_version
from pipeline.reference import ListError, read_list, use_lists


def write(folder: Path, name: str, text: str) -> None:
    (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    use_lists(folder)


def rows_of(name: str, first: str) -> list[dict[str, str]]:
    return [row for row in read_list(name) if first in row.values()]


def test_a_row_of_the_users_is_added_and_columns_left_out_are_empty(own_lists: Path) -> None:
    n_shipped = len(read_list("titles"))
    write(own_lists, "titles", "title,kind\nlock warden,post\n")
    assert len(read_list("titles")) == n_shipped + 1
    assert rows_of("titles", "lock warden") == [{"title": "lock warden", "kind": "post", "gender": ""}]


def test_a_row_with_a_shipped_key_takes_the_place_of_the_shipped_one(own_lists: Path) -> None:
    assert rows_of("spelling_variants", "acknowledgement") == [
        {"variant": "acknowledgement", "spelling": "acknowledgment"}
    ]
    write(own_lists, "spelling_variants", "variant,spelling\nacknowledgement,acknowledgement\n")
    assert rows_of("spelling_variants", "acknowledgement") == [
        {"variant": "acknowledgement", "spelling": "acknowledgement"}
    ]


def test_an_outlet_of_the_users_is_known_and_the_ledger_sees_it(own_lists: Path) -> None:
    before = code_version("articles")
    write(own_lists, "outlets", "name,domains,country\nThe Karsund Lantern,karsundlantern.example,XX\n")
    source = default_registry().from_url("https://www.karsundlantern.example/a")
    assert source is not None
    assert (source.name, source.country) == ("The Karsund Lantern", "XX")
    assert code_version("articles") != before


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("titel,kind\nx,post\n", "must name columns of title,kind,gender, title among them"),
        ("title,colour\nx,red\n", "unknown: colour"),
        ("title,kind\n,post\n", "line 2: title is empty"),
    ],
)
def test_a_list_that_cannot_be_used_says_which_line_and_why(own_lists: Path, text: str, says: str) -> None:
    write(own_lists, "titles", text)
    with pytest.raises(ListError, match=says) as caught:
        read_list("titles")
    assert str(own_lists / "titles.csv") in str(caught.value)

"""A title that the user adds is known wherever the project looks for titles: candidates, names, resolution."""

from pathlib import Path

import polars as pl
import pytest

from assets.entities.extract import extract_mentions
from assets.entities.names.names import PersonName, gender, parse_name, split_titles
from assets.quotes.attribution.candidates import find_candidates
from assets.quotes.attribution.ranker import ranker
from assets.quotes.extract import extract_quotes
from assets.quotes.resolution.titles import without_title
from assets.text.languages.titles import titles
from pipeline.reference import ListError, use_lists
from tests.quotes.token_streams import stream_of, text_of

BODY = """Lock Warden Ada Brook said the canal would open on Monday. Mayor Tom Rill thanked the crew.

"The gates are safe," said the lock warden, who has run the canal for ten years.

Lock Warden Brook said: "The water is high."
"""


@pytest.fixture
def lock_warden(own_lists: Path) -> None:
    (own_lists / "titles.csv").write_text("title,kind,gender\nlock warden,post,f\n", encoding="utf-8")
    use_lists(own_lists)


def candidates_in(body: str) -> list[str]:
    stream = stream_of(body)
    found = find_candidates(stream, ranker().common)[0]
    places = zip(stream.starts[found.starts].tolist(), stream.ends[found.ends - 1].tolist(), strict=True)
    return [text_of(stream, start, end) for start, end in places]


def speakers_in(body: str, with_mentions: bool) -> list[str | None]:
    schema = ["article_id", "source_id", "title", "body", "language"]
    articles = pl.DataFrame([("a", "s", "", body, "en")], schema=schema, orient="row")
    mentions = extract_mentions(articles)
    quotes = extract_quotes(articles, mentions if with_mentions else mentions.clear())
    return quotes.sort("start")["speaker_name"].to_list()


def test_candidates_do_not_know_a_title_that_is_not_listed() -> None:
    assert candidates_in("Then the lock warden left.") == []


@pytest.mark.usefixtures("lock_warden")
def test_the_users_title_makes_a_candidate() -> None:
    assert candidates_in("Then the lock warden left.") == ["the lock warden"]


def test_names_do_not_know_a_title_that_is_not_listed() -> None:
    assert parse_name("Lock Warden Ada Brook").given == ("lock", "warden", "ada")


@pytest.mark.usefixtures("lock_warden")
def test_the_users_title_is_not_part_of_a_name() -> None:
    assert parse_name("Lock Warden Ada Brook") == PersonName(("lock", "warden"), ("ada",), "brook")
    assert without_title("the former Lock Warden Ada Brook") == "Ada Brook"


@pytest.mark.usefixtures("lock_warden")
def test_the_users_title_tells_the_gender() -> None:
    assert gender("Lock Warden Brook") == "f"


@pytest.mark.parametrize("with_mentions", [True, False], ids=["with mentions", "by capitals alone"])
def test_speakers_are_somebody_else_without_the_title(with_mentions: bool) -> None:
    assert speakers_in(BODY, with_mentions) != ["Ada Brook"] * 3


@pytest.mark.usefixtures("lock_warden")
@pytest.mark.parametrize("with_mentions", [True, False], ids=["with mentions", "by capitals alone"])
def test_the_users_title_names_its_bearer(with_mentions: bool) -> None:
    assert speakers_in(BODY, with_mentions) == ["Ada Brook"] * 3


@pytest.mark.parametrize(
    ("name", "rest"),
    [
        ("Former Vice President Ada Brook", "Ada Brook"),
        ("Foreign Minister Brook", "Brook"),
        ("Secretary of State Ada Brook", "Ada Brook"),
        ("Minister of Health Ada Brook", "Ada Brook"),
        ("Tan Sri Adam Brook", "Adam Brook"),
        ("Tan Brook", "Tan Brook"),
        ("Dean Brook", "Dean Brook"),
        ("Hunter Brook", "Hunter Brook"),
        ("Goalkeeper Brook", "Brook"),
        ("Prime Minister", "Minister"),
    ],
)
def test_titles_before_a_name(name: str, rest: str) -> None:
    assert split_titles(name)[1] == rest


@pytest.mark.parametrize(
    ("row", "says"),
    [("lock warden,office,", "kind 'office' of 'lock warden' is not one of"), ("lock warden,post,x", "gender 'x'")],
)
def test_a_title_of_no_kind_is_refused(own_lists: Path, row: str, says: str) -> None:
    (own_lists / "titles.csv").write_text(f"title,kind,gender\n{row}\n", encoding="utf-8")
    use_lists(own_lists)
    with pytest.raises(ListError, match=says):
        titles()

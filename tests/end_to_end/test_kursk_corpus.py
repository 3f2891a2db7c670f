"""Five real documents about one event, saved as text: the kind of file the project exists for."""

import json
from pathlib import Path

import pytest

from tests.running import published, verbatim

EDGE = " \t\n\xa0\"“”'‘’.,;:!?…"


@pytest.fixture(scope="module")
def kursk(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("kursk") / "data"
    files = sorted((shared / "corpus" / "kursk").glob("*.txt"))
    done = verbatim("run", *files, data=data)
    assert done.returncode == 0, done.stdout + done.stderr
    return data


@pytest.fixture(scope="module")
def gold(shared: Path) -> dict:
    return json.loads((shared / "corpus" / "kursk" / "gold.json").read_text(encoding="utf-8"))


def articles(kursk: Path) -> dict[str, dict]:
    rows = published(
        kursk,
        "SELECT d.path, a.*, s.name AS outlet, s.known_by FROM core.articles AS a JOIN raw.documents AS d USING (document_id) "
        "JOIN core.sources AS s USING (source_id)",
    )
    return {row["path"][:3]: row for row in rows.iter_rows(named=True)}


def test_five_documents_are_five_articles_of_five_outlets(kursk: Path) -> None:
    assert sorted(articles(kursk)) == ["000", "001", "002", "003", "004"]
    assert published(kursk, "SELECT count(DISTINCT outlet_id) FROM marts.outlet_coverage").item() == 5
    assert {articles(kursk)[number]["known_by"] for number in ("000", "002")} == {"unknown"}


@pytest.mark.parametrize("number", ["001", "003", "004"])
def test_the_outlet_is_told_from_the_page(kursk: Path, gold: dict, number: str) -> None:
    expected = next(document["outlet"] for document in gold["documents"] if document["file"].startswith(number))
    assert articles(kursk)[number]["outlet"] == expected


@pytest.mark.parametrize(
    ("number", "agency"), [("000", None), ("001", "reuters"), ("002", None), ("003", "reuters"), ("004", None)]
)
def test_the_agency_is_credited_only_where_the_page_credits_one(kursk: Path, number: str, agency: str | None) -> None:
    assert articles(kursk)[number]["agency_id"] == agency


@pytest.mark.parametrize("number", ["003", "004"])
def test_the_date_is_the_day_of_publication(kursk: Path, gold: dict, number: str) -> None:
    expected = next(document["published"] for document in gold["documents"] if document["file"].startswith(number))
    assert articles(kursk)[number]["published_at"].date().isoformat() == expected


def test_no_line_of_the_boilerplate_is_in_a_body(kursk: Path, gold: dict) -> None:
    for document in gold["documents"]:
        body = articles(kursk)[document["file"][:3]]["body"].splitlines()
        assert set(document["drop"]).isdisjoint(body), document["file"]


def test_quotations_are_found_at_their_offsets_and_credited(kursk: Path, gold: dict) -> None:
    rows = published(
        kursk,
        "SELECT d.path, q.text, coalesce(e.name, q.speaker_name, '') AS speaker FROM core.quotes AS q "
        "JOIN core.articles AS a USING (article_id) JOIN raw.documents AS d USING (document_id) "
        "LEFT JOIN core.entities AS e ON e.entity_id = q.speaker_id WHERE q.kind <> 'indirect' ORDER BY d.path, q.start",
    ).rows()
    found = credited = 0
    for document in gold["documents"]:
        here = [(text.strip(EDGE), speaker) for path, text, speaker in rows if path == document["file"]]
        for quote in document["quotes"]:
            speakers = [speaker for text, speaker in here if text == quote["text"].strip(EDGE)]
            found += bool(speakers)
            wanted = {surname(name) for name in [quote["speaker"], *quote["also"]]}
            credited += any(surname(speaker) in wanted for speaker in speakers)
    n_gold = sum(len(document["quotes"]) for document in gold["documents"])
    assert n_gold == 73
    assert found >= 0.85 * n_gold
    assert credited >= 0.70 * n_gold


def surname(name: str) -> str:
    words = [word.strip(".,’'s") if word.endswith(("'s", "’s")) else word for word in name.split()]
    return words[-1].casefold()[:6] if words else ""

"""``verbatim compare`` on the sample corpus: two articles named in several ways, side by side, in words and in JSON."""

import json
from pathlib import Path

import pytest

from tests.running import published, verbatim

WIRE, COPY = "strike/torrey-isles-gazette_strike-suspended.txt", "marland-standard_dockers-suspend-strike.txt"


def test_two_articles_stand_side_by_side_with_their_shares(sample_data: Path) -> None:
    shown = verbatim("compare", COPY, WIRE, data=sample_data).stdout
    assert "A  Dockers suspend strike" in shown
    assert "56% shared" in shown
    assert "will *honour* what we signed" in shown
    assert "will *honor* what we signed" in shown
    assert "[-Dockers at Port Averley will return to work" in shown
    assert "{+The mediator will be Solange" in shown
    assert "Disclaimer" not in shown, "what every story of an outlet ends with is none of it"


def test_what_both_share_is_shortened_unless_asked_for(sample_data: Path) -> None:
    assert "words) …" in verbatim("compare", COPY, WIRE, data=sample_data).stdout
    assert "words) …" not in verbatim("compare", COPY, WIRE, "--full", data=sample_data).stdout


def test_json_gives_passages_with_offsets_into_the_bodies(sample_data: Path) -> None:
    told = json.loads(verbatim("compare", WIRE, COPY, "--format", "json", data=sample_data).stdout)
    bodies = dict(published(sample_data, "SELECT article_id, body FROM core.articles").iter_rows())
    for side in ("a", "b"):
        body = bodies[told[side]["article_id"]]
        spans = [passage[side] for passage in told["passages"] if passage[side]]
        assert "".join(body[start:end] for start, end in spans) == body
        assert sum(told[side]["shares"].values()) == pytest.approx(1)


@pytest.mark.parametrize("named", ["9373ab5c", COPY, "dockers-suspend", "Dockers suspend strike"])
def test_an_article_is_named_by_id_file_headline_or_a_part_that_only_it_has(sample_data: Path, named: str) -> None:
    told = json.loads(verbatim("compare", named, WIRE, "--format", "json", data=sample_data).stdout)
    assert told["a"]["article_id"] == "9373ab5c6f5c5e2b"


@pytest.mark.parametrize(
    ("named", "says"),
    [
        ("nowhere", "nowhere: no article has this id, file, address or headline"),
        ("strike/", "articles match; name one"),
    ],
)
def test_an_article_that_is_not_one_is_named(sample_data: Path, named: str, says: str) -> None:
    refused = verbatim("compare", WIRE, named, data=sample_data)
    assert refused.returncode == 2
    assert says in refused.stderr

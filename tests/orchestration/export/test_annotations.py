"""Quotations as web annotations: every one is there, and its selectors find its words."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.running import published, verbatim


@pytest.fixture(scope="module")
def folder(sample_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("annotations") / "out"
    assert verbatim("export", folder, "--format", "annotations", data=sample_data).returncode == 0
    return folder


@pytest.fixture(scope="module")
def collection(folder: Path) -> dict[str, Any]:
    return json.loads((folder / "annotations.jsonld").read_bytes())


def test_it_is_one_collection_of_all_quotations(collection: dict[str, Any], sample_data: Path) -> None:
    ids = published(sample_data, "SELECT quote_id FROM core.quotes")["quote_id"]
    items = collection["first"]["items"]
    assert collection["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert (collection["type"], collection["first"]["type"]) == ("AnnotationCollection", "AnnotationPage")
    assert collection["total"] == len(items) == len(ids)
    assert {item["id"] for item in items} == {f"urn:verbatim:quote:{quote_id}" for quote_id in ids}


def test_both_selectors_find_the_words_in_the_text_beside(folder: Path, collection: dict[str, Any]) -> None:
    for item in collection["first"]["items"]:
        target = item["target"][0]
        text = (folder / target["source"]["id"]).read_bytes().decode()
        words, place = target["selector"]
        assert text[place["start"] : place["end"]] == words["exact"]
        assert words["prefix"] + words["exact"] + words["suffix"] in text


def test_the_speaker_is_a_tag_and_the_page_a_second_target(collection: dict[str, Any], sample_data: Path) -> None:
    row = published(
        sample_data,
        "SELECT quote_id, url, name FROM core.quotes JOIN core.articles USING (article_id) "
        "JOIN core.entities ON speaker_id = entity_id WHERE url IS NOT NULL ORDER BY quote_id LIMIT 1",
    ).row(0, named=True)
    items = collection["first"]["items"]
    item = next(item for item in items if item["id"] == f"urn:verbatim:quote:{row['quote_id']}")
    assert [body["value"] for body in item["body"] if body.get("purpose") == "tagging"] == [row["name"]]
    assert item["target"][1]["source"] == row["url"]
    assert item["target"][1]["selector"]["type"] == "TextQuoteSelector"


def test_the_same_warehouse_gives_the_same_bytes(folder: Path, sample_data: Path, tmp_path: Path) -> None:
    verbatim("export", tmp_path / "again", "--format", "annotations", data=sample_data)
    for file in folder.rglob("*"):
        assert file.is_dir() or file.read_bytes() == (tmp_path / "again" / file.relative_to(folder)).read_bytes()


def test_annotations_are_of_all_tables(sample_data: Path, tmp_path: Path) -> None:
    asked = ("--format", "annotations", "--tables", "core.quotes")
    refused = verbatim("export", tmp_path / "x", *asked, data=sample_data)
    assert (refused.returncode, "--tables goes with" in refused.stderr) == (2, True)

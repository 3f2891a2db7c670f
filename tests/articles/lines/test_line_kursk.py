"""The five pages about one event are cleaned exactly: first and last words, dropped lines, every quotation still there."""

import json
from pathlib import Path

import pytest

from assets.articles.lines.clean import CleanedText, clean_text

FILES = ("000", "001", "002", "003", "004")


def page(shared: Path, prefix: str) -> tuple[dict, str, CleanedText]:
    folder = shared / "corpus" / "kursk"
    gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    document = next(entry for entry in gold["documents"] if entry["file"].startswith(prefix))
    text = (folder / document["file"]).read_text(encoding="utf-8")
    return document, text, clean_text(text)


@pytest.mark.shared
@pytest.mark.parametrize("prefix", FILES)
def test_first_and_last_words(shared: Path, prefix: str) -> None:
    document, _, cleaned = page(shared, prefix)
    opening = cleaned.body.split("\n", 1)[0]
    before = opening[: opening.index(document["first"])]
    assert len(before) <= 30, "only a dateline may come before the first words"
    assert bool(before) == (document["dateline"] is not None)
    assert cleaned.body.endswith(document["last"])


@pytest.mark.shared
@pytest.mark.parametrize("prefix", FILES)
def test_dropped_lines_are_out_with_a_reason(shared: Path, prefix: str) -> None:
    document, text, cleaned = page(shared, prefix)
    body = set(cleaned.body.split("\n"))
    removed = {line.strip() for _, line, _ in cleaned.removed()}
    for line in document["drop"]:
        assert line not in body
        assert line in removed
    kept = [role.text.strip() for role in cleaned.roles if role.keep]
    assert len(kept) + len(removed) > 0
    assert {line.strip() for line in text.splitlines() if line.strip()} <= removed | set(kept)


@pytest.mark.shared
@pytest.mark.parametrize("prefix", FILES)
def test_no_quotation_is_lost(shared: Path, prefix: str) -> None:
    document, _, cleaned = page(shared, prefix)
    assert [quote["ref"] for quote in document["quotes"] if quote["text"] not in cleaned.body] == []


@pytest.mark.shared
@pytest.mark.parametrize("prefix", FILES)
def test_title(shared: Path, prefix: str) -> None:
    document, _, cleaned = page(shared, prefix)
    assert cleaned.title == (document["title"] and " ".join(document["title"].split()))


@pytest.mark.shared
def test_the_credit_glued_to_the_last_line_is_cut_and_kept_apart(shared: Path) -> None:
    document, _, cleaned = page(shared, "001")
    assert document["agency"].upper() in cleaned.credit_lines


@pytest.mark.shared
def test_the_story_of_the_long_page_is_thirty_lines(shared: Path) -> None:
    _, _, cleaned = page(shared, "003")
    assert sum(role.keep for role in cleaned.roles) == 30


@pytest.mark.shared
def test_the_embedded_post_and_its_author_stay(shared: Path) -> None:
    _, _, cleaned = page(shared, "002")
    roles = [role.role for role in cleaned.roles]
    assert (roles.count("post"), roles.count("post_author")) == (1, 1)

"""Every question in the README and in docs/questions.md has the answer that the sample corpus gives."""

import re
import shlex
from pathlib import Path

import pytest

from pipeline.project import ROOT
from tests.answers import PAGES, QUESTION, as_table
from tests.running import published, verbatim

QUESTIONS = [(path.name, match) for path in PAGES for match in QUESTION.finditer(path.read_text(encoding="utf-8"))]


@pytest.mark.parametrize(("page", "match"), QUESTIONS, ids=[f"{page}-{n}" for n, (page, _) in enumerate(QUESTIONS)])
def test_the_answer_is_what_the_warehouse_says(sample_data: Path, page: str, match) -> None:
    assert match["answer"] == as_table(published(sample_data, match["sql"]))


def test_the_search_in_the_readme_finds_what_it_says(sample_data: Path) -> None:
    (shown,) = re.findall(r"```\n\$ (verbatim search .+)\n([^`]+)```", (ROOT / "README.md").read_text(encoding="utf-8"))
    done = verbatim(*shlex.split(shown[0])[1:], data=sample_data)
    assert done.stdout.split() == shown[1].split()


def test_there_are_as_many_questions_as_the_pages_promise() -> None:
    pages = [page for page, _ in QUESTIONS]
    assert pages.count("README.md") == 6
    assert pages.count("questions.md") == 16

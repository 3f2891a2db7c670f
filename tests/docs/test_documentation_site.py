"""The documentation site: built offline, every link and anchor leads somewhere, every page is in the menu."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from lxml import html

from pipeline.project import ROOT

NO_NETWORK = {"http_proxy": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("docs") / "site"
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(folder)]
    built = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False, env={**os.environ, **NO_NETWORK}
    )
    assert built.returncode == 0, built.stderr
    return folder


def test_every_page_is_there(site: Path) -> None:
    pages = [path.relative_to(ROOT / "docs") for path in (ROOT / "docs").rglob("*.md")]
    assert [str(page) for page in pages if not (site / page.with_suffix(".html")).is_file()] == []


def test_no_page_asks_a_host_for_anything(site: Path) -> None:
    asked = {
        address
        for path in site.rglob("*.html")
        for address in html.parse(str(path))
        .getroot()
        .xpath("//script/@src | //link[@rel='stylesheet']/@href | //img/@src")
        if "://" in address
    }
    assert asked == set()


def test_the_models_are_told_by_dbt(site: Path) -> None:
    page = (site / "dbt" / "index.html").read_text(encoding="utf-8")
    assert "model.verbatim.quote_coverage" in page
    menu = html.parse(str(site / "data-dictionary.html")).getroot().xpath("//nav//a[contains(@href, 'dbt/index.html')]")
    assert menu


def test_the_api_is_told_by_the_docstrings(site: Path) -> None:
    text = html.parse(str(site / "api" / "index.html")).getroot().text_content()
    assert "One entity id for each mention" in text
    assert ":::" not in text

"""The report in one file: whole, the same bytes each time; without articles' text where that may not be given away."""

import re
import zipfile
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html

from orchestration.sharing.pack import pack_report
from tests.report.newsroom import FULL, build
from tests.running import published, verbatim

AROUND = re.compile(r"\w+")


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("shared") / "report")


def packed(report: Path, output: Path, with_text: bool) -> dict[str, bytes]:
    pack_report(report, output, with_text)
    with zipfile.ZipFile(output) as archive:
        return {name.removeprefix("report/"): archive.read(name) for name in archive.namelist()}


def text_of(content: bytes) -> str:
    return " ".join(html.document_fromstring(content).text_content().split())


def test_the_whole_report_is_in_it(report: Path, tmp_path: Path) -> None:
    files = packed(report, tmp_path / "r.zip", with_text=True)
    assert files == {str(p.relative_to(report)): p.read_bytes() for p in report.rglob("*") if p.is_file()}


@pytest.mark.parametrize("with_text", [True, False])
def test_the_same_report_gives_the_same_bytes(report: Path, tmp_path: Path, with_text: bool) -> None:
    for name in ("a", "b"):
        pack_report(report, tmp_path / name, with_text)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    assert not list(tmp_path.glob("*.part"))


def test_without_text_every_link_still_leads_somewhere(report: Path, tmp_path: Path) -> None:
    files = packed(report, tmp_path / "r.zip", with_text=False)
    trees = {name: html.document_fromstring(content) for name, content in files.items() if name.endswith(".html")}
    checked = 0
    for name, tree in trees.items():
        for link in tree.xpath("//a/@href"):
            parts = urlsplit(link)
            if parts.scheme:
                continue
            path = (
                str((Path("/") / Path(name).parent / unquote(parts.path)).resolve().relative_to("/"))
                if parts.path
                else name
            )
            assert path in files, (name, link)
            place = parts.fragment.split("~")[0]
            assert not place or path == "statement.html" or place in trees[path].xpath("//@id"), (name, link)
            checked += 1
    assert checked > 200


def test_without_text_quotations_and_counts_stay_and_pages_keep_their_form(report: Path, tmp_path: Path) -> None:
    files = packed(report, tmp_path / "r.zip", with_text=False)
    assert not any(name.startswith("comparisons/") for name in files)
    article = html.document_fromstring(files["articles/a-north.html"])
    marks = article.xpath("//div[@class='body']//mark")
    assert [mark.text_content() for mark in marks] == [FULL + ","]
    assert article.xpath("//table[@data-name='quotations']")
    assert files["articles/a-north.html"].startswith(b"<!doctype html>")
    assert files["index.html"].count(b"<dd>") == (report / "index.html").read_bytes().count(b"<dd>")


def test_no_passage_of_an_article_outside_its_quotations_is_left(sample_data: Path, tmp_path: Path) -> None:
    done = verbatim("report", "pack", tmp_path / "r.zip", "--no-text", data=sample_data)
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(tmp_path / "r.zip") as archive:
        told = "\n".join(text_of(archive.read(name)) for name in archive.namelist() if name.endswith(".html"))
    quotations = published(sample_data, "SELECT text FROM core.quotes")["text"].to_list()
    said = " ".join(" ".join(text.split()) for text in quotations)
    n_checked = 0
    for article_id, body in published(sample_data, "SELECT article_id, body FROM core.articles").iter_rows():
        spans = published(
            sample_data, f"SELECT start, \"end\" FROM core.quotes WHERE article_id = '{article_id}' ORDER BY start"
        )
        at = 0
        for start, end in [*spans.iter_rows(), (len(body), len(body))]:
            for line in body[at : max(at, start)].split("\n"):
                passage = " ".join(line.split())
                if len(AROUND.findall(passage)) >= 14 and passage not in said:
                    assert passage not in told, passage
                    n_checked += 1
            at = max(at, end)
    assert n_checked > 50


def test_there_must_be_a_report(tmp_path: Path) -> None:
    refused = verbatim("report", "pack", tmp_path / "r.zip", data=tmp_path / "nowhere")
    assert (refused.returncode, "there is no report at" in refused.stderr) == (2, True)

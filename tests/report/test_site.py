"""The files of a report: every link leads somewhere, every address holds, nothing an article says becomes markup."""

import csv
import json
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

import polars as pl
import pytest
from lxml import html

from assets.report import outlets, pages
from assets.report.made_of import stretches
from assets.report.site import write_site
from tests.report.newsroom import FORMULA, FULL, OUTLETS, build, database, made, newsroom

POLICY = "default-src 'none'"


def files_of(report: Path) -> dict[Path, bytes]:
    return {path.relative_to(report): path.read_bytes() for path in report.rglob("*") if path.is_file()}


def documents(report: Path) -> dict[Path, html.HtmlElement]:
    return {path: html.parse(str(path)).getroot() for path in sorted(report.rglob("*.html"))}


def held(script: Path) -> dict:
    """What a file of data hands to the page."""
    text = script.read_text(encoding="utf-8")
    return json.loads(text[text.index(",") + 1 : text.rindex(")")])


def test_every_link_leads_to_a_file_and_to_a_place_in_it(report: Path) -> None:
    trees = documents(report)
    ids = {path: set(tree.xpath("//@id")) for path, tree in trees.items()}
    checked = 0
    for path, tree in trees.items():
        for link in tree.xpath("//a/@href | //link/@href | //script/@src"):
            parts = urlsplit(link)
            if parts.scheme:
                assert parts.scheme in ("https", "data")
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            assert target.is_file(), f"{path.name}: {link}"
            place, _, passage = parts.fragment.partition(":~:text=")
            assert not passage or unquote(passage) in trees[target].text_content(), f"{path.name}: {link}"
            place = place.split("~")[0]
            if place and target.name != "statement.html":
                assert place in ids[target], f"{path.name}: {link}"
            checked += 1
    assert checked > 300


def test_ids_are_unique_and_every_table_has_a_caption_and_scopes(report: Path) -> None:
    for path, tree in documents(report).items():
        ids = tree.xpath("//@id")
        assert len(ids) == len(set(ids)), path
        for table in tree.xpath("//table"):
            assert table.xpath("./caption[string-length(normalize-space()) > 3]"), path
            assert not table.xpath(".//th[not(@scope)]"), path
        assert len(tree.xpath("//h1")) == 1, path


def test_every_page_allows_only_its_own_style_and_script(report: Path) -> None:
    for path, tree in documents(report).items():
        (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert policy.startswith(POLICY)
        assert "unsafe" not in policy
        assert {Path(source).name for source in tree.xpath("//script/@src")} == {"report.js"}
        assert tree.xpath("//script[not(@src)] | //style | //iframe | //img | //object | //form | //base") == [], path
        attributes = {name for element in tree.iter(html.etree.Element) for name in element.attrib}
        assert not {name for name in attributes if name.startswith("on") or name == "style"}, path
        assert not [link for link in tree.xpath("//@href") if link.strip().lower().startswith("javascript:")], path


def test_formula_cells_are_text_in_the_csv_files(report: Path) -> None:
    written = (report / "statements.csv").read_text(encoding="utf-8-sig")
    assert "'=HYPERLINK" in written
    assert not re.search(r"(^|,)\"?[=+@]", written, flags=re.MULTILINE)


def test_a_statement_has_an_address_whether_or_not_it_has_a_page(tmp_path: Path) -> None:
    write_site(database(newsroom()), tmp_path, most_statement_pages=1)
    rows = {
        row["statement_id"]: row["address"]
        for row in csv.DictReader((tmp_path / "statements.csv").open(encoding="utf-8-sig"))
    }
    assert rows["s-rebuild"] == "statements/s-rebuild.html"
    assert rows["s-alone"] == "articles/a-east.html#q-q5"
    assert "s-told" not in rows, "a paraphrase is not a printed statement"
    assert [path.name for path in (tmp_path / "statements").iterdir()] == ["s-rebuild.html"]


def test_permanent_addresses_are_looked_up_in_a_file(report: Path) -> None:
    assert held(report / "search" / "statements-0.js")["s-rebuild"] == "statements/s-rebuild.html"


def test_the_file_of_a_story_says_who_left_which_statement_out(report: Path) -> None:
    told = held(report / "stories" / "story.js")
    left_out = {
        statement: {tuple(told["outlets"][at]): n for at, n in rows} for statement, rows in told["statements"].items()
    }
    assert left_out["s-rebuild"] == {("none", "Silent Herald"): 1}
    assert {id for id, _ in left_out["s-alone"]} == {"none", "north", "south", "west"}


def test_another_article_on_a_story_leaves_the_pages_of_its_statements_as_they_are(tmp_path: Path) -> None:
    tables = newsroom()
    coverage = tables["marts.quote_coverage"]
    more = coverage.with_columns(n_story_articles=pl.col("n_story_articles") + 1)
    fewer = coverage.filter(pl.col("carried") | (pl.col("outlet_id") != "none"))
    pages_of = [
        files_of(made(tables | {"marts.quote_coverage": rows}, tmp_path / name).folder)
        for name, rows in (("as-it-was", coverage), ("more-articles", more), ("fewer-outlets", fewer))
    ]
    changed = [{path.parts[0] for path in files if files[path] != pages_of[0].get(path)} for files in pages_of[1:]]
    assert [("stories" in parts, "statements" in parts) for parts in changed] == [(True, False), (True, False)]


def test_a_statement_page_shows_each_wording_when_and_who_left_it_out(report: Path) -> None:
    tree = html.parse(str(report / "statements" / "s-rebuild.html")).getroot()
    assert tree.xpath("normalize-space(//h1)") == FULL, "without the comma that leads on"
    rows = {row.xpath("normalize-space(th)"): row for row in tree.xpath("//table[@id='wordings']/tbody/tr")}
    cell = {name: [" ".join(td.text_content().split()) for td in row.xpath("td")] for name, row in rows.items()}
    assert list(rows) == ["The North Mail", "South Courier", "<b>West</b> & Sons", "East Ferry Post"]
    assert rows["South Courier"].xpath(".//del/text() | .//ins/text()") == ["harbour", "harbor"]
    assert [cell[name][4] for name in rows] == ["first", "+2.5 h", "+23.2 h", "+2 days"]
    assert cell["East Ferry Post"][3] == "9 Sep 2026", "a date known to the day has no time"
    assert cell["<b>West</b> & Sons"][1] == "altered"
    section = tree.xpath("//section[@id='left-out']")[0]
    assert section.xpath("./p/a/@href") == ["../stories/story.html"], (
        "who left it out stands there; nothing is claimed here"
    )
    assert tree.xpath("normalize-space(//p[@class='around']/mark)") == FULL + ","


def test_an_article_marks_its_quotations_speakers_and_names(report: Path) -> None:
    tree = html.parse(str(report / "articles" / "a-north.html")).getroot()
    assert tree.xpath("//div[@class='body']//mark[@id='q-q1']/text()") == [FULL + ","]
    assert tree.xpath("//div[@class='body']//a[@class='speaker']/@href") == ["../speakers/p-brook.html"]
    assert tree.xpath("//div[@class='body']//a[@class='name place']/@href") == ["#name-e-quay"]
    assert tree.xpath("//div[@class='body']//a[@class='carried']/text()") == ["4"]


def test_an_outlet_page_says_how_it_spells_and_from_whom_it_copies(report: Path) -> None:
    south = html.parse(str(report / "outlets" / "south.html")).getroot()
    assert south.xpath("//table[@id='house-spelling']/tbody/tr/*/text()") == ["harbor", "1", "harbour", "0"]
    assert south.xpath("//table[@id='origins']/tbody/tr/th/text()") == ["Coast Wire"]
    none = html.parse(str(report / "outlets" / "none.html")).getroot()
    assert len(none.xpath("//table[@id='left-out-of']/tbody/tr")) == 4


def test_long_lists_are_cut_into_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "MOST_LISTED", 5)
    cut = list(pages.sheets([{"n": n} for n in range(7)], "folder/list", 2))
    assert [path for path, _, _ in cut] == ["folder/list.html", "folder/list-2.html", "folder/list-3.html"]
    assert [[row["n"] for row in rows] for _, _, rows in cut] == [[0, 1], [2, 3], [4]]
    assert (cut[-1][1].first, cut[-1][1].last, cut[-1][1].listed, cut[-1][1].total) == (5, 5, 5, 7)
    ((path, sheet, rows),) = pages.sheets([], "empty")
    assert (path, sheet.total, rows) == ("empty.html", 0, [])


def test_long_lists_of_an_outlet_have_pages_that_no_other_outlet_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outlets, "SHOWN", 1)
    report = build(tmp_path)
    assert (report / "outlets" / "none_left-out.html").is_file()
    assert "none_left-out.html" in (report / "outlets" / "none.html").read_text(encoding="utf-8")
    test_every_link_leads_to_a_file_and_to_a_place_in_it(report)
    test_ids_are_unique_and_every_table_has_a_caption_and_scopes(report)


def test_the_same_tables_give_the_same_files_however_they_are_batched(report: Path, tmp_path: Path) -> None:
    folder = tmp_path / "again"
    folder.mkdir()

    def backwards(function, batches, n_pages):
        return [function(batch) for batch in reversed(list(batches))]

    write_site(database(newsroom()), folder, map_batches=backwards)
    assert files_of(folder) == files_of(report)


def test_a_batch_is_a_stretch_of_pages_with_about_so_many_rows() -> None:
    pages_of = pl.DataFrame({"page": ["a", "b", "c", "d"], "n_rows": [3, 3, 9, 1]})
    assert list(stretches(pages_of, 4)) == [("a", "b"), ("c", "c"), ("d", "d")]


def test_an_empty_warehouse_makes_a_report(tmp_path: Path) -> None:
    made({path: rows.clear() for path, rows in newsroom().items()}, tmp_path)
    assert "No article has a date" in (tmp_path / "index.html").read_text(encoding="utf-8")


def test_what_an_article_says_is_shown_as_words(report: Path) -> None:
    index = html.parse(str(report / "statements.html")).getroot()
    assert FORMULA in index.xpath("//tbody//a/text()")
    assert OUTLETS["west"] in html.parse(str(report / "outlets.html")).getroot().xpath("//tbody//a/text()")


def test_the_first_page_is_light(report: Path) -> None:
    first = sum((report / name).stat().st_size for name in ("index.html", "static/report.css", "static/report.js"))
    assert first < 300_000


def test_a_few_words_do_not_lead_the_first_page_however_widely_they_are_carried(tmp_path: Path) -> None:
    tables = newsroom()
    short = pl.when(pl.col("statement_id") == "s-rebuild").then(pl.lit("We rebuild")).otherwise("text")
    tables["core.statements"] = tables["core.statements"].with_columns(text=short)
    index = html.parse(str(made(tables, tmp_path).folder / "index.html")).getroot()
    listed = index.xpath("//ol[@class='statements']//q/text()")
    assert len(listed) == 4
    assert listed[2:] == ["We rebuild", FORMULA], "by how widely they are carried, after all longer ones"


def test_the_report_can_be_built_again_beside_the_old_one(tmp_path: Path) -> None:
    assert sorted(path.name for path in build(tmp_path / "new").iterdir() if path.is_dir()) == [
        "articles", "comparisons", "outlets", "search", "speakers", "statements", "static", "stories", "timelines",
    ]  # fmt: skip


def test_the_overview_counts_articles_in_languages_that_are_not_supported(tmp_path: Path) -> None:
    tables = newsroom()
    unread = pl.when(pl.col("article_id") == "a-west").then(pl.lit("hr")).otherwise("language")
    articles = tables["core.articles"].with_columns(language=unread, supported=pl.col("article_id") != "a-west")
    site = made(tables | {"core.articles": articles}, tmp_path)
    assert "1 article in a language that is not supported (hr: 1)" in (site.folder / "index.html").read_text("utf-8")

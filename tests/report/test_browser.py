"""The report in a real browser, opened from disk."""

import shutil
import subprocess
from pathlib import Path

import pytest

from assets.report import search
from tests.report.browser import Browser
from tests.report.newsroom import FORMULA, FULL, build

KINDS = [
    "index.html", "statements.html", "outlets.html", "speakers.html", "coverage.html", "phrases.html", "altered.html",
    "articles.html", "days.html", "rejects.html", "statement.html", "statements/s-rebuild.html", "outlets/west.html",
    "speakers/p-brook.html", "articles/a-west.html", "articles/a-north.html", "comparisons/a-south.html",
    "stories.html", "stories/story.html", "timelines/p-brook.html", "alerts.html",
]  # fmt: skip


@pytest.mark.parametrize("page", KINDS)
def test_every_kind_of_page_opens_from_disk_on_screen_and_phone(browser: Browser, report: Path, page: str) -> None:
    browser.view(390, 844)
    browser.open(report / page)
    assert browser.run("document.documentElement.scrollWidth") <= 390
    assert browser.texts("h1")
    assert browser.run("window.trapped") is None
    assert browser.run("getComputedStyle(document.documentElement).backgroundColor") == "rgb(253, 252, 249)"


def test_from_the_overview_to_a_statement_to_its_article(browser: Browser, report: Path) -> None:
    browser.open(report / "index.html")
    browser.follow("ol.statements a[href='statements/s-rebuild.html']")
    assert browser.texts("h1") == [FULL]
    assert browser.texts("#wordings del")[0] == "harbour"
    assert browser.texts("#wordings ins")[0] == "harbor"
    decoration = "getComputedStyle(document.querySelector('#wordings {}')).textDecorationLine"
    assert browser.run(decoration.format("ins")) == "underline", "colour is not the only sign"
    assert browser.run(decoration.format("del")) == "line-through"
    browser.follow("#wordings a[href*='a-south']")
    assert browser.run("location.hash") == "#q-q2"
    assert browser.run("document.querySelector('mark:target').textContent").startswith("We will rebuild")


def test_a_statement_tells_who_of_its_story_left_it_out(browser: Browser, report: Path) -> None:
    browser.open(report / "statements" / "s-rebuild.html")
    browser.until("document.getElementById('left-out-by') !== null")
    assert browser.texts("#left-out-by tbody tr") == ["Silent Herald1"]
    assert browser.texts(".reach") == ["4 of 5 outlets on the story carried it, 1 left it out; 4 wordings"]
    assert browser.texts("#left-out .tools button[aria-label]") == ["Download as CSV"]
    browser.open(report / "statements" / "s-alone.html")
    browser.until("document.getElementById('left-out-by') !== null")
    assert browser.texts(".reach") == ["1 of 5 outlets on the story carried it, 4 left it out; 1 wording"]


@pytest.mark.parametrize(
    ("query", "kind", "leads_to"),
    [
        ("rebuild", "statement", "statements/s-rebuild.html"),
        ("quay every", "statement", "statements/s-rebuild.html"),
        ("REBUI", "statement", "statements/s-rebuild.html"),
        ("ferrym", "statement", "statements/s-alone.html"),
        ("cy marsh", "speaker", "speakers/p-marsh.html"),
        ("cý mar", "speaker", "speakers/p-marsh.html"),
        ("mayor brook", "speaker", "speakers/p-brook.html"),
        ("silent", "outlet", "outlets/none.html"),
    ],
)
def test_search_finds_statements_speakers_and_outlets(
    browser: Browser, report: Path, query: str, kind: str, leads_to: str
) -> None:
    browser.open(report / "articles" / "a-east.html")
    browser.run(
        f"{{const box = document.getElementById('search'); box.value = {query!r}; box.dispatchEvent(new Event('input'))}}"
    )
    browser.until("!document.getElementById('found').hidden")
    assert browser.run("document.querySelector('#found small').textContent") == kind
    browser.follow("#found a")
    assert browser.run("location.pathname").endswith(leads_to)


@pytest.mark.parametrize("query", ["rebuild quay", "harbour", "a", "wint", "ferrymen nobody"])
def test_search_finds_the_same_in_an_index_of_many_files(
    browser: Browser, report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, query: str
) -> None:
    monkeypatch.setattr(search, "SHARD_BYTES", 40)
    many = build(tmp_path)
    assert len(list(many.glob("search/words-*.js"))) > 10
    found = []
    for site in (report, many):
        browser.open(site / "index.html")
        found.append(browser.run(f"search({query!r})"))
    assert found[0] == found[1]
    assert found[0]["n"] > 0


def test_the_page_and_the_index_agree_on_the_size_of_a_block(report: Path) -> None:
    script = (report / "static" / "report.js").read_text(encoding="utf-8")
    assert f"ENTRIES_PER_BLOCK = {search.ENTRIES_PER_BLOCK};" in script


def test_search_says_when_there_is_nothing_and_shows_hostile_words_as_words(browser: Browser, report: Path) -> None:
    browser.open(report / "index.html")
    ask = "{{const box = document.getElementById('search'); box.value = '{}'; box.dispatchEvent(new Event('input'))}}"
    browser.run(ask.format("zzzz"))
    browser.until("document.getElementById('found').textContent === 'Nothing found.'")
    browser.run(ask.format("window trapped"))
    browser.until("document.querySelector('#found a')?.textContent.includes('<script>')")
    assert browser.run("window.trapped") is None


def test_search_works_with_the_keyboard(browser: Browser, report: Path) -> None:
    browser.open(report / "index.html")
    browser.run("document.getElementById('search').focus()")
    browser.command("Input.insertText", text="brook")
    browser.until("!document.getElementById('found').hidden")
    for key in ("ArrowDown", "Escape"):
        browser.command("Input.dispatchKeyEvent", type="keyDown", key=key, code=key)
        focus = browser.run("document.activeElement.closest('#found') ? 'found' : document.activeElement.id")
        assert focus == {"ArrowDown": "found", "Escape": "search"}[key]
    assert browser.run("document.getElementById('found').hidden")


def test_a_table_sorts_by_number_by_time_and_by_word(browser: Browser, report: Path) -> None:
    browser.open(report / "statements" / "s-rebuild.html")
    first = "document.querySelector('#wordings tbody th').textContent"
    heading = "document.querySelectorAll('#wordings thead th')[{}]"
    for column, ascending, descending in [
        (5, "The North Mail", "East Ferry Post"),
        (4, "The North Mail", "East Ferry Post"),
        (0, "<b>West</b> & Sons", "The North Mail"),
    ]:
        for expected, state in [(ascending, "ascending"), (descending, "descending")]:
            browser.run(heading.format(column) + ".querySelector('button').click()")
            assert browser.run(first) == expected
            assert browser.run(heading.format(column) + ".getAttribute('aria-sort')") == state


def test_a_matrix_is_sorted_by_an_outlet_and_back(browser: Browser, report: Path) -> None:
    browser.open(report / "coverage.html")
    first = "document.querySelector('.matrix tbody th').textContent"
    given = browser.run(first)
    choose = "{{const list = document.querySelector('.tools select'); list.value = [...list.options].find(o => o.text === '{}').value; list.dispatchEvent(new Event('change'))}}"
    for outlet, statement in [("South Courier", FULL[:40]), ("East Ferry Post", "Nobody asked the ferrymen")]:
        browser.run(choose.format(outlet))
        assert browser.run("document.querySelector('.matrix tbody tr td.on').parentElement.rowIndex") == 1
        assert statement in [title[: len(statement)] for title in browser.texts(".matrix:first-of-type tbody th")[:2]]
    browser.run(choose.format("Sorted by likeness"))
    assert browser.run(first) == given


def test_a_table_is_filtered_by_words_and_by_its_address(browser: Browser, report: Path) -> None:
    browser.open(report / "speakers" / "p-brook.html", "#said~direct")
    assert len(browser.texts("#said tbody tr")) == 3, "not the indirect one"
    browser.run(
        "{const box = document.querySelector('[aria-label^=\"Filter: Quotations\"]'); box.value = 'south indi'; box.dispatchEvent(new Event('input'))}"
    )
    assert len(browser.texts("#said tbody tr")) == 1


def test_a_number_leads_to_the_rows_it_counts(browser: Browser, report: Path) -> None:
    browser.open(report / "days.html")
    browser.follow("a[href*='South%20Courier']")
    assert browser.texts("#articles tbody td:nth-child(2)") == ["South Courier"]
    browser.open(report / "outlets" / "south.html")
    browser.follow("#whom a[href*='indirect']")
    assert [row.startswith("the quay would stay shut") for row in browser.texts("#said tbody tr")] == [True]


def test_a_table_is_downloaded_with_harmless_cells(browser: Browser, report: Path) -> None:
    browser.open(report / "statements.html")
    written = browser.run("asCsv(document.getElementById('statements'))")
    assert written.startswith("\ufeffStatement,Speaker,Outlets,Of,Wordings,First printed\r\n")
    assert "\"'" + FORMULA.replace('"', '""') + '"' in written
    browser.open(report / "statements" / "s-rebuild.html")
    assert "the [-harbour-] {+harbor+} will open" in browser.run("asCsv(document.getElementById('wordings'))")


def test_the_permanent_address_of_a_statement_leads_to_it(browser: Browser, report: Path) -> None:
    browser.open(report / "statement.html", "#s-rebuild")
    browser.until("document.querySelector('#where a') !== null")
    browser.follow("#where a")
    assert browser.texts("h1") == [FULL]
    browser.open(report / "statement.html", "#<img src=x onerror=1>")
    browser.until("document.getElementById('where').textContent.includes('No statement')")


def test_dark_pages_are_dark_and_paper_is_white(browser: Browser, report: Path) -> None:
    browser.view(1280, scheme="dark")
    browser.open(report / "index.html")
    assert browser.run("getComputedStyle(document.documentElement).backgroundColor") == "rgb(21, 23, 26)"
    browser.view(1280, scheme="dark", media="print")
    assert browser.texts(".tools") == []


@pytest.fixture(scope="session")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("needs npm, which fetches axe-core")
    folder = tmp_path_factory.mktemp("axe")
    command = [npm, "install", "--prefix", str(folder), "--ignore-scripts", "--no-audit", "--no-fund", "axe-core@4"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    if done.returncode:
        pytest.skip(f"npm could not fetch axe-core: {done.stderr.strip()[-200:]}")
    return (folder / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("page", KINDS)
def test_axe_finds_no_violation(browser: Browser, report: Path, axe: str, page: str, scheme: str) -> None:
    browser.view(1280, scheme=scheme)
    browser.open(report / page)
    browser.run(axe + ";0")
    found = browser.run(
        "axe.run(document, {preload: false, resultTypes: ['violations']}).then(r => r.violations.map("
        "v => v.id + ': ' + v.nodes.map(n => n.html + ' ' + n.failureSummary).join(' | ')))"
    )
    assert found == []

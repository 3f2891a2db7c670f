"""The page of a copy: reached from its article and from the list of copies, all words of both, shares, and no markup of theirs."""

from pathlib import Path

from lxml import html

from assets.compare.rows import Piece
from assets.report.copies.comparisons import marked
from assets.report.written.bodies import with_words


def page(report: Path, name: str) -> html.HtmlElement:
    return html.parse(str(report / name)).getroot()


def words(text: str) -> list[str]:
    return text.split()


def test_a_copy_links_to_the_page_from_its_article_and_from_the_list_of_copies(report: Path) -> None:
    for name in ("articles/a-south.html", "outlets/south.html", "articles.html"):
        links = page(report, name).xpath("//a/@href")
        assert any(link.endswith("comparisons/a-south.html") for link in links), name
    assert not any("comparisons" in link for link in page(report, "articles/a-north.html").xpath("//a/@href"))


def test_the_page_holds_all_words_of_both_articles(report: Path) -> None:
    shown = page(report, "comparisons/a-south.html")
    for side, name in ((0, "a-north"), (1, "a-south")):
        cells = shown.xpath("//div[contains(@class, 'passage')]")[side::2]
        told = " ".join(p.text_content() for cell in cells for p in cell.xpath("./p[not(@class)]"))
        body = " ".join(
            "".join(p.xpath(".//text()[not(ancestor::a[@class='carried'])]"))
            for p in page(report, f"articles/{name}.html").xpath("//div[@class='body']/p[not(@class='dateline')]")
        )
        assert words(told) == words(body)


def test_the_shares_of_each_side_are_said_in_words(report: Path) -> None:
    for chart in page(report, "comparisons/a-south.html").xpath("//svg[@class='shares']"):
        assert "in both" in chart.get("aria-label")
        assert sum(int(part.get("width")) for part in chart) == int(chart.get("width"))


def test_words_of_articles_never_become_markup() -> None:
    piece = Piece("added", " <script>alert(1)</script>\n")
    assert "".join(with_words(marked(piece))) == " <ins>&lt;script&gt;alert(1)&lt;/script&gt;</ins>\n"

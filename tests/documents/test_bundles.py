"""Exports of many articles: each is a document with the outlet, headline, date and names above it."""

from collections.abc import Callable
from datetime import date, datetime
from textwrap import wrap

import bundle_samples as bundles
import document_samples as samples
import office_samples as office
import pytest
from bundle_samples import FIRST, SECOND, THIRD
from document_reading import Outcome

Read = Callable[..., Outcome]
Row = tuple[object, ...]


def rows(outcome: Outcome) -> list[Row]:
    return [
        (document["outlet_hint"], document["title_hint"], document["published_hint"], document["authors_hint"], document["content"])
        for document in outcome.documents
    ]  # fmt: skip


def two(
    dates: tuple[str, str], title: str = "Harbour wall to be rebuilt", second_authors: list[str] | None = None
) -> list[Row]:
    return [
        ("Northgate Herald", title, dates[0], ["Hettie Crane"], f"{FIRST}\n{SECOND}"),
        ("Quay Post", "Ferry strike ends", dates[1], second_authors or [], THIRD),
    ]


@pytest.mark.parametrize("kind", ["txt", "docx", "rtf"])
@pytest.mark.parametrize("has_cover", [False, True], ids=["plain", "behind a cover page"])
@pytest.mark.parametrize("language", bundles.NEXIS_UNI)
def test_nexis_uni_in_every_interface(read: Read, language: str, has_cover: bool, kind: str) -> None:
    interface = bundles.NEXIS_UNI[language]
    lines = bundles.nexis_uni(interface, has_cover)
    content: str | bytes = "\n".join(lines)
    if kind == "txt":
        content = content.replace(f"{FIRST}\n", f"{FIRST}\n\n")
    elif kind == "docx":
        content = samples.word(lines)
    else:
        content = (
            "{\\rtf1\\ansi "
            + "\\par\n".join("".join(c if ord(c) < 128 else f"\\u{ord(c)}?" for c in line) for line in lines)
            + "}"
        )
    outcome = read(f"export.{kind}", content)
    assert {document["format"] for document in outcome.documents} == {"lexisnexis"}
    assert (rows(outcome), outcome.rejects) == (
        two((interface.date, interface.second_date), "Harbour wall to be rebuilt: the board has decided"), [],
    )  # fmt: skip


def on_pages(paragraphs: list[str], n_lines: int) -> list[list[str]]:
    """A text as a PDF prints it: lines of 50 characters, pages of this many lines, each with its number and the outlet below."""
    lines = [
        line for paragraph in paragraphs for line in wrap(paragraph.replace("\xa0", " "), 50, break_long_words=False)
    ]
    pages = [lines[start : start + n_lines] for start in range(0, len(lines), n_lines)]
    below = ["Northgate press service"] if len(pages) > 1 else []
    return [[f"Page {n} of {len(pages)}", *page, *below] for n, page in enumerate(pages, start=1)]


@pytest.mark.parametrize("n_lines", [7, 12, 60])
@pytest.mark.parametrize(
    ("lines", "format_name", "dates", "second_authors"),
    [
        (bundles.nexis_uni(bundles.NEXIS_UNI["English"], False), "lexisnexis", (bundles.NEXIS_UNI["English"].date, "March 2026"), []),
        (bundles.nexis_uni(bundles.NEXIS_UNI["German"], True), "lexisnexis",
         (bundles.NEXIS_UNI["German"].date, bundles.NEXIS_UNI["German"].second_date), []),
        (bundles.FACTIVA_GERMAN.split("\n"), "factiva", ("3 März 2026", "4 März 2026"), []),
        (bundles.PROQUEST["English"].split("\n\n"), "proquest", ("Mar 3, 2026", "Mar 4, 2026"), ["Ana Roe", "Jon Doe"]),
    ],
    ids=["nexis", "nexis behind a cover page", "factiva", "proquest"],
)  # fmt: skip
def test_an_export_saved_as_pdf_is_split(
    read: Read, lines: list[str], format_name: str, dates: tuple[str, str], second_authors: list[str], n_lines: int
) -> None:
    outcome = read("export.pdf", samples.pdf(*on_pages(lines, n_lines)))
    title = "Harbour wall to be rebuilt" + (": the board has decided" if format_name == "lexisnexis" else "")
    assert {document["format"] for document in outcome.documents} == {format_name}
    assert (rows(outcome), outcome.rejects) == (two(dates, title, second_authors), [])


def test_a_pdf_of_several_articles_in_no_known_form_is_refused(read: Read) -> None:
    outcome = read("export.pdf", samples.pdf(*on_pages(bundles.EUROPRESSE_TEXT.split("\n"), 60)))
    assert outcome.reject["reason"] == "unknown_bundle"


@pytest.mark.parametrize(
    ("name", "content", "format_name", "expected"),
    [
        ("old-nexis.html", bundles.NEXIS_PAGES, "lexisnexis",
         [("Northgate Herald", "Harbour wall to be rebuilt", "March 3, 2016 Thursday", ["HETTIE CRANE"], f"{FIRST}\n{SECOND}"),
          ("Quay Post", "Ferry strike ends", "March 4, 2016 Friday", [], THIRD)]),
        ("old-nexis-de.txt", bundles.NEXIS_GERMAN, "lexisnexis",
         two(("3. März 2016 Donnerstag", "4. März 2016 Freitag"), "Column: the wall that fell in January is to be rebuilt")),
        ("factiva-de.txt", bundles.FACTIVA_GERMAN, "factiva", two(("3 März 2026", "4 März 2026"))),
        ("proquest.html", "<html><body>" + "".join(f"<p>{line}</p>" for line in bundles.PROQUEST["English"].split("\n\n") if line != bundles.RULE) + "</body></html>",
         "proquest", two(("Mar 3, 2026", "Mar 4, 2026"), second_authors=["Ana Roe", "Jon Doe"])),
        ("factiva-de.html", bundles.factiva_pages("de", "Wörter", "Dokument", ("3 März 2026", "4 März 2026")), "factiva",
         two(("3 März 2026 10:15", "4 März 2026"))),
        ("factiva-fr.html", bundles.factiva_pages("fr", "mots", "Document", ("3 mars 2026", "4 mars 2026")), "factiva",
         two(("3 mars 2026 10:15", "4 mars 2026"))),
        ("factiva-es.html", bundles.factiva_pages("es", "palabras", "Documento", ("3 marzo 2026", "4 marzo 2026")), "factiva",
         two(("3 marzo 2026 10:15", "4 marzo 2026"))),
        ("factiva-it.html", bundles.factiva_pages("it", "parole", "Documento", ("3 marzo 2026", "4 marzo 2026")), "factiva",
         two(("3 marzo 2026 10:15", "4 marzo 2026"))),
        ("factiva-ru.html", bundles.factiva_pages("ru", "слов", "Документ", ("3 Март 2026", "4 Март 2026")), "factiva",
         two(("3 Март 2026 10:15", "4 Март 2026"))),
        ("factiva-codes.html", bundles.FACTIVA_CODED_PAGES, "factiva", two(("3 March 2026", "4 March 2026"))),
        ("europresse.html", bundles.EUROPRESSE_PAGES, "europresse",
         [*two(("3 mars 2026", ""))[:1], ("Quay Post (site web)", "Ferry strike ends", "March 4, 2026", [], THIRD)]),
        ("europresse.txt", bundles.EUROPRESSE_TEXT, "europresse", two(("3 mars 2026", "4 mars 2026"))),
        *((f"proquest-{language}.txt", content, "proquest", two(("Mar 3, 2026", "Mar 4, 2026"), second_authors=["Ana Roe", "Jon Doe"]))
          for language, content in bundles.PROQUEST.items()),
    ],
)  # fmt: skip
def test_press_archives_in_every_interface(
    read: Read, name: str, content: str, format_name: str, expected: list[Row]
) -> None:
    outcome = read(name, content)
    assert {document["format"] for document in outcome.documents} == {format_name}
    assert (rows(outcome), outcome.rejects) == (expected, [])


def test_addresses_of_exported_articles(read: Read) -> None:
    assert [document["url"] for document in read("a.html", bundles.NEXIS_PAGES).documents] == [
        "http://herald.example/wall",
        None,
    ]
    addresses = [
        document["url"]
        for document in read("a.txt", bundles.PROQUEST["English"]).documents
        if document["path"] == "inbox/a.txt"
    ]
    assert addresses == ["https://search.proquest.com/docview/1015590001?accountid=1", None]


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("Photo: A. Groom", False), ("Graphic", False), ("Notes", False), ("Subject: Ports", False), ("Correction", False),
        ("Type: the word on every lip in town.", True), ("The state: who pays?", True),
    ],
)  # fmt: skip
def test_text_after_the_body_is_not_part_of_it(read: Read, line: str, kept: bool) -> None:
    lines = bundles.nexis_uni(bundles.NEXIS_UNI["English"], has_cover=False)
    place = lines.index(SECOND) + (0 if kept else 1)
    first = read("export.docx", samples.word([*lines[:place], line, *lines[place:]])).documents[0]
    assert first["content"] == (f"{FIRST}\n{line}\n{SECOND}" if kept else f"{FIRST}\n{SECOND}")


def test_an_article_without_its_text_is_rejected_and_the_others_are_kept(read: Read) -> None:
    content = bundles.PROQUEST["English"].replace(f"Full text: {THIRD}", "Full text: Not available.")
    outcome = read("export.txt", content)
    assert ([document["record_no"] for document in outcome.documents], outcome.reasons) == ([0], ["missing_text"])
    assert outcome.rejects[0]["record_no"] == 1


def test_an_article_of_which_only_the_abstract_is_there_is_an_excerpt(read: Read) -> None:
    content = bundles.PROQUEST["English"].replace(f"Full text: {FIRST}\n\n{SECOND}", "Full text: Not available.")
    first = read("export.txt", content).documents[0]
    assert (first["content_type"], first["content"]) == ("excerpt", "The wall will be rebuilt.")


def test_one_article_over_the_limit_costs_one_article(read: Read) -> None:
    from assets.documents.options import ReadOptions

    content = samples.NEXIS_UNI.replace("open in May.", "open in May. " + "The board agreed. " * 600, 1)
    outcome = read("export.txt", content, ReadOptions(max_file_bytes=5000))
    assert ([document["title_hint"] for document in outcome.documents], outcome.reasons) == (
        ["Ferry fares rise"],
        ["oversize"],
    )


def test_a_mailbox_gives_each_mail(read: Read) -> None:
    outcome = read("news.mbox", bundles.MBOX)
    first, second = outcome.documents
    assert [
        (d["format"], d["record_no"], d["outlet_hint"], d["title_hint"], d["published_hint"]) for d in outcome.documents
    ] == [
        ("mbox", 0, "Northgate Herald", "Harbour wall to be rebuilt", "2026-03-03T07:00:00+00:00"),
        ("mbox", 2, "quaypost.example", "Ferry strike ends", "2026-03-04T09:00:00+00:00"),
    ]
    assert first["content"] == f"{FIRST}\n\nFrom now on the boats sail hourly.\n\nFrom today the quay is shut.\n"
    assert second["content_type"] == "html"
    assert [(reject["record_no"], reject["reason"]) for reject in outcome.rejects] == [(1, "missing_text")]


def test_a_mail_over_the_limit_costs_one_mail(read: Read) -> None:
    from assets.documents.options import ReadOptions

    outcome = read(
        "news.mbox", bundles.MBOX.replace("iVBORw0KGgo=", "iVBORw0KGgo=\n" * 900), ReadOptions(max_file_bytes=5000)
    )
    assert ([document["record_no"] for document in outcome.documents], outcome.reasons) == ([0, 2], ["oversize"])


SHEETS = {
    "Search": [["Press database"], ["Query: ferry"]],
    "Export": [
        ["2 hits of 4 March"], [], [None, "Source", "Date", "Head", "Body"],
        [None, "Quay Post", datetime(2026, 3, 4, 7, 12), "Ferry strike ends", THIRD], [],
        [None, "Quay Post", date(2026, 3, 5), "Only a headline"],
    ],
    "Empty": [],
    "German": [["Quelle", "Datum", "Titel", "Volltext", "Autor"], ["Herald", "5. März 2026", "Wall", FIRST, "Hettie Crane"]],
}  # fmt: skip


def test_a_spreadsheet_gives_each_row_of_each_sheet(read: Read) -> None:
    outcome = read("export.xlsx", office.xlsx(SHEETS))
    assert rows(outcome) == [
        ("Quay Post", "Ferry strike ends", "2026-03-04 07:12:00", [], THIRD),
        ("Herald", "Wall", "5. März 2026", ["Hettie Crane"], FIRST),
    ]
    assert [document["record_no"] for document in outcome.documents] == [1, 3]
    assert [(reject["record_no"], reject["reason"]) for reject in outcome.rejects] == [
        (0, "malformed_record"),
        (2, "missing_text"),
    ]


def test_an_open_document_spreadsheet(read: Read) -> None:
    sheet = office.ods([["Headline", "Text", "Date"], ["Ferry strike ends", THIRD, date(2026, 3, 4)]])
    assert rows(read("export.ods", sheet)) == [(None, "Ferry strike ends", "2026-03-04", [], THIRD)]


def test_a_damaged_spreadsheet_is_told(read: Read) -> None:
    assert read("export.xlsx", office.xlsx(SHEETS)[:900]).reject["reason"] == "damaged"


ISSUE = {
    "cover.xhtml": "<img src='c.jpg' alt=''/>",
    "nav.xhtml": "<nav epub:type='toc'><ol><li><a href='a.xhtml'>Harbour wall to be rebuilt</a></li></ol></nav>",
    "part.xhtml": "<h1>News</h1>",
    "a.xhtml": f"<p>News</p><h1>Harbour wall to be rebuilt</h1><p>By Hettie Crane</p><p>{FIRST}</p><p>{SECOND}</p>",
    "b.xhtml": f"<h2>Ferry strike ends</h2><p>{THIRD}</p>",
    "sport.xhtml": "<h2>Sport</h2><ul><li><a href='a.xhtml'>Harbour wall to be rebuilt</a></li><li><a href='b.xhtml'>Ferry</a></li></ul>",
}
METADATA = "<dc:title>Quay Post, 4 March 2026</dc:title><dc:date>2026-03-04</dc:date>"


@pytest.mark.parametrize(
    ("metadata", "outlet"),
    [
        (METADATA, "Quay Post"),
        (METADATA + "<dc:publisher>calibre</dc:publisher>", "Quay Post"),
        (METADATA + "<dc:publisher>Quay Press</dc:publisher>", "Quay Press"),
        (METADATA.replace(", 4 March 2026", " [Wed, 04 Mar 2026]"), "Quay Post"),
    ],
)
def test_an_issue_of_a_newspaper_as_an_e_book_gives_each_article(read: Read, metadata: str, outlet: str) -> None:
    outcome = read("issue.epub", office.epub(ISSUE, metadata))
    assert rows(outcome) == [
        (outlet, "Harbour wall to be rebuilt", "2026-03-04", ["Hettie Crane"], f"{FIRST}\n{SECOND}"),
        (outlet, "Ferry strike ends", "2026-03-04", [], THIRD),
    ]
    assert [(reject["record_no"], reject["reason"]) for reject in outcome.rejects] == [
        (0, "not_news"), (1, "not_news"), (2, "missing_text"), (5, "not_news"),
    ]  # fmt: skip


def test_an_e_book_whose_package_says_nothing_is_read_by_its_pages(read: Read) -> None:
    content = office.package({"META-INF/container.xml": "<container/>", "a.xhtml": f"<html><body><h1>Ferry</h1><p>{THIRD}</p></body></html>"},
                             "application/epub+zip")  # fmt: skip
    assert rows(read("issue.epub", content)) == [(None, "Ferry", None, [], THIRD)]


def test_a_page_that_the_e_book_lists_and_does_not_hold_costs_one_page(read: Read) -> None:
    pages = office.epub({"a.xhtml": f"<h1>Ferry</h1><p>{THIRD}</p>", "b.xhtml": ""}, METADATA)
    outcome = read("issue.epub", pages.replace(b"OEBPS/b.xhtml", b"OEBPS/x.xhtml"))
    assert (len(outcome.documents), outcome.reasons) == (1, ["damaged"])

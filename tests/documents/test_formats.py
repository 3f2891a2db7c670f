"""Each format: a file as the world writes it, and what is read from it."""

import json
from collections.abc import Callable

import document_samples as samples
import pytest
import zstandard
from document_reading import Outcome
from document_samples import FIRST, PAGE, SECOND, STORY

Read = Callable[..., Outcome]
TITLE = "Bridge to open in May"


def hints(document: dict[str, object]) -> tuple[object, ...]:
    return tuple(document[f"{name}_hint"] for name in ("outlet", "title", "published", "authors"))


@pytest.mark.parametrize(
    ("name", "content", "format_name", "content_type"),
    [
        ("a.txt", STORY, "text", "text"),
        ("a.html", PAGE, "html", "html"),
        ("no-ending", PAGE, "html", "html"),
        ("misnamed.txt", PAGE, "html", "html"),
        ("a.xhtml", '<?xml version="1.0"?>\n' + PAGE.replace("<!DOCTYPE html>", ""), "html", "html"),
        ("a.mhtml", samples.MHTML, "mhtml", "html"),
        ("a.eml", samples.EMAIL, "email", "html"),
        ("a.docx", samples.word(STORY.split("\n")), "docx", "text"),
        ("misnamed.zip", samples.word(STORY.split("\n")), "docx", "text"),
        ("a.rtf", samples.RTF, "rtf", "text"),
        ("a.nitf.xml", samples.NITF, "nitf", "body"),
        ("a.xml", samples.NEWSML_AFP_HABIT, "newsml", "body"),
        ("a.json", json.dumps(samples.NINJS_1), "ninjs", "body"),
        ("a.json", json.dumps(samples.NINJS_3, indent=2), "ninjs", "body"),
        ("a.json", json.dumps({"title": TITLE, "text": STORY}), "json", "body"),
        ("a.jsonl", samples.jsonl([{"title": TITLE, "text": STORY}]), "jsonl", "body"),
        ("a.jsonl", samples.jsonl([{"title": TITLE, "html": PAGE}]), "jsonl", "html"),
        ("a.csv", f'title,text\n{TITLE},"{STORY}"\n', "csv", "body"),
        ("a.tsv", f'title\ttext\n{TITLE}\t"{STORY}"\n', "csv", "body"),
        ("a.parquet", samples.parquet([{"title": TITLE, "text": STORY}]), "parquet", "body"),
        ("a.txt", samples.FACTIVA_DISPLAYED, "factiva", "body"),
    ],
)
def test_a_story_is_found_in_every_format(
    read: Read, name: str, content: str | bytes, format_name: str, content_type: str
) -> None:
    document = read(name, content).document
    assert (document["format"], document["content_type"], document["path"]) == (
        format_name,
        content_type,
        f"inbox/{name}",
    )
    text = str(document["content"])
    assert FIRST in text
    assert "waited four winters" in text
    if content_type != "html":
        assert [line for line in text.split("\n") if line][-1] == SECOND


def test_pdf_lines_become_paragraphs(read: Read) -> None:
    document = read(
        "a.pdf",
        samples.pdf(
            [
                "The mayor of Northgate said on Friday that the harbour bridge would",
                "open in May after four win-",
                "ters.",
            ]
        ),
    ).document
    assert (
        document["content"]
        == "The mayor of Northgate said on Friday that the harbour bridge would open in May after four winters."
    )


def test_a_message_gives_its_sender_subject_and_date(read: Read) -> None:
    document = read("a.eml", samples.EMAIL).document
    assert hints(document) == ("Northgate Herald", "Morning briefing: bridge to open", "2025-03-14T06:30:00+01:00", [])


def test_the_day_a_page_was_saved_is_not_the_day_it_was_published(read: Read) -> None:
    document = read("a.mht", samples.MHTML).document
    assert document["url"] == "https://northgate.example/bridge"
    assert hints(document) == (None, TITLE, None, [])


@pytest.mark.parametrize(
    ("name", "content", "url", "expected"),
    [
        ("a.xml", samples.NITF, "https://herald.example/bridge", ("Northgate Herald", TITLE, "20250314T101500Z", ["Jo Halloran"])),
        ("a.xml", samples.NEWSML_AFP_HABIT, "http://docs.coast.example/1", ("COAST", TITLE, "2025-03-14T11:00:00+01:00", [])),
        ("a.json", json.dumps(samples.NINJS_1), None, ("Harbour Wire", TITLE, "2025-03-14T10:15:00Z", ["Jo Halloran"])),
        ("a.json", json.dumps(samples.NINJS_3), "https://wire.example/items/1", ("Harbour Wire", TITLE, "2025-03-14T10:15:00Z", ["Jo Halloran", "Mo Quill"])),
        ("a.txt", samples.FACTIVA_DISPLAYED, None, ("Northgate Herald", TITLE, "14 March 2025 10:15", ["Jo Halloran"])),
    ],
)  # fmt: skip
def test_agency_formats_give_their_metadata(
    read: Read, name: str, content: str, url: str | None, expected: tuple[object, ...]
) -> None:
    document = read(name, content).document
    assert hints(document) == expected
    assert document["url"] == url


def test_a_desk_in_located_is_not_a_dateline_and_other_items_are_reported(read: Read) -> None:
    outcome = read("wire.xml", samples.NEWSML_REUTERS_HABIT)
    assert [document["content"] for document in outcome.documents] == [
        f"NORTHGATE, March 14 (Harbour Wire) - {FIRST}\n{SECOND}"
    ]
    assert hints(outcome.documents[0]) == ("Harbour Wire", TITLE, "2025-03-14T10:15:00Z", ["Jo Halloran", "Mo Quill"])
    assert outcome.reasons == ["not_news", "not_news"]


def test_a_dateline_with_its_own_element_is_put_before_the_first_paragraph(read: Read) -> None:
    assert (
        str(read("a.xml", samples.NEWSML_AFP_HABIT).document["content"])
        == f"Northgate, March 14, 2025 (COAST) - {FIRST}\n{SECOND}"
    )


def test_captions_are_not_part_of_a_nitf_body(read: Read) -> None:
    assert str(read("a.xml", samples.NITF).document["content"]) == f"NORTHGATE - {FIRST}\n{SECOND}"


def test_rss_takes_the_full_content_before_the_summary(read: Read) -> None:
    outcome = read("feed.xml", samples.RSS)
    assert [document["content"] for document in outcome.documents] == [STORY, "Fares rise & rise from Monday."]
    assert hints(outcome.documents[0]) == ("Northgate Herald", TITLE, "Fri, 14 Mar 2025 10:15:00 GMT", ["Jo Halloran"])
    assert outcome.reasons == ["missing_text"]


def test_the_date_of_a_change_in_atom_is_not_the_date_of_publication(read: Read) -> None:
    outcome = read("feed.atom", samples.ATOM)
    assert [document["published_hint"] for document in outcome.documents] == ["2025-03-14T10:15:00Z", None]
    assert outcome.documents[0]["outlet_hint"] == "Quay Post"


@pytest.mark.parametrize(
    ("content", "format_name"),
    [(samples.NEXIS, "lexisnexis"), (samples.NEXIS_UNI, "lexisnexis"), (samples.FACTIVA_CODED, "factiva")],
    ids=["nexis", "nexis-uni", "factiva"],
)
def test_press_archives_hold_many_articles(read: Read, content: str, format_name: str) -> None:
    outcome = read("export.txt", content)
    assert outcome.rejects == []
    first, second = outcome.documents
    assert [first["format"], second["format"]] == [format_name] * 2
    assert first["outlet_hint"] == "Northgate Herald"
    assert first["title_hint"] == TITLE
    assert "14" in str(first["published_hint"])
    assert first["authors_hint"] == ["Jo Halloran"]
    assert str(first["content"]).removeprefix("NORTHGATE - ").replace('"', "“", 1).replace('"', "”", 1) == STORY
    assert second["outlet_hint"] == "Quay Post"
    assert second["title_hint"] == "Ferry fares rise"
    assert second["content"] == "Fares on the ferry rise by a tenth from Monday, the harbour board said."


@pytest.mark.parametrize("name", ["export.docx", "export.rtf"])
def test_press_archives_in_word_and_rich_text(read: Read, name: str) -> None:
    lines = samples.NEXIS_UNI.split("\n")
    rtf = "{\\rtf1\\ansi " + "\\par\n".join(lines).replace("“", "\\'93").replace("”", "\\'94") + "}"
    outcome = read(name, samples.word(lines) if name.endswith("docx") else rtf)
    assert [(document["format"], document["title_hint"]) for document in outcome.documents] == [
        ("lexisnexis", TITLE), ("lexisnexis", "Ferry fares rise"),
    ]  # fmt: skip


@pytest.mark.parametrize("gz", [False, True])
def test_every_record_of_a_crawl_is_accounted_for(read: Read, gz: bool) -> None:
    pages = {
        "https://herald.example/1": PAGE.encode(),
        "https://herald.example/2": PAGE.replace("May", "June").encode(),
    }
    outcome = read("crawl.warc.gz" if gz else "crawl.warc", samples.warc(pages, gz))
    assert [(document["record_no"], document["url"]) for document in outcome.documents] == [
        (2, "https://herald.example/1"),
        (4, "https://herald.example/2"),
    ]
    assert outcome.reasons == ["not_news"] * 3


@pytest.mark.parametrize(("status", "kind"), [("404 Not Found", "text/html"), ("200 OK", "image/png")])
def test_records_of_a_crawl_other_than_pages_are_reported(read: Read, status: str, kind: str) -> None:
    outcome = read("crawl.warc", samples.warc({"https://herald.example/1": PAGE.encode()}, status=status, kind=kind))
    assert (outcome.documents, outcome.reasons) == ([], ["not_news"] * 3)


@pytest.mark.parametrize("packed", [False, True])
def test_arc_of_old_crawls(read: Read, packed: bool) -> None:
    content = samples.arc("https://herald.example/1", PAGE.encode())
    outcome = read("crawl.arc", samples.gz(content) if packed else content)
    assert [document["url"] for document in outcome.documents] == ["https://herald.example/1"]
    assert outcome.reasons == ["not_news"]


@pytest.mark.parametrize("name", ["a.txt.gz", "a.txt.zst", "a.bin"])
def test_compression_keeps_the_label_of_its_file(read: Read, name: str) -> None:
    content = zstandard.compress(STORY.encode()) if name.endswith("zst") else samples.gz(STORY.encode())
    document = read(name, content).document
    assert (document["path"], document["content"], document["n_bytes"]) == (f"inbox/{name}", STORY, len(STORY.encode()))


@pytest.mark.parametrize("pack", [samples.archive, samples.tarball, lambda members: samples.tarball(members, "w")])
def test_members_of_an_archive_follow_a_mark(read: Read, pack: Callable[[dict[str, bytes]], bytes]) -> None:
    inner = samples.archive({"deep.html": PAGE.encode()})
    members = {
        "day/a.txt": STORY.encode(),
        "b.jsonl.gz": samples.gz(samples.jsonl([{"text": STORY}])),
        "c.zip": inner,
        "__MACOSX/._a": b"x",
        ".DS_Store": b"x",
    }
    outcome = read("box", pack(members))
    assert outcome.rejects == []
    assert [document["path"] for document in outcome.documents] == [
        "inbox/box!day/a.txt",
        "inbox/box!b.jsonl.gz",
        "inbox/box!c.zip!deep.html",
    ]

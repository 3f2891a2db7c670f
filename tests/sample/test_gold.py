"""The labels of the sample corpus say nothing that its files do not bear out."""

import csv
import gzip
import re
from itertools import pairwise
from typing import Any

import pytest
from read_sample import ARTICLES, Document, read_documents, read_gold, read_text

GOLD = read_gold()
DOCUMENTS = read_documents(GOLD)
QUOTES = [(document, quote) for document in DOCUMENTS for quote in document.labels["quotes"]]
STATEMENTS = {statement["statement"]: statement for statement in GOLD["statements"]}
FINDINGS = GOLD["findings"]
SPELLINGS = {
    "honour": "honor", "honoured": "honored", "neighbour": "neighbor", "harbour": "harbor", "recognise": "recognize",
    "ceasefire": "cease fire",
}  # fmt: skip
OPENING, CLOSING = '"“‘„«', '"”’“»'
each_document = pytest.mark.parametrize("document", DOCUMENTS, ids=lambda d: f"{d.labels['file']}#{d.labels['record']}")


def tokens(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def stands_in(part: list[str], whole: list[str]) -> bool:
    return f" {' '.join(part)} " in f" {' '.join(whole)} "


def folded(words: list[str]) -> list[str]:
    """The words in one spelling."""
    return " ".join(SPELLINGS.get(word, word) for word in words).replace("per cent", "percent").split()


def findings(kind: str) -> list[dict[str, Any]]:
    return [finding for finding in FINDINGS if finding["finding"] == kind]


def by_key(file: str, record: int) -> Document:
    return next(d for d in DOCUMENTS if (d.labels["file"], d.labels["record"]) == (file, record))


# What the corpus promises to hold.


def test_it_has_the_size_and_the_variety_that_the_docs_promise() -> None:
    labels = [document.labels for document in DOCUMENTS]
    assert len(labels) >= 30
    assert {d["event"] for d in labels} == {"flood", "strike", "recount", "tunnel"}
    assert len({d["outlet"] for d in labels}) >= 12
    assert {d["agency"] for d in labels} == {None, "Tellmark", "Agence Corvanne"}
    assert {d["language"] for d in labels} == {"en", "de", "fr", "es"}
    assert {q["kind"] for _, q in QUOTES} == {"direct", "partial", "block", "indirect"}
    assert {q["relation"] for _, q in QUOTES if q["statement"]} == {
        "same",
        "fragment",
        "spelling",
        "variant",
        "reworded",
        "altered",
    }


def test_every_file_of_the_folder_is_labelled() -> None:
    labelled = {d["file"] for d in GOLD["documents"]} | {r["path"] for r in GOLD["rejects"]}
    labelled |= {d["path"] for d in GOLD["duplicates"]} | {"manifest.csv"}
    assert {path.relative_to(ARTICLES).as_posix() for path in ARTICLES.rglob("*") if path.is_file()} == labelled


def test_outlets_and_agencies_are_in_the_reference_lists() -> None:
    names = {}
    for kind in ("outlet", "agency"):
        path = ARTICLES.parent / "sample_reference" / {"outlet": "outlets.csv", "agency": "agencies.csv"}[kind]
        with path.open(newline="", encoding="utf-8") as stream:
            names[kind] = {row["name"] for row in csv.DictReader(stream)}
    assert {d["outlet"] for d in GOLD["documents"]} == names["outlet"]
    assert {d["agency"] for d in GOLD["documents"]} - {None} == names["agency"]


def test_the_manifest_gives_what_the_labels_say() -> None:
    with (ARTICLES / "manifest.csv").open(newline="", encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    assert {row["path"] for row in rows} == {d["file"] for d in GOLD["documents"] if d["metadata_from"] == "manifest"}
    for row in rows:
        labels = by_key(row["path"], 0).labels
        assert [labels[k] for k in ("url", "outlet", "published", "title")] == [
            row[k] for k in ("url", "outlet", "published", "title")
        ]


def test_rejects_cannot_be_read_and_duplicates_are_equal() -> None:
    with pytest.raises(EOFError):
        gzip.decompress((ARTICLES / "damaged/lenster-evening-post_school-reopens.txt.gz").read_bytes())
    assert (ARTICLES / "damaged/photo-0908.txt").read_bytes().startswith(b"\x89PNG")
    assert (ARTICLES / "damaged/saved-page.html").read_bytes() == b""
    for duplicate in GOLD["duplicates"]:
        assert (ARTICLES / duplicate["path"]).read_bytes() == (ARTICLES / duplicate["of"]).read_bytes()


# Documents.


@each_document
def test_title_first_and_last_words_and_dropped_lines_are_in_the_document(document: Document) -> None:
    labels, text = document.labels, document.text
    shown = "\n".join(document.lines)
    first, last = shown.find(labels["first"]), shown.rfind(labels["last"])
    assert 0 <= first < last
    if labels["metadata_from"] != "record":
        assert labels["title"] in document.lines
        assert set(labels["drop"]) <= set(document.lines)
    if labels["dateline"]:
        assert labels["dateline"] in text
    for author in labels["byline"]:
        assert author in text or labels["metadata_from"] == "record"


@each_document
def test_quotations_are_where_the_labels_say(document: Document) -> None:
    labels, text = document.labels, document.text
    for quote in labels["quotes"]:
        assert text[quote["start"] : quote["end"]] == quote["text"], quote["ref"]
        assert quote["text"] == quote["text"].strip()
    for before, after in pairwise(labels["quotes"]):
        assert before["end"] <= after["start"]


@pytest.mark.parametrize(("document", "quote"), QUOTES, ids=[quote["ref"] for _, quote in QUOTES])
def test_the_marks_around_a_quotation_fit_its_kind(document: Document, quote: dict[str, Any]) -> None:
    before = document.text[: quote["start"]].rstrip("\u00a0")[-1:]
    if quote["kind"] in ("direct", "partial") and not re.search(r"[A-Z]: $", document.text[: quote["start"]]):
        assert before in OPENING
    else:
        assert before not in OPENING


@each_document
def test_words_to_ignore_are_in_marks_and_are_not_a_quotation(document: Document) -> None:
    for words in document.labels["ignore"]:
        places = [match.start() for match in re.finditer(re.escape(words), document.text)]
        assert any(document.text[place - 1] in OPENING for place in places)
        spans = [(q["start"], q["end"]) for q in document.labels["quotes"]]
        assert any(not any(start <= place < end for start, end in spans) for place in places)


# Speakers and statements.


def test_every_speaker_has_aliases_and_is_named_in_the_document() -> None:
    for document, quote in QUOTES:
        aliases = GOLD["aliases"][quote["speaker"]]
        text = document.text.casefold().replace("’", "'")
        assert any(alias.casefold() in text for alias in aliases), quote["ref"]


def test_references_are_unique() -> None:
    references = [quote["ref"] for _, quote in QUOTES]
    assert len(set(references)) == len(references)


@pytest.mark.parametrize("key", sorted(STATEMENTS))
def test_a_statement_has_the_printings_it_claims(key: str) -> None:
    statement = STATEMENTS[key]
    printings = [(document, quote) for document, quote in QUOTES if quote["statement"] == key]
    assert len(printings) == statement["n_quotes"]
    assert sorted({document.labels["outlet"] for document, _ in printings}) == statement["outlets"]
    assert {quote["speaker"] for _, quote in printings} == {statement["speaker"]}
    assert {document.labels["event"] for document, _ in printings} == {statement["event"]}
    whole = tokens(statement["text"])
    for _, quote in printings:
        words = tokens(quote["text"])
        assert (quote["relation"] == "altered") == quote["altered"]
        match quote["relation"]:
            case "same":
                assert words == whole
            case "fragment" | "spelling":
                simple, full = folded(words), folded(whole)
                assert stands_in(simple, full)
                assert quote["relation"] == "fragment" or (words != whole and simple == full)
            case "altered" | "reworded":
                assert not stands_in(words, whole)


def test_indirect_speech_and_nothing_else_belongs_to_no_statement() -> None:
    for _, quote in QUOTES:
        assert (quote["statement"] is None) == (quote["relation"] is None) == (quote["kind"] == "indirect")


def test_no_words_are_in_two_statements() -> None:
    for key, statement in STATEMENTS.items():
        words = folded(tokens(statement["text"]))
        assert not [
            other
            for other in STATEMENTS
            if other != key and stands_in(words, folded(tokens(STATEMENTS[other]["text"])))
        ]


# Findings: what a reader can confirm with the files open.


@pytest.mark.parametrize("finding", findings("left_out"), ids=lambda f: f"{f['outlet']}: {f['statement']}")
def test_an_outlet_covered_the_event_and_left_the_statement_out(finding: dict[str, Any]) -> None:
    covered = [
        d for d in DOCUMENTS if d.labels["outlet"] == finding["outlet"] and d.labels["event"] == finding["event"]
    ]
    assert covered
    statement = STATEMENTS[finding["statement"]]
    assert statement["event"] == finding["event"]
    assert finding["outlet"] not in statement["outlets"]
    assert len(statement["outlets"]) >= 2
    assert not any(stands_in(tokens(statement["text"]), tokens(d.text)) for d in covered)


def test_altered_quotations_are_listed_and_no_other() -> None:
    listed = {(f["outlet"], f["file"], f["statement"]) for f in findings("altered")}
    assert listed == {(d.labels["outlet"], d.labels["file"], q["statement"]) for d, q in QUOTES if q["altered"]}


@pytest.mark.parametrize("finding", findings("altered"), ids=lambda f: f"{f['outlet']}: {f['statement']}")
def test_an_altered_quotation_has_an_unaltered_one_elsewhere(finding: dict[str, Any]) -> None:
    others = [d.labels["outlet"] for d, q in QUOTES if q["statement"] == finding["statement"] and not q["altered"]]
    assert set(others) - {finding["outlet"]}


def shared(part: Document, whole: Document) -> float:
    """Share of the eight-word windows of one story that are in another, spelling folded by dropping the letter u."""

    def windows(document: Document) -> set[tuple[str, ...]]:
        shown = "\n".join(document.lines)
        labels = document.labels
        story = shown[shown.find(labels["first"]) : shown.rfind(labels["last"]) + len(labels["last"])]
        words = [word.replace("u", "").replace("re", "er") for word in tokens(story)]
        return {tuple(words[i : i + 8]) for i in range(len(words) - 7)}

    mine = windows(part)
    return len(mine & windows(whole)) / len(mine)


@pytest.mark.parametrize("finding", findings("wire"), ids=lambda f: f["wire"])
def test_wire_copy_is_in_the_papers_that_printed_it(finding: dict[str, Any]) -> None:
    full, trimmed = ([by_key(*place) for place in finding[k]] for k in ("full", "trimmed"))
    assert {d.labels["agency"] for d in full + trimmed} == {finding["agency"]}
    assert sorted(
        (d.labels["file"], d.labels["record"]) for d in DOCUMENTS if d.labels["wire"] == finding["wire"]
    ) == sorted((file, record) for file, record in finding["full"] + finding["trimmed"])
    for document in full[1:] + trimmed:
        assert shared(document, full[0]) > 0.45
    for document in trimmed:
        assert shared(full[0], document) < 0.85


def test_boilerplate_and_idioms_are_repeated() -> None:
    for finding in findings("boilerplate"):
        outlets = [d.labels["outlet"] for d in DOCUMENTS if finding["text"] in d.text]
        dropped = any(finding["text"] in line for d in GOLD["documents"] for line in d["drop"])
        assert dropped != finding["in_body"]
        assert len(outlets) >= 2
        assert set(outlets) == {finding["outlet"]}
    for finding in findings("idiom"):
        assert len({d.labels["outlet"] for d in DOCUMENTS if finding["text"] in d.text.casefold()}) >= 2


def test_two_people_share_a_surname_in_three_files() -> None:
    (finding,) = findings("same_surname")
    files = [d for d in DOCUMENTS if {q["speaker"] for q in d.labels["quotes"]} >= set(finding["speakers"])]
    assert len(files) >= 3


def test_texts_are_written_in_the_encodings_named() -> None:
    assert (ARTICLES / "strike/torrey-isles-gazette_strike-suspended.txt").read_bytes()[:2] in (
        b"\xff\xfe",
        b"\xfe\xff",
    )
    with pytest.raises(UnicodeDecodeError):
        (ARTICLES / "strike/harbour-trade-review_port-averley-walkout.txt").read_bytes().decode("utf-8")
    assert "’" in read_text("strike/harbour-trade-review_port-averley-walkout.txt")

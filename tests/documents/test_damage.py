"""Files that are damaged, hostile or no news: each ends in rows or in a reject that says why, and never in an exception."""

import io
import json
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import document_samples as samples
import pytest
import zstandard
from document_reading import Outcome, read_all
from document_samples import PAGE, STORY

from assets.documents.find import find_files
from assets.documents.options import MIB, ReadOptions
from assets.documents.read import read_documents
from assets.documents.readers.shared.markup import markup_to_text

Read = Callable[..., Outcome]
SMALL = ReadOptions(max_file_bytes=10_000)
BOMB = b"0" * (48 * MIB)


def link_in_tar() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as packed:
        info = tarfile.TarInfo("a.txt")
        info.type, info.linkname = tarfile.SYMTYPE, "/etc/passwd"
        packed.addfile(info)
    return out.getvalue()


def encrypted_zip() -> bytes:
    """A zip whose member says that it is encrypted."""
    data = bytearray(samples.archive({"a.txt": STORY.encode()}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + offset] |= 1
    return bytes(data)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n\t\n ", "empty"),
        ("a.txt.gz", samples.gz(b""), "empty"),
        ("a.txt", b"12.5 - 14 / 2025 *** 99", "wordless"),
        ("a.html", "<html><head><title>Bridge</title></head><body><script>let a = 1</script><p>&nbsp;12</p></body></html>", "wordless"),
        ("a.txt", bytes(range(256)) * 40, "binary"),
        ("photo.txt", b"\x89PNG\r\n\x1a\n" + bytes(200), "binary"),
        ("dot.txt", b"\x89PNG\r\n\x1a\n12", "binary"),
        ("a.txt", b"\x00" * 5000, "binary"),
        ("a.csv", f'"Bridge","{STORY}","2025-03-14"\n"Ferry","{STORY}","2025-03-15"\n', "malformed_record"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "unsupported"),
        ("a.xml", "<?xml version='1.0'?><invoice><total>9</total></invoice>", "unsupported"),
        ("README.md", "# About these files\nThey were saved in March.", "not_news"),
        ("a.txt", "word " * 3000, "oversize"),
        ("a.txt.gz", samples.gz(b"word " * 3000), "oversize"),
        ("a.txt.gz", samples.gz(STORY.encode())[:30], "damaged"),
        ("a.txt.zst", zstandard.compress(STORY.encode())[:-9], "damaged"),
        ("a.gz", b"\x1f\x8b\x08\x00nothing of the kind", "damaged"),
        ("a.zip", samples.archive({"a.txt": STORY.encode()})[:-30], "damaged"),
        ("a.docx", samples.word([STORY])[:9000], "damaged"),
        ("a.pdf", b"%PDF-1.4\nnothing of the kind", "damaged"),
        ("a.pdf", samples.pdf([]), "wordless"),
        ("a.parquet", b"PAR1 and no more of it PAR1", "damaged"),
        ("a.xml", samples.BILLION_LAUGHS + "<rss><channel><item><title>&c;</title></item></channel></rss>", "unsafe_markup"),
        ("a.xml", samples.BILLION_LAUGHS.replace("rss", "nitf") + "<nitf><body><body.content><p>&c;</p></body.content></body></nitf>", "unsafe_markup"),
        ("a.xml", samples.NITF.replace("</body.content>", ""), "malformed_record"),
        ("a.rss", "<rss version='2.0'><channel><title>Herald</title></channel></rss>", "empty"),
        ("a.json", '{"title": "Bridge", "text": "cut in the mid', "damaged"),
        ("a.json", '{"title": "Bridge" "text": "no comma before this member at all, though it goes on"}', "malformed_record"),
        ("a.json", '{"url": "https://herald.example/1", "title": "Bridge"}', "missing_text"),
        ("a.json", '{"a": ' * 1500, "malformed_record"),
        ("a.jsonl", b'{"title": "Bridge"\n', "malformed_record"),
        ("a.csv", "url,title\nhttps://herald.example/1,Bridge\n", "missing_text"),
        ("a.csv", "title,text\n", "empty"),
        ("a.eml", "From: a@b.example\nDate: x\nSubject: y\nMIME-Version: 1.0\nContent-Type: image/png\n\nAAAA", "missing_text"),
    ],
)  # fmt: skip
def test_a_bad_file_is_rejected_with_its_reason(read: Read, name: str, content: str | bytes, reason: str) -> None:
    reject = read(name, content, SMALL).reject
    assert reject["reason"] == reason
    assert reject["path"] == f"inbox/{name}"


@pytest.mark.parametrize(
    "date", ["Mon, 14 Mar 99999999999 10:00:00 +0000", "14 Mar 2025 10:00 +99999999999", "\ufffd", "Mon, 32 Nil"]
)
def test_a_date_that_no_calendar_has_is_not_known(read: Read, date: str) -> None:
    document = read("a.eml", samples.EMAIL.replace(samples.EMAIL.split("Date: ")[1].split("\n")[0], date)).document
    assert document["published_hint"] is None


def test_markup_whose_body_is_lost_is_still_text() -> None:
    page = "<!DOCTYPE html>\n<html><head><meta charset='utf-8'><tŠitle>The weir held.</title></head></html>"
    assert "The weir held." in markup_to_text(page)


def test_a_header_with_many_continuation_lines_is_looked_at_once(read: Read) -> None:
    """A pattern that can split white space in several ways tries them all where it fails: no reader would wait for it."""
    assert read("a.txt", "From: a@b.example\n" + (" " * 99 + "word\n") * 60).document["format"] == "text"


def test_a_file_that_may_not_be_read_is_told(inbox: Path) -> None:
    (inbox / "a.txt").write_text(STORY)
    files = find_files([inbox])
    (inbox / "a.txt").unlink()
    (batch,) = read_documents(files, ReadOptions())
    assert batch.rejects["reason"].to_list() == ["unreadable"]


@pytest.mark.parametrize("member", ["../a.txt", "/etc/a.txt", "day/../../a.txt", "C:\\a.txt", "..\\a.txt"])
@pytest.mark.parametrize("pack", [samples.archive, samples.tarball])
def test_a_path_out_of_its_archive_is_never_followed(read: Read, pack: Callable[..., bytes], member: str) -> None:
    outcome = read("box", pack({member: STORY.encode(), "good.txt": STORY.encode()}))
    assert outcome.reasons == ["unsafe_path"]
    assert [document["path"] for document in outcome.documents] == ["inbox/box!good.txt"]


def test_a_link_in_an_archive_is_never_followed(read: Read) -> None:
    assert read("box.tar", link_in_tar()).reject["reason"] == "unsafe_path"


def test_an_encrypted_member_is_told(read: Read) -> None:
    assert read("box.zip", encrypted_zip()).reject["reason"] == "unreadable"


@pytest.mark.parametrize("pack", [
    lambda: samples.gz(BOMB), lambda: zstandard.compress(BOMB), lambda: samples.archive({"a.jsonl": BOMB}),
    lambda: samples.tarball({"a.txt": BOMB}), lambda: samples.gz(samples.gz(BOMB)),
], ids=["gz", "zst", "zip", "tar.gz", "gz in gz"])  # fmt: skip
def test_a_bomb_is_stopped_while_it_expands(read: Read, pack: Callable[[], bytes]) -> None:
    outcome = read("box", pack(), ReadOptions(max_file_bytes=256 * MIB))
    assert outcome.documents == []
    assert set(outcome.reasons) == {"archive_limit"}


def test_the_expanded_size_of_a_whole_archive_is_limited(read: Read) -> None:
    members = {f"{number}.txt": STORY.encode() * 10 for number in range(10)}
    outcome = read("box.zip", samples.archive(members), ReadOptions(max_expanded_bytes=9000))
    assert (len(outcome.documents), set(outcome.reasons)) == (5, {"archive_limit"})


def test_archives_are_read_to_a_depth(read: Read) -> None:
    content = {"a.txt": STORY.encode()}
    for _ in range(5):
        content = {"a.zip": samples.archive(content)}
    reject = read("a.zip", content["a.zip"]).reject
    assert (reject["reason"], str(reject["path"]).count("!")) == ("archive_limit", 3)


def test_the_members_of_an_archive_are_counted(read: Read) -> None:
    members = {f"{number}.txt": STORY.encode() for number in range(5)}
    for name, content in (("a.zip", samples.archive(members)), ("b.tar.gz", samples.tarball(members))):
        outcome = read(name, content, ReadOptions(max_archive_members=3))
    assert (len(outcome.documents), outcome.reasons) == (6, ["archive_limit"] * 2)


def test_an_archive_and_its_members_are_rejected_at_places_of_their_own(read: Read) -> None:
    members = {"a.txt": STORY.encode(), "../b.txt": b"x", "c.txt": STORY.encode(), "d.txt": STORY.encode()}
    outcome = read("a.zip", samples.archive(members), ReadOptions(max_archive_members=3))
    assert [(reject["record_no"], reject["reason"]) for reject in outcome.rejects] == [
        (1, "unsafe_path"),
        (-1, "archive_limit"),
    ]


def test_records_before_the_damage_are_taken_and_the_damage_is_one_reject(read: Read) -> None:
    rows = [{"text": f"{number} {STORY}", "title": str(number * 7919 % 9973)} for number in range(2000)]
    lines = samples.jsonl(rows)
    outcome = read("a.jsonl.gz", samples.gz(lines)[:-2000])
    assert 0 < len(outcome.documents) < 2000
    assert outcome.reasons == ["damaged"]
    assert outcome.rejects[0]["record_no"] == len(outcome.documents)


@pytest.mark.parametrize(
    ("name", "content", "n_documents", "reasons"),
    [
        ("a.jsonl", samples.jsonl([{"text": STORY}]) + b"{broken\n\n[1]\n" + samples.jsonl([{"text": STORY}]), 2, ["malformed_record"] * 2),
        ("a.json", json.dumps([{"text": STORY}] * 3)[:-60], 2, ["damaged"]),
        ("a.json", json.dumps([{"text": STORY}, {"text": STORY}]) [:-1], 2, ["damaged"]),
        ("a.json", json.dumps([{"title": "A", "text": STORY, "tags": [{"id": 1}, {"id": 2}]}] * 3).replace('"text"', '"text', 1), 2, ["malformed_record"]),
        ("a.json", json.dumps({"articles": [{"title": "A", "text": STORY}] * 3}).replace("}, {", "}, {]", 1), 1, ["malformed_record"]),
        ("a.csv", f'title,text\nA,"{STORY}"\nB,one,two,three\nC,"{STORY}"\n', 2, ["malformed_record"]),
        ("a.xml", samples.NEWSML_REUTERS_HABIT[:-80], 1, ["not_news", "malformed_record"]),
        ("a.warc", samples.warc({"https://a.example/1": PAGE.encode(), "https://a.example/2": PAGE.encode()})[:-250], 1, ["not_news"] * 3 + ["damaged"]),
        ("a.warc.gz", samples.warc({"https://a.example/1": PAGE.encode(), "https://a.example/2": PAGE.encode()}, gz=True)[:-250], 1, ["not_news"] * 3 + ["damaged"]),
        ("a.tar.gz", samples.gz(samples.tarball({"a.txt": STORY.encode(), "b.txt": STORY.encode()}, "w")[:1700]), 1, ["damaged"]),
    ],
    ids=["jsonl", "json cut in a record", "json cut behind", "json", "json wrapped", "csv", "newsml", "warc", "warc.gz", "tar.gz"],
)  # fmt: skip
def test_good_records_survive_bad_ones(
    read: Read, name: str, content: str | bytes, n_documents: int, reasons: list[str]
) -> None:
    outcome = read(name, content)
    assert (len(outcome.documents), outcome.reasons) == (n_documents, reasons)


def test_a_damaged_member_spares_the_others(read: Read) -> None:
    data = bytearray(samples.archive({"a.txt": STORY.encode() * 50, "b.txt": STORY.encode()}))
    start = data.index(b"a.txt") + 5
    data[start + 20 : start + 40] = b"\xff" * 20
    outcome = read("box.zip", bytes(data))
    assert [document["path"] for document in outcome.documents] == ["inbox/box.zip!b.txt"]
    assert (outcome.reasons, outcome.rejects[0]["path"]) == (["damaged"], "inbox/box.zip!a.txt")


def test_one_endless_line_costs_one_record(inbox: Path) -> None:
    good = samples.jsonl([{"text": STORY}])
    with (inbox / "a.jsonl").open("wb") as out:
        out.write(good + b'{"text": "')
        for _ in range(200):
            out.write(b"x" * MIB)
        out.write(b'"}\n' + good)
    outcome = read_all([inbox], ReadOptions(max_file_bytes=8 * MIB))
    assert (len(outcome.documents), outcome.reasons) == (2, ["oversize"])
    assert outcome.rejects[0]["n_bytes"] == 200 * MIB + 13


@pytest.mark.parametrize(
    "rest",
    [f"C,{'x' * 200}\n" * 100, f'C,"{STORY}"\nD,"{STORY} Again."\n', "C,a\n"],
    ids=["past the limit", "to the next quotation mark", "to the end"],
)
def test_an_open_quotation_mark_in_csv_costs_one_row(read: Read, rest: str) -> None:
    outcome = read("a.csv", f'title,text\nA,"{STORY}"\nB,"never closed\n{rest}', SMALL)
    n_articles = 1 + sum(line[:2] in ("C,", "D,") for line in rest.split("\n"))
    assert (len(outcome.documents), outcome.reasons) == (n_articles, ["malformed_record"])
    assert outcome.rejects[0]["record_no"] == 1


def test_a_mark_for_inches_opens_no_quotation_in_csv(read: Read) -> None:
    outcome = read("a.csv", f'title,text\nA 6" pipe,"{STORY}"\nB,"{STORY} Again."\n')
    assert [document["title_hint"] for document in outcome.documents] == ['A 6" pipe', "B"]


def test_stray_nul_bytes_are_dropped_and_the_text_is_kept(read: Read) -> None:
    document = read("a.txt", STORY.replace("bridge", "brid\x00ge").encode()).document
    assert document["content"] == STORY
    assert read("a.txt", b"\x00" + STORY.encode() + b"\x00\x00").document["content"] == STORY


def test_half_a_surrogate_pair_does_not_stop_a_batch(read: Read) -> None:
    outcome = read("a.json", '[{"text": "Ada Brennick \\ud83d spoke"}]')
    assert outcome.document["content"] == "Ada Brennick \ufffd spoke"


def test_a_page_in_a_script_that_is_not_cleaned_is_still_a_document(read: Read) -> None:
    assert "ཡིག" in str(
        read("a.html", f"<!DOCTYPE html><html><body><p>བོད་ཡིག {'ག' * 40}</p></body></html>").document["content"]
    )


def test_a_zip_inside_a_gzip_is_read_through(read: Read) -> None:
    assert read("a.gz", samples.gz(samples.archive({"a.txt": STORY.encode()}))).document["path"] == "inbox/a.gz!a.txt"


def test_an_empty_archive_is_told(read: Read) -> None:
    out = io.BytesIO()
    zipfile.ZipFile(out, "w").close()
    assert read("a.zip", out.getvalue()).reject["reason"] == "empty"

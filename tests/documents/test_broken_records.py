"""One broken record costs one record: the others are read, in every container, and the accounts are exact."""

import gzip
import io
import json
import zlib
from collections.abc import Callable

import brotli
import document_samples as samples
import polars as pl
import pytest
import zstandard
from document_reading import Outcome
from document_samples import PAGE, STORY

from assets.documents.options import ReadOptions

Read = Callable[..., Outcome]
CODED = PAGE.encode()


def record(
    number: int, body: bytes, headers: str = "", length: int | None = None, status: str = "HTTP/1.1 200 OK"
) -> bytes:
    """One answer of a crawl; ``length`` is what its header states instead of the truth."""
    answer = f"{status}\r\nContent-Type: text/html; charset=utf-8\r\n{headers}\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/{number}\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer) if length is None else length}\r\n\r\n"
    )
    return head.encode() + answer + b"\r\n\r\n"


def chunked(body: bytes, size: int = 100) -> bytes:
    pieces = [body[start : start + size] for start in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


RAW_DEFLATE = zlib.compressobj(wbits=-15)
ENCODINGS = {
    "plain": (CODED, ""),
    "gzip": (gzip.compress(CODED, mtime=0), "Content-Encoding: gzip\r\n"),
    "x-gzip": (gzip.compress(CODED, mtime=0), "content-encoding: x-gzip\r\n"),
    "deflate": (zlib.compress(CODED), "Content-Encoding: deflate\r\n"),
    "deflate without its header": (RAW_DEFLATE.compress(CODED) + RAW_DEFLATE.flush(), "Content-Encoding: deflate\r\n"),
    "brotli": (brotli.compress(CODED), "Content-Encoding: br\r\n"),
    "zstd": (zstandard.compress(CODED), "Content-Encoding: zstd\r\n"),
    "twice": (gzip.compress(brotli.compress(CODED), mtime=0), "Content-Encoding: br, gzip\r\n"),
    "chunks": (chunked(CODED), "Transfer-Encoding: chunked\r\n"),
    "gzip in chunks": (chunked(gzip.compress(CODED, mtime=0)), "Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n"),
    "already undone by the crawler": (CODED, "Transfer-Encoding: chunked\r\nContent-Encoding: br\r\n"),
}  # fmt: skip


@pytest.mark.parametrize("name", ENCODINGS)
@pytest.mark.parametrize("packed", [False, True], ids=["warc", "warc.gz"])
def test_every_content_encoding_of_a_crawl(read: Read, name: str, packed: bool) -> None:
    content = record(1, *ENCODINGS[name])
    document = read("a.warc.gz" if packed else "a.warc", samples.gz(content) if packed else content).document
    assert (document["content"], document["url"]) == (PAGE, "https://a.example/1")


BROTLI = brotli.compress(CODED)
BROKEN = {
    "brotli cut off": record(2, BROTLI[: len(BROTLI) // 2], "Content-Encoding: br\r\n"),
    "not really brotli": record(2, bytes(range(256)), "Content-Encoding: br\r\n"),
    "gzip cut off": record(2, gzip.compress(CODED)[:-40], "Content-Encoding: gzip\r\n"),
    "zstd cut off": record(2, zstandard.compress(CODED)[:-40], "Content-Encoding: zstd\r\n"),
    "chunks cut off": record(2, chunked(CODED)[:-60], "Transfer-Encoding: chunked\r\n"),
    "states too great a length": record(2, CODED, length=len(CODED) + 900),
    "states too small a length": record(2, CODED, length=len(CODED) - 90),
    "states no length": record(2, CODED).replace(b"Content-Length: ", b"Content-Extent: "),
    "a header that does not end": record(2, CODED)[:60] + b"\r\n",
    "no record": b"nothing of the kind\r\n\r\n",
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_record_of_a_crawl_costs_itself(read: Read, name: str) -> None:
    pages = [record(number, PAGE.replace("May", f"May {number}").encode()) for number in (1, 3, 4)]
    outcome = read("a.warc", pages[0] + BROKEN[name] + pages[1] + pages[2])
    assert [document["url"] for document in outcome.documents] == [
        f"https://a.example/{number}" for number in (1, 3, 4)
    ]
    assert outcome.reasons == ["damaged"]


@pytest.mark.parametrize("place", [0.2, 0.5, 0.9])
def test_a_broken_member_of_a_packed_crawl_costs_its_record(read: Read, place: float) -> None:
    members = [samples.gz(record(number, PAGE.replace("May", f"May {number}").encode())) for number in range(5)]
    broken = bytearray(members[2])
    broken[int(place * len(broken))] ^= 0xFF
    outcome = read("a.warc.gz", b"".join([*members[:2], bytes(broken), *members[3:]]))
    assert [document["url"] for document in outcome.documents] == [
        f"https://a.example/{number}" for number in (0, 1, 3, 4)
    ]
    assert outcome.reasons == ["damaged"]


def test_a_page_that_expands_over_the_limit_costs_itself(read: Read) -> None:
    bomb = CODED + b" " * 3_000_000
    for body, coding in (
        (gzip.compress(bomb), "gzip"),
        (brotli.compress(bomb), "br"),
        (zstandard.compress(bomb), "zstd"),
    ):
        content = record(1, body, f"Content-Encoding: {coding}\r\n") + record(2, CODED)
        outcome = read("a.warc", content, ReadOptions(max_file_bytes=1_000_000))
        assert (len(outcome.documents), outcome.reasons) == (1, ["oversize"])


def test_an_answer_of_http_2_is_a_page(read: Read) -> None:
    assert read("a.warc", record(1, CODED, status="HTTP/2 200")).document["content"] == PAGE


WRONG = STORY.encode().replace(b"Friday that", b"Friday\xa0that")
MENDED = STORY.replace("Friday that", "Friday\xa0that")


def _csv(text: bytes) -> bytes:
    return b'title,text\nA,"' + text.replace(b"\n", b" ") + b'"\n'


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", WRONG),
        ("a.jsonl", b'{"text": "' + WRONG.replace(b"\n", b"\\n") + b'"}\n'),
        ("a.json", b'[{"text": "' + WRONG.replace(b"\n", b"\\n") + b'"}]'),
        ("a.csv", _csv(WRONG)),
        ("rss.xml", samples.RSS.encode().replace(b"Friday that", b"Friday\xa0that")),
        ("nitf.xml", samples.NITF.encode().replace(b"Friday that", b"Friday\xa0that")),
    ],
)
def test_one_wrong_byte_costs_one_byte(read: Read, name: str, content: bytes) -> None:
    text = str(read(name, content).documents[0]["content"])
    assert "“We have waited four winters for this,”" in text
    assert "Friday\xa0that" in text or "Friday that" in text


def test_a_line_in_another_encoding_is_read_in_it(read: Read) -> None:
    lines = [
        json.dumps({"text": STORY}, ensure_ascii=False).encode(),
        '{"text": "Café près de l’église, dit-elle à Zoë."}'.encode("cp1252"),
    ]
    second = read("a.jsonl", b"\n".join(lines)).documents[1]
    assert (second["content"], second["encoding"]) == ("Café près de l’église, dit-elle à Zoë.", "cp1252")


def test_a_broken_group_of_parquet_costs_its_rows(read: Read) -> None:
    out = io.BytesIO()
    rows = [{"title": str(number), "text": f"{number} {STORY}" + str(number * 7919) * 40} for number in range(40)]
    pl.DataFrame(rows).write_parquet(out, row_group_size=10, compression="zstd")
    data = bytearray(out.getvalue())
    start = len(data) // 2
    data[start : start + 60] = b"\xff" * 60
    outcome = read("a.parquet", bytes(data))
    assert 20 <= len(outcome.documents) <= 39
    assert set(outcome.reasons) == {"damaged"}

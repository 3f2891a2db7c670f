"""How fast files are read, by format: documents and megabytes a second of one core's time.

    python -m benchmarks.documents [DOCUMENTS]

Each figure is measured on streams of the same invented articles (3.6 KB of text each) in CPU time, beside a plain
``orjson.loads`` of the JSON lines, which is what no reader of them can go below.
"""

import gzip
import io
import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import orjson
import pyarrow as pa
import pyarrow.parquet as pq
import zstandard
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from assets.documents.find import find_files
from assets.documents.options import ReadOptions
from assets.documents.read import read_documents

OPENING = "The mayor said on Friday that bridge {} would open. “We have waited four winters,” she told reporters.\n"
REST = (
    "The harbour board agreed that the ferry would run until then, and that fares would not rise before the spring.\n"
    * 32
)
NEWSML = (
    '<newsItem guid="urn:{}"><itemMeta><itemClass qcode="ninat:text"/></itemMeta><contentMeta><headline>Bridge</headline></contentMeta>'
    "<contentSet><inlineXML><html><body><p>{}</p></body></html></inlineXML></contentSet></newsItem>"
)


def texts(n_documents: int) -> list[str]:
    return [OPENING.format(number) + REST for number in range(n_documents)]


def page(text: str) -> str:
    paragraphs = "".join(f"<p>{line}</p>" for line in text.splitlines())
    return f"<!DOCTYPE html><html><head><title>Bridge</title></head><body><nav>Home</nav>{paragraphs}</body></html>"


def jsonl(articles: list[str]) -> bytes:
    return b"".join(
        orjson.dumps({"url": "https://herald.example", "title": "Bridge", "text": text}) + b"\n" for text in articles
    )


def csv(articles: list[str]) -> bytes:
    return ("title,text\n" + "".join(f'Bridge,"{text}"\n' for text in articles)).encode()


def parquet(articles: list[str]) -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.table({"title": ["Bridge"] * len(articles), "text": articles}), out)
    return out.getvalue()


def warc(articles: list[str]) -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=False)
    for text in articles:
        headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
        payload = io.BytesIO(page(text).encode())
        writer.write_record(
            writer.create_warc_record("https://herald.example", "response", payload=payload, http_headers=headers)
        )
    return out.getvalue()


def newsml(articles: list[str]) -> bytes:
    return (
        "<newsMessage>"
        + "".join(NEWSML.format(number, text) for number, text in enumerate(articles))
        + "</newsMessage>"
    ).encode()


STREAMS: dict[str, Callable[[list[str]], bytes]] = {
    "a.jsonl": jsonl,
    "a.jsonl.gz": lambda articles: gzip.compress(jsonl(articles), 6),
    "a.jsonl.zst": lambda articles: zstandard.compress(jsonl(articles)),
    "a.json": lambda articles: json.dumps([{"title": "Bridge", "text": text} for text in articles]).encode(),
    "a.csv": csv,
    "a.parquet": parquet,
    "a.warc": warc,
    "a.xml": newsml,
}


def read(path: Path) -> tuple[int, int, float]:
    """Documents, bytes of text, and CPU seconds."""
    began = time.process_time()
    n_documents = n_bytes = 0
    for batch in read_documents(find_files([path]), ReadOptions()):
        n_documents += len(batch.documents)
        n_bytes += int(batch.documents["content"].str.len_bytes().sum())
    return n_documents, n_bytes, time.process_time() - began


def main() -> None:
    n_documents = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    articles = texts(n_documents)
    with tempfile.TemporaryDirectory() as folder:
        rows: list[tuple[str, int, int, float]] = []
        for name, write in STREAMS.items():
            path = Path(folder) / name
            path.write_bytes(write(articles))
            rows.append((name.removeprefix("a."), *read(path)))
            path.unlink()
        for name, ending, write_one in (("text files", "txt", str), ("html files", "html", page)):
            files = Path(folder) / ending
            files.mkdir()
            for number, text in enumerate(articles[:2000]):
                (files / f"{number}.{ending}").write_text(write_one(text))
            rows.append((name, *read(files)))
        lines = jsonl(articles).splitlines()
        began = time.process_time()
        parsed = [orjson.loads(line) for line in lines]
        rows.append(("(orjson.loads alone)", len(parsed), sum(map(len, lines)), time.process_time() - began))
    print(f"{'format':<22}{'documents':>10}{'documents/s':>13}{'MB/s of text':>14}")
    for name, count, n_bytes, seconds in rows:
        print(f"{name:<22}{count:>10}{count / seconds:>13,.0f}{n_bytes / seconds / 1e6:>14.1f}")


if __name__ == "__main__":
    main()

"""Files as nobody means to write them: valid ones of every format, mutated, cut, spliced, packed and misnamed."""

import bz2
import gzip
import json
import lzma
import random
from collections.abc import Callable
from functools import cache

import zstandard

from tests.documents import bundle_samples as bundles
from tests.documents import document_samples as samples
from tests.documents.office_samples import epub, ods, xlsx
from tests.fuzz.texts import SAMPLE, make_text

ENDINGS = [
    ".txt", ".html", ".json", ".jsonl", ".csv", ".tsv", ".xml", ".eml", ".mhtml", ".rtf", ".docx", ".pdf", ".parquet", ".warc", ".arc",
    ".zip", ".tar", ".tar.gz", ".gz", ".zst", ".bz2", ".xz", ".doc", ".md", "", ".TXT", ".warc.gz", ".htm", ".mbox", ".xlsx", ".ods", ".epub",
]  # fmt: skip
ENCODINGS = [
    "utf-8",
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "cp1252",
    "latin-1",
    "utf-32",
    "cp1251",
    "shift_jis",
    "gb18030",
]
BYTES = [
    b"\x00", b"\xff", b"\xfe\xff", b"\xef\xbb\xbf", b'"', b'""', b"'", b",", b"\t", b";", b"\r", b"\r\n", b"\n\n", b"{", b"}", b"[", b"]", b"<",
    b">", b"</", b"<![CDATA[", b"]]>", b"&#0;", b"&#xD800;", b"&a;", b"<!--", b"<!DOCTYPE a [", b"\\ud800", b"\\u0000", b"null", b"-1",
    b"1e999", b"99999999999999999999", b"\x1b", b"=?utf-8?q?=ff?=", b"--BOUNDARY", b"Content-Length: -5\r\n", b"\\'ff", b"\\bin9 ", b"\\u-1 ",
    b"%PDF-", b"PK\x03\x04", b"\x1f\x8b", b"PAR1", b"From ", b"WARC/1.0\r\n", b"\xed\xa0\x80", b"\xc0\x80", b"\xf4\x90\x80\x80", b"\x85",
    "\u2028".encode(), "\U0010ffff".encode(), b" " * 999, b"<p>" * 300, b"(" * 300, b"{" * 300, b"[" * 3000, b"Document ", b"\n.\n",
]  # fmt: skip


@cache
def valid_files() -> dict[str, bytes]:
    """A file of every format, by name: those of the readers' tests, and small ones of the sample corpus."""
    files: dict[str, bytes] = {}
    for name, value in sorted({**vars(bundles), **vars(samples)}.items()):
        if name.isupper() and isinstance(value, str | bytes):
            files[f"{name.lower()}{_ending(name)}"] = value.encode() if isinstance(value, str) else value
        elif name.isupper() and isinstance(value, dict | list):
            files[f"{name.lower()}.json"] = json.dumps(value).encode()
    page, story = samples.PAGE.encode(), samples.STORY.encode()
    rows = [{"title": f"Bridge {k}", "text": samples.STORY, "url": f"https://n.example/{k}"} for k in range(3)]
    table = [["title", "text", "url"], *([row["title"], row["text"], row["url"]] for row in rows)]
    files |= {
        "story.pdf": samples.pdf(samples.STORY.replace("“", '"').replace("”", '"').split("\n")),
        "story.docx": samples.word(samples.STORY.split("\n")),
        "crawl.warc": samples.warc({"https://n.example/a": page, "https://n.example/b": page}),
        "crawl.warc.gz": samples.warc({"https://n.example/a": page}, gz=True),
        "crawl.arc": samples.arc("https://n.example/a", page),
        "rows.xlsx": xlsx({"Sheet": table}),
        "rows.ods": ods(table),
        "issue.epub": epub({"a.xhtml": samples.PAGE, "b.xhtml": samples.PAGE}, "<dc:title>The Herald</dc:title>"),
        **{f"proquest-{language}.txt": text.encode() for language, text in bundles.PROQUEST.items()},
        **{
            f"nexis-{language}.docx": samples.word(bundles.nexis_uni(interface, has_cover=True))
            for language, interface in bundles.NEXIS_UNI.items()
        },
        "rows.parquet": samples.parquet(rows),
        "rows.jsonl": samples.jsonl(rows),
        "rows.json": json.dumps(rows).encode(),
        "rows.csv": b"title,text,date\n" + b"".join(b'Bridge,"%s",2025-03-14\n' % story for _ in range(3)),
        "rows.tsv": b"title\ttext\nBridge\t" + story.replace(b"\n", b" ") + b"\n",
        "manifest.csv": b"path,outlet,published,url\nstory.txt,Northgate Herald,2025-03-14,https://n.example/a\n",
    }  # fmt: skip
    for path in sorted(SAMPLE.rglob("*")):
        if path.is_file() and path.stat().st_size < 20_000:
            files[f"sample-{path.parent.name}-{path.name}"] = path.read_bytes()
    return files


def _ending(name: str) -> str:
    """Samples are named after their formats."""
    for part, ending in (
        ("MHTML", ".mhtml"),
        ("EMAIL", ".eml"),
        ("RTF", ".rtf"),
        ("PAGE", ".html"),
        ("MBOX", ".mbox"),
        ("NITF", ".xml"),
        ("NEWSML", ".xml"),
    ):
        if part in name:
            return ending
    return ".xml" if name in ("RSS", "ATOM", "BILLION_LAUGHS") else ".txt"


def make_file(seed: int, number: int) -> tuple[str, bytes]:
    """Name and content of the file of this number."""
    rng = random.Random(f"{seed} file {number}")
    if rng.random() < 0.06:
        return f"garbage{rng.choice(ENDINGS)}", _garbage(rng, seed, number)
    name, data = rng.choice(list(valid_files().items()))
    if rng.random() < 0.15:
        data = _recoded(rng, data)
    for _ in range(rng.choice([0, 1, 1, 2, 5, 25])):
        data = rng.choice(MUTATIONS)(rng, data)
    while rng.random() < 0.12:
        name, data = _packed(rng, name, data)
        if rng.random() < 0.5:
            data = rng.choice(MUTATIONS)(rng, data)
    if rng.random() < 0.12 and name != "manifest.csv":
        name = f"misnamed{rng.choice(ENDINGS)}"
    return name, data


def _garbage(rng: random.Random, seed: int, number: int) -> bytes:
    kind = rng.randrange(4)
    if kind == 0:
        return rng.randbytes(rng.choice([0, 1, 3, 200, 5000]))
    if kind == 1:
        return rng.choice(BYTES) * rng.choice([1, 50, 3000])
    if kind == 2:
        return rng.choice(list(valid_files().values()))[:12] + rng.randbytes(400)
    return make_text(seed, number).encode(rng.choice(["utf-8", "utf-16", "utf-32-be"]))


def _recoded(rng: random.Random, data: bytes) -> bytes:
    return data.decode("utf-8", "replace").encode(rng.choice(ENCODINGS), "replace")


def _flip(rng: random.Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(rng.choice([1, 3, 20])):
        if changed:
            changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)


def _insert(rng: random.Random, data: bytes) -> bytes:
    at = rng.randint(0, len(data))
    return data[:at] + rng.choice(BYTES) + data[at:]


def _delete(rng: random.Random, data: bytes) -> bytes:
    at = rng.randint(0, len(data))
    return data[:at] + data[at + rng.choice([1, 2, 10, 300]) :]


def _double(rng: random.Random, data: bytes) -> bytes:
    at = rng.randint(0, len(data))
    piece = data[at : at + rng.choice([1, 8, 100, 2000])]
    return data[:at] + piece * rng.choice([2, 3, 20]) + data[at:] if len(data) < 1 << 18 else data


def _truncate(rng: random.Random, data: bytes) -> bytes:
    return data[: rng.randint(0, len(data))]


def _splice(rng: random.Random, data: bytes) -> bytes:
    other = rng.choice(list(valid_files().values()))
    return data[: rng.randint(0, len(data))] + other[rng.randint(0, len(other)) :]


def _exchange_number(rng: random.Random, data: bytes) -> bytes:
    places = [k for k, byte in enumerate(data[:4000]) if 0x30 <= byte <= 0x39]
    if not places:
        return data
    at = rng.choice(places)
    return data[:at] + rng.choice([b"-1", b"0", b"99999999999", b"4294967295", b"1e9", b"\xd9\xa3"]) + data[at + 1 :]


def _salt_with_text(rng: random.Random, data: bytes) -> bytes:
    at = rng.randint(0, len(data))
    return data[:at] + make_text(rng.randrange(1 << 30), 0)[:2000].encode() + data[at:]


def _exchange_marks(rng: random.Random, data: bytes) -> bytes:
    marks = b"\"'<>{}[]():,;=/\\\n\t "
    return bytes(rng.choice(marks) if byte in marks and rng.random() < 0.05 else byte for byte in data)


Mutation = Callable[[random.Random, bytes], bytes]
MUTATIONS: tuple[Mutation, ...] = (
    _flip, _insert, _insert, _delete, _double, _truncate, _splice, _exchange_number, _salt_with_text, _exchange_marks,
)  # fmt: skip


def _packed(rng: random.Random, name: str, data: bytes) -> tuple[str, bytes]:
    """In an archive or compressed, as archives keep it."""
    kind = rng.randrange(6)
    if kind == 0:
        return f"{name}.gz", gzip.compress(data, mtime=0)
    if kind == 1:
        return f"{name}.bz2", bz2.compress(data)
    if kind == 2:
        return f"{name}.xz", lzma.compress(data)
    if kind == 3:
        return f"{name}.zst", zstandard.compress(data)
    members = {name: data, f"more/{rng.choice(['b.txt', '../b.txt', 'b.gz', 'b', 'ü.txt'])}": samples.STORY.encode()}
    if kind == 4:
        return "packed.zip", samples.archive(members)
    mode = rng.choice(["w", "w:gz", "w:bz2", "w:xz"])
    return "packed.tar", samples.tarball(members, mode)

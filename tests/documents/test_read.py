"""What holds of every reading: it accounts for all it saw, never raises, streams, and gives the same rows each time."""

import gzip
import json
import random
import subprocess
import sys
import textwrap
from pathlib import Path

import bundle_samples as bundles
import document_samples as samples
import office_samples as office
import polars as pl
import pytest
from document_reading import read_all
from document_samples import PAGE, STORY
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assets.documents.find import find_files
from assets.documents.options import ReadOptions
from assets.documents.read import read_documents
from assets.documents.registry import FORMATS as READERS
from assets.documents.schema import DOCUMENTS, FORMATS, REJECTS

SOUND = {
    "a.txt": STORY.encode(), "a.html": PAGE.encode(), "a.mhtml": samples.MHTML.encode(), "a.eml": samples.EMAIL.encode(),
    "a.rtf": samples.RTF.encode(), "a.docx": samples.word([STORY]), "a.pdf": samples.pdf([STORY.split("\n")[0]]),
    "nitf.xml": samples.NITF.encode(), "newsml.xml": samples.NEWSML_REUTERS_HABIT.encode(), "rss.xml": samples.RSS.encode(),
    "atom.xml": samples.ATOM.encode(), "1.json": json.dumps(samples.NINJS_1).encode(), "3.json": json.dumps([samples.NINJS_3]).encode(),
    "a.jsonl": samples.jsonl([{"text": STORY}, {"html": PAGE}]), "a.csv": f'title,text\nA,"{STORY}"\n'.encode(),
    "a.parquet": samples.parquet([{"text": STORY}]), "nexis.txt": samples.NEXIS.encode(), "uni.txt": samples.NEXIS_UNI.encode(),
    "factiva.txt": samples.FACTIVA_CODED.encode(), "shown.txt": samples.FACTIVA_DISPLAYED.encode(),
    "a.warc": samples.warc({"https://a.example": PAGE.encode()}), "a.warc.gz": samples.warc({"https://a.example": PAGE.encode()}, gz=True),
    "a.arc": samples.arc("https://a.example", PAGE.encode()), "a.zip": samples.archive({"a.txt": STORY.encode()}),
    "a.tar.gz": samples.tarball({"a.txt": STORY.encode()}), "a.gz": samples.gz(STORY.encode()),
    "a.mbox": bundles.MBOX.encode(), "a.xlsx": office.xlsx({"A": [["title", "text"], ["Bridge", STORY]]}),
    "a.ods": office.ods([["title", "text"], ["Bridge", STORY]]), "a.epub": office.epub({"a.xhtml": f"<h1>Bridge</h1><p>{STORY}</p>"}, ""),
    "nexis.html": bundles.NEXIS_PAGES.encode(), "codes.html": bundles.FACTIVA_CODED_PAGES.encode(),
    "europresse.html": bundles.EUROPRESSE_PAGES.encode(), "europresse.txt": bundles.EUROPRESSE_TEXT.encode(),
    "proquest.txt": bundles.PROQUEST["English"].encode(),
}  # fmt: skip
ENDINGS = [
    "txt",
    "html",
    "eml",
    "mht",
    "json",
    "jsonl",
    "csv",
    "tsv",
    "xml",
    "gz",
    "zip",
    "docx",
    "pdf",
    "rtf",
    "warc",
    "bin",
]


@given(
    name=st.sampled_from(sorted(SOUND)), seed=st.integers(0, 2**32), n_changes=st.integers(1, 12), keep=st.floats(0, 1)
)
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_damage_stops_a_reading(tmp_path: Path, name: str, seed: int, n_changes: int, keep: float) -> None:
    data = bytearray(SOUND[name])
    chance = random.Random(seed)
    for _ in range(n_changes):
        data[chance.randrange(len(data))] = chance.randrange(256)
    (tmp_path / name).write_bytes(bytes(data[: max(1, int(len(data) * keep))]) if seed % 2 else bytes(data))
    outcome = read_all([tmp_path / name])
    assert outcome.documents or outcome.rejects


@given(data=st.binary(min_size=1, max_size=400), ending=st.sampled_from(ENDINGS))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_under_any_name_are_accounted_for(tmp_path: Path, data: bytes, ending: str) -> None:
    path = tmp_path / f"a.{ending}"
    path.write_bytes(data)
    outcome = read_all([path])
    assert outcome.documents or outcome.rejects


@pytest.fixture
def pile(inbox: Path) -> Path:
    for name, content in SOUND.items():
        (inbox / name).write_bytes(content)
    return inbox


def test_the_same_files_give_the_same_rows_however_they_are_batched(pile: Path) -> None:
    files = find_files([pile])
    wholes = [
        pl.concat([batch.documents for batch in read_documents(files, ReadOptions(batch_rows=rows))])
        for rows in (1, 3, 1000)
    ]
    assert wholes[0].equals(wholes[1])
    assert wholes[0].equals(wholes[2])
    alone = pl.concat([batch.documents for file in files for batch in read_documents([file], ReadOptions())])
    assert wholes[0].equals(alone)


def test_batches_are_bounded_by_rows_and_by_bytes(inbox: Path) -> None:
    (inbox / "a.jsonl").write_bytes(samples.jsonl([{"text": STORY * 100}] * 50))
    by_rows = [batch.n_seen for batch in read_documents(find_files([inbox]), ReadOptions(batch_rows=20))]
    by_bytes = [batch.n_seen for batch in read_documents(find_files([inbox]), ReadOptions(batch_bytes=40_000))]
    assert by_rows == [20, 20, 10]
    assert max(by_bytes) <= 3


def test_rows_fit_the_tables(pile: Path) -> None:
    for batch in read_documents(find_files([pile]), ReadOptions()):
        assert batch.documents.schema == DOCUMENTS.polars_schema
        assert batch.rejects.schema == REJECTS.polars_schema


def test_the_id_is_of_the_bytes_and_not_of_the_place(inbox: Path) -> None:
    (inbox / "a.txt").write_text(STORY)
    (inbox / "b.txt").write_text(STORY)
    (inbox / "c.txt").write_text(STORY + "!")
    first, second, third = (document["document_id"] for document in read_all([inbox]).documents)
    assert first == second != third


def test_line_ends_are_line_feeds(inbox: Path) -> None:
    (inbox / "a.txt").write_bytes(STORY.replace("\n", "\r\n").encode() + b"\rlast")
    assert read_all([inbox]).document["content"] == STORY + "\nlast"


def test_every_format_of_the_registry_is_declared() -> None:
    containers = {"gzip", "zstd", "bzip2", "xz", "zip", "tar"}
    assert {reader.name for reader in READERS} - containers == set(FORMATS) - {"ninjs"}


MEASURE = textwrap.dedent(
    """
    import resource, sys
    from pathlib import Path
    from assets.documents.find import find_files
    from assets.documents.options import ReadOptions
    from assets.documents.read import read_documents
    for folder in sys.argv[1:]:
        n = sum(batch.n_seen for batch in read_documents(find_files([Path(folder)]), ReadOptions(batch_bytes=2**18)))
        print(n, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
    """
)
STREAMS = ("jsonl", "jsonl.gz", "json", "csv", "warc", "newsml")


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    """Peak memory (MB) of a process after it has read a folder of 1 MB streams, and after one of 7 MB streams."""
    for n_records in (200, 2000):
        (tmp_path / str(n_records)).mkdir()
        for kind in STREAMS:
            write_records(tmp_path / str(n_records) / f"a.{kind}", kind, n_records)
    command = [sys.executable, "-c", MEASURE, str(tmp_path / "200"), str(tmp_path / "2000")]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    (n_few, small), (n_many, large) = (map(int, told[:2]), map(int, told[2:]))
    assert n_few >= 200 * len(STREAMS)
    assert n_many >= 2000 * len(STREAMS)
    assert large - small < 12, f"{small} MB, then {large} MB"


def write_records(path: Path, kind: str, n_records: int) -> None:
    texts = [f"{number} {STORY} " + "and the harbour board agreed " * 120 for number in range(n_records)]
    path.write_bytes(stream_of(kind, texts))


def stream_of(kind: str, texts: list[str]) -> bytes:
    if kind == "jsonl":
        return samples.jsonl([{"text": text} for text in texts])
    if kind == "jsonl.gz":
        return gzip.compress(stream_of("jsonl", texts), compresslevel=1)
    if kind == "json":
        return json.dumps({"status": "ok", "articles": [{"text": text} for text in texts]}).encode()
    if kind == "csv":
        return ("title,text\n" + "".join(f'"{text[:9]}","{text}"\n' for text in texts)).encode()
    if kind == "warc":
        return samples.warc(
            {f"https://a.example/{text[:5]}": PAGE.replace("<nav>", f"<p>{text}</p><nav>").encode() for text in texts}
        )
    head, _, item = samples.NEWSML_AFP_HABIT.partition("<newsItem")
    items = (f"<newsItem{item}".replace("</p></body.content>", f"</p><p>{text}</p></body.content>") for text in texts)
    return f"{head}<newsMessage>{''.join(items)}</newsMessage>".encode()

"""Reads seeds/articles for the tests of its labels, by the plainest means and without the code under test."""

import csv
import gzip
import html
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

ARTICLES = Path(__file__).resolve().parents[2] / "seeds" / "articles"
GOLD = Path(__file__).with_name("gold.json")
ENCODINGS = {
    "strike/torrey-isles-gazette_strike-suspended.txt": "utf-16",
    "strike/harbour-trade-review_port-averley-walkout.txt": "cp1252",
}


@dataclass(frozen=True)
class Document:
    """One labelled document: its labels, and the text that their offsets count into."""

    labels: dict[str, Any]
    text: str

    @property
    def lines(self) -> list[str]:
        """The text as a reader sees it, a line for each line or HTML element."""
        if not self.labels["file"].endswith(".html"):
            return [line.strip() for line in self.text.split("\n")]
        shown = re.sub(r"<(head|script)\b.*?</\1>", "", self.text, flags=re.DOTALL)
        return [html.unescape(line).strip() for line in re.split(r"<[^>]+>|\n", shown)]


def read_gold() -> dict[str, Any]:
    return json.loads(GOLD.read_text(encoding="utf-8"))


def statement_of(document: Document, quote: dict[str, Any]) -> str | None:
    """Which quotations are the same words: a translation's are others, since words are not compared across languages."""
    return quote["statement"] and f"{quote['statement']} ({document.labels['language']})"


def read_text(file: str) -> str:
    data = (ARTICLES / file).read_bytes()
    if file.endswith(".gz"):
        data = gzip.decompress(data)
    return data.decode(ENCODINGS.get(file, "utf-8")).replace("\r\n", "\n")


def read_records(file: str) -> list[str]:
    """The text column of a file of records; records damaged on purpose come after the good ones."""
    path = ARTICLES / file
    if file.endswith(".parquet"):
        return pl.read_parquet(path)["text"].to_list()
    if file.endswith(".csv"):
        with path.open(newline="", encoding="utf-8") as stream:
            return [row["text"] for row in csv.DictReader(stream)]
    good = [line for line in path.read_text(encoding="utf-8").split("\n") if line.endswith("}")]
    return [json.loads(line)["text"] for line in good]


def read_documents(gold: dict[str, Any]) -> list[Document]:
    records = {file: read_records(file) for file in {d["file"] for d in gold["documents"]} if file.startswith("dumps/")}
    return [
        Document(d, records[d["file"]][d["record"]] if d["file"] in records else read_text(d["file"]))
        for d in gold["documents"]
    ]

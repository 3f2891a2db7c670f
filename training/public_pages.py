"""Make training files of a public benchmark: scrapinghub/article-extraction-benchmark (MIT), 181 pages with their bodies.

usage: python -m training.public_pages CHECKOUT FOLDER

CHECKOUT is a copy of that repository.  FOLDER gets what training/html_blocks.py reads (gold.jsonl, html/) and, to
measure pasted text by, what training/text_lines.py reads (text_lines.jsonl): there each page is its plain text, a line is
story where at least half of its 4-grams are in the known body, and no line has a role.
"""

import argparse
import gzip
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from assets.articles.clean import BLANK_LINES
from assets.articles.html.features import squeeze
from assets.articles.html.story import plain_text
from training.html_blocks import is_story, shingles

SOURCE = "article-extraction-benchmark"
LONG_LINE = 30  # letters and digits: such a line is story once


def pages(checkout: Path) -> Iterator[tuple[dict[str, Any], bytes]]:
    """Each page's gold row and its markup, gzipped."""
    truth = json.loads((checkout / "ground-truth.json").read_text(encoding="utf-8"))
    for name, row in sorted(truth.items()):
        markup = gzip.decompress((checkout / "html" / f"{name}.html.gz").read_bytes()).decode("utf-8", "replace")
        domain = (urlsplit(row["url"]).hostname or "").removeprefix("www.")
        yield (
            {
                "doc_id": f"{SOURCE}_{name[:12]}", "file": f"html/{name}.html.gz", "url": row["url"], "domain": domain,
                "source": SOURCE, "text": row["articleBody"],
            },
            gzip.compress(markup.encode(), mtime=0),
        )  # fmt: skip


def labelled_lines(markup: str, body: str) -> list[dict[str, Any]]:
    """The lines of the page's plain text, each kept or not."""
    text = BLANK_LINES.sub("\n", plain_text(markup, main_content=False))
    known, whole = shingles(body), {squeeze(line) for line in body.splitlines()}
    lines: list[dict[str, Any]] = []
    seen: set[str] = set()
    for line in filter(None, map(str.strip, text.split("\n"))):
        letters = squeeze(line)
        keep = bool(letters) and letters not in seen and is_story(line, known, whole)
        if keep and len(letters) > LONG_LINE:
            seen.add(letters)
        lines.append({"text": line, "keep": keep, "role": None})
    return lines


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkout", type=Path)
    parser.add_argument("folder", type=Path)
    options = parser.parse_args(arguments)
    (options.folder / "html").mkdir(parents=True, exist_ok=True)
    gold, lines = options.folder / "gold.jsonl", options.folder / "text_lines.jsonl"
    with gold.open("w", encoding="utf-8") as gold_file, lines.open("w", encoding="utf-8") as lines_file:
        for row, markup in pages(options.checkout):
            (options.folder / row["file"]).write_bytes(markup)
            gold_file.write(json.dumps(row, ensure_ascii=False) + "\n")
            labelled = labelled_lines(gzip.decompress(markup).decode("utf-8"), row["text"])
            if any(line["keep"] for line in labelled):
                document = {key: row[key] for key in ("doc_id", "source", "domain")} | {"lines": labelled}
                lines_file.write(json.dumps(document, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()

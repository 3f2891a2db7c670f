"""Words in quotation marks and who said them, scored by ``score_quotes.py``, with peers and speed in the same run.

usage: python -m benchmarks.quotes ../shared [--compromise FOLDER]

Prints, for both development sets and for 4 words and more and for all, overlap and joint F1, the share of right speakers
and of right full names; how often full names are right by tenth of ``speaker_confidence`` (GGT; what cross-validation says of the
same rows, ``training.speakers`` prints); the labelled quotations of ``corpus/kursk``; and articles a second on one core (CPU time, the
quickest of three passes, as others may be at work on the machine), the search for indirect speech included. Peers on the same
texts: the nearest-name rule (the closest capitalised name beside a verb of saying, one regular expression), always; and
``compromise``, which finds words in marks but names no speakers, where ``npm install compromise`` was run in FOLDER. textacy's
quotations need a dependency parse, which a blank pipeline lacks.
"""

import argparse
import json
import math
import re
import subprocess
import sys
import tempfile
import time
import unicodedata
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from assets.entities.extract import extract_mentions
from assets.quotes.extract import extract_quotes
from assets.quotes.marks.spans import find_marked_spans
from assets.quotes.resolution.sureness import weights
from pipeline.garbage import fewer_collections
from training.speakers import reliability, resolved, says, scorer

PASSES = 3
SETS = ("polnear_direct_dev", "ggt_direct_dev")
SCORED_KIND = {"partial": "mixed", "block": "direct"}
NEAREST = re.compile(
    r"(?P<a>[A-Z][\w'’.-]+(?: [A-Z][\w'’.-]+){0,3}|[Hh]e|[Ss]he) (?:said|says|told|added|wrote)|(?:said|says|added|wrote) (?P<b>[A-Z][\w'’.-]+(?: [A-Z][\w'’.-]+){0,3})"
)
COMPROMISE = """
const nlp = require('compromise'), lines = require('fs').readFileSync(0, 'utf8').split('\\n').filter(Boolean).map(JSON.parse)
const began = process.cpuUsage()
const places = d => nlp(d.text).quotations().json({ offset: true }).map(q => q.offset).filter(o => o && o.length > 0)
const found = lines.map(d => places(d).map(o => [o.start, o.start + o.length].map(i => [...d.text.slice(0, i)].length)))
const used = process.cpuUsage(began)
console.log(JSON.stringify({ found, seconds: (used.user + used.system) / 1e6 }))
"""


def as_articles(documents: list[dict[str, Any]]) -> pl.DataFrame:
    rows = [(document["doc_id"], "", "", document["text"], "en") for document in documents]
    return pl.DataFrame(rows, schema=["article_id", "source_id", "title", "body", "language"], orient="row")


def ours(documents: list[dict[str, Any]], passes: int = 1) -> tuple[list[list[dict[str, Any]]], float, float]:
    """Predictions per document, CPU seconds for quotations and speakers, and CPU seconds for the mentions before."""
    articles = as_articles(documents)
    seconds = named = math.inf
    with fewer_collections():  # as in the processes of a run
        for _ in range(passes):
            began = time.process_time()
            mentions = extract_mentions(articles)
            named = min(named, time.process_time() - began)
            began = time.process_time()
            quotes = extract_quotes(articles, mentions)
            seconds = min(seconds, time.process_time() - began)
    by_article: dict[str, list[dict[str, Any]]] = {document["doc_id"]: [] for document in documents}
    for row in quotes.iter_rows(named=True):
        by_article[row["article_id"]].append(
            {
                "start": row["start"],
                "end": row["end"],
                "text": row["text"],
                "type": SCORED_KIND.get(row["kind"], row["kind"]),
                "speaker": row["speaker_text"],
                "speaker_start": row["speaker_start"],
                "speaker_end": row["speaker_end"],
                "speaker_canonical": row["speaker_name"],
                "cue": row["cue"],
            }
        )
    return list(by_article.values()), seconds, named


def nearest_name(documents: list[dict[str, Any]]) -> tuple[list[list[dict[str, Any]]], float]:
    """The simplest rule: each marked span goes to the nearest name or pronoun beside a verb of saying."""
    began = time.process_time()
    found = []
    for document in documents:
        text = document["text"]
        places = [match.span("a") if match["a"] else match.span("b") for match in NEAREST.finditer(text)]
        rows = []
        for span in find_marked_spans(text):
            if span.level == 0 and places:
                start, end = min(places, key=lambda place: min(abs(place[0] - span.end), abs(span.start - place[1])))
                rows.append(
                    {
                        "start": span.start,
                        "end": span.end,
                        "type": "direct",
                        "speaker": text[start:end],
                        "speaker_start": start,
                        "speaker_end": end,
                    }
                )
        found.append(rows)
    return found, time.process_time() - began


def compromise(documents: list[dict[str, Any]], folder: Path) -> tuple[list[list[dict[str, Any]]], float]:
    """What npm compromise takes for quotations."""
    lines = "\n".join(json.dumps({"text": document["text"]}) for document in documents)
    done = subprocess.run(
        ["node", "-e", COMPROMISE], cwd=folder, input=lines, capture_output=True, text=True, check=True
    )
    answer = json.loads(done.stdout)
    return [
        [{"start": start, "end": end, "type": "direct"} for start, end in spans] for spans in answer["found"]
    ], answer["seconds"]


def score(
    shared: Path, gold: Path, documents: list[dict[str, Any]], found: list[list[dict[str, Any]]], least: int
) -> dict[str, Any]:
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        for document, quotes in zip(documents, found, strict=True):
            file.write(json.dumps({"doc_id": document["doc_id"], "text": document["text"], "quotes": quotes}) + "\n")
        file.flush()
        command = [sys.executable, str(shared / "eval" / "score_quotes.py"), str(gold), file.name]
        done = subprocess.run(
            [*command, "--pred-types", "direct,mixed", "--min-words", str(least), "--json"],
            capture_output=True,
            text=True,
            check=True,
        )
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def kursk(shared: Path) -> tuple[int, int, int, int]:
    """Quotations labelled, found, with the right speaker, and spans to be ignored that were taken for quotations."""
    folder = shared / "corpus" / "kursk"
    gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    documents = [
        {"doc_id": d["file"], "text": (folder / d["file"]).read_text(encoding="utf-8")} for d in gold["documents"]
    ]
    predicted, _, _ = ours(documents)
    labelled = found = right = wrongly = 0
    for document, text, quotes in zip(gold["documents"], documents, predicted, strict=True):
        marked = [quote for quote in quotes if quote["type"] != "indirect"]
        labels = document["quotes"]
        for label in labels:
            labelled += 1
            near = [
                q
                for q in marked
                if 2 * (min(q["end"], label["end"]) - max(q["start"], label["start"]))
                >= max(q["end"], label["end"]) - min(q["start"], label["start"])
            ]
            if near:
                found += 1
                names = [label["speaker"], *label["also"]]
                spellings = {plain(form) for name in names for form in [name, *gold["aliases"].get(name, [])]}
                right += plain(near[0]["speaker_canonical"]) in spellings
        spans = [(label["start"], label["end"]) for label in labels]
        wrongly += sum(
            text["text"][q["start"] : q["end"]].strip(".,") in document["ignore"]
            and not any(a <= q["start"] < b for a, b in spans)
            for q in marked
        )
    return labelled, found, right, wrongly


def plain(name: str | None) -> str:
    """A name folded for comparison: case, accents, apostrophes, a leading article or title."""
    text = unicodedata.normalize("NFKD", name or "").replace("’", "'").casefold()
    return re.sub(r"^(?:the|mr|mrs|ms) ", "", text)


def names_by_tenth(folder: Path) -> None:
    """How often the full name is right, by what ``speaker_confidence`` says of it."""
    lines = (folder / "quotes" / "ggt_dev.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [row for row in resolved([json.loads(line) for line in lines], scorer(folder)) if row.direct]
    weight = np.array(list(weights().values()))
    reliability(np.nan_to_num([says(weight, row) for row in rows]), np.array([row.right for row in rows], np.float64))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--compromise", type=Path)
    options = parser.parse_args()
    for name in SETS:
        gold = options.shared / "eval" / "quotes" / f"{name}.jsonl"
        documents = [json.loads(line) for line in gold.read_text(encoding="utf-8").splitlines()]
        ours(documents[:2])  # compile before the clock runs
        mine, seconds, named = ours(documents, PASSES)
        systems: list[tuple[str, list[list[dict[str, Any]]], float]] = [
            ("ours", mine, seconds),
            ("nearest name", *nearest_name(documents)),
        ]
        if options.compromise:
            systems.append(("compromise", *compromise(documents, options.compromise)))
        joint = "joint_mention"
        for system, found, used in systems:
            for least in (4, 1):
                answer = score(options.shared, gold, documents, found, least)
                print(
                    f"{name:20} {system:13} words>={least} overlap {answer['overlap']['F1']:5} joint {answer[joint]['F1']:5} "
                    f"speaker {answer['speaker']['mention_acc']} full name {answer['speaker']['canonical_acc']} kind {answer['type_acc']}"
                )
            print(
                f"{name:20} {system:13} {len(documents) / used:.0f} articles/s, {used / seconds:.2f} x the time of ours"
            )
        print(f"{name:20} names of people and organisations before that: {len(documents) / named:.0f} articles/s")
    print("speaker_confidence, quotations in marks, ggt_dev:")
    names_by_tenth(options.shared / "eval")
    labelled, found_there, right, wrongly = kursk(options.shared)
    print(
        f"kursk: {labelled} labelled, {found_there} found, {right} with the right speaker, {wrongly} to be ignored taken for quotations"
    )


if __name__ == "__main__":
    main()

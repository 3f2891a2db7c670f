"""All reported speech: accuracy and speed. python -m benchmarks.indirect EVAL_DIR [--errors FILE]

Scores the outermost view (see assets/quotes/indirect/spans.py) of what `extract_quotes` and `find_indirect` find on
polnear_dev and ggt_dev with EVAL_DIR's own scorer, beside the plain rule "subject, said, rest of the sentence" on the
same texts; also with labelled direct quotations, which shows what the tagger alone costs.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from assets.quotes.extract import extract_quotes
from assets.quotes.indirect.model import MODEL_PATH
from assets.quotes.indirect.spans import IndirectSpan, find_indirect, find_indirect_batch, trim
from assets.quotes.marks.spans import find_marked_spans

Quote = dict[str, Any]
NO_MENTIONS = {
    "article_id": pl.String, "start": pl.Int64, "end": pl.Int64, "text": pl.String, "kind": pl.String, "name": pl.String,
}  # fmt: skip
SAID = re.compile(
    r"\b(?:said|says|say|told \w+|added|claimed|argued|announced|insisted|warned|noted|suggested|denied)"
    r"(?: on \w+day)? ((?:that )?[^“”\"\n]{10,}?)(?=[.!?](?:\s|$))"
)


def marks_of(text: str) -> list[tuple[int, int]]:
    return [(span.start, span.end) for span in find_marked_spans(text) if span.level == 0]


def as_quote(text: str, span: IndirectSpan) -> Quote:
    speaker = None if span.speaker_start is None else text[span.speaker_start : span.speaker_end]
    return {
        "start": span.start,
        "end": span.end,
        "type": "indirect",
        "speaker": speaker,
        "speaker_start": span.speaker_start,
        "speaker_end": span.speaker_end,
        "cue": text[span.cue_start : span.cue_end],
        "confidence": span.confidence,
    }


def by_tagger(text: str) -> list[Quote]:
    return [as_quote(text, span) for span in find_indirect(text, marks_of(text))]


def by_rule(text: str) -> list[Quote]:
    return [{"start": match.start(1), "end": match.end(1), "type": "indirect"} for match in SAID.finditer(text)]


def extracted(documents: Sequence[dict[str, Any]]) -> dict[str, list[Quote]]:
    """Quotations in marks, as `extract_quotes` finds them, by document."""
    articles = pl.DataFrame(
        {
            "article_id": [document["doc_id"] for document in documents],
            "source_id": "benchmark",
            "title": "",
            "body": [document["text"] for document in documents],
            "language": "en",
        }
    )
    found: dict[str, list[Quote]] = {}
    for row in extract_quotes(articles, pl.DataFrame(schema=NO_MENTIONS)).iter_rows(named=True):
        if row["kind"] != "indirect":
            quote = {name: row[name] for name in ("start", "end", "speaker_start", "speaker_end", "cue")}
            kind = "mixed" if row["kind"] == "partial" else "direct"
            found.setdefault(row["article_id"], []).append(quote | {"type": kind, "speaker": row["speaker_text"]})
    return found


def outermost(text: str, indirect: list[Quote], marked: list[Quote]) -> list[Quote]:
    """All reported speech: a quotation in marks counts unless it lies within an indirect one."""
    kept = []
    for quote in marked:
        start, end = trim(text, quote["start"], quote["end"])
        if not any(span["start"] <= start and end <= span["end"] for span in indirect):
            kept.append(quote)
    return indirect + kept


def score(scorer: Path, gold: Path, predicted: dict[str, list[Quote]], *options: str) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "predicted.jsonl"
        path.write_text(
            "".join(json.dumps({"doc_id": name, "quotes": quotes}) + "\n" for name, quotes in predicted.items()),
            encoding="utf-8",
        )
        command = [
            sys.executable,
            str(scorer),
            str(gold),
            str(path),
            "--speech",
            "--min-words",
            "3",
            "--json",
            *options,
        ]
        return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)  # type: ignore[no-any-return]


def show(name: str, result: dict[str, Any]) -> None:
    overlap, exact = result["overlap"], result["exact"]
    print(
        f"  {name:44} overlap {overlap['F1']:5} ({overlap['P']} / {overlap['R']})   "
        f"exact {exact['F1']:5} ({exact['P']} / {exact['R']})   joint {result['joint_mention']['F1']}"
    )


def measure(folder: Path, name: str, errors: Path | None) -> None:
    gold = folder / "quotes" / f"{name}_dev.jsonl"
    documents = [json.loads(line) for line in gold.open(encoding="utf-8")]
    labelled = {
        record["doc_id"]: record["quotes"]
        for record in map(json.loads, (folder / "quotes" / f"{name}_direct_dev.jsonl").open(encoding="utf-8"))
    }
    marked = extracted(documents)
    scorer = folder / "score_quotes.py"

    def view(indirect: Callable[[str], list[Quote]], quotes: dict[str, list[Quote]]) -> dict[str, list[Quote]]:
        return {d["doc_id"]: outermost(d["text"], indirect(d["text"]), quotes.get(d["doc_id"], [])) for d in documents}

    print(f"{name}_dev, all reported speech, 3 words and more: F1 (precision / recall)")
    options = ["--errors", str(errors.with_name(f"{name}_{errors.name}"))] if errors else []
    show("extract_quotes + tagger", score(scorer, gold, view(by_tagger, marked), *options))
    show("extract_quotes + plain rule", score(scorer, gold, view(by_rule, marked)))
    show("extract_quotes alone", score(scorer, gold, view(lambda text: [], marked)))
    show("labelled marks + tagger", score(scorer, gold, view(by_tagger, labelled)))
    alone = {d["doc_id"]: by_tagger(d["text"]) for d in documents}
    for types in ("mixed,indirect", "mixed", "indirect"):
        show(f"tagger alone, labels {types}", score(scorer, gold, alone, "--types", types))


def measure_calibration(folder: Path) -> None:
    """Share of spans, per tenth of confidence, that overlap a label by half and name its source."""
    tenths: list[list[int]] = [[0, 0] for _ in range(10)]
    for document in map(json.loads, (folder / "quotes" / "polnear_dev.jsonl").open(encoding="utf-8")):
        text = document["text"]
        for quote in by_tagger(text):
            right = 0
            for label in document["quotes"]:
                start, end = trim(text, label["start"], label["end"])
                shared = min(end, quote["end"]) - max(start, quote["start"])
                if label["type"] == "direct" or shared < 0.5 * (max(end, quote["end"]) - min(start, quote["start"])):
                    continue
                if label["type"] == "indirect" and not label["speech"]:
                    right = -1
                elif label["speaker_start"] is None or quote["speaker_start"] is None:
                    right = int(label["speaker_start"] is None)
                else:
                    right = int(
                        quote["speaker_start"] < label["speaker_end"] and label["speaker_start"] < quote["speaker_end"]
                    )
            if right >= 0:
                tenth = tenths[min(9, int(quote["confidence"] * 10))]
                tenth[0] += 1
                tenth[1] += right
    print("confidence on polnear_dev (beliefs left out): tenth, spans, share right")
    for i, (n, right) in enumerate(tenths):
        if n:
            print(f"  {i / 10:.1f} to {(i + 1) / 10:.1f} {n:6} {right / n:6.2f}")


def measure_speed(folder: Path) -> None:
    texts = [json.loads(line)["text"] for line in (folder / "quotes" / "polnear_dev.jsonl").open(encoding="utf-8")]
    marks = [marks_of(text) for text in texts]
    articles = sum(len(text.split()) for text in texts) / 600
    seconds = {}
    runs: dict[str, Callable[[], object]] = {
        "tagger": lambda: find_indirect_batch(texts, marks),
        "plain rule": lambda: [by_rule(text) for text in texts],
    }
    for name, run in runs.items():
        run()
        rounds = []
        for _ in range(5):
            begin = time.process_time()
            run()
            rounds.append(time.process_time() - begin)
        seconds[name] = min(rounds)
    print("speed, articles of 600 words a second of one core (best of 5)")
    for name, spent in seconds.items():
        print(f"  {name:12} {articles / spent:8.0f}   {spent / seconds['tagger']:.2f} of the tagger's time")
    print(f"model file {MODEL_PATH.stat().st_size / 1e6:.1f} MB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("eval_dir", type=Path)
    parser.add_argument("--errors", type=Path, help="write the scorer's list of errors here, one file a set")
    arguments = parser.parse_args()
    for name in ("polnear", "ggt"):
        measure(arguments.eval_dir, name, arguments.errors)
    measure_calibration(arguments.eval_dir)
    measure_speed(arguments.eval_dir)


if __name__ == "__main__":
    main()

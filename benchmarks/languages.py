"""Quotations and speakers in languages other than English, scored by ``score_quotes.py``.

usage: python -m benchmarks.languages ../shared [--errors FOLDER] [--rules]

Prints by language, for quotations of 4 words and more: overlap F1, joint F1, and the share of right speakers; for German also
all reported speech of 3 words and more. Then words a second on one core (CPU time), names included, beside English ones, on about as
many words of each.
``--rules`` adds the share of right speakers by rule and confidence, over all sets, which ``assets/quotes/languages/extract.py``
takes over. The German sets are CC BY-NC-SA: they measure, nothing that ships is made of them.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl

from assets.entities.extract import extract_mentions
from assets.quotes.extract import extract_quotes
from benchmarks.indirect import outermost
from benchmarks.quotes import SCORED_KIND

Document = dict[str, Any]
LANGUAGES = ("fr", "es", "it", "pt", "nl", "pl", "ru", "uk", "tr", "ar")
MARKED = ("--pred-types", "direct,mixed", "--min-words", "4")
SPEECH = ("--speech", "--min-words", "3")


def read(path: Path) -> list[Document]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def articles_of(documents: Sequence[Document]) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "article_id": [document["doc_id"] for document in documents],
            "source_id": "benchmark",
            "title": "",
            "body": [document["text"] for document in documents],
            "language": [document.get("language", "en") for document in documents],
        }
    )


def predicted(documents: Sequence[Document]) -> dict[str, list[Document]]:
    """Quotations by document, as the scorer reads them."""
    articles = articles_of(documents)
    found: dict[str, list[Document]] = {document["doc_id"]: [] for document in documents}
    for row in extract_quotes(articles, extract_mentions(articles)).iter_rows(named=True):
        quote = {
            name: row[name]
            for name in (
                "start",
                "end",
                "speaker_start",
                "speaker_end",
                "cue",
                "rule",
                "confidence",
                "speaker_confidence",
            )
        }
        quote |= {"speaker": row["speaker_text"], "speaker_canonical": row["speaker_name"]}
        found[row["article_id"]].append(quote | {"type": SCORED_KIND.get(row["kind"], row["kind"])})
    return found


SAME_LETTERS = 5
TIMED_WORDS = 65_000
ROUNDS = 4
"""Of timing; the first one also compiles."""


def speech(documents: Sequence[Document], quotes: dict[str, list[Document]]) -> dict[str, list[Document]]:
    """All reported speech: a quotation in marks within a report is a part of it."""
    view = {}
    for document in documents:
        all_of = quotes[document["doc_id"]]
        indirect = [quote for quote in all_of if quote["type"] == "indirect"]
        marked = [quote for quote in all_of if quote["type"] != "indirect"]
        view[document["doc_id"]] = outermost(document["text"], indirect, marked)
    return view


def score(
    shared: Path, documents: Sequence[Document], quotes: dict[str, list[Document]], options: Sequence[str], errors: Path | None = None
) -> dict[str, Any]:  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        gold, found = Path(folder) / "gold.jsonl", Path(folder) / "found.jsonl"
        gold.write_text("".join(json.dumps(document) + "\n" for document in documents), encoding="utf-8")
        found.write_text(
            "".join(
                json.dumps({"doc_id": d["doc_id"], "text": d["text"], "quotes": quotes[d["doc_id"]]}) + "\n"
                for d in documents
            ),
            encoding="utf-8",
        )
        command = [sys.executable, str(shared / "eval" / "score_quotes.py"), str(gold), str(found), *options, "--json"]
        if errors:
            command += ["--errors", str(errors)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def show(name: str, answer: dict[str, Any]) -> None:
    overlap, joint, speaker = answer["overlap"], answer["joint_mention"], answer["speaker"]
    print(
        f"{name:28} overlap {overlap['F1']:5} ({overlap['P']} / {overlap['R']})   joint {joint['F1']:5}   "
        f"speaker {speaker['mention_acc']}   full name {speaker['canonical_acc']}   of {overlap['gold']}"
    )


def by_rule(
    documents: Sequence[Document], quotes: dict[str, list[Document]], errors: Path
) -> dict[tuple[str, float], list[bool]]:
    """Whether each quotation of 4 words and more is credited rightly, by rule and confidence."""
    wrong = {
        (error["doc_id"], error["pred"]["start"])
        for error in map(json.loads, errors.read_text(encoding="utf-8").splitlines())
        if error["kind"] in ("speaker", "spurious")
    }
    found = defaultdict(list)
    for document in documents:
        for quote in quotes[document["doc_id"]]:
            if quote["type"] != "indirect" and len(document["text"][quote["start"] : quote["end"]].split()) >= 4:
                found[quote["rule"], quote["confidence"]].append((document["doc_id"], quote["start"]) not in wrong)
    return found


def names_by_confidence(documents: Sequence[Document], quotes: dict[str, list[Document]]) -> dict[float, list[bool]]:
    """Whether the name given to each quotation is the gold's full name, by speaker_confidence, where the gold has one.

    Cases and scripts of one language are allowed for: the last words need only begin alike.
    """
    found = defaultdict(list)
    for document in documents:
        for quote in quotes[document["doc_id"]]:
            gold = max(document["quotes"], key=lambda gold: _overlap(gold, quote), default=None)
            if gold is None or not _overlap(gold, quote) or quote["type"] == "indirect":
                continue
            name, known = quote["speaker_canonical"], gold.get("speaker_canonical")
            if name and known:
                found[quote["speaker_confidence"]].append(_last_word(name) == _last_word(known))
    return found


def _overlap(one: Document, other: Document) -> int:
    return max(0, min(one["end"], other["end"]) - max(one["start"], other["start"]))


def _share(right: Sequence[bool]) -> str:
    return f"{100 * sum(right) / len(right):.1f} % of {len(right)}"


def _last_word(name: str) -> str:
    return str(name.split()[-1][:SAME_LETTERS].lower())


def words_in(documents: Sequence[Document]) -> int:
    return sum(len(document["text"].split()) for document in documents)


def repeated(documents: Sequence[Document]) -> list[Document]:
    """The documents, several times if need be, so that every language is timed on about as many words."""
    times = max(1, round(TIMED_WORDS / words_in(documents)))
    return [
        document | {"doc_id": f"{document['doc_id']}-{number}"} for number in range(times) for document in documents
    ]


def speeds(sets: dict[str, Sequence[Document]]) -> dict[str, float]:
    """Thousands of words a second of each set, names and quotations together: the best of some rounds over all of them."""
    timed = {name: repeated(documents) for name, documents in sets.items()}
    best: dict[str, float] = dict.fromkeys(sets, 0.0)
    for _ in range(ROUNDS):
        for name, documents in timed.items():
            articles = articles_of(documents)
            began = time.process_time()
            extract_quotes(articles, extract_mentions(articles))
            best[name] = max(best[name], words_in(documents) / (time.process_time() - began) / 1000)
    return best


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--errors", type=Path)
    parser.add_argument("--rules", action="store_true")
    options = parser.parse_args()
    folder = options.shared / "eval" / "languages"
    errors = options.errors or Path(tempfile.mkdtemp())
    ten = read(folder / "multilingual_quotes_dev.jsonl")
    direct, german = read(folder / "german_direct_dev.jsonl"), read(folder / "german_quotes_dev.jsonl")
    found, in_marks, in_german = predicted(ten), predicted(direct), predicted(german)
    for code in LANGUAGES:
        documents = [document for document in ten if document["language"] == code]
        show(code, score(options.shared, documents, found, MARKED))
    show("ten languages", score(options.shared, ten, found, MARKED, errors / "ten.jsonl"))
    show("de, words in marks", score(options.shared, direct, in_marks, MARKED, errors / "german_direct.jsonl"))
    show(
        "de, all speech",
        score(options.shared, german, speech(german, in_german), SPEECH, errors / "german_speech.jsonl"),
    )
    if options.rules:
        shares = by_rule(ten, found, errors / "ten.jsonl")
        for rule, right in by_rule(direct, in_marks, errors / "german_direct.jsonl").items():
            shares[rule].extend(right)
        for (rule, confidence), right in sorted(shares.items()):
            print(f"{rule:14} confidence {confidence:5}   right {_share(right)}")
        names = names_by_confidence(ten, found)
        for sureness, right in names_by_confidence(direct, in_marks).items():
            names[sureness].extend(right)
        for sureness, right in sorted(names.items()):
            print(f"full name      confidence {sureness:5}   right {_share(right)}")
    english = read(options.shared / "eval" / "quotes" / "polnear_dev.jsonl")
    timed = speeds({"en": english, "ten languages": ten, "de": german})
    for name, thousands in timed.items():
        print(f"{name:28} {thousands:.0f} thousand words a second, {100 * thousands / timed['en']:.0f} % of English")


if __name__ == "__main__":
    main()

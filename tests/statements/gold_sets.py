"""The labelled sets of statements as tables of the pipeline, and how a grouping is scored against them."""

import csv
import json
import re
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import polars as pl

from assets.entities.schema import MENTIONS
from assets.quotes.schema import QUOTES
from assets.statements.group import GroupedStatements
from assets.stories.pairs import article_pairs
from assets.stories.schema import STORIES
from assets.stories.weekly import group_stories
from pipeline.ids import stable_id

sys.path.append(str(Path(__file__).resolve().parents[1] / "sample"))
from read_sample import read_documents, read_gold, statement_of

CONTEXT = 100
GUESSED = 0.9  # confidence in whom a pronoun stands for
MARKS = "“”\"'‘’ "


@dataclass(frozen=True)
class GoldSet:
    """Inputs of ``group_statements`` and labels: quote_id, ref, statement (null: said once), altered."""

    quotes: pl.DataFrame
    articles: pl.DataFrame
    stories: pl.DataFrame
    labels: pl.DataFrame


@dataclass(frozen=True)
class Score:
    """Pairs of quotations put together: how many rightly, how many in all, how many there are; and altered ones."""

    right: int
    found: int
    true: int
    altered_right: int
    altered_found: int
    altered_true: int

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.true if self.true else 1.0


def quote_row(
    article_id: str, source_id: str, ordinal: int, body: str, start: int, end: int, kind: str, speaker: str | None
) -> dict[str, object]:
    """One row of ``QUOTES`` as a perfect extractor would give it."""
    row: dict[str, object] = dict.fromkeys(QUOTES.column_names)
    return row | {
        "quote_id": stable_id("gold", article_id, start, end),
        "article_id": article_id,
        "source_id": source_id,
        "ordinal": ordinal,
        "start": start,
        "end": end,
        "text": body[start:end],
        "kind": kind,
        "speaker_text": speaker,
        "speaker_name": speaker,
        "speaker_kind": "name" if speaker else "none",
        "speaker_id": speaker,
        "rule": "gold",
        "confidence": 1.0,
        "corrected": False,
        "paragraph": body.count("\n", 0, start),
        "n_words": len(body[start:end].split()),
        "pre": body[max(0, start - CONTEXT) : start],
        "post": body[end : end + CONTEXT],
    }  # fmt: skip


def kursk(shared: Path) -> GoldSet:
    """Five documents on one event, quotations and speakers as labelled by hand."""
    folder = shared / "corpus" / "kursk"
    gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    rows, articles, labels = [], [], []
    for document in gold["documents"]:
        body = (folder / document["file"]).read_text(encoding="utf-8")
        article_id = document["file"][:3]
        published = datetime.fromisoformat(document["published"] or "2025-03-14")
        agency = document["agency"]
        articles.append((article_id, document["outlet"] or "unknown", published, agency and agency.lower()))
        for ordinal, quote in enumerate(document["quotes"]):
            assert body[quote["start"] : quote["end"]] == quote["text"]
            row = quote_row(
                article_id,
                document["outlet"] or "unknown",
                ordinal,
                body,
                quote["start"],
                quote["end"],
                quote["kind"],
                quote["speaker"],
            )
            rows.append(row)
            labels.append((row["quote_id"], quote["ref"], quote["statement"], quote["altered"]))
    return GoldSet(
        QUOTES.frame(rows),
        articles_frame(articles),
        STORIES.frame([{"story_id": "kursk", "article_id": article[0]} for article in articles]),
        labels_frame(labels),
    )


def sample() -> GoldSet:
    """The sample corpus, quotations and speakers as labelled by hand; a story is an event."""
    rows, articles, labels, stories = [], [], [], []
    for document in read_documents(read_gold()):
        gold = document.labels
        article_id = f"{gold['file']}#{gold['record']}"
        published = datetime.fromisoformat(gold["published"]).replace(tzinfo=None) if gold["published"] else None
        articles.append((article_id, gold["outlet"], published, gold["agency"]))
        stories.append({"story_id": gold["event"], "article_id": article_id})
        for ordinal, quote in enumerate(gold["quotes"]):
            row = quote_row(
                article_id,
                gold["outlet"],
                ordinal,
                document.text,
                quote["start"],
                quote["end"],
                quote["kind"],
                quote["speaker"],
            )
            rows.append(row)
            # Which reports without marks render the same words was not labelled.
            if quote["kind"] != "indirect":
                labels.append((row["quote_id"], quote["ref"], statement_of(document, quote), quote["altered"]))
    return GoldSet(QUOTES.frame(rows), articles_frame(articles), STORIES.frame(stories), labels_frame(labels))


def polnear(shared: Path) -> GoldSet:
    """840 articles of seven outlets on one campaign; a label file of offsets says which quotations are the same words.

    The set names speakers as printed: here the last word of a name is the speaker, a pronoun is the last speaker named
    before it, and anyone else is unknown. Stories are those that ``group_stories`` finds.
    """
    labelled = {}
    with Path(__file__).with_name("polnear_statements.csv").open(encoding="utf-8", newline="") as file:
        for label in csv.DictReader(file):
            labelled[label["doc_id"], int(label["start"]), int(label["end"])] = label["statement"]
    rows, articles, labels, bodies = [], [], [], []
    for line in (shared / "eval" / "quotes" / "polnear_direct_train.jsonl").read_text(encoding="utf-8").splitlines():
        document = json.loads(line)
        article_id, body = document["doc_id"], document["text"]
        outlet, day = article_id.split("_")[:2]
        articles.append((article_id, outlet, datetime.fromisoformat(day), None))
        bodies.append(body)
        speaker = None
        for ordinal, quote in enumerate(sorted(document["quotes"], key=lambda quote: quote["start"])):
            start, end = quote["start"], quote["end"]
            while start < end and body[start] in MARKS:
                start += 1
            while end > start and body[end - 1] in MARKS:
                end -= 1
            if quote["speaker_kind"] == "name":
                speaker = surname(quote["speaker"])
            elif quote["speaker_kind"] != "pronoun":
                speaker = None
            kind = "partial" if quote["type"] == "mixed" else "direct"
            row = quote_row(article_id, outlet, ordinal, body, start, end, kind, speaker)
            row["confidence"] = 1.0 if quote["speaker_kind"] == "name" else GUESSED
            rows.append(row)
            labels.append((row["quote_id"], f"{article_id}:{start}", labelled.get((article_id, start, end)), False))
    texts = articles_frame(articles).with_columns(title=pl.lit(None, pl.String), body=pl.Series(bodies))
    quotes = QUOTES.frame(rows)
    stories = group_stories(texts, article_pairs(texts), MENTIONS.empty(), quotes)
    return GoldSet(quotes, articles_frame(articles), stories, labels_frame(labels))


def surname(mention: str) -> str | None:
    """The last capitalised word of a name as printed, before any description that follows it."""
    name = re.split(r"[,;(—]| (?:of|from|at|in|for|who|and|with) ", mention.replace("\u00a0", " ").strip(" ,"))[0]
    words = [word for word in re.sub(r"[’']s?\b", "", name).split() if word[0].isupper()]
    return words[-1].casefold() if words else None


def articles_frame(rows: list[tuple[str, str, datetime | None, str | None]]) -> pl.DataFrame:
    schema = {
        "article_id": pl.String,
        "source_id": pl.String,
        "published_at": pl.Datetime("us"),
        "agency_id": pl.String,
    }
    return pl.DataFrame(rows, schema=schema, orient="row")


def labels_frame(rows: list[tuple[str, str, str | None, bool]]) -> pl.DataFrame:
    schema = {"quote_id": pl.String, "ref": pl.String, "statement": pl.String, "altered": pl.Boolean}
    return pl.DataFrame(rows, schema=schema, orient="row")


def pairs_of(grouping: pl.DataFrame, column: str) -> set[tuple[str, str]]:
    """Pairs of quotation ids that have the same value in ``column``; nulls are alone."""
    rows = grouping.filter(pl.col(column).is_not_null()).select("quote_id", column)
    pairs = rows.join(rows, on=column, suffix="_b").filter(pl.col("quote_id") < pl.col("quote_id_b"))
    return set(pairs.select("quote_id", "quote_id_b").iter_rows())


def score(labels: pl.DataFrame, grouped: GroupedStatements) -> Score:
    """Pairwise, on the quotations that nobody rewrote; altered ones are counted by themselves."""
    altered = set(labels.filter("altered")["quote_id"])
    plain = labels.filter(~pl.col("altered"))
    found = pairs_of(grouped.statement_quotes.join(plain, on="quote_id", how="semi"), "statement_id")
    true = pairs_of(plain, "statement")
    flagged = set(grouped.statement_quotes.filter(relation="altered")["quote_id"]) & set(labels["quote_id"])
    return Score(len(found & true), len(found), len(true), len(flagged & altered), len(flagged), len(altered))

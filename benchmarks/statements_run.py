"""Statements of a real run, with every error of the rooms before it, against the labels of the sample corpus and of five reports.

    verbatim run seeds/articles --data /tmp/sample && python -m benchmarks.statements_run ../shared /tmp/sample
    verbatim run ../shared/corpus/kursk --data /tmp/kursk && python -m benchmarks.statements_run ../shared /tmp/kursk

A labelled quotation is the extracted one of the same document that shares most of its words, if that is seven tenths of both.
"""

import json
import re
import sys
from pathlib import Path

import polars as pl

from pipeline.settings import load_settings
from pipeline.warehouse import read_only

ROOT = Path(__file__).resolve().parents[1]
sys.path += [str(ROOT / "tests" / "statements"), str(ROOT / "tests" / "sample")]
from gold_sets import Score, labels_frame  # noqa: E402
from read_sample import read_documents, read_gold, statement_of  # noqa: E402

WORD = re.compile(r"\w+")
LEAST_LIKENESS = 0.7
Key = tuple[str, int]  # end of the file's path, record


def main(shared: Path, data: Path) -> None:
    with read_only(load_settings(data).published) as connection:
        documents = connection.execute(
            "SELECT article_id, path, coalesce(record_no, 0) FROM core.articles JOIN raw.documents USING (document_id)"
        ).fetchall()
        quotes = connection.execute("SELECT quote_id, article_id, text FROM core.quotes ORDER BY quote_id").pl()
        statements = connection.execute("SELECT quote_id, statement_id, relation FROM core.statement_quotes").pl()
    rows, n_lost = [], 0
    for (file, record), labelled in labels(shared).items():
        article = next((a for a, path, number in documents if path.endswith(file) and number == record), None)
        if article is None:
            continue
        left = dict(quotes.filter(article_id=article).select("quote_id", "text").iter_rows())
        for quote in labelled:
            likeness, quote_id = max(
                ((alike(quote["text"], text), quote_id) for quote_id, text in left.items()), default=(0, "")
            )
            if likeness < LEAST_LIKENESS:
                n_lost += 1
                continue
            del left[quote_id]
            rows.append((quote_id, quote["ref"], quote["statement"], quote["altered"]))
    found = scored(labels_frame(rows), statements)
    print(
        f"{len(rows)} labelled quotations found, {n_lost} not; precision {found.precision:.3f}, recall {found.recall:.3f} of "
        f"{found.true} pairs; altered {found.altered_right} of {found.altered_true}, {found.altered_found - found.altered_right} wrongly"
    )


def labels(shared: Path) -> dict[Key, list[dict[str, object]]]:
    """The labelled quotations between marks, by document."""
    kursk = json.loads((shared / "corpus" / "kursk" / "gold.json").read_text(encoding="utf-8"))["documents"]
    found: dict[Key, list[dict[str, object]]] = {(document["file"], 0): document["quotes"] for document in kursk}
    for document in read_documents(read_gold()):
        marked = [
            quote | {"statement": statement_of(document, quote)}
            for quote in document.labels["quotes"]
            if quote["kind"] != "indirect"
        ]
        found[document.labels["file"], document.labels["record"]] = marked
    return found


def alike(a: object, b: object) -> float:
    """Dice of the sets of words."""
    left, right = (set(WORD.findall(str(text).casefold())) for text in (a, b))
    return 2 * len(left & right) / max(1, len(left) + len(right))


def scored(labelled: pl.DataFrame, statements: pl.DataFrame) -> Score:
    """Pairs of all labelled quotations that nobody rewrote, and the altered ones of the whole run."""
    plain = labelled.filter(~pl.col("altered")).join(statements, on="quote_id")

    def n_pairs(*columns: str) -> int:
        sizes = plain.drop_nulls(list(columns)).group_by(*columns).len()["len"]
        return int((sizes * (sizes - 1) // 2).sum())

    altered = set(labelled.filter("altered")["quote_id"])
    flagged = set(statements.filter(relation="altered")["quote_id"])
    right, true = n_pairs("statement", "statement_id"), n_pairs("statement")
    return Score(right, n_pairs("statement_id"), true, len(altered & flagged), len(flagged), len(altered))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

"""Statements: accuracy on the labelled sets beside two published rules, then speed and memory on generated quotations.

    python -m benchmarks.statements ../shared 100000 1000000
    python -m benchmarks.statements ../shared --engine embeddings

Peers, both on the same quotations:
- Quotebank (Vaucher, Spitz, Catasta and West, 2021): a quotation is unique by its normalised words; equal words are one.
- Memetracker (Leskovec, Backstrom and Kleinberg, 2009, "Meme-tracking and the dynamics of the news cycle"): phrases of
  four words or more; a shorter phrase points to a longer one when one word edited makes it part of it or ten words in a
  row are shared; every phrase keeps one of its arrows (to the most printed, then the longest), and what hangs together
  is one.
Neither looks at speakers; both are given every pair in the corpus.
"""

import argparse
import re
import resource
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path

import polars as pl

from assets.statements.encoder import load_encoder
from assets.statements.group import group_statements
from benchmarks.generate_quotes import generate_quotes

ROOT = Path(__file__).resolve().parents[1]
sys.path.append(str(ROOT / "tests" / "statements"))
from gold_sets import GoldSet, kursk, pairs_of, polnear, sample  # noqa: E402

WORD = re.compile(r"\w+")
LEAST_WORDS = 4
OVERLAP = 10


def main(shared: Path, sizes: list[int], engine: str) -> None:
    encoder = load_encoder(engine)
    for name, gold in (("kursk", kursk(shared)), ("sample", sample()), ("polnear", polnear(shared))):
        result = group_statements(gold.quotes, gold.articles, gold.stories, encoder)
        found = result.statement_quotes.select("quote_id", group="statement_id")
        print(f"{name}: ours        {scores(found, gold)}")
        print(f"{name}: Quotebank   {scores(by_normalised_words(gold.quotes), gold)}")
        print(f"{name}: Memetracker {scores(by_phrase_graph(gold.quotes), gold)}")
        altered = set(gold.labels.filter("altered")["quote_id"])
        flagged = set(result.statement_quotes.filter(relation="altered")["quote_id"])
        print(f"{name}: altered {len(altered & flagged)} of {len(altered)} found, {len(flagged - altered)} wrongly")
    seconds = {}
    for n in sizes:
        quotes, articles, stories, labels = generate_quotes(n, seed=1)
        start = time.process_time()
        result = group_statements(quotes, articles, stories)
        seconds[n] = time.process_time() - start
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
        print(
            f"{n} generated quotations: {seconds[n]:.1f} s CPU, {memory:.2f} GB at most, {counted(labels, result.statement_quotes)}"
        )


def scores(found: pl.DataFrame, gold: GoldSet) -> str:
    """Pairs in different articles among the quotations that nobody rewrote."""
    plain = gold.labels.filter(~pl.col("altered"))
    article = dict(gold.quotes.select("quote_id", "article_id").iter_rows())
    pairs, true = (
        {pair for pair in pairs if article[pair[0]] != article[pair[1]] or gold.quotes.height < 100}
        for pairs in (pairs_of(found.join(plain, on="quote_id", how="semi"), "group"), pairs_of(plain, "statement"))
    )
    right = len(pairs & true)
    return f"precision {right / max(1, len(pairs)):.3f}, recall {right / len(true):.3f} of {len(true)} pairs"


def counted(labels: pl.DataFrame, statement_quotes: pl.DataFrame) -> str:
    """Pairwise scores from counts, for sets too large to list their pairs."""
    both = labels.join(statement_quotes.select("quote_id", "statement_id"), on="quote_id")

    def pairs(*columns: str) -> float:
        sizes = both.group_by(*columns).len()["len"].cast(pl.Float64)
        return float((sizes * (sizes - 1) / 2).sum())

    right = pairs("statement", "statement_id")
    return f"precision {right / pairs('statement_id'):.4f}, recall {right / pairs('statement'):.4f}"


def by_normalised_words(quotes: pl.DataFrame) -> pl.DataFrame:
    words = pl.col("text").str.to_lowercase().str.replace_all(r"[^\w]+", " ").str.strip_chars()
    return quotes.select("quote_id", group=words)


def by_phrase_graph(quotes: pl.DataFrame) -> pl.DataFrame:
    texts = {
        quote_id: tuple(WORD.findall(text.casefold()))
        for quote_id, text in quotes.select("quote_id", "text").iter_rows()
    }
    printed = Counter(texts.values())
    index: dict[tuple[str, ...], set[tuple[str, ...]]] = defaultdict(set)
    for phrase in printed:
        for width in (2, 3, 5):
            for run in _runs(phrase, width):
                index[run].add(phrase)
    parent = {phrase: phrase for phrase in printed}

    def root(phrase: tuple[str, ...]) -> tuple[str, ...]:
        while parent[phrase] != phrase:
            phrase = parent[phrase]
        return phrase

    for phrase in sorted(printed):
        if len(phrase) < LEAST_WORDS:
            continue
        # One edit leaves a run of half the words as it was.
        width = 5 if len(phrase) > 10 else 3 if len(phrase) > 6 else 2
        candidates = {other for run in _runs(phrase, width) for other in index[run] if len(other) > len(phrase)}
        pointed = [other for other in candidates if _one_edit_from_a_part(phrase, other) or _overlap(phrase, other)]
        if pointed:
            parent[phrase] = max(pointed, key=lambda other: (printed[other], len(other), other))
    groups = [(quote_id, " ".join(root(words)) if words else quote_id) for quote_id, words in texts.items()]
    return pl.DataFrame(groups, schema={"quote_id": pl.String, "group": pl.String}, orient="row")


def _runs(phrase: tuple[str, ...], width: int) -> set[tuple[str, ...]]:
    return {phrase[i : i + width] for i in range(len(phrase) - width + 1)}


def _one_edit_from_a_part(phrase: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether some run of words of ``other`` is at most one word edit away from ``phrase``."""
    row = [0] * (len(other) + 1)
    for i, word in enumerate(phrase, 1):
        before, row = row, [i]
        for j, other_word in enumerate(other, 1):
            row.append(min(before[j - 1] + (word != other_word), before[j] + 1, row[j - 1] + 1))
    return min(row) <= 1


def _overlap(phrase: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return not _runs(phrase, OVERLAP).isdisjoint(_runs(other, OVERLAP))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path, nargs="?", default=Path("../shared"))
    parser.add_argument("sizes", type=int, nargs="*", help="how many quotations to generate")
    parser.add_argument("--engine", default="words", help="words, embeddings or embeddings:FOLDER")
    arguments = parser.parse_args()
    main(arguments.shared, arguments.sizes, arguments.engine)

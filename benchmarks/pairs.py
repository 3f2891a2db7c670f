"""Pairs of articles that share text: accuracy on a generated press, speed and memory, beside MinHash LSH.

    python -m benchmarks.pairs 2000 10000 50000

The peer is datasketch's MinHashLSH (``pip install datasketch``), which finds pairs by Jaccard likeness: here at the
likeness that a containment of one half comes to between equally long articles, one third. It runs on the smallest
corpus only, and its CPU seconds are set against ours on the same one.
"""

import importlib.util
import resource
import sys
import time

import polars as pl

from assets.stories.pairs import article_pairs
from benchmarks.generate import generate_corpus, true_pairs

LEAST = 0.5
JACCARD = LEAST / (2 - LEAST)


def main(sizes: list[int]) -> None:
    article_pairs(generate_corpus(50))  # compiles
    ours = {}
    for n in sizes:
        corpus = generate_corpus(n, seed=1)
        wall, start = time.perf_counter(), time.process_time()
        pairs = article_pairs(corpus)
        ours[n], wall = time.process_time() - start, time.perf_counter() - wall
        found = pairs.filter(pl.max_horizontal("containment_a", "containment_b") >= LEAST)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
        print(
            f"{n} articles: {ours[n]:.1f} s CPU, {wall:.1f} s on the clock, {memory:.2f} GB at most with the corpus, {accuracy(found, corpus)}"
        )
    if importlib.util.find_spec("datasketch") is None:
        print("datasketch is not installed: no comparison")
        return
    corpus = generate_corpus(sizes[0], seed=1)
    start = time.process_time()
    found = minhash_pairs(corpus)
    seconds = time.process_time() - start
    print(
        f"datasketch, {sizes[0]} articles: {seconds:.1f} s CPU = {seconds / ours[sizes[0]]:.0f} x ours, {accuracy(found, corpus)}"
    )


def accuracy(found: pl.DataFrame, corpus: pl.DataFrame) -> str:
    true = true_pairs(corpus, LEAST)
    right = found.join(true, on=["article_a", "article_b"], how="semi").height
    return (
        f"precision {right / max(1, found.height):.4f}, recall {right / max(1, true.height):.4f} of {true.height} pairs"
    )


def minhash_pairs(corpus: pl.DataFrame) -> pl.DataFrame:
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=JACCARD, num_perm=128)
    sketches = {}
    for article_id, body in corpus.select("article_id", "body").iter_rows():
        words = body.casefold().split()
        sketches[article_id] = MinHash(num_perm=128)
        sketches[article_id].update_batch([" ".join(words[i : i + 5]).encode() for i in range(len(words) - 4)])
        index.insert(article_id, sketches[article_id])
    rows = [(a, b) for a in sketches for b in index.query(sketches[a]) if a < b]
    return pl.DataFrame(rows, schema={"article_a": pl.String, "article_b": pl.String}, orient="row")


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [2000, 10_000])

"""Articles that share text, and how much of each is in the other."""

import sys
from pathlib import Path

import polars as pl
import pytest

from assets.stories.pairs import article_pairs
from assets.stories.schema import ARTICLE_PAIRS

sys.path.append(str(Path(__file__).resolve().parents[2]))
from benchmarks.generate import generate_corpus, true_pairs

WORDS = [f"word{i}" for i in range(2000)]


def pairs(*bodies: str) -> list[tuple[str, str, int, float, float]]:
    articles = pl.DataFrame({"article_id": [f"a{i}" for i in range(len(bodies))], "body": list(bodies)})
    return [(a, b, n, round(x, 3), round(y, 3)) for a, b, n, x, y in article_pairs(articles).rows()]


def text(first: int, last: int) -> str:
    return " ".join(WORDS[first:last])


CASES = [
    ("nothing shared", text(0, 300), text(300, 600), []),
    ("a copy", text(0, 300), text(0, 300), [("a0", "a1", 300, 1.0, 1.0)]),
    ("half of one is all of the other", text(0, 400), text(0, 200), [("a0", "a1", 200, 0.5, 1.0)]),
    ("line breaks and capitals", text(0, 300), text(0, 300).upper().replace(" ", "\n"), [("a0", "a1", 300, 1.0, 1.0)]),
    ("shared in the middle", text(0, 300), text(500, 600) + " " + text(100, 200), [("a0", "a1", 100, 0.333, 0.5)]),
    ("too little to tell", text(0, 300), text(300, 600) + " " + text(0, 6), []),
    ("empty", "", "", []),
]


@pytest.mark.parametrize(("why", "first", "second", "expected"), CASES)
def test_containment_counts_tokens_in_shared_runs(why: str, first: str, second: str, expected: list[object]) -> None:
    assert pairs(first, second) == expected, why


def test_the_order_of_articles_does_not_matter() -> None:
    corpus = generate_corpus(300, seed=7)
    shuffled = corpus.sample(fraction=1.0, shuffle=True, seed=1)
    assert article_pairs(corpus).equals(article_pairs(shuffled))


def test_nothing_gives_an_empty_table() -> None:
    found = article_pairs(pl.DataFrame(schema={"article_id": pl.String, "body": pl.String}))
    assert found.equals(ARTICLE_PAIRS.empty())


def test_recall_and_precision_on_a_generated_press() -> None:
    corpus = generate_corpus(1500, seed=3)
    true = true_pairs(corpus, 0.5)
    found = article_pairs(corpus).filter(pl.max_horizontal("containment_a", "containment_b") >= 0.5)
    right = found.join(true, on=["article_a", "article_b"], how="semi").height
    assert right / found.height >= 0.95
    assert right / true.height >= 0.95

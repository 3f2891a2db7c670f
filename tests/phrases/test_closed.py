"""Closed phrases: every one, no other, and each at all of its places."""

from pathlib import Path
from random import Random

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from phrase_oracle import Article, assert_exact, frame, printed

from assets.articles.extract import extract_articles
from assets.documents.find import find_files
from assets.documents.options import ReadOptions
from assets.documents.read import read_documents
from assets.phrases import closed, corpus, groups, windows
from assets.phrases.closed import closed_phrases
from assets.phrases.schema import PHRASE_OCCURRENCES, PHRASES
from assets.phrases.windows import LOW_HALF

SAMPLE = Path(__file__).resolve().parents[2] / "seeds" / "articles"

# What is printed, and the phrases that are closed in it with the number of their places.
CASES: dict[str, tuple[list[str], dict[str, int]]] = {
    "five tokens in two articles": (["The mayor will not resign", "the MAYOR -- will not... resign!"], {
        "the mayor will not resign": 2,
    }),
    "four tokens are not a phrase": (["the mayor will not", "the mayor will not"], {}),
    "twice in one article is not a phrase": (["a b c d e. a b c d e", "f g h i j"], {}),
    "a phrase ends with its line": (["a b c d e\nf g h i j", "a b c d e f g h i j"], {"a b c d e": 2, "f g h i j": 2}),
    "a phrase ends with its article": (["x a b c d e", "a b c d e", "f g h i j"], {"a b c d e": 2}),
    "the longest form stands for all its parts": (["a b c d e f g", "z a b c d e f g z"], {"a b c d e f g": 2}),
    "a shorter one is in more articles": (["a b c d e f", "a b c d e f", "x b c d e f"], {
        "a b c d e f": 2,
        "b c d e f": 3,
    }),
    "a second place in the same article adds nothing": (["a b c d e f, b c d e f", "a b c d e f"], {"a b c d e f": 2}),
    "extended in every article, though not at every place": (
        ["x a b c d e. y a b c d e", "y a b c d e. z a b c d e"],
        {"y a b c d e": 2},
    ),
    "extended on the left in one article and on the right in the other": (
        ["x a b c d e", "a b c d e y"],
        {"a b c d e": 2},
    ),
    "overlapping itself": (["a b a b a b a", "b a b a b a b"], {"a b a b a b": 2, "b a b a b a": 2}),
    "one token again and again": (["a a a a a a a", "a a a a a a", "a a a a a"], {"a a a a a": 6, "a a a a a a": 3}),
    "letters that fold into two": (["STRASSE nach Adler hof und", "straße nach Adler hof und"], {
        "strasse nach adler hof und": 2,
    }),
    "nothing at all": ([], {}),
    "articles without a word": (["", "\n\n", "..."], {}),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_what_is_closed(case: str) -> None:
    bodies, expected = CASES[case]
    found = closed_phrases(frame(printed(*bodies)))
    assert dict(found.phrases.select("text", "n_occurrences").iter_rows()) == expected
    assert_exact(found, printed(*bodies))


def some_corpus(random: Random) -> list[Article]:
    """A few short articles of few words: copies, edited copies, overlaps, repetitions, empty ones; lines of any length."""
    alphabet = "abcd"[: random.choice([1, 2, 2, 3, 4])]
    original = random.choices(alphabet, k=30)
    articles: list[Article] = []
    for number in range(random.choice([1, 2, 3, 5])):
        kind = random.choice(["empty", "cut", "cut", "edited", "edited", "own", "own"])
        tokens = random.choices(alphabet, k=random.randrange(25))
        if kind == "empty":
            tokens = []
        elif kind == "cut":
            first = random.randrange(20)
            tokens = original[first : first + random.randrange(5, 25)]
        elif kind == "edited":
            tokens = list(original)
            for _ in range(random.randrange(3)):
                tokens[random.randrange(30)] = random.choice("abcdz")
        body = "".join(token + ("\n" if random.random() < 0.05 else " ") for token in tokens)
        articles.append((f"a{number}", f"outlet {random.randrange(3)}", body))
    return articles


@pytest.mark.parametrize("seed", range(20))
def test_random_corpora_agree_with_the_definition(seed: int) -> None:
    random = Random(seed)
    corpora = [some_corpus(random) for _ in range(100)]
    assert sum(assert_exact(closed_phrases(frame(articles)), articles) for articles in corpora) > 30


word = st.sampled_from(["a", "b", "ss", "ß", "İ", "\U0001d518", "é", "e\u0301"])
gap = st.sampled_from([" ", " ", " ", ", ", "\u2028", "\n", "😀"])
body = st.lists(st.tuples(word, gap), max_size=20).map(lambda pairs: "".join(map("".join, pairs)))


@given(st.lists(body, max_size=4))
def test_any_script_agrees_with_the_definition(bodies: list[str]) -> None:
    assert_exact(closed_phrases(frame(printed(*bodies))), printed(*bodies))


def larger_corpus() -> list[Article]:
    random = Random(1)
    articles = [(f"{kind}{number}", article[1], article[2])
                for kind in "kl" for number in range(60) for article in some_corpus(random)[:1]]  # fmt: skip
    return [*articles, *((f"m{number}", "outlet 9", "a " * (number + 3)) for number in range(40))]


@pytest.fixture(scope="module")
def larger() -> tuple[list[Article], pl.DataFrame, pl.DataFrame]:
    articles = larger_corpus()
    found = closed_phrases(frame(articles))
    assert_exact(found, articles)
    return articles, found.phrases, found.occurrences


def test_the_order_of_rows_does_not_matter(larger: tuple[list[Article], pl.DataFrame, pl.DataFrame]) -> None:
    articles, phrases, occurrences = larger
    shuffled = Random(2).sample(articles, len(articles))
    found = closed_phrases(frame(shuffled))
    assert found.phrases.equals(phrases)
    assert found.occurrences.equals(occurrences)


@pytest.mark.parametrize(
    ("module", "limit", "value"),
    [
        (windows, "BUCKET_WINDOWS", 2),
        (windows, "PARTITION_WINDOWS", 100),
        (corpus, "BATCH_BYTES", 50),
        (groups, "CAPACITY", 8),
        (closed, "PLACES_AT_ONCE", 3),
    ],
)
def test_batches_and_partitions_do_not_show(
    module: object,
    limit: str,
    value: int,
    larger: tuple[list[Article], pl.DataFrame, pl.DataFrame],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    articles, phrases, occurrences = larger
    monkeypatch.setattr(module, limit, value)
    found = closed_phrases(frame(articles))
    assert found.phrases.equals(phrases)
    assert found.occurrences.equals(occurrences)


def test_hashes_that_collide_change_nothing(
    larger: tuple[list[Article], pl.DataFrame, pl.DataFrame], monkeypatch: pytest.MonkeyPatch
) -> None:
    articles, phrases, occurrences = larger

    def all_alike(*arguments: object) -> tuple[windows.UInt64s, windows.Int64s]:
        entries, offsets = windows.bucketed(*arguments)
        return entries & LOW_HALF, offsets

    monkeypatch.setattr(groups, "bucketed", all_alike)
    found = closed_phrases(frame(articles))
    assert found.phrases.equals(phrases)
    assert found.occurrences.equals(occurrences)


def test_long_runs_are_sorted_as_well_as_short_ones() -> None:
    random = Random(3)
    lines = ["a b c d e " + random.choice("fghijkl") for _ in range(400)]
    articles = printed(*("\n".join(random.sample(lines, 300)) for _ in range(3)))
    assert assert_exact(closed_phrases(frame(articles)), articles) == 7


def test_sample_corpus_agrees_with_the_definition() -> None:
    documents = pl.concat(batch.documents for batch in read_documents(find_files([SAMPLE]), ReadOptions()))
    articles = extract_articles(documents.unique("document_id", keep="first", maintain_order=True)).articles
    rows = articles.select("article_id", "source_id", "body").rows()
    assert assert_exact(closed_phrases(articles), rows) > 100


def test_columns_are_those_of_the_contract() -> None:
    for articles in ([], printed("a b c d e", "a b c d e")):
        found = closed_phrases(frame(articles))
        assert found.phrases.schema == PHRASES.polars_schema
        assert found.occurrences.schema == PHRASE_OCCURRENCES.polars_schema


@pytest.mark.parametrize(
    ("articles", "message"),
    [
        ([("a", "outlet", None)], "articles.body is null .article_id 'a'.: fill it"),
        ([("a", None, "text")], "articles.source_id is null .article_id 'a'.: fill it"),
        ([(None, "outlet", "text")], "articles.article_id is null"),
        (
            [("a", "outlet", "one"), ("a", "outlet", "two")],
            "article_id 'a' occurs more than once: give each article once",
        ),
    ],
)
def test_bad_input_is_named(articles: list[Article], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        closed_phrases(frame(articles))


def test_two_phrases_with_one_id_are_not_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assets.phrases.closed.text_ids", lambda texts: np.zeros(len(texts), np.uint64))
    with pytest.raises(ValueError, match="have the same id"):
        closed_phrases(frame(printed("a b c d e\nf g h i j", "a b c d e\nf g h i j")))

"""Closed phrases after articles came, changed and went: what a run over all of them finds."""

from random import Random

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from phrase_oracle import Article, frame

from assets.phrases import windows
from assets.phrases.changes import changed_phrases
from assets.phrases.closed import ClosedPhrases, closed_phrases


def assert_changes_lead_to_a_full_run(before: list[Article], after: list[Article]) -> ClosedPhrases:
    """Changes the tables of ``before`` into those of ``after``, compares them with a full run, and returns them."""
    old = closed_phrases(frame(before))
    full = closed_phrases(frame(after))
    come = pl.Series("article_id", sorted(a[0] for a in set(after) - set(before)), dtype=pl.String)
    gone = pl.Series("article_id", sorted(a[0] for a in set(before) - set(after)), dtype=pl.String)
    left = old.occurrences.filter(pl.col("article_id").is_in(gone.implode()))
    stood = old.phrases.join(left, on="phrase_id", how="semi").select("phrase_id", "text")
    changes = changed_phrases(frame(after), come, stood, old.phrases["phrase_id"])
    phrases = pl.concat(
        [old.phrases.filter(~pl.col("phrase_id").is_in(changes.stale.implode())), changes.changed.phrases]
    )
    stays = ~pl.col("phrase_id").is_in(changes.vanished.implode()) & ~pl.col("article_id").is_in(
        pl.concat([come, gone]).implode()
    )
    places = pl.concat([old.occurrences.filter(stays), changes.changed.occurrences])
    assert phrases.sort("phrase_id").equals(full.phrases)
    assert places.sort("phrase_id", "article_id", "start").equals(full.occurrences)
    return changes.changed


def body_of(random: Random, alphabet: str, original: list[str]) -> str:
    tokens = random.choices(alphabet, k=random.randrange(20))
    if random.random() < 0.6:
        first = random.randrange(20)
        tokens = original[first : first + random.randrange(5, 25)]
    return "".join(token + ("\n" if random.random() < 0.05 else " ") for token in tokens)


@pytest.mark.parametrize("seed", range(8))
def test_articles_come_change_and_go(seed: int) -> None:
    random = Random(seed)
    n_rewritten = 0
    for _ in range(10):
        alphabet = "abcd"[: random.choice([1, 2, 3, 4])]
        original = random.choices(alphabet, k=30)
        articles: dict[str, Article] = {}
        before: list[Article] = []
        for _ in range(6):
            for _ in range(random.randrange(3)):
                name = f"a{random.randrange(6)}"
                articles[name] = (name, f"outlet {random.randrange(2)}", body_of(random, alphabet, original))
            if random.random() < 0.4 and articles:
                del articles[random.choice(sorted(articles))]
            after = [articles[name] for name in sorted(articles)]
            n_rewritten += assert_changes_lead_to_a_full_run(before, after).phrases.height
            before = after
    assert n_rewritten > 5


WORDS = st.sampled_from(["a", "b", "ß", "SS", "İ", "é", "e\u0301", "\n"])
BODIES = st.lists(st.lists(WORDS, max_size=16).map(" ".join), max_size=4)


@given(BODIES, BODIES)
def test_any_script(before: list[str], after: list[str]) -> None:
    assert_changes_lead_to_a_full_run(
        *([(f"a{number}", "outlet", body) for number, body in enumerate(bodies)] for bodies in (before, after))
    )


def test_only_what_is_concerned_is_written() -> None:
    before = [
        ("a", "north", "the mayor will open the bridge\nnobody knows when it rains"),
        ("b", "south", "the mayor will open the bridge\nnobody knows when it rains"),
    ]
    found = assert_changes_lead_to_a_full_run(before, [*before, ("c", "east", "the mayor will open the bridge again")])
    assert found.phrases["text"].to_list() == ["the mayor will open the bridge"]
    assert found.occurrences["article_id"].to_list() == ["c"]
    assert assert_changes_lead_to_a_full_run(before, before).phrases.is_empty()


def test_hashes_that_collide_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assets.phrases.changes.windows_among", lambda codes, hashes: windows.ALL)
    test_articles_come_change_and_go(3)

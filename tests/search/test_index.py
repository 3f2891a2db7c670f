"""The index holds every word of every text; words count in all their forms, in the language of the text."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.search import index as search_index
from assets.search.index import Index
from assets.search.schema import SEARCH_POSTINGS
from assets.search.terms import fold, stems
from assets.text.tokens import tokenise

WORDS = ("river", "rivers", "bridge", "Brücke", "strasse", "straße", "the", "7", "élan", "річка")
TEXTS = st.lists(st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join), max_size=8)


def frame(texts: list[str], language: str = "en") -> pl.DataFrame:
    ids = [f"t{number}" for number in range(len(texts))]
    return pl.DataFrame(
        {"id": ids, "language": [language] * len(texts), "text": texts},
        schema={"id": pl.String, "language": pl.String, "text": pl.String},
    )


def build_index(parts: dict[str, pl.DataFrame]) -> Index:
    """With the postings at once, to be read more than once; documents are numbered in order."""
    first, numbered = 0, []
    for part, texts in parts.items():
        numbers = pl.int_range(first, first + texts.height, eager=True)
        numbered.append(texts.with_columns(document=numbers, part=pl.lit(part), content=pl.lit(0)))
        first += texts.height
    built = search_index.build_index(numbered)
    return Index(built.documents, built.words, pl.concat([SEARCH_POSTINGS.empty(), *built.postings]))


def terms(index: Index, word: str) -> set[str]:
    return set(index.words.filter(pl.col("word") == word)["term"])


def entries(index: Index, word: str) -> set[int]:
    return set(index.words.filter(pl.col("word") == word)["entry"])


@given(TEXTS, TEXTS)
def test_postings_count_every_word_of_every_text(quotes: list[str], articles: list[str]) -> None:
    index = build_index({"quotes": frame(quotes), "articles": frame(articles)})
    expected = [len(text.split()) for text in quotes + articles]
    counted = index.documents.join(
        index.postings.group_by("document").agg(pl.col("n").sum()), on="document", how="left"
    ).sort("document")
    assert counted["n_tokens"].to_list() == expected
    assert counted["n"].fill_null(0).to_list() == expected
    assert index.documents["part"].to_list() == ["quotes"] * len(quotes) + ["articles"] * len(articles)


@given(TEXTS)
def test_every_word_leads_to_a_term_of_its_text(texts: list[str]) -> None:
    index = build_index({"quotes": frame(texts)})
    for number, text in enumerate(texts):
        held = set(index.postings.filter(pl.col("document") == number)["entry"])
        assert all(entries(index, fold(word)) & held for word in text.split())


@given(TEXTS)
def test_the_same_texts_give_the_same_index_however_they_are_cut_into_batches(texts: list[str]) -> None:
    whole = build_index({"quotes": frame(texts)})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("assets.search.index.BATCH_BYTES", 16)
        patch.setattr("assets.search.postings.POSTINGS_AT_ONCE", 3)
        cut = build_index({"quotes": frame(texts)})
    assert whole.documents.equals(cut.documents)
    assert cut.postings.equals(cut.postings.sort("entry", maintain_order=True))
    assert whole.postings.sort(pl.all()).equals(cut.postings.sort(pl.all()))
    assert whole.words.sort("entry").equals(cut.words.sort("entry"))


def test_no_texts_give_an_empty_index() -> None:
    index = build_index({"quotes": frame([])})
    assert (index.documents.height, index.words.height, index.postings.height) == (0, 0, 0)


def test_forms_meet_in_their_own_language_only() -> None:
    texts = pl.concat([frame(["bridges bridge"]), frame(["Brücken Brücke"], "de"), frame(["Brücken Brücke"], "xx")])
    index = build_index({"quotes": texts})
    assert terms(index, "bridges") == terms(index, "bridge")
    assert terms(index, "brucken") & terms(index, "brucke")
    held = index.postings.filter(pl.col("document") == 2)
    assert held.height == 2, "a language without a stemmer keeps words as they are"


@pytest.mark.parametrize(
    ("word", "folded"),
    [("Neighbour", "neighbour"), ("Zürich", "zurich"), ("STRASSE", "strasse"), ("straße", "strasse"), ("Ørsted", "ørsted"), ("РІЧКА", "річка")],
)  # fmt: skip
def test_words_are_compared_without_case_and_accents(word: str, folded: str) -> None:
    assert fold(word) == folded


def test_words_fold_as_the_tokeniser_folds_them() -> None:
    for word in ("Neighbour", "Straße", "ΣΊΣΥΦΟΣ"):
        assert fold(tokenise(pl.Series([word])).vocabulary.form(0)) == fold(word)


def test_a_stem_is_what_forms_have_in_common() -> None:
    assert len(set(stems(["warned", "warning", "warnings"], "en"))) == 1
    assert stems(["warned"], "xx") == ["warned"]

"""Who is credited with which words in the languages other than English: three sentences for each shape and language."""

from pathlib import Path

import polars as pl
import pytest

from assets.quotes.extract import extract_quotes
from assets.text.languages.word_files import press_languages
from tests.quotes.conftest import no_mentions

SENTENCES = Path(__file__).with_name("sentences.txt")
CASES = [
    tuple(part.strip() for part in line.split("|"))
    for line in SENTENCES.read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


def quotes_of(body: str, language: str) -> list[dict[str, object]]:
    articles = pl.DataFrame(
        [("a000", "gazette", "", body, language)],
        schema=["article_id", "source_id", "title", "body", "language"],
        orient="row",
    )
    return extract_quotes(articles, no_mentions()).to_dicts()


@pytest.mark.parametrize(
    ("language", "shape", "text", "words", "speaker"),
    CASES,
    ids=[f"{case[0]} {case[1]} {number}" for number, case in enumerate(CASES)],
)
def test_shapes(language: str, shape: str, text: str, words: str, speaker: str) -> None:
    (found,) = [row for row in quotes_of(text, language) if row["kind"] != "indirect"]
    assert found["text"] == words
    printed = found["speaker_text"]
    assert (printed is None) if speaker == "-" else (speaker in str(printed)), printed


def test_every_language_has_three_sentences_of_each_shape() -> None:
    shapes: dict[tuple[str, ...], int] = {}
    for case in CASES:
        shapes[case[:2]] = shapes.get(case[:2], 0) + 1
    assert set(shapes.values()) == {3}
    assert {language for language, _ in shapes} == set(press_languages())

"""Other taggers give the same kind of spans; what is missing is said with what to install."""

import importlib.util
from pathlib import Path

import polars as pl
import pytest

from assets.entities.engines import load_engine
from assets.entities.extract import extract_mentions

TEXT = "Orla Venn of the Harbour Guild spoke in Port Ellery on Monday."


def test_the_default_engine_needs_nothing_installed() -> None:
    spans = load_engine()([TEXT])
    assert all(0 <= start < end <= len(TEXT) for start, end in zip(spans.starts, spans.ends, strict=True))


@pytest.mark.parametrize("name", ["", "stanza:en", "spacy", "gliner:", "crf:large"])
def test_an_unknown_engine_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="spacy:PIPELINE"):
        load_engine(name)


@pytest.mark.parametrize("engine", ["spacy", "gliner"])
def test_a_missing_package_says_what_to_install(engine: str) -> None:
    if importlib.util.find_spec(engine):
        pytest.skip(f"{engine} is installed")
    with pytest.raises(ImportError, match=f"pip install {engine}"):
        load_engine(f"{engine}:anything")


def test_a_spacy_pipeline_finds_what_it_knows(tmp_path: Path) -> None:
    spacy = pytest.importorskip("spacy")
    pipeline = spacy.blank("en")
    ruler = pipeline.add_pipe("entity_ruler")
    ruler.add_patterns(
        [
            {"label": "PERSON", "pattern": "Orla Venn"},
            {"label": "ORG", "pattern": "the Harbour Guild"},
            {"label": "GPE", "pattern": "Port Ellery"},
            {"label": "DATE", "pattern": "Monday"},
        ]
    )
    pipeline.to_disk(tmp_path / "small")
    articles = pl.DataFrame({"article_id": ["a"], "title": [""], "body": [TEXT], "language": ["en"]})
    mentions = extract_mentions(articles, load_engine(f"spacy:{tmp_path / 'small'}"))
    assert mentions.select("text", "kind").rows() == [
        ("Orla Venn", "person"),
        ("Harbour Guild", "organisation"),
        ("Port Ellery", "place"),
    ]


def test_a_missing_spacy_pipeline_says_how_to_get_it() -> None:
    pytest.importorskip("spacy")
    with pytest.raises(OSError, match="spacy download no_such_pipeline"):
        load_engine("spacy:no_such_pipeline")

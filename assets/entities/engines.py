"""Other taggers behind the same seam, for those who have a model installed; the built-in one is the default.

A tagger takes texts and gives ``Spans``: spaCy (``spacy:en_core_web_trf``, or a path) and GLiNER
(``gliner:urchade/gliner_medium-v2.1``, or a path). Neither is a dependency of the project.
"""

from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from types import ModuleType

import numpy as np

from assets.entities.tagger import CLASSES, Spans, load_model, tag

Tagger = Callable[[Sequence[str]], Spans]

# What the models call the classes that the tagger has.
LABELS = {
    "PERSON": "person", "PER": "person",
    "ORG": "organisation", "ORGANIZATION": "organisation", "ORGANISATION": "organisation",
    "GPE": "place", "LOC": "place", "FAC": "place", "LOCATION": "place", "FACILITY": "place", "PLACE": "place",
}  # fmt: skip
GLINER_LABELS = ("person", "organization", "location", "facility")
INSTALL = {
    "spacy": "pip install spacy && python -m spacy download en_core_web_sm",
    "gliner": "pip install gliner",
}


def built_in(texts: Sequence[str]) -> Spans:
    """The tagger that ships with the project."""
    return tag(texts, load_model())


def load_engine(name: str = "crf") -> Tagger:
    """A tagger by name: ``crf``, ``spacy:PIPELINE`` or ``gliner:MODEL``.

    Raises ValueError for another name, ImportError where the package is missing and OSError where its model is.
    """
    engine, _, model = name.partition(":")
    if engine == "crf" and not model:
        return built_in
    if engine in INSTALL and model:
        return _spacy(model) if engine == "spacy" else _gliner(model)
    raise ValueError(f"entity engine {name!r}: write crf, spacy:PIPELINE or gliner:MODEL")


def _package(name: str) -> ModuleType:
    try:
        return import_module(name)
    except ImportError as error:
        raise ImportError(f"the entity engine {name} needs a package that is not installed: {INSTALL[name]}") from error


def _spacy(pipeline: str) -> Tagger:
    spacy = _package("spacy")
    try:
        language = spacy.load(pipeline)
    except OSError as error:
        raise OSError(f"spaCy has no pipeline {pipeline!r}: python -m spacy download {pipeline}") from error

    def run(texts: Sequence[str]) -> Spans:
        found = (((e.start_char, e.end_char, e.label_) for e in document.ents) for document in language.pipe(texts))
        return _spans(texts, found)

    return run


def _gliner(model: str) -> Tagger:
    loaded = _package("gliner").GLiNER.from_pretrained(model)

    def run(texts: Sequence[str]) -> Spans:
        found = (
            ((e["start"], e["end"], e["label"]) for e in loaded.predict_entities(text, list(GLINER_LABELS)))
            for text in texts
        )
        return _spans(texts, found)

    return run


def _spans(texts: Sequence[str], found: Iterable[Iterable[tuple[int, int, str]]]) -> Spans:
    """Entities of every text as spans: known labels only, the article before a name and overlaps left out."""
    rows = []
    for number, (text, entities) in enumerate(zip(texts, found, strict=True)):
        reached = 0
        for start, end, label in sorted(entities):
            kind = LABELS.get(label.upper())
            start += 4 if text[start : start + 4] in ("the ", "The ") else 0
            if kind is None or start < reached or end <= start:
                continue
            rows.append((number, start, end, CLASSES.index(kind)))
            reached = end
    table = np.array(rows, dtype=np.int32).reshape(-1, 4)
    return Spans(table[:, 0], table[:, 1], table[:, 2], table[:, 3].astype(np.uint8))

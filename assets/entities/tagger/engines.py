"""Other taggers behind the same interface, for those who have a model installed; the built-in ones are the default.

A tagger takes texts and gives ``Spans``: spaCy (``spacy:en_core_web_trf``, or a path) and GLiNER
(``gliner:urchade/gliner_medium-v2.1``, or a path). Neither is a dependency of the project.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import import_module
from types import ModuleType

import numpy as np

from assets.entities.tagger.labels import CLASSES
from assets.entities.tagger.tagger import Spans, load_model, tag

Tagger = Callable[[Sequence[str]], Spans]

# What the models call the classes that the tagger has.
LABELS = {
    "PERSON": "person", "PER": "person",
    "ORG": "organisation", "ORGANIZATION": "organisation", "ORGANISATION": "organisation",
    "GPE": "place", "LOC": "place", "FAC": "place", "LOCATION": "place", "FACILITY": "place", "PLACE": "place",
}  # fmt: skip
GLINER_LABELS = ("person", "organization", "location", "facility")
INSTALL = {"spacy": "pip install 'verbatim[spacy]'", "gliner": "pip install 'verbatim[gliner]'"}
_WORD = re.compile(r"\w+(?:[-_]\w+)*|\S")  # what GLiNER counts as a word


def built_in(texts: Sequence[str]) -> Spans:
    """The taggers that ship with the project, of texts whose language is not known to be another than English.

    ``extract_mentions`` gives each article to the one of its language in the stead of this one.
    """
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
    if not any("doc.ents" in language.get_pipe_meta(name).assigns for name in language.pipe_names):
        parts = ", ".join(language.pipe_names) or "nothing"
        raise ValueError(
            f"the spaCy pipeline {pipeline!r} finds no entities: it has {parts}, but neither ner nor a ruler"
        )

    def run(texts: Sequence[str]) -> Spans:
        language.max_length = max(language.max_length, *map(len, texts), 0)
        found = (((e.start_char, e.end_char, e.label_) for e in document.ents) for document in language.pipe(texts))
        return _spans(texts, found)

    return run


def _gliner(model: str) -> Tagger:
    package = _package("gliner")
    try:
        loaded = package.GLiNER.from_pretrained(model)
    except (OSError, ValueError) as error:
        hint = "write a folder that GLiNER has saved, or a model's name on the Hugging Face Hub while online"
        raise OSError(f"GLiNER has no model {model!r}: {hint}") from error
    # The model reads this many words and silently drops the rest; half of them leaves room for long words and the labels.
    most = max(loaded.config.max_len // 2, 1)

    def run(texts: Sequence[str]) -> Spans:
        parts = [(number, start, end) for number, text in enumerate(texts) for start, end in windows(text, most)]
        answers = (
            loaded.inference([texts[n][start:end] for n, start, end in parts], list(GLINER_LABELS)) if parts else []
        )
        found: list[list[tuple[int, int, str]]] = [[] for _ in texts]
        for (number, start, _), entities in zip(parts, answers, strict=True):
            found[number] += ((start + e["start"], start + e["end"], e["label"]) for e in entities)
        return _spans(texts, found)

    return run


def windows(text: str, most: int) -> Iterator[tuple[int, int]]:
    """Consecutive parts of ``text`` with at most ``most`` words each, cut after a line or else a sentence where one ends."""
    words = [match.span() for match in _WORD.finditer(text)]
    first = 0
    while first < len(words):
        end = min(first + most, len(words))
        if end < len(words):
            later = range(end, first + max(most // 2, 1) - 1, -1)
            line = next((k for k in later if "\n" in text[words[k - 1][1] : words[k][0]]), None)
            sentence = next((k for k in later if text[words[k - 1][0]] in ".!?"), None)
            end = line or sentence or end
        yield words[first][0], words[end - 1][1]
        first = end


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

"""Which tagger reads which language: English, and groups of languages that share a script and habits of print."""

from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np

from assets.entities.tagger.compounds import whole_compounds, without_posts
from assets.entities.tagger.elisions import taken_apart
from assets.entities.tagger.tagger import Model, Spans, load_model, read_model, tag

ENGLISH = "en"
GROUPS: dict[str, tuple[str, ...]] = {
    "de": ("de",),
    "latin": ("es", "fr", "it", "pt", "nl", "pl", "tr"),
    "cyrillic": ("ru", "uk"),
}
_GROUP_OF = {language: group for group, languages in GROUPS.items() for language in languages}


def model_path(group: str) -> Path:
    return Path(__file__).with_name(f"{group}.npz")


def is_tagged(language: str) -> bool:
    """Whether a tagger knows the language; names in any other are not looked for."""
    return language == ENGLISH or language in _GROUP_OF


@cache
def model_of(language: str) -> Model:
    """The tagger of a language, read once per process; raises LookupError for one that ``is_tagged`` denies."""
    if language == ENGLISH:
        return load_model()
    if language not in _GROUP_OF:
        raise LookupError(f"no tagger of names reads {language!r}: known are {', '.join(sorted(_GROUP_OF))}")
    return _model_of_group(_GROUP_OF[language])


@cache
def _model_of_group(group: str) -> Model:
    return read_model(model_path(group))


def tag_by_language(texts: Sequence[str], languages: Sequence[str]) -> Spans:
    """Named spans of every text by the tagger of its language, none in a language that no tagger knows."""
    of_model: dict[str, list[int]] = defaultdict(list)
    for number, language in enumerate(languages):
        if is_tagged(language):
            of_model[_GROUP_OF.get(language, language)].append(number)
    if list(of_model) == [ENGLISH] and len(of_model[ENGLISH]) == len(texts):
        return tag(texts, load_model())
    parts = []
    for group, numbers in of_model.items():
        model = model_of(languages[numbers[0]])
        taken = [taken_apart(texts[n], languages[n]) for n in numbers]
        spans = tag(taken, model)
        if group != ENGLISH:
            spans = without_posts(taken, whole_compounds(taken, spans, model.lexicon, group), languages[numbers[0]])
        documents = np.array(numbers, dtype=np.int32)[spans.documents]
        parts.append((documents, spans.starts, spans.ends, spans.classes))
    if not parts:
        return tag([], load_model())
    documents, starts, ends, classes = (np.concatenate(columns) for columns in zip(*parts, strict=True))
    order = np.lexsort((starts, documents))
    return Spans(documents[order], starts[order], ends[order], classes[order])

"""Names in languages without marked corpora, by their translations: the Parallel UD treebanks, for training/names_of_languages.py.

The same thousand sentences of news and Wikipedia exist in many languages; in some, Universal NER marks the names. A run of
proper nouns of the translation is the name there that is spelt alike. Only sentences in which all names find each other count.
"""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import NamedTuple

from name_corpora import Document, Labelled, documents_of, together

from assets.entities.names.spelling import fold

MARKED = ("en", "pt", "de")
ALIKE = 0.55  # share of letters in common
SHORTEST = 2


class Name(NamedTuple):
    words: tuple[str, ...]
    kind: str


class Word(NamedTuple):
    form: str
    lemma: str
    part: str
    head: int


def parallel_names(folder: Path, language: str) -> Iterator[Document]:
    """Sentences of one language in which each name has the kind of its translation."""
    return together(_translated(folder, language), language)


def _translated(folder: Path, language: str) -> Iterator[Labelled]:
    marked = [_marked(folder / "UNER" / f"{code}_pud-ud-test.iob2") for code in MARKED]
    for words, *choices in zip(_treebank(folder / "UD" / f"{language}_pud-ud-test.conllu"), *marked, strict=True):
        labelled = _labelled(words, choices)
        if labelled is not None:
            yield labelled


def _marked(path: Path) -> list[list[Name]]:
    """The names of every sentence."""
    return [list(_names(sentence)) for sentences in documents_of(path) for sentence in sentences]


def _names(sentence: Labelled) -> Iterator[Name]:
    words: list[str] = []
    kind = ""
    for word, tag in [*sentence, ("", "O")]:
        if tag[0] != "I" and words:
            yield Name(tuple(words), kind)
            words = []
        if tag != "O":
            words.append(word)
            kind = tag[2:]


def _treebank(path: Path) -> Iterator[list[Word]]:
    """Sentences of a treebank in its words as printed: a contraction counts as its first part."""
    words: list[Word] = []
    inside = 0
    for line in path.read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if len(cells) == 10:
            first, _, last = cells[0].partition("-")
            if last:
                words.append(Word(cells[1], cells[1], "ADP", 0))
                inside = int(last)
            elif "." not in first and int(first) > inside:
                words.append(Word(cells[1], cells[2], cells[3], int(cells[6])))
        elif not line and words:
            yield words
            words, inside = [], 0


def _labelled(words: Sequence[Word], choices: Sequence[Sequence[Name]]) -> Labelled | None:
    tags = ["O"] * len(words)
    for start, end in _runs(words):
        kind = _kind(words[start:end], choices)
        if kind is None:
            return None
        tags[start:end] = [f"B-{kind}", *[f"I-{kind}"] * (end - start - 1)]
    n_names = max((len(names) for names in choices), default=0)
    n_found = sum(tag[0] == "B" for tag in tags)
    return [(word.form, tag) for word, tag in zip(words, tags, strict=True)] if n_found >= n_names else None


def _runs(words: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Proper nouns in a row, small words between them included."""
    start = 0
    while start < len(words):
        if words[start].part != "PROPN" or not words[start].form[:1].isupper():
            start += 1
            continue
        end = start + 1
        while end < len(words):
            ahead = end
            while ahead < min(end + 3, len(words)) and words[ahead].part in ("ADP", "DET", "ADJ"):
                ahead += 1
            if ahead == len(words) or words[ahead].part != "PROPN" or (ahead > end and words[end].part == "ADP"):
                break
            end = ahead + 1
        yield start, end
        start = end


def _kind(words: Sequence[Word], choices: Sequence[Sequence[Name]]) -> str | None:
    """The kind of the name that is most alike, None if none is."""
    best, kind = ALIKE, None
    for names in choices:
        for name in names:
            likeness = max((_likeness(word, other) for word in words for other in name.words), default=0.0)
            if likeness > best:
                best, kind = likeness, name.kind
    return kind


def _likeness(word: Word, other: str) -> float:
    if len(word.form) <= SHORTEST or not word.form[0].isupper() or not other[0].isupper():
        return float(word.form == other)
    return max(SequenceMatcher(None, fold(form), fold(other)).ratio() for form in (word.form, word.lemma))

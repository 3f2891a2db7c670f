"""Names in compounds: all of Orvel-Sander-Kreis and Schulze-Dorn is a name, of SPD-Chef the party alone, Wasserministerin is none."""

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from assets.entities.tagger.labels import CLASSES
from assets.entities.tagger.lexicon import HASH_MASK, Lexicon
from assets.entities.tagger.tagger import Spans
from assets.entities.tagger.tokens import tokenise
from assets.text.characters import code_points
from assets.text.languages.press import press

NOUN, NO_NOUN = 1, 9
"""Coarse classes of German words: a noun that names nothing, and a word of another kind."""
_COMMON = {"de": (NOUN, NO_NOUN)}
_PLACE_WORD, _ORGANISATION_WORD = 1 << 14, 1 << 15  # of the lexicon's flags
_SHORTEST_POST = 7
"""Letters of a post that ends a compound; shorter ones end surnames, too: Schönherr."""
_HYPHEN = ord("-")
_PERSON, _ORGANISATION, _PLACE = (CLASSES.index(kind) for kind in ("person", "organisation", "place"))


def whole_compounds(texts: Sequence[str], spans: Spans, lexicon: Lexicon, group: str) -> Spans:
    """The spans, those that begin or end within a compound of names grown over all of it; what then meets is one."""
    parts = _parts(texts, spans)
    if not parts:
        return spans
    columns = (spans.documents, spans.starts, spans.ends, spans.classes)
    rows = [list(row) for row in zip(*(column.tolist() for column in columns), strict=True)]
    grown = [_grown(texts[document], start, end) for document, start, end, _ in map(rows.__getitem__, parts)]
    tails = [
        texts[rows[number][0]][start:end].rpartition("-")[2] if end > rows[number][2] else "-"
        for number, (start, end) in zip(parts, grown, strict=True)
    ]
    for number, (start, end), flags, kind in zip(parts, grown, *_words(tails, lexicon), strict=True):
        document, first, last, class_of = rows[number]
        if end > last and flags & (_PLACE_WORD | _ORGANISATION_WORD):
            class_of = _PLACE if flags & _PLACE_WORD else _ORGANISATION
        elif (
            end > last
            and kind in _COMMON.get(group, ())
            and not (class_of == _PERSON and " " in texts[document][first:last])
        ):
            start, end = first, last
        rows[number][1:] = start, end, class_of
    return _joined(rows)


def without_posts(texts: Sequence[str], spans: Spans, language: str) -> Spans:
    """The spans without supposed people of one word that is a compound with a post, where nouns have capitals: Wasserministerin."""
    posts = _posts(language)
    if not posts:
        return spans
    people = np.flatnonzero(spans.classes == _PERSON)
    named = zip(*(column[people].tolist() for column in (spans.documents, spans.starts, spans.ends)), strict=True)
    lost = people[[_is_post(texts[document][start:end], posts) for document, start, end in named]]
    if not len(lost):
        return spans
    kept = np.ones(len(spans.starts), np.bool_)
    kept[lost] = False
    return Spans(spans.documents[kept], spans.starts[kept], spans.ends[kept], spans.classes[kept])


@cache
def _posts(language: str) -> tuple[str, ...]:
    """The posts that end a compound in a language whose nouns have capitals."""
    words_of = press(language)
    titles = (*words_of.feminine_titles, *words_of.masculine_titles) if words_of.has("nouns_capital") else ()
    return tuple(title for title in titles if len(title) >= _SHORTEST_POST)


def _is_post(word: str, posts: tuple[str, ...]) -> bool:
    """Whether a word is a compound that ends in one of the posts."""
    return word[1:].lower().endswith(posts) and word.isalpha()


def _parts(texts: Sequence[str], spans: Spans) -> list[int]:
    """The spans that a hyphen stands beside, by number."""
    codes = code_points("\n".join([*texts, ""]))
    offsets = np.cumsum([0, *(len(text) + 1 for text in texts)])[spans.documents]
    before = (codes[np.maximum(offsets + spans.starts - 1, 0)] == _HYPHEN) & (spans.starts > 1)
    return np.flatnonzero(before | (codes[offsets + spans.ends] == _HYPHEN)).tolist()


def _grown(text: str, start: int, end: int) -> tuple[int, int]:
    """The name with all of the compounds that it begins and ends in, if they are written with capitals at both ends."""
    first, last = start, end
    while first and (text[first - 1].isalnum() or text[first - 1] == "-"):
        first -= 1
    while last < len(text) and (text[last].isalnum() or text[last] == "-"):
        last += 1
    whole = text[first:last]
    tail = whole.rpartition("-")[2]
    sound = whole[:1].isupper() and tail[:1].isupper() and not whole.endswith("-")
    return (first, last) if sound else (start, end)


def _words(words: Sequence[str], lexicon: Lexicon) -> tuple[list[int], list[int]]:
    """The lists and the coarse class of some words."""
    tokens = tokenise(words)
    first: NDArray[np.int64] = np.searchsorted(tokens.documents, np.arange(len(words)))
    keys = tokens.lowered[tokens.types[first]] & HASH_MASK
    place = np.minimum(np.searchsorted(lexicon.words, keys), len(lexicon.words) - 1)
    known = lexicon.words[place] == keys
    return np.where(known, lexicon.flags[place], 0).tolist(), np.where(known, lexicon.clusters[place, -1], 0).tolist()


def _joined(rows: list[list[int]]) -> Spans:
    """One span where some meet: of the kind of the longest."""
    kept: list[list[int]] = []
    for document, start, end, class_of in sorted(rows):
        before = kept[-1] if kept else None
        if before is not None and before[0] == document and start < before[2]:
            if end - start > before[2] - before[1]:
                before[3] = class_of
            before[2] = max(before[2], end)
        else:
            kept.append([document, start, end, class_of])
    documents, starts, ends, classes = np.array(kept).T
    return Spans(documents.astype(np.int32), starts.astype(np.int32), ends.astype(np.int32), classes.astype(np.uint8))

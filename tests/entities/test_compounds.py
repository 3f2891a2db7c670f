"""Names in compounds with hyphens."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.entities.tagger.compounds import whole_compounds, without_posts
from assets.entities.tagger.labels import CLASSES
from assets.entities.tagger.languages import model_of
from assets.entities.tagger.tagger import Spans

Named = tuple[str, str]


def spans_of(texts: list[str], found: list[tuple[int, int, int, str]]) -> Spans:
    rows = [(document, start, end, CLASSES.index(kind)) for document, start, end, kind in found]
    documents, starts, ends, classes = zip(*rows, strict=True) if rows else ((), (), (), ())
    return Spans(
        np.array(documents, np.int32), np.array(starts, np.int32), np.array(ends, np.int32), np.array(classes, np.uint8)
    )  # fmt: skip


def whole(text: str, found: list[Named]) -> list[Named]:
    """What becomes of the names found in a text, each where it stands first."""
    places = [(0, text.index(name), text.index(name) + len(name), kind) for name, kind in found]
    spans = whole_compounds([text], spans_of([text], places), model_of("de").lexicon, "de")
    columns = zip(spans.starts.tolist(), spans.ends.tolist(), spans.classes.tolist(), strict=True)
    return [(text[start:end], CLASSES[kind]) for start, end, kind in columns]


@pytest.mark.parametrize(
    ("text", "found", "expected"),
    [
        ("In Baden-Württemberg regnet es.", [("Württemberg", "place")], [("Baden-Württemberg", "place")]),
        ("Ida Schulze-Dorn kam.", [("Ida Schulze", "person")], [("Ida Schulze-Dorn", "person")]),
        ("Klaus-Dieter Busch kam.", [("Dieter Busch", "person")], [("Klaus-Dieter Busch", "person")]),
        ("Der Orvel-Sander-Kreis ist groß.", [("Orvel", "place"), ("Sander", "place")], [("Orvel-Sander-Kreis", "place")]),
        ("Sie wohnt in der Ida-Roh-Straße.", [("Ida", "person")], [("Ida-Roh-Straße", "place")]),
        ("Der SPD-Chef kam.", [("SPD", "organisation")], [("SPD", "organisation")]),
        ("Die USA-geführte Truppe kam.", [("USA", "place")], [("USA", "place")]),
        ("Ida Roh kam nach Halle - Leipzig blieb leer.", [("Ida Roh", "person"), ("Halle", "place")], [("Ida Roh", "person"), ("Halle", "place")]),
    ],
)  # fmt: skip
def test_a_name_takes_in_the_compound_that_it_is_part_of(text: str, found: list[Named], expected: list[Named]) -> None:
    assert whole(text, found) == expected


@pytest.mark.parametrize(
    ("word", "language", "kept"),
    [
        ("Wasserministerin", "de", False),
        ("Vizepräsident", "de", False),
        ("Minister", "de", True),
        ("Schönherr", "de", True),
        ("Brenner", "de", True),
        ("Viceministra", "es", True),
    ],
)
def test_a_compound_with_a_post_is_nobody(word: str, language: str, kept: bool) -> None:
    spans = without_posts([word], spans_of([word], [(0, 0, len(word), "person")]), language)
    assert len(spans.starts) == kept


@given(st.text(alphabet="Aa-ß. ", max_size=30), st.data())
def test_spans_grow_at_most_and_never_overlap(text: str, data: st.DataObject) -> None:
    marks = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=6)))
    found = [(0, start, end, "place") for start, end in zip(marks[::2], marks[1::2], strict=False)]
    spans = whole_compounds([text], spans_of([text], found), model_of("de").lexicon, "de")
    places = list(zip(spans.starts.tolist(), spans.ends.tolist(), strict=True))
    assert all(any(a <= start and end <= b for a, b in places) for _, start, end, _ in found)
    assert all(end <= start for (_, end), (start, _) in pairwise(places))
    assert all(0 <= start < end <= len(text) for start, end in places)

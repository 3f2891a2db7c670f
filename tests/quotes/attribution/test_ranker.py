"""The model that decides who speaks: a probability for each candidate and for nobody, over any number of candidates."""

import numpy as np
import pytest

from assets.quotes.attribution.candidates import Candidates, find_candidates
from assets.quotes.attribution.features import Pairs, pair_features
from assets.quotes.attribution.name_words import COMMON_BITS
from assets.quotes.attribution.pair_features import N_PAIR_FEATURES
from assets.quotes.attribution.quote_features import N_QUOTE_FEATURES
from assets.quotes.attribution.ranker import CREDITED_FROM, HIDDEN, KNOWN_BITS, Decisions, decide, ranker
from assets.quotes.attribution.windows import AFTER_LIMIT, BEFORE_LIMIT, EARLIER_LIMIT, LATER_LIMIT
from tests.quotes.token_streams import stream_of, text_of


def decided(*bodies: str) -> tuple[list[str | None], Decisions, Pairs]:
    """The likeliest speaker of every quotation as printed, None where there is no candidate."""
    stream = stream_of(*bodies)
    candidates, classes = find_candidates(stream, ranker().common)
    pairs = pair_features(stream, candidates, classes, np.zeros((len(stream.places), 3), np.int8))
    decisions = decide(candidates, pairs, ranker())
    chosen = [int(pairs.candidates[row]) if row >= 0 else None for row in decisions.rows.tolist()]
    places = [
        None if c is None else (stream.starts[candidates.starts[c]], stream.ends[candidates.ends[c] - 1])
        for c in chosen
    ]
    return [None if place is None else text_of(stream, *place) for place in places], decisions, pairs


# body, likeliest speaker, whether somebody is credited
CHOICES = [
    ("who said it", "“The bridge is closed,” Ida Roe said.", "Ida Roe", True),
    ("of two, the subject", "Ida Roe met Tom Quill. “The bridge is closed,” Quill said.", "Quill", True),
    ("a sign says nothing", "Signs read “Closed.”", "Signs", False),
    ("nobody is there", "“The bridge is closed.”", None, False),
]


@pytest.mark.parametrize(
    ("body", "speaker", "credited"), [case[1:] for case in CHOICES], ids=[case[0] for case in CHOICES]
)
def test_the_likeliest_speaker(body: str, speaker: str | None, credited: bool) -> None:
    speakers, decisions, _ = decided(body)
    assert speakers == [speaker]
    assert decisions.credited.tolist() == [credited]


def test_probabilities_are_those_of_the_mention_of_its_speaker_and_of_nobody() -> None:
    _, decisions, _ = decided("“No,” Ida Roe said. Tom Quill met Roe. “Yes,” he said.", "“Alone.”")
    assert (decisions.mention <= decisions.speaker + 1e-12).all()
    assert (decisions.speaker + decisions.nobody <= 1 + 1e-12).all()
    assert (decisions.nobody[-1], decisions.speaker[-1], decisions.rows[-1]) == (1, 0, -1)
    assert (
        decisions.credited == ((decisions.rows >= 0) & (decisions.speaker > CREDITED_FROM * decisions.nobody))
    ).all()


def test_a_quotation_is_decided_as_it_would_be_alone() -> None:
    bodies = ["“The bridge is closed,” Ida Roe said.", "Tom Quill left. “We wait,” he said.", "=" * 99, "“Alone.”"]
    together = decided(*bodies)[1]
    alone = [decided(body)[1] for body in bodies]
    assert together.speaker.tolist() == [chance for decisions in alone for chance in decisions.speaker.tolist()]


@pytest.mark.parametrize("n_candidates", [0, 1, 27, 255, 256, 257, 5000])
def test_there_is_room_for_any_number_of_candidates(n_candidates: int) -> None:
    rng = np.random.default_rng(n_candidates)
    keys = rng.integers(1, 1 << 32, n_candidates + 1).astype(np.uint32)
    nothing = np.zeros(len(keys), np.int32)
    candidates = Candidates(nothing, nothing, nothing, nothing.astype(np.int8), keys, *[nothing] * 5)
    pairs = Pairs(
        np.array([0, n_candidates, n_candidates + 1]),
        np.arange(n_candidates + 1, dtype=np.int32),
        rng.integers(0, 1 << 32, (n_candidates + 1, N_PAIR_FEATURES)).astype(np.uint32),
        rng.integers(0, 1 << 32, (2, N_QUOTE_FEATURES)).astype(np.uint32),
    )
    decisions = decide(candidates, pairs, ranker())
    assert (decisions.rows[0] >= 0) == (n_candidates > 0)
    assert decisions.rows[1] == n_candidates
    assert (decisions.nobody > 0).all()


def test_no_quotation_chooses_among_more_than_its_window_holds() -> None:
    crowd = "".join(f"Then Ida Roe{k} met Tom Quill{k}. " for k in range(60))
    _, _, pairs = decided(f"{crowd}\n{crowd} “No,” {crowd}\n{crowd}")
    assert np.diff(pairs.offsets).tolist() == [BEFORE_LIMIT + AFTER_LIMIT + EARLIER_LIMIT + LATER_LIMIT]


def test_the_shipped_weights_have_the_sizes_that_the_code_reads() -> None:
    model = ranker()
    assert model.table.shape == (len(model.direct), HIDDEN)
    assert len(model.direct).bit_count() == 1
    assert {len(column) for column in (model.scale, model.hidden, model.output)} == {HIDDEN}
    assert (len(model.known) * 8, len(model.common) * 8) == (KNOWN_BITS, COMMON_BITS)
    assert (np.diff(model.calibration[0]) > 0).all()

"""Classes of words by their vectors: the English tagger has them, the others read as if there were none."""

import numpy as np
import pytest

from assets.entities.tagger.features import spellings
from assets.entities.tagger.lexicon import BY_VECTORS, N_CLUSTERINGS
from assets.entities.tagger.scoring import feature_slots
from assets.entities.tagger.tagger import load_model, view_of
from assets.entities.tagger.tokens import tokenise

BITS = 19
COARSE = -1


@pytest.mark.parametrize(
    "words",
    [
        ("Monday", "Tuesday", "Friday"),
        ("January", "March", "October"),
        ("Madrid", "Lisbon", "Vienna"),
        ("Peter", "Michael", "Robert"),
    ],
    ids="-".join,
)
def test_words_that_keep_like_company_are_of_one_class(words: tuple[str, ...]) -> None:
    classes = spellings(tokenise([" ".join(words)]), load_model().lexicon).clusters[:, COARSE]
    assert len(set(classes.tolist())) == 1
    assert classes[0] > 0


def test_a_lexicon_without_vectors_gives_the_other_features_alone() -> None:
    tokens = tokenise(["The mayor of Tarnow Falls, Ola Vance, met the Orvel Union on Monday."])
    lexicon = load_model().lexicon
    without = lexicon._replace(clusters=np.ascontiguousarray(lexicon.clusters[:, :N_CLUSTERINGS]))
    blank = lexicon._replace(clusters=lexicon.clusters.copy())
    blank.clusters[:, BY_VECTORS:] = 0
    assert np.array_equal(spellings(tokens, without).base, spellings(tokens, blank).base)
    slots, bounds = feature_slots(BITS, view_of(tokens, without))
    more, further = feature_slots(BITS, view_of(tokens, lexicon))
    for token in range(tokens.n):
        fewer = set(slots[bounds[token] : bounds[token + 1]].tolist())
        assert fewer < set(more[further[token] : further[token + 1]].tolist())

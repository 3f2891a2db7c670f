"""What a document says about its words: initials find their long forms however many of these a batch has."""

import itertools
import string

import numpy as np

from assets.entities.tagger.evidence import occurrences
from assets.entities.tagger.features import spellings
from assets.entities.tagger.tagger import evidence, load_model
from assets.entities.tagger.tokens import tokenise

FIRST, LAST = 1, 3  # labels of a name's first and last word


def test_there_is_room_for_the_initials_of_every_name() -> None:
    names = [f"{a}na {b}roe" for a, b in itertools.product(string.ascii_uppercase, repeat=2)]
    tokens = tokenise(["\n".join(names)] * 8)
    spelt = spellings(tokens, load_model().lexicon)
    labels = np.tile(np.array([FIRST, LAST], np.uint8), tokens.n // 2)
    near = np.ones(tokens.n, np.bool_)
    found = evidence(tokens, spelt.kinds, near, occurrences(tokens, spelt.kinds), labels)
    assert len(found) == 8 * 2 * 26**2

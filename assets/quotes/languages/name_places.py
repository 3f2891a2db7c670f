"""Where the names of a batch may begin, in compiled code: what ``people.py`` looks at."""

import numpy as np
from numpy.typing import NDArray

from assets.quotes.languages.vocabulary import CAPITAL, GIVEN, JOINS_NAMES, PARTICLE
from assets.text.compiled import compiled
from assets.text.languages.press import FEMININE, MASCULINE

LONGEST_RUN = 8
"""Tokens of a run of names."""
_GOES_ON = CAPITAL | PARTICLE | JOINS_NAMES
_TITLE = MASCULINE | FEMININE


@compiled
def name_places(
    bits: NDArray[np.int64], bounds: NDArray[np.int64], nouns_capital: bool
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The tokens of each body where a name of two words or more may begin, and the first of them of each body.

    Where all nouns have a capital, a title before it or a given name in it must tell a name from them.
    """
    places = np.empty(len(bits), np.int64)
    of_bodies = np.zeros(len(bounds), np.int64)
    n = 0
    for body in range(len(bounds) - 1):
        begin, end = bounds[body], bounds[body + 1]
        given = begin - 1  # the last one up to LONGEST_RUN tokens ahead
        ahead = begin
        for j in range(begin, end - 1):
            while ahead < min(end, j + LONGEST_RUN):
                given = ahead if bits[ahead] & GIVEN else given
                ahead += 1
            if not bits[j] & CAPITAL or not bits[j + 1] & _GOES_ON:
                continue
            if nouns_capital and given < j and not (j > begin and bits[j - 1] & _TITLE):
                continue
            places[n] = j - begin
            n += 1
        of_bodies[body + 1] = n
    return places[:n].copy(), of_bodies

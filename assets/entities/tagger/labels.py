"""The labels of the tagger: outside, then, for every class, the token's place in the name."""

from assets.text.compiled import inlined

# Classes the tagger tells apart; the last two are learnt only so that they are not taken for the first three.
CLASSES = ("person", "organisation", "place", "people", "other")
N_CLASSES = len(CLASSES)
OUTSIDE = 0
BEGIN, INSIDE, LAST, SINGLE = range(4)
N_LABELS = 1 + 4 * N_CLASSES


@inlined
def class_of(label: int) -> int:
    return (label - 1) // 4


@inlined
def place_of(label: int) -> int:
    return (label - 1) % 4


@inlined
def ends_name(label: int) -> bool:
    """Whether a label is one of a name's last or only token."""
    return (label - 1) % 4 >= LAST

"""Lines that at least two other stories of an outlet carry are furniture."""

import itertools

from assets.articles.text_clean import clean_text
from assets.articles.text_repeats import LineCounts

BOILERPLATE = "The Velm Courier is read in every house along the coast, and it has been since the lighthouse was built."
STORIES = [
    "The mayor of Velm opened the new bridge on Monday and thanked the masons who had worked through the winter.",
    "A storm took the roof of the grain hall at Ostrow on Sunday night, and nobody was hurt, the fire brigade said.",
    "Fishermen in Karsund have asked the ministry for a longer season after a poor spring, their union said on Friday.",
]
PAGES = [("velmcourier.example", f"{story}\n{BOILERPLATE}") for story in STORIES]


def test_two_siblings_make_a_line_furniture() -> None:
    assert LineCounts.of(PAGES).repeated("velmcourier.example", BOILERPLATE)
    assert not LineCounts.of(PAGES[:2]).repeated("velmcourier.example", BOILERPLATE)
    assert not LineCounts.of(PAGES).repeated("velmcourier.example", STORIES[0])


def test_another_outlet_does_not_count() -> None:
    pages = [*PAGES[:2], ("elsewhere.example", PAGES[2][1])]
    assert not LineCounts.of(pages).repeated("velmcourier.example", BOILERPLATE)


def test_the_same_page_twice_counts_once() -> None:
    assert not LineCounts.of([*PAGES[:2], PAGES[0], PAGES[0]]).repeated("velmcourier.example", BOILERPLATE)


def test_case_and_space_do_not_matter() -> None:
    assert LineCounts.of(PAGES).repeated("velmcourier.example", "  " + BOILERPLATE.upper().replace(" ", "\u00a0 "))


def test_the_order_of_pages_does_not_matter() -> None:
    counts = {tuple(sorted(LineCounts.of(pages).counts.items())) for pages in itertools.permutations(PAGES)}
    assert len(counts) == 1


def test_a_repeated_line_leaves_the_body_with_its_reason() -> None:
    counts = LineCounts.of(PAGES)
    cleaned = clean_text(PAGES[0][1], counts, "velmcourier.example")
    assert BOILERPLATE not in cleaned.body
    assert (1, BOILERPLATE, "repeated") in list(cleaned.removed())

"""Where the article as a whole shows that the tagger is wrong, its spans are put right."""

import pytest

from assets.entities.articles.corrections import corrected

P, O, L = "person", "organisation", "place"  # noqa: E741


def spans_in(body: str, *tags: tuple[str, str]) -> list[tuple[int, int, str]]:
    """Spans of the named texts, each looked for after the one before it."""
    spans = []
    at = 0
    for text, kind in tags:
        start = body.index(text, at)
        at = start + len(text)
        spans.append((start, at, kind))
    return spans


def read(body: str, *tags: tuple[str, str]) -> list[tuple[str, str]]:
    mentions = corrected(body, spans_in(body, *tags))
    assert all(body[m.start : m.end] == m.text for m in mentions)
    return [(m.text, m.kind) for m in mentions]


@pytest.mark.parametrize(
    ("body", "tags", "meant"),
    [
        ("the University of Ellery said", [("University of", O), ("Ellery", L)], [("University of Ellery", O)]),
        ("the Bank of the Venn Isles said", [("Bank of", O), ("Venn Isles", L)], [("Bank of the Venn Isles", O)]),
        ("the Strait of Ellery is", [("Strait of", L), ("Ellery", L)], [("Strait of Ellery", L)]),
        ("the Guild of Orla Venn", [("Guild of", O), ("Orla Venn", P)], [("Guild of", O), ("Orla Venn", P)]),
        ("the Guild, of Ellery", [("Guild", O), ("Ellery", L)], [("Guild", O), ("Ellery", L)]),
        ("the Guild of.\nEllery", [("Guild of", O), ("Ellery", L)], [("Guild of", O), ("Ellery", L)]),
    ],
)
def test_a_name_that_ends_with_of_goes_on(body: str, tags: list[tuple[str, str]], meant: list[tuple[str, str]]) -> None:
    assert read(body, *tags) == meant


@pytest.mark.parametrize(
    ("body", "tags", "meant"),
    [
        (
            "Quorl-Venn was fined. The Guild sued Quorl-Venn.",
            [("Quorl-Venn", O), ("Guild", O), ("Quorl", O), ("Venn", O)],
            [("Quorl-Venn", O), ("Guild", O), ("Quorl-Venn", O)],
        ),
        ("The Ellery-Venn line opened.", [("Ellery", L), ("Venn", L)], [("Ellery", L), ("Venn", L)]),
        (
            "Quorl-Venn met Quorl - Venn",
            [("Quorl-Venn", O), ("Quorl", O), ("Venn", O)],
            [("Quorl-Venn", O), ("Quorl", O), ("Venn", O)],
        ),
    ],
)
def test_a_name_with_a_hyphen_is_whole_where_the_article_has_it_so(
    body: str, tags: list[tuple[str, str]], meant: list[tuple[str, str]]
) -> None:
    assert read(body, *tags) == meant


@pytest.mark.parametrize(
    ("body", "tags", "meant"),
    [
        (
            "Velmoran Mayor Quorl spoke. Later Quorl left.",
            [("Velmoran Mayor Quorl", P), ("Quorl", P)],
            [("Quorl", P), ("Quorl", P)],
        ),
        ("Velmoran Mayor Quorl spoke.", [("Velmoran Mayor Quorl", P)], [("Velmoran Mayor Quorl", P)]),
        (
            "John Mayor Quorl spoke. Later Quorl left.",
            [("John Mayor Quorl", P), ("Quorl", P)],
            [("John Mayor Quorl", P), ("Quorl", P)],
        ),
    ],
)
def test_a_name_begins_after_a_title_that_has_more_before_it(
    body: str, tags: list[tuple[str, str]], meant: list[tuple[str, str]]
) -> None:
    assert read(body, *tags) == meant


@pytest.mark.parametrize(
    ("body", "name", "kind"),
    [
        ("Quorl Hydro, the company that runs the dam, said so.", "Quorl Hydro", O),
        ("Quorl, a small state broadcaster in Ellery, said so.", "Quorl", O),
        ("Quorl, the company president, said so.", "Quorl", P),
        ("Quorl, the head of the company that runs the dam, said so.", "Quorl", P),
        ("John Quorl, the company that he is, said so.", "John Quorl", P),
    ],
)
def test_a_name_that_the_text_says_is_a_company_s_is_nobody_s(body: str, name: str, kind: str) -> None:
    assert read(body, (name, P)) == [(name, kind)]


@pytest.mark.parametrize(
    ("tagged", "meant"),
    [
        ("Councillor John Quorl", ("John Quorl", P)),
        ("Mayor Quorl", ("Mayor Quorl", L)),
        ("Prince Edward Island", ("Prince Edward Island", L)),
        ("Governor Quorl Bridge", ("Governor Quorl Bridge", L)),
    ],
)
def test_whoever_bears_a_post_is_no_place(tagged: str, meant: tuple[str, str]) -> None:
    assert read(f"It came from {tagged}, late on Friday.", (tagged, L)) == [meant]


def test_a_name_ends_before_a_bracket_that_closes_there() -> None:
    body = "ELLERY, Sept 9 (Quorl) - Dockworkers met."
    assert read(body, ("Quorl) - Dockworkers", O)) == [("Quorl", O)]


@pytest.mark.parametrize(
    ("tagged", "meant"), [("Ida Holm KC", "Ida Holm"), ("Ida Holm Ph.D.", "Ida Holm"), ("Holm KC", "Holm KC")]
)
def test_a_name_ends_before_degrees(tagged: str, meant: str) -> None:
    assert read(f"Rain fell on {tagged} at noon.", (tagged, P)) == [(meant, P)]


@pytest.mark.parametrize(
    ("tagged", "meant"),
    [
        ("Ministry of Water on Monday", "Ministry of Water"),
        ("Guild of Carters in late May", "Guild of Carters"),
        ("Venn last Friday", "Venn"),
        ("Ash Wednesday", "Ash Wednesday"),
        ("Isle of May", "Isle of May"),
        ("On Monday", "On Monday"),
    ],
)
def test_a_name_ends_before_the_day_of_which_the_sentence_tells(tagged: str, meant: str) -> None:
    assert read(f"The {tagged} was closed.", (tagged, O)) == [(meant, O)]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("Marland said no. Rain fell in Marland.", L),
        ("Marland said no. The president of Marland was away.", L),
        ("Marland said no to Marland’s foreign ministry.", L),
        ("ELLERY, Marland, Sept 7 - Marland said no.", L),
        ("Marland said no. In Marland, the mayor, Ada Venn, was away.", L),
        ("Marland said no. He believes in Marland Venn.", P),
        ("Marland said no. The wife of Marland was away.", P),
        ("Marland’s brother said no.", P),
    ],
)
def test_a_word_taken_for_a_surname_is_a_place_where_the_text_speaks_of_it_as_one(body: str, kind: str) -> None:
    tags = [("Marland", P)] * body.count("Marland")
    assert {k for _, k in read(body, *tags)} == {kind}


def test_a_surname_that_the_article_has_in_a_full_name_stays_a_person() -> None:
    body = "Ida Marland spoke. Trust in Marland fell."
    assert read(body, ("Ida Marland", P), ("Marland", P)) == [("Ida Marland", P), ("Marland", P)]


def test_the_adjective_of_a_place_is_not_a_place() -> None:
    body = "Velmora and its Velmoran towns, Oman and Om."
    tags = [("Velmora", L), ("Velmoran", L), ("Oman", L), ("Om", L)]
    assert read(body, *tags) == [("Velmora", L), ("Oman", L), ("Om", L)]


def test_a_surname_in_capitals_is_the_person() -> None:
    body = "LENS POST: Why?\nVENN: Because.\nOrla Venn is mayor. NATO is not."
    tags = [("LENS POST", O), ("VENN", O), ("Orla Venn", P), ("NATO", O)]
    assert read(body, *tags) == [("LENS POST", O), ("VENN", P), ("Orla Venn", P), ("NATO", O)]

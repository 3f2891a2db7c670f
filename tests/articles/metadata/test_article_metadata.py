"""Dates, datelines, names, headlines and credits as news pages print them."""

from datetime import datetime

import pytest

from assets.articles.html.page import parse_page
from assets.articles.language import detect_language
from assets.articles.metadata.agency import find_agency
from assets.articles.metadata.authors import credited_names, people, printed_authors
from assets.articles.metadata.dateline import find_dateline
from assets.articles.metadata.metadata import read_page
from assets.articles.metadata.title import page_title, without_site
from assets.text.dates.reading import printed_date, read_date
from assets.text.dates.timestamp import Timestamp
from tests.running import sample_registry

REGISTRY = sample_registry()


@pytest.mark.parametrize(
    ("text", "stamp"),
    [
        ("2025-03-14T22:30:00+02:00", Timestamp(datetime(2025, 3, 14, 20, 30), "second", 120)),
        ("2025-03-14T22:30:00.123Z", Timestamp(datetime(2025, 3, 14, 22, 30), "second", 0)),
        ("2025-01-14T01:28:54+0900", Timestamp(datetime(2025, 1, 13, 16, 28, 54), "second", 540)),
        ("Fri, 14 Mar 2025 10:00:00 GMT", Timestamp(datetime(2025, 3, 14, 10), "second", 0)),
        ("2025-03-14T22:30:00", Timestamp(datetime(2025, 3, 14), "day")),
        ("2025-03-14", Timestamp(datetime(2025, 3, 14), "day")),
        ("1741992624", Timestamp(datetime(2025, 3, 14, 22, 50, 24), "second", 0)),
        ("1741992624000", Timestamp(datetime(2025, 3, 14, 22, 50, 24), "second", 0)),
        ("14.03.2025", Timestamp(datetime(2025, 3, 14), "day")),
        ("March 15", None),
        ("yesterday", None),
        ("2025-13-45", None),
        # No clock is so far ahead: the day holds, the time on it is not known.
        ("2025-03-14T10:00:00+99:99", Timestamp(datetime(2025, 3, 14), "day")),
        ("2025-03-14 10:00 +9999", Timestamp(datetime(2025, 3, 14), "day")),
        ("", None),
        (None, None),
    ],
)
def test_a_clock_without_a_zone_is_a_day_only(text: str | None, stamp: Timestamp | None) -> None:
    assert read_date(text) == stamp


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Posted on March 14, 2025", (2025, 3, 14)),
        ("14 March 2025, 10:30", (2025, 3, 14)),
        ("erstellt: 01. April 2025, 15:25", (2025, 4, 1)),
        ("Publicado el 3 de mayo de 2024", (2024, 5, 3)),
        ("06.01.2026, Lesezeit 5 Min.", (2026, 1, 6)),
        ("2025年1月14日 01時28分", (2025, 1, 14)),
        ("date 2025-03-15 Marlow Tribune / world", (2025, 3, 15)),
        ("Copyright 2025", None),
        ("31.02.2025", None),
    ],
)
def test_dates_as_pages_print_them(line: str, day: tuple[int, int, int] | None) -> None:
    stamp = printed_date(line)
    assert (stamp.at if stamp else None) == (datetime(*day) if day else None)


@pytest.mark.parametrize(
    ("body", "place", "rest"),
    [
        ("KYIV, March 14 (Reuters) - The river rose.", "KYIV", "The river rose."),
        ("WASHINGTON/MOSCOW (Reuters) -The river rose.", "WASHINGTON/MOSCOW", "The river rose."),
        ("SALEM, Ore. (AP) — The river rose.", "SALEM, Ore.", "The river rose."),
        ("ISLAMABAD: The river rose.", "ISLAMABAD", "The river rose."),
        ("Kyiv: The river rose.", "Kyiv", "The river rose."),
        ("DUBLIN — “The river rose.”", "DUBLIN", "“The river rose.”"),
        ("Kiel (dpa) - Der Fluss stieg.", "Kiel", "Der Fluss stieg."),
        ("New Delhi, March 14: The river rose.", "New Delhi", "The river rose."),
        ("BREAKING: The river rose.", None, None),
        ("CLAIM: The river rose.", None, None),
        ("Mayor: The river rose.", None, None),
        ("The mayor (left) - The river rose.", None, None),
    ],
)
def test_a_dateline_is_read_and_cut_and_a_label_is_not(body: str, place: str | None, rest: str | None) -> None:
    dateline = find_dateline(body)
    assert (dateline.place if dateline else None) == place
    if dateline:
        assert body[dateline.end :] == rest


def test_a_dateline_may_follow_a_summary() -> None:
    body = "The river rose above the wall on Monday.\nKYIV (Reuters) - The water came at night."
    dateline = find_dateline(body)
    assert dateline is not None
    assert body[: dateline.start] + body[dateline.end :] == (
        "The river rose above the wall on Monday.\nThe water came at night."
    )


@pytest.mark.parametrize(
    ("body", "credit_lines", "bylines", "agency_id", "evidence"),
    [
        ("KYIV (Reuters) - It rained.", (), (), "reuters", "dateline"),
        ("It rained. REUTERS", (), (), "reuters", "credit"),
        ("It rained.\n(dpa)", (), (), "dpa", "credit"),
        ("It rained. Tellmark", (), (), "tellmark", "credit"),
        ("It rained.", ("AP/AFP",), (), "associated-press", "credit"),
        ("It rained.", (), ("Ada Brook", "AFP"), "afp", "byline"),
        ("It rained, he told AFP.", (), (), None, None),
        ("He works for Reuters", (), (), None, None),
        ("It rained.", (), ("Ada Brook",), None, None),
    ],
)
def test_an_agency_is_credited_not_mentioned(
    body: str, credit_lines: tuple[str, ...], bylines: tuple[str, ...], agency_id: str | None, evidence: str | None
) -> None:
    found = find_agency(body, find_dateline(body), credit_lines, bylines, REGISTRY)
    assert (found.source.source_id if found else None, found.evidence if found else None) == (agency_id, evidence)


@pytest.mark.parametrize(
    ("entries", "names"),
    [
        (["By Ada Brook and Cy Marsh"], ["Ada Brook", "Cy Marsh"]),
        (["Von Ada Brook, dpa"], ["Ada Brook"]),
        (["Ada Brook, Senior Reporter"], ["Ada Brook"]),
        (["Ada Brook (abr)"], ["Ada Brook"]),
        (["ADA BROOK"], ["ADA BROOK"]),
        (["María R. Olmedo", "Miguel A. Torres"], ["María R. Olmedo", "Miguel A. Torres"]),
        (["Jan van der Berg"], ["Jan van der Berg"]),
        (["신현주 기자"], ["신현주"]),
        (["Reuters"], []),
        (["The Guardian"], []),
        (["Politics Desk"], []),
        (["Redaktion"], []),
        (["https://www.facebook.com/marlowtribune"], []),
        (["a.brook@marlow.example"], []),
        (["Ada Brook", "ada brook"], ["Ada Brook"]),
        (["Marlow Press Agency, Northgate, England"], []),
    ],
)
def test_authors_are_people(entries: list[str], names: list[str]) -> None:
    assert people(entries, REGISTRY) == names


@pytest.mark.parametrize(
    ("entries", "credited"),
    [
        (["By Ada Brook, AP", "Politics Desk"], ["AP", "Politics Desk"]),
        (["Ada Brook, Senior Reporter, AP"], ["AP"]),
        (["Ada Brook, Marlow Tribune"], []),
        (["Marlow Tribune"], ["Marlow Tribune"]),
        (["Ada Brook", "https://marlow.example/authors/ada-brook", "ada-brook"], []),
    ],
)
def test_what_a_byline_credits_beside_people_is_kept_apart(entries: list[str], credited: list[str]) -> None:
    own = frozenset({"marlow tribune"})
    assert credited_names(entries, people(entries, REGISTRY, own), own) == credited


@pytest.mark.parametrize(
    ("linked", "bylines", "authors"),
    [
        ("", ["Photo: Cy Marsh", "By Ada Brook"], ["Ada Brook"]),
        ("dpa", ["dpa", "By Cy Marsh"], []),
        ("dpa", ["By Ada Brook, dpa", "By Cy Marsh"], ["Ada Brook"]),
        ("Marlow Tribune", ["By Ada Brook"], ["Ada Brook"]),
    ],
)
def test_a_printed_byline_is_the_storys_own(linked: str, bylines: list[str], authors: list[str]) -> None:
    script = f'{{"@type":"NewsArticle","author":{{"@type":"Organization","name":"{linked}"}}}}'
    printed = "".join(f'<p class="byline">{byline}</p>' for byline in bylines)
    page = parse_page(f'<script type="application/ld+json">{script}</script><h1>River rises</h1>{printed}')
    assert page is not None
    assert printed_authors(page, REGISTRY, frozenset({"marlow tribune"})) == authors


def test_the_sites_own_name_is_not_an_author() -> None:
    assert people(["Marlow Tribune", "Ada Brook"], REGISTRY, frozenset({"marlow tribune"})) == ["Ada Brook"]


@pytest.mark.parametrize(
    ("title", "names", "expected"),
    [
        ("The river rose - Marlow Tribune", {"marlow tribune"}, "The river rose"),
        ("The river rose | News | Marlow Tribune", {"marlow tribune", "news"}, "The river rose"),
        ("Marlow Tribune: the river rose", {"marlow tribune"}, "Marlow Tribune: the river rose"),
        ("Flood - what we know", {"marlow tribune"}, "Flood - what we know"),
    ],
)
def test_a_sites_name_is_cut_from_a_title_and_nothing_else(title: str, names: set[str], expected: str) -> None:
    assert without_site(title, frozenset(names)) == expected


PAGE = """<html lang=en><head><title>The river rose | Marlow Tribune</title>
<meta property="og:site_name" content="Marlow Tribune"><meta property="og:title" content="The river rose - Marlow Tribune">
<meta property="article:published_time" content="2025-03-14T08:00:00Z">
<meta property="article:modified_time" content="2025-03-15T08:00:00Z">{script}</head>
<body><h1>The river rose</h1><span class="byline">By Ada Brook</span><p>It rained.</p></body></html>"""


def linked(text: str) -> str:
    return PAGE.replace("{script}", f'<script type="application/ld+json">{text}</script>')


def test_json_ld_is_read_before_meta_tags_and_meta_tags_before_the_page() -> None:
    page = parse_page(
        linked('{"@type":"NewsArticle","datePublished":"2025-03-13T09:00:00+01:00","author":{"name":"Cy Marsh"}}')
    )
    assert page is not None
    found = read_page(page, "https://marlowtribune.example/a", REGISTRY)
    assert found.published == Timestamp(datetime(2025, 3, 13, 8), "second", 60)
    assert (found.published_from, found.authors, found.title) == ("jsonld", ("Cy Marsh",), "The river rose")
    assert found.modified == Timestamp(datetime(2025, 3, 15, 8), "second", 0)
    assert found.source.name == "Marlow Tribune"

    plain = parse_page(PAGE.replace("{script}", ""))
    assert plain is not None
    found = read_page(plain, None, REGISTRY)
    assert (found.published_from, found.authors) == ("meta", ("Ada Brook",))


@pytest.mark.parametrize(
    "script",
    [
        "{broken",
        "[]",
        '{"@type":"WebPage"}',
        '{"@type":["NewsArticle"],"headline":{"a":1},"author":7,"datePublished":null}',
    ],
)
def test_broken_json_ld_is_passed_over(script: str) -> None:
    page = parse_page(linked(script))
    assert page is not None
    assert read_page(page, None, REGISTRY).published_from == "meta"


@pytest.mark.parametrize("date", ["9999-12-31T10:00+99:99", "0000-00-00"])
def test_a_date_that_no_calendar_has_is_not_known(date: str) -> None:
    page = parse_page(
        f"<html><head><title>{date}</title></head><body><h1>{date}</h1><time datetime='{date}'>{date}</time></body></html>"
    )
    assert page is not None
    assert read_page(page, None, REGISTRY).published is None


def test_an_update_of_a_live_report_is_not_its_article() -> None:
    page = parse_page(
        linked(
            '{"@type":"LiveBlogPosting","headline":"The river rose","datePublished":"2025-03-13","liveBlogUpdate":'
            '[{"@type":"BlogPosting","headline":"Noon","datePublished":"2025-03-14","author":"Cy Marsh","articleBody":"x"}]}'
        )
    )
    assert page is not None
    assert page.article["headline"] == "The river rose"


TITLES = """<html><head><title>{window}</title><meta property="og:title" content="{shared}">
<meta name="twitter:title" content="{networks}"><script type="application/ld+json">{{"@type":"NewsArticle","headline":"{linked}"}}</script>
</head><body><h1>{printed}</h1></body></html>"""


@pytest.mark.parametrize(
    ("linked", "shared", "printed", "window", "networks", "title"),
    [
        ("River rises", "River rises", "River rises", "River rises - Marlow Tribune", "River rises", "River rises"),
        # The desk's headline, and one for search engines, for networks, for both.
        ("Flood 2025: all about it", "River rises", "River rises", "Flood 2025: all about it | Marlow Tribune", "", "River rises"),
        ("River rises", "You will not believe this river", "River rises", "", "You will not believe this river", "River rises"),
        ("River rises", "Flood in Marlow", "Flood in Marlow", "Flood in Marlow", "Flood in Marlow", "River rises"),
        ("Marlow flood: river rises", "River rises", "Marlow flood: river rises", "Marlow flood: river rises", "", "River rises"),
        # Forms of one headline.
        ("River rises | Local", "River rises", "River rises", "River rises | Local", "", "River rises"),
        ("River rises above the …", "River rises above the wall", "River rises above the wall", "", "", "River rises above the wall"),
        # What is missing is made up for.
        ("", "River rises", "Flood", "", "", "River rises"),
        ("", "", "Flood", "River rises", "", "Flood"),
        ("", "Marlow Tribune", "", "River rises - Marlow Tribune", "", "River rises"),
        ("", "", "", "", "River rises", "River rises"),
        ("", "", "", "", "", None),
    ],
)  # fmt: skip
def test_of_several_headlines_the_desks_own_is_taken(
    linked: str, shared: str, printed: str, window: str, networks: str, title: str | None
) -> None:
    page = parse_page(TITLES.format(linked=linked, shared=shared, printed=printed, window=window, networks=networks))
    assert page is not None
    assert page_title(page, frozenset({"marlow tribune"})) == title


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The mayor said on Monday that the wall would hold.", "en"),
        ("Der Bürgermeister sagte am Montag, die Mauer werde halten.", "de"),
        ("Le maire a déclaré lundi que le mur tiendrait.", "fr"),
        ("市長は月曜日、壁は持ちこたえると述べた。", "ja"),
        ("No sleep at all, Bram Oster said.", "en"),
        ("O conselho aprovou a obra na terça-feira, disse Ada Quill.", "pt"),
    ],
)
def test_language_of_one_sentence(text: str, language: str) -> None:
    assert detect_language(text) == language

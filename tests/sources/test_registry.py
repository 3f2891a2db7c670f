"""Who published it: by address, by name, by what a page prints about itself, by an agency's credit."""

import csv

import pytest

from assets.sources.names import fold_name, registered_domain, slug
from assets.sources.registry import default_registry, read_registry
from pipeline.project import REFERENCE
from pipeline.reference import ListError

REGISTRY = default_registry()


@pytest.mark.parametrize(
    ("url", "source_id"),
    [
        ("https://www.theguardian.com/world/2025/mar/14/story", "the-guardian"),
        ("https://timesofindia.indiatimes.com/india/1.cms", "the-times-of-india"),
        ("https://economictimes.indiatimes.com/1.cms", "the-economic-times"),
        ("https://www.reuters.com/world/story", "reuters"),
        ("http://news.marlow-tribune.co.uk/a", "marlow-tribune-co-uk"),
        ("https://127.0.0.1/a", None),
        ("not an address", None),
        ("http://[broken", None),
        (None, None),
    ],
)
def test_the_address_tells_the_source(url: str | None, source_id: str | None) -> None:
    source = REGISTRY.from_url(url)
    assert (source.source_id if source else None) == source_id


@pytest.mark.parametrize(
    ("name", "source_id"),
    [
        ("The Straits Times", "the-straits-times"),
        ("STRAITS TIMES", "the-straits-times"),
        ("straitstimes.com", "the-straits-times"),
        ("El País", "el-pais"),
        ("Agence France-Presse", "afp"),
        ("The Marlow Tribune", "the-marlow-tribune"),
    ],
)
def test_a_name_an_alias_or_a_domain_tells_the_source(name: str, source_id: str) -> None:
    source = REGISTRY.from_name(name)
    assert source is not None
    assert source.source_id == source_id


@pytest.mark.parametrize(
    ("line", "source_id"),
    [
        ("Every morning: ST's newsletters for early readers", "the-straits-times"),
        ("Hindustan Times", "hindustan-times"),
        ("© 2025 Dawn. All rights reserved.", "dawn"),
        ("Copyright Le Monde", "le-monde"),
        ("Focus", None),
        ("Outlook", None),
        ("PHOTO: REUTERS", None),
        ("© AFP", None),
    ],
)
def test_boilerplate_tells_the_outlet_but_a_section_or_a_picture_credit_does_not(
    line: str, source_id: str | None
) -> None:
    source = REGISTRY.from_header([line])
    assert (source.source_id if source else None) == source_id


@pytest.mark.parametrize(
    ("credit", "agency_id"),
    [
        ("REUTERS", "reuters"),
        ("Reuters", "reuters"),
        ("(AP)", "associated-press"),
        ("dpa", "dpa"),
        ("DPA", "dpa"),
        ("Agence France-Presse", "afp"),
        ("ap", None),
        ("app", None),
        ("App", None),
        ("Marlow", None),
        (None, None),
    ],
)
def test_short_credits_count_only_as_they_are_printed(credit: str | None, agency_id: str | None) -> None:
    agency = REGISTRY.agency(credit)
    assert (agency.source_id if agency else None) == agency_id


@pytest.mark.parametrize(
    ("name", "folded", "as_slug"),
    [
        ("The Straits Times®", "the straits times", "the-straits-times"),
        ("L’Express", "lexpress", "lexpress"),
        ("Süddeutsche Zeitung", "suddeutsche zeitung", "suddeutsche-zeitung"),
    ],
)
def test_names_are_compared_without_case_accents_and_marks(name: str, folded: str, as_slug: str) -> None:
    assert fold_name(name) == folded
    assert slug(name) == as_slug


def test_a_name_without_latin_letters_has_a_stable_id() -> None:
    assert slug("毎日新聞") == slug("毎日新聞")
    assert slug("毎日新聞") != slug("朝日新聞")


@pytest.mark.parametrize(
    ("host", "domain"),
    [("www.example.co.uk", "example.co.uk"), ("a.b.example.com", "example.com"), ("localhost", None)],
)
def test_registered_domain(host: str, domain: str | None) -> None:
    assert registered_domain(host) == domain


@pytest.mark.parametrize("name", ["outlets.csv", "agencies.csv"])
def test_every_row_of_the_lists_has_a_name_of_its_own_and_a_country(name: str) -> None:
    with (REFERENCE / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    domains = [domain for row in rows for domain in row["domains"].split("|")]
    assert len(domains) == len(set(domains))
    assert len({slug(row["name"]) for row in rows}) == len(rows)
    assert all(len(row["country"]) == 2 and row["country"].isupper() for row in rows)


def test_a_name_given_twice_is_an_error_that_names_it() -> None:
    post = {"name": "A Post", "domains": "a.example", "country": "XX", "aliases": "", "header_phrases": ""}
    with pytest.raises(ListError, match=r"'A Post' is listed twice, in outlets\.csv or agencies\.csv"):
        read_registry([post, {**post, "domains": "b.example"}], [])


def test_a_very_long_name_has_an_id_that_can_name_a_file() -> None:
    one, other = slug("The Herald " * 50 + "One"), slug("The Herald " * 50 + "Two")
    assert len(one) < 120
    assert one != other

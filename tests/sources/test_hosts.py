"""Which publication an address is of, where one host serves many; whose page an archive's copy is."""

import csv

import pytest

from assets.sources.hosts import original, shared_hosts, site_of
from assets.sources.registry import default_registry
from pipeline.project import REFERENCE

REGISTRY = default_registry()


@pytest.mark.parametrize(
    ("url", "site"),
    [
        # Hosts that give each publication a subdomain.
        ("https://averleynotes.substack.com/p/crane", "averleynotes.substack.com"),
        ("https://open.substack.com/pub/averleynotes/p/crane?r=1", "averleynotes.substack.com"),
        ("https://substack.com/home/post/p-1", None),
        ("https://averleynotes.blogspot.com/2026/03/crane.html", "averleynotes.blogspot.com"),
        ("https://averleynotes.blogspot.co.uk/2026/03/crane.html", "averleynotes.blogspot.com"),
        ("https://averleynotes.wordpress.com/2026/03/04/crane", "averleynotes.wordpress.com"),
        ("https://www.wordpress.com/", None),
        ("https://averleynotes.beehiiv.com/p/crane", "averleynotes.beehiiv.com"),
        ("https://averleynotes.ghost.io/crane", "averleynotes.ghost.io"),
        ("https://www.averleynotes.tumblr.com/post/1", "averleynotes.tumblr.com"),
        ("https://www.tumblr.com/averleynotes/123/crane", "averleynotes.tumblr.com"),
        ("https://averleynotes.wixsite.com/home/post/crane", "averleynotes.wixsite.com"),
        # The private part of the public-suffix list.
        ("https://averleynotes.github.io/crane", "averleynotes.github.io"),
        ("https://deep.averleynotes.netlify.app/crane", "averleynotes.netlify.app"),
        # Hosts that give each publication a path.
        ("https://medium.com/@AdaBrook/crane-1a2b", "adabrook.medium.com"),
        ("https://adabrook.medium.com/crane-1a2b", "adabrook.medium.com"),
        ("https://medium.com/averley-notes/crane-1a2b", "medium.com/averley-notes"),
        ("https://medium.com/p/1a2b", None),
        ("https://twitter.com/AverleyNotes/status/1", "x.com/averleynotes"),
        ("https://x.com/averleynotes/status/1", "x.com/averleynotes"),
        ("https://x.com/i/status/1", None),
        ("https://t.me/s/averleynotes/12", "t.me/averleynotes"),
        ("https://www.facebook.com/averley.notes/posts/1", "facebook.com/averley.notes"),
        ("https://www.facebook.com/permalink.php?story_fbid=1", None),
        ("https://sites.google.com/view/averleynotes/crane", "sites.google.com/view/averleynotes"),
        # Hosts that tell nothing.
        ("https://pastebin.com/1a2b", None),
        ("https://archive.ph/1a2b", None),
        # A publication's own domain, under an ending that is on no list too.
        ("https://news.averley-notes.co.uk/crane", "averley-notes.co.uk"),
        ("https://www.averleynotes.example/crane", "averleynotes.example"),
        ("http://192.168.0.7/crane", None),
        ("http://newsdesk/crane", None),
        ("crane", None),
        (None, None),
    ],
)
def test_the_site_of_an_address(url: str | None, site: str | None) -> None:
    found = site_of(url)
    assert (found.name if found else None) == site


@pytest.mark.parametrize(
    "url",
    [
        "https://web.archive.org/web/20260304071200/https://www.averleynotes.com/crane?page=2",
        "https://web.archive.org/web/20260304071200id_/https:/www.averleynotes.com/crane?page=2",
        "https://web.archive.org/web/2026/www.averleynotes.com/crane?page=2",
        "https://archive.ph/20260304071200/https://www.averleynotes.com/crane?page=2",
        "https://12ft.io/https://www.averleynotes.com/crane?page=2",
        "https://www-averleynotes-com.cdn.ampproject.org/c/s/www.averleynotes.com/crane?page=2",
        "https://www.google.com/amp/s/www.averleynotes.com/crane?page=2",
        "https://www.averleynotes.com/crane?page=2",
    ],
)
def test_a_copy_of_a_page_is_its_outlets(url: str) -> None:
    assert original(url) == "https://www.averleynotes.com/crane?page=2"


def test_an_address_in_a_query_is_not_the_pages() -> None:
    url = "https://averleynotes.com/share?of=https://other.com/crane"
    assert original(url) == url


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://averley.blogspot.com/a", "https://averley-blogspot.com/a"),
        ("https://averley.substack.com/a", "https://brook.substack.com/a"),
        ("https://medium.com/averley/a", "https://medium.com/@averley/a"),
    ],
)
def test_different_publications_are_different_sources(one: str, other: str) -> None:
    sources = [REGISTRY.from_url(url) for url in (one, other)]
    assert all(sources)
    assert len({source.source_id for source in sources if source}) == 2


def test_the_list_of_hosts_is_well_formed() -> None:
    with (REFERENCE / "shared_hosts.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["domain"] for row in rows] == sorted({row["domain"] for row in rows})
    assert {row["subdomains"] for row in rows} == {"yes", "no"}
    assert all(
        pattern.startswith("/") and "*" in pattern for row in rows for pattern in row["paths"].split("|") if pattern
    )
    assert set(shared_hosts()).isdisjoint(REGISTRY.by_domain)

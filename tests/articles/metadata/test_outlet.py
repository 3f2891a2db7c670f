"""The outlet that a page says that it is of."""

import json
from typing import Any

import pytest

from assets.articles.html.page import parse_page, scan_page
from assets.articles.metadata.metadata import read_head
from assets.sources.registry import default_registry

REGISTRY = default_registry()
POST = {"@type": "Organization", "name": "The Orm Post"}


def story(**more: Any) -> dict[str, Any]:
    return {"@type": "NewsArticle", "headline": "Crane vote put off", "datePublished": "2026-03-04", **more}


def graph(*nodes: dict[str, Any]) -> dict[str, Any]:
    return {"@context": "https://schema.org", "@graph": list(nodes)}


def linked(value: Any) -> str:
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


def meta(**names: str) -> str:
    return "".join(f'<meta property="{name.replace("_", ":", 1)}" content="{value}">' for name, value in names.items())


CASES: list[tuple[str, str, str | None, tuple[str, str] | None]] = [
    # (what is tried, head, address, (name, what tells it))
    ("publisher", linked(story(publisher=POST)), None, ("The Orm Post", "name")),
    ("publisher as text", linked(story(publisher="The Orm Post")), None, ("The Orm Post", "name")),
    ("publisher in a list", linked([story(publisher=[POST])]), None, ("The Orm Post", "name")),
    ("publisher in a graph", linked(graph({"@type": "WebSite"}, story(publisher=POST))), None, ("The Orm Post", "name")),
    ("publisher by reference", linked(graph(story(publisher={"@id": "#o"}), {**POST, "@id": "#o"})), None, ("The Orm Post", "name")),
    ("reference with a type", linked(graph(story(publisher={"@id": "#o", "@type": "Organization"}), {**POST, "@id": "#o"})), None,
     ("The Orm Post", "name")),
    ("reference into another script", linked(story(publisher={"@id": "#o"})) + linked({**POST, "@id": "#o"}), None,
     ("The Orm Post", "name")),
    ("reference that is an address", linked(story(publisher={"@id": "https://ormpost.example/#organization"})), None,
     ("ormpost.example", "site")),
    ("part of a site", linked(story(isPartOf={"@type": "WebSite", "name": "The Orm Post"})), None, ("The Orm Post", "name")),
    ("part of a page of a site", linked(graph(story(isPartOf={"@id": "#p"}), {"@type": "WebPage", "@id": "#p", "isPartOf": {"@id": "#s"}},
     {"@type": "WebSite", "@id": "#s", "name": "The Orm Post"})), None, ("The Orm Post", "name")),
    ("part of a section", linked(story(isPartOf={"@type": "CreativeWork", "name": "Harbour"})), None, None),
    ("a page that calls itself a site", linked(story(isPartOf={"@type": "WebSite", "name": "Crane vote put off"})), None, None),
    ("a name in markup", linked(story(publisher={"name": "Orm &amp; Quay Post"})), None, ("Orm & Quay Post", "name")),
    ("source organisation", linked(story(sourceOrganization=POST)), None, ("The Orm Post", "name")),
    ("a site and no article", linked({"@type": "WebSite", "name": "The Orm Post"}), None, ("The Orm Post", "name")),
    ("round in circles", linked(graph(story(isPartOf={"@id": "#p"}), {"@type": "WebPage", "@id": "#p", "isPartOf": {"@id": "#p"}})), None, None),
    ("another story's publisher", linked(story()) + linked({"@type": "Product", "brand": POST}), None, None),
    ("nothing usable", linked(story(publisher={"name": {"a": 1}, "url": 7}, isPartOf=[None, 7])), None, None),
    ("site name", meta(og_site_name="The Orm Post"), None, ("The Orm Post", "name")),
    ("site name before publisher", meta(og_site_name="Orm Post") + linked(story(publisher=POST)), None, ("Orm Post", "name")),
    ("a handle is not a name", meta(og_site_name="@ormpost"), None, None),
    ("a stranger's account", meta(twitter_site="@ormpost"), None, None),
    ("the account of an outlet on the list", meta(twitter_site="@reuters"), None, ("Reuters", "list")),
    ("a placeholder", meta(og_site_name="My Site"), None, None),
    ("a placeholder and a publisher", meta(og_site_name="Home") + linked(story(publisher=POST)), None, ("The Orm Post", "name")),
    ("the host of many", meta(og_site_name="Medium"), "https://medium.com/@ormpost/crane", ("ormpost.medium.com", "site")),
    ("a publication on a host of many", meta(og_site_name="The Orm Post"), "https://ormpost.substack.com/p/crane", ("The Orm Post", "name")),
    ("an account beside an address", meta(twitter_site="@ormpost"), "https://ormpost.example/crane", ("ormpost.example", "site")),
    ("an outlet on the list by its address", meta(og_site_name="News"), "https://www.straitstimes.com/crane", ("The Straits Times", "list")),
    ("an agency's name on an outlet's site", linked(story(publisher={"name": "Reuters"})), "https://ormpost.example/crane",
     ("ormpost.example", "site")),
    ("canonical address", '<link rel="canonical" href="https://ormpost.example/crane">', None, ("ormpost.example", "site")),
    ("canonical address, attributes turned round", "<link href='https://ormpost.example/crane' rel='canonical'/>", None, ("ormpost.example", "site")),
    ("the address of a saved page", "<!-- saved from url=(0034)https://ormpost.example/crane -->", None, ("ormpost.example", "site")),
    ("the address of a copied original", '<link rel="canonical" href="https://www.straitstimes.com/crane">', "https://ormpost.example/crane",
     ("ormpost.example", "site")),
    ("the article's own address", linked(story(mainEntityOfPage={"@id": "https://ormpost.example/crane"})), None, ("ormpost.example", "site")),
    ("nothing", "", None, None),
]  # fmt: skip


@pytest.mark.parametrize(("head", "url", "outlet"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_the_outlet_of_a_page(head: str, url: str | None, outlet: tuple[str, str] | None) -> None:
    markup = f"<!DOCTYPE html><html><head>{head}</head><body><h1>Crane vote put off</h1></body></html>"
    for page in (parse_page(markup), scan_page(markup)):
        assert page is not None
        source = read_head(page, url, REGISTRY)[0].source
        assert (source and (source.name, source.known_by)) == outlet

"""Feeds over HTTP, against a server on this machine under an invented name."""

import gzip
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import document_samples as samples
import pytest
from document_reading import read_all

from assets.documents.feeds.feed_fetch import fetch_feed
from assets.documents.feeds.fetch import Fetcher, FetchError, FetchOptions, is_public


@dataclass
class Site:
    """Answers by path: status, headers, content; remembers what was asked."""

    port: int = 0
    answers: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def url(self, path: str) -> str:
        return f"http://herald.example:{self.port}{path}"

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]


@pytest.fixture
def site() -> Iterator[Site]:
    here = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/slow":
                time.sleep(1)
            here.asked.append((self.path, dict(self.headers)))
            status, headers, content = here.answers.get(self.path, (404, {}, b""))
            if headers.get("ETag") and self.headers.get("If-None-Match") == headers["ETag"]:
                status, content = 304, b""
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    here.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield here
    server.shutdown()
    server.server_close()
    thread.join()


def fetcher(**options: object) -> Fetcher:
    return Fetcher(
        FetchOptions(**{"pause_s": 0, **options}), resolve=lambda host, port: ["127.0.0.1"], may_connect=lambda _: True
    )  # type: ignore[arg-type]


def test_a_feed_becomes_a_file_of_the_inbox_and_is_asked_for_only_when_changed(site: Site, inbox: Path) -> None:
    site.answers["/rss"] = (
        200,
        {"ETag": '"1"', "Last-Modified": "Fri, 14 Mar 2025 10:15:00 GMT"},
        samples.RSS.encode(),
    )
    first = fetch_feed(site.url("/rss"), inbox, fetcher())
    second = fetch_feed(site.url("/rss"), inbox, fetcher())
    assert (first.changed, len(first.written), first.problems) == (True, 1, ())
    assert (second.changed, second.written, second.problems) == (False, (), ())
    assert site.asked[-1][1]["If-None-Match"] == '"1"'
    assert site.asked[-1][1]["If-Modified-Since"] == "Fri, 14 Mar 2025 10:15:00 GMT"
    assert len(read_all([inbox]).documents) == 2


def test_the_pages_behind_the_items_come_with_a_manifest(site: Site, inbox: Path) -> None:
    feed = samples.RSS.replace("https://herald.example/", site.url("/"))
    site.answers |= {
        "/rss": (200, {}, feed.encode()),
        "/bridge": (200, {}, samples.PAGE.encode()),
        "/ferry": (500, {}, b""),
    }
    result = fetch_feed(site.url("/rss"), inbox, fetcher(), with_pages=True)
    assert [path.suffix for path in result.written] == [".xml", ".html"]
    assert len(result.problems) == 1
    assert "status 500" in result.problems[0]
    page = next(document for document in read_all([inbox]).documents if document["format"] == "html")
    assert (page["url"], page["title_hint"], page["outlet_hint"], page["hints_from"]) == (
        site.url("/bridge"), "Bridge to open in May", "Northgate Herald", "manifest",
    )  # fmt: skip
    site.asked.clear()
    fetch_feed(site.url("/rss"), inbox, fetcher(), with_pages=True)
    assert site.paths() == ["/robots.txt", "/rss", "/ferry"], "a page that is there is not fetched again"


def test_robots_txt_is_honoured(site: Site) -> None:
    site.answers |= {
        "/robots.txt": (200, {}, b"User-agent: *\nDisallow: /private\n"),
        "/private/rss": (200, {}, b"x"),
        "/rss": (200, {}, b"y"),
    }
    assert fetcher().fetch(site.url("/rss")).content == b"y"
    with pytest.raises(FetchError, match="robots"):
        fetcher().fetch(site.url("/private/rss"))
    assert "/private/rss" not in site.paths()


def test_a_site_whose_robots_txt_fails_is_left_alone(site: Site) -> None:
    site.answers |= {"/robots.txt": (503, {}, b""), "/rss": (200, {}, b"y")}
    with pytest.raises(FetchError, match="robots"):
        fetcher().fetch(site.url("/rss"))


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
     "::1", "fe80::1", "fc00::1", "::ffff:10.0.0.1", "::ffff:127.0.0.1", "fe80::1%eth0"],
)  # fmt: skip
def test_private_addresses_are_refused(site: Site, address: str) -> None:
    assert not is_public(address)
    with pytest.raises(FetchError, match="not in the public internet"):
        Fetcher(resolve=lambda host, port: ["93.184.216.34", address]).fetch(site.url("/rss"))
    assert site.asked == []


def test_a_redirect_to_a_private_address_is_refused(site: Site) -> None:
    site.answers["/rss"] = (302, {"Location": "http://inside.example/secret"}, b"")
    places = {"herald.example": ["127.0.0.1"], "inside.example": ["10.0.0.1"]}
    careful = Fetcher(resolve=lambda host, port: places[host], may_connect=lambda address: address == "127.0.0.1")
    with pytest.raises(FetchError, match=r"inside\.example.*10\.0\.0\.1"):
        careful.fetch(site.url("/rss"))


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://a.example/", "http://", "http://u:p@a.example/", "http://[::1", "a.example"]
)
def test_only_web_addresses_are_fetched(url: str) -> None:
    with pytest.raises(FetchError):
        fetcher().fetch(url)


def test_redirects_are_followed_and_counted(site: Site) -> None:
    site.answers |= {"/a": (301, {"Location": "/b"}, b""), "/b": (200, {}, b"y"), "/c": (302, {"Location": "/c"}, b"")}
    assert fetcher().fetch(site.url("/a")).url == site.url("/b")
    with pytest.raises(FetchError, match="redirects"):
        fetcher().fetch(site.url("/c"))


def test_an_answer_over_the_limit_is_broken_off(site: Site) -> None:
    site.answers |= {
        "/big": (200, {}, b"x" * 50_000),
        "/bomb": (200, {"Content-Encoding": "gzip"}, gzip.compress(bytes(50_000))),
    }
    for path in ("/big", "/bomb"):
        with pytest.raises(FetchError, match="over 10000 bytes"):
            fetcher(max_bytes=10_000).fetch(site.url(path))
    assert fetcher().fetch(site.url("/bomb")).content == bytes(50_000)


def test_a_server_that_does_not_answer_is_given_up(site: Site) -> None:
    site.answers["/slow"] = (200, {}, b"late")
    with pytest.raises(FetchError, match="failed"):
        fetcher(timeout_s=0.3).fetch(site.url("/slow"))


def test_the_pause_between_pages_is_what_robots_txt_asks_for_within_reason(site: Site) -> None:
    site.answers |= {"/robots.txt": (200, {}, b"User-agent: *\nCrawl-delay: 4\n"), "/rss": (200, {}, b"y")}
    polite = fetcher(pause_s=0.5)
    assert polite.pause(site.url("/rss")) == 0.5
    polite.fetch(site.url("/rss"))
    assert polite.pause(site.url("/rss")) == 4


def test_a_feed_that_fails_is_a_problem_and_not_an_exception(site: Site, inbox: Path) -> None:
    result = fetch_feed(site.url("/none"), inbox, fetcher())
    assert (result.changed, result.written) == (False, ())
    assert "status 404" in result.problems[0]


def test_a_broken_address_is_a_problem_and_not_an_exception(inbox: Path) -> None:
    outcome = fetch_feed("http://[broken", inbox, fetcher())
    assert "not a web address" in outcome.problems[0]

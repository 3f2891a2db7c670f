"""The report over HTTP: read-only, from this machine alone, kept by the browser until it changes."""

import http.client
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from orchestration.sharing.serve import report_server, served_file


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for release in ("one", "two"):
        folder = tmp_path / release / "report"
        (folder / "static").mkdir(parents=True)
        (folder / "index.html").write_text(f"<p>release {release}</p>", encoding="utf-8")
        (folder / "static" / "report.css").write_text("p { margin: 0 }")
    (tmp_path / "secret.txt").write_text("not yours")
    (tmp_path / "one" / "report" / "away").symlink_to(tmp_path / "secret.txt")
    (tmp_path / "report").symlink_to(Path("one", "report"))
    return tmp_path


@pytest.fixture
def port(site: Path) -> Iterator[int]:
    with report_server(site / "report", 0) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        thread.join()


def ask(port: int, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    told = (answer.status, dict(answer.getheaders()), answer.read())
    connection.close()
    return told


def test_pages_and_styles_come_with_their_types(port: int) -> None:
    status, headers, body = ask(port, "/")
    assert (status, body) == (200, b"<p>release one</p>")
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert ask(port, "/static/report.css?x=1")[1]["Content-Type"] == "text/css; charset=utf-8"


def test_what_has_not_changed_is_not_sent_again(port: int) -> None:
    tag = ask(port, "/index.html")[1]["ETag"]
    status, headers, body = ask(port, "/index.html", If_None_Match=tag)
    assert (status, body, headers["Cache-Control"]) == (304, b"", "no-cache")


def test_a_release_that_is_published_is_the_next_one_shown(port: int, site: Path) -> None:
    tag = ask(port, "/")[1]["ETag"]
    link = site / "fresh"
    link.symlink_to(Path("two", "report"))
    link.replace(site / "report")
    assert ask(port, "/", If_None_Match=tag)[2] == b"<p>release two</p>"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nothing_can_be_written(port: int, method: str) -> None:
    assert ask(port, "/", method)[0] == 501


def test_the_head_of_a_page_has_no_body(port: int) -> None:
    status, headers, body = ask(port, "/", "HEAD")
    assert (status, headers["Content-Length"], body) == (200, "18", b"")


@pytest.mark.parametrize(
    "path",
    ["/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/static/../../../secret.txt", "/away", "/nothing.html", "/%00", "/static"],
)  # fmt: skip
def test_nothing_outside_the_report_is_served(port: int, path: str) -> None:
    status, _, body = ask(port, path)
    assert (status, b"not yours" in body) == (404, False)


def test_another_name_for_this_machine_is_refused(port: int) -> None:
    assert ask(port, "/", Host="evil.example")[0] == 421
    assert ask(port, "/", Host=f"localhost:{port}")[0] == 200


def test_a_folder_without_a_report_serves_nothing(tmp_path: Path) -> None:
    assert served_file(tmp_path / "report", "/") is None

"""The made-up report, built once, and the browser that opens it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.report.browser import Browser, executable
from tests.report.newsroom import build


@pytest.fixture(scope="session")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("report") / "report")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    program = executable()
    if program is None:
        pytest.skip("needs a Chromium on the PATH (Debian's package: chromium)")
    browser = Browser(program)
    yield browser
    browser.close()


@pytest.fixture
def browser(chromium: Browser) -> Iterator[Browser]:
    """The browser, its screen as it was; whatever a test did, no page complained and none asked a host for anything."""
    chromium.view(1280)
    chromium.complaints.clear()
    chromium.requests.clear()
    yield chromium
    assert chromium.complaints == []
    assert [url for url in chromium.requests if not url.startswith(("file:", "data:", "about:", "blob:"))] == []

"""An inbox to write into and to read."""

from collections.abc import Callable
from pathlib import Path

import pytest
from document_reading import Outcome, read_all

from assets.documents.options import ReadOptions


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


@pytest.fixture
def read(inbox: Path) -> Callable[..., Outcome]:
    """Write one file into the inbox and read the inbox."""

    def write_and_read(name: str, content: str | bytes, options: ReadOptions | None = None) -> Outcome:
        path = inbox / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_all([inbox], options)

    return write_and_read

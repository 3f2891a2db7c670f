"""Compiled code that is kept on disk is of the sources as they are."""

import os
from pathlib import Path

import pytest

from assets.text.stale_code import forget_stale_code

ROOM = {
    "callee.py": "ONE = 1\n",
    "middle.py": "from sources.room.callee import ONE\n",
    "caller.py": "from sources.room import middle\n",
    "other.py": "import sources.elsewhere.callees\n",
}


@pytest.fixture
def places(tmp_path: Path) -> tuple[Path, Path]:
    """Sources, and what was compiled from each of them."""
    room, kept = tmp_path / "sources" / "room", tmp_path / "kept" / "room"
    room.mkdir(parents=True)
    for name, text in ROOM.items():
        (room / name).write_text(text)
    forget_stale_code(room.parent, kept.parent)
    kept.mkdir()
    for name in ROOM:
        (kept / f"{name.removesuffix('.py')}.function-3.py311.nbi").touch()
    return room, kept


def left(room: Path, kept: Path) -> set[str]:
    forget_stale_code(room.parent, kept.parent)
    return {path.name.partition(".")[0] for path in kept.glob("*.nbi")}


@pytest.mark.parametrize(
    ("changed", "text", "still_of_these_sources"),
    [
        ("callee.py", "ONE = 1\n", {"callee", "middle", "caller", "other"}),
        ("callee.py", "ONE = 2\n", {"other"}),
        ("middle.py", "ONE = 3\n", {"callee", "other"}),
        ("caller.py", "", {"callee", "middle", "other"}),
        ("new.py", "", {"callee", "middle", "caller", "other"}),
    ],
    ids=["touched only", "a callee", "a module between", "a caller", "a new file that nothing imports"],
)
def test_what_was_compiled_with_a_changed_file_is_dropped_and_nothing_else(
    places: tuple[Path, Path], changed: str, text: str, still_of_these_sources: set[str]
) -> None:
    room, kept = places
    (room / changed).write_text(text)
    os.utime(room / changed, ns=(0, 0))
    assert left(room, kept) == still_of_these_sources
    assert left(room, kept) == still_of_these_sources


def test_a_file_that_is_gone_changes_who_imported_it(places: tuple[Path, Path]) -> None:
    room, kept = places
    (room / "callee.py").unlink()
    assert left(room, kept) == {"other"}


def test_code_of_unknown_origin_is_dropped(places: tuple[Path, Path]) -> None:
    room, kept = places
    (kept.parent / "compiled-from").unlink()
    assert left(room, kept) == set()

"""Compiled code that is kept on disk is of the sources as they are."""

import os
from pathlib import Path

from assets.text.compiled import forget_stale_code


def test_code_compiled_from_other_sources_is_dropped_and_from_the_same_is_kept(tmp_path: Path) -> None:
    sources, kept = tmp_path / "sources", tmp_path / "kept"
    (sources / "room").mkdir(parents=True)
    callee, index = sources / "room" / "callee.py", kept / "room" / "caller.nbi"
    callee.write_text("ONE = 1\n")
    forget_stale_code(sources, kept)
    index.parent.mkdir()
    index.touch()
    forget_stale_code(sources, kept)
    assert index.exists()
    os.utime(callee, ns=(0, 0))
    forget_stale_code(sources, kept)
    assert not index.exists()

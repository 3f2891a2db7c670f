"""The short run of ``make fuzz`` that every test run makes, and what the generators promise."""

import os
import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path

from assets.documents.detect import detect
from assets.documents.registry import FORMATS
from assets.documents.source import Source, SourceError
from tests.fuzz import extraction, readers
from tests.fuzz.campaign import packed, unpacked
from tests.fuzz.extraction import NOON
from tests.fuzz.files import make_file, valid_files
from tests.fuzz.texts import KINDS, make_text

ROOT = Path(__file__).resolve().parents[2]


def test_nothing_that_is_read_or_extracted_breaks() -> None:
    """In a process of its own, for bounds are checked only in code that was compiled for it.

    That code is kept in ``build/numba-checked``: the first run compiles it (about two minutes of one core), the next ones
    take seconds.
    """
    done = subprocess.run(
        [sys.executable, "-m", "tests.fuzz", "--seed", "1", "--count", "384"],
        cwd=ROOT, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-8000:]
    assert done.stdout.count("384 inputs, 0 failures") == 2


def test_a_bound_that_is_overstepped_is_seen(tmp_path: Path) -> None:
    """Without this a campaign could pass because nothing was checked."""
    code = (
        "import numpy as np\n"
        "from assets.quotes.tokens.lexicon import look_up\n"
        "try: look_up(np.ones(4, np.uint32), np.zeros(1, np.int64), np.uint32(1))\n"
        "except IndexError: print('seen')\n"
    )
    checked = {"NUMBA_BOUNDSCHECK": "1", "NUMBA_CACHE_DIR": str(tmp_path), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, env={**os.environ, **checked}
    )
    assert done.stdout == "seen\n", done.stderr


def test_the_same_seed_and_number_give_the_same_input() -> None:
    numbers = range(40, 60)
    assert extraction.make_batch(7, numbers) == extraction.make_batch(7, numbers)
    assert readers.make_batch(7, numbers) == readers.make_batch(7, numbers)
    assert make_text(7, 41) == make_text(7, 41) != make_text(8, 41)
    assert len({make_text(1, number) for number in range(200)}) > 150


def test_a_saved_batch_is_the_batch(tmp_path: Path) -> None:
    batch = [make_file(1, number) for number in range(30)]
    (tmp_path / "saved.json").write_text(packed(batch))
    assert unpacked(tmp_path / "saved.json") == batch


def test_there_is_a_valid_file_of_every_format() -> None:
    """A new reader needs a sample in ``tests/documents``, or nobody tries what breaks it."""
    known = set()
    for name, data in valid_files().items():
        try:
            known.add(detect(Source(name, name, BytesIO(data), NOON), FORMATS).name)
        except SourceError:
            continue
    packed_formats = {"gzip", "zstd", "bzip2", "xz", "zip", "tar"}  # made of the others on the way
    assert {found.name for found in FORMATS} - known <= packed_formats


def test_every_kind_of_oddity_is_made() -> None:
    made = "".join(make_text(1, number) for number in range(400))
    assert re.search(r"(.)\1{900}", made), "no sign comes a thousand times"
    for wanted in ("\x00", "\u2028", "\u2029", "ﬁ", "𝒜", "שלום", "\u0301", "''", "“", "\ue000"):
        assert wanted in made, f"{wanted!r} is never tried"
    assert len(KINDS) > 20

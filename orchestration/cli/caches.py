"""Where compiled code and parsed models are kept between runs: beside the program, else in a user folder."""

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from orchestration.cli.failures import CacheError
from pipeline.project import ASSETS, ROOT

COMPILED = "NUMBA_CACHE_DIR"
"""The environment variable that numba, which compiles, reads; worker processes inherit it."""


def keep_compiled_code(warn: Callable[[str], None]) -> None:
    """Give compiled code a folder before numba is loaded; warn where it is a temporary one.

    Numba takes the ``__pycache__`` beside the source where that can be written. Where it cannot, it gives up on systems
    on which the user has no home either.
    """
    if given := os.environ.get(COMPILED):
        if not writable(Path(given)):
            raise CacheError(f"{given} is not writable; set {COMPILED} to a folder that is, or unset it")
        return
    if all(writable(folder) for folder in _compiled_beside_the_source()):
        return
    chosen = user_folder("compiled")
    os.environ[COMPILED] = str(chosen)
    if chosen.is_relative_to(tempfile.gettempdir()):
        warn(
            f"compiled code is kept in {chosen}, since neither {ROOT} nor your cache folder is writable; "
            f"set {COMPILED} to a lasting folder"
        )


def user_folder(purpose: str) -> Path:
    """A writable folder of the user's, a lasting one if possible."""
    for folder in _user_folders():
        if writable(folder / purpose) and _is_ours(folder):
            return folder / purpose
    raise CacheError(
        f"no folder to keep {purpose} code in: neither the home nor the temporary folder is writable; "
        "set XDG_CACHE_HOME to a writable folder"
    )


def _user_folders() -> Iterator[Path]:
    if base := os.environ.get("XDG_CACHE_HOME"):
        yield Path(base) / "verbatim"
    home = Path("~").expanduser()
    # Without a home the sign stays as it is, and would become a folder of that name here.
    if home.is_absolute():
        yield home / ("Library/Caches" if sys.platform == "darwin" else ".cache") / "verbatim"
    try:
        yield Path(tempfile.gettempdir()) / f"verbatim-{os.getuid()}"
    except FileNotFoundError:
        return


def writable(folder: Path) -> bool:
    """Whether a file can be made in the folder, which is made where it is missing."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=folder).close()
    except OSError:
        return False
    return True


def _is_ours(folder: Path) -> bool:
    """Whether nobody else could have put something there: the code kept there is run."""
    status = folder.stat()
    return status.st_uid == os.getuid() and not status.st_mode & 0o022


def _compiled_beside_the_source() -> Iterator[Path]:
    for package in sorted(ASSETS.rglob("__init__.py")):
        yield package.with_name("__pycache__")

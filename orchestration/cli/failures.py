"""Errors in one line: what, where and what to do; the details go to a log file."""

import errno
import os
import re
import shutil
import tempfile
import traceback
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

LONGEST_LINE = 400
LEAST_ROOM = 1 << 20
"""Bytes below which a disk counts as full: databases grow by blocks."""


class CacheError(RuntimeError):
    """No folder can keep compiled code between runs; the message says what to set."""


PLAIN = (
    "UsageError",
    "SettingsError",
    "ListError",
    "AlertsError",
    "WarehouseError",
    "HeldElsewhereError",
    "CacheError",
    "EngineError",
)
"""Errors of ours whose message says all; they are known by name, since a step's error reaches us as text."""

OS_ERRORS = ("FileNotFoundError", "PermissionError")
"""Where the system raised them they begin with its number; otherwise they are ours too."""

_QUOTED_PATH = re.compile(r"""['"](/[^'"]+)['"]""")

DISK_FULL = re.compile(
    r"No space left on device|database or disk is full|Disk quota exceeded|File too large|Could not write all bytes",
    re.I,
)
NOT_ALLOWED = re.compile(
    r"Permission denied|Operation not permitted|attempt to write a readonly database|unable to open database file", re.I
)
READ_ONLY = re.compile(r"Read-only file system", re.I)
NOT_A_FOLDER = re.compile(r"Not a directory|\[Errno 17\] File exists", re.I)
NO_MEMORY = re.compile(
    r"MemoryError|Out of Memory Error|Cannot allocate memory|process pool was terminated abruptly", re.I
)
TOO_MANY_FILES = re.compile(r"Too many open files", re.I)
MISSING = re.compile(r"\[Errno 2\] No such file or directory", re.I)
DISK_BROKEN = re.compile(r"Input/output error|disk I/O error", re.I)

ADVICE = (
    (DISK_FULL, "the disk is full and {where} cannot be written; free some space and run again"),
    (READ_ONLY, "{where} is on a read-only disk; name another data folder with --data"),
    (
        NOT_ALLOWED,
        "{where} may not be read or written by this user; ask its owner for access or name another data folder with --data",
    ),
    (NOT_A_FOLDER, "{where} is a file where a folder is needed; move it away or name another data folder with --data"),
    (
        NO_MEMORY,
        "memory ran out, or a worker was killed; set fewer workers or a smaller batch_size in verbatim.toml and run again",
    ),
    (TOO_MANY_FILES, "too many files are open; raise the limit with `ulimit -n 4096` and run again"),
    (MISSING, "{where} does not exist; check the name"),
    (
        DISK_BROKEN,
        "the disk of {where} gave an error: it is over its quota, near full or damaged; check it and run again",
    ),
)
"""Messages of the system, and our advice for each; the first match counts."""


@dataclass(frozen=True)
class Cause:
    """One error of a chain: the name of its class and what it says."""

    kind: str
    message: str


def causes(error: BaseException) -> list[Cause]:
    """The error and what led to it, the outermost first."""
    chain: list[Cause] = []
    current: BaseException | None = error
    while current is not None:
        chain.append(Cause(type(current).__name__, str(current)))
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
    return chain


@dataclass(frozen=True)
class Explanation:
    """One line for the user; ``known`` where it says what to do, so that no log file is needed."""

    line: str
    known: bool


def explain(chain: Sequence[Cause], data_dir: Path) -> Explanation:
    """The line for a chain of errors, the outermost first."""
    for cause in chain:
        if cause.kind in PLAIN or (cause.kind in OS_ERRORS and not cause.message.startswith("[Errno")):
            return Explanation(one_line(cause.message), True)
    told = [f"{cause.kind}: {cause.message}" for cause in chain]
    if any(DISK_BROKEN.search(text) for text in told) and not _has_room(data_dir):
        # SQLite says so too where it cannot lengthen the file through which its users share the log.
        told.append(os.strerror(errno.ENOSPC))
    for pattern, advice in ADVICE:
        for text in reversed(told):
            if pattern.search(text):
                return Explanation(one_line(advice.format(where=_place(text) or data_dir)), True)
    # The outermost errors are Dagster's or dbt's envelopes; the innermost says what happened.
    return Explanation(one_line(told[-1]), False)


def _has_room(data_dir: Path) -> bool:
    try:
        return shutil.disk_usage(data_dir).free >= LEAST_ROOM
    except OSError:
        return True


def one_line(text: str) -> str:
    joined = " ".join(text.split())
    return joined if len(joined) <= LONGEST_LINE else joined[: LONGEST_LINE - 1] + "…"


def _place(text: str) -> str | None:
    found = _QUOTED_PATH.search(text)
    return found[1] if found else None


def write_log(data_dir: Path, name: str, parts: Sequence[str]) -> Path | None:
    """Write the details below ``logs`` of the data folder, or in a temporary folder where that cannot be; the file's path."""
    for folder in _folders(data_dir):
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            file = folder / f"{name}.log"
            file.write_text("\n".join(part.rstrip() for part in parts) + "\n", encoding="utf-8", errors="replace")
            return file
    return None


def _folders(data_dir: Path) -> Iterator[Path]:
    if data_dir.is_dir():
        yield data_dir / "logs"
    with suppress(FileNotFoundError):
        yield Path(tempfile.mkdtemp(prefix="verbatim-"))


def story(error: BaseException) -> str:
    """Everything Python knows of the error."""
    return "".join(traceback.format_exception(error))

"""A small disk that can be filled to the last byte: a file system in memory, which takes an administrator to mount."""

import errno
import os
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CHUNKS = (1 << 20, 4096, 1)


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """A disk of this size; raises ``PermissionError`` where none can be mounted."""
    folder.mkdir(exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "verbatim", str(folder)]
    try:
        done = subprocess.run(mount, capture_output=True, text=True, check=False)
    except FileNotFoundError as error:
        raise PermissionError("a full disk needs `mount`, which is not here") from error
    if done.returncode:
        raise PermissionError(f"a full disk needs the right to mount one: {done.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@contextmanager
def filled(disk: Path) -> Iterator[None]:
    """Take all the room there is on the disk, and whatever comes free, until the block ends."""
    enough = threading.Event()
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        _fill(file.fileno())

        def keep_full() -> None:
            while not enough.wait(0.02):
                _fill(file.fileno())

        keeper = threading.Thread(target=keep_full)
        keeper.start()
        try:
            yield
        finally:
            enough.set()
            keeper.join()
    filler.unlink()


def _fill(file: int) -> None:
    for size in CHUNKS:
        try:
            while True:
                os.write(file, b"\0" * size)
        except OSError as error:
            if error.errno != errno.ENOSPC:
                raise

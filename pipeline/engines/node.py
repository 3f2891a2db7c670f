"""What a machine of a cluster needs in order to find what this one would: the same program, and the user's lists."""

import os
import platform
import shutil
import tempfile
from collections.abc import Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from packaging.requirements import Requirement

from pipeline.garbage import collect_rarely
from pipeline.ids import stable_id
from pipeline.ledger import code_version
from pipeline.project import ASSETS, ROOT
from pipeline.reference import own_lists, use_lists

FLOORS = ("pipeline", "assets", "orchestration")
PRODUCT = "verbatim"


def lists_here() -> dict[str, bytes]:
    """The user's lists of words and names, which lie in a data folder that other machines do not see."""
    own = own_lists()
    return {path.name: path.read_bytes() for path in sorted(own.glob("*.csv"))} if own else {}


def installed() -> dict[str, str]:
    """Everything here that decides what is found: the code and models, the lists of words, Python and the libraries."""
    rooms = sorted(path.name for path in ASSETS.iterdir() if path.is_dir() and path.name.isidentifier())
    return {PRODUCT: stable_id(code_version(*rooms), _code()), **_libraries()}


def difference(needed: Mapping[str, str], there: Mapping[str, str]) -> str:
    """What a machine has otherwise than needed."""
    if PRODUCT not in there:
        return "no Verbatim, or one that is too old to work for others"
    if needed[PRODUCT] != there[PRODUCT]:
        return f"another version of Verbatim ({there[PRODUCT]}, not {needed[PRODUCT]})"
    wrong = [name for name in sorted({*needed, *there}) if needed.get(name) != there.get(name)]
    return "; ".join(f"{name} {there.get(name, 'missing')}, not {needed.get(name, 'missing')}" for name in wrong)


@cache
def _code() -> str:
    """A hash of the program's own files; with the models, which are not among them, it is the code of a version."""
    files = sorted(path for floor in FLOORS for path in (ROOT / floor).rglob("*.py"))
    return stable_id(*(part for path in files for part in (str(path.relative_to(ROOT)), path.read_bytes())))


@cache
def _libraries() -> dict[str, str]:
    """The versions of Python and of every library that the product asks for."""
    found = {"Python": ".".join(platform.python_version_tuple()[:2])}
    for line in requires(PRODUCT) or []:
        needed = Requirement(line)
        if needed.marker is None or needed.marker.evaluate({"extra": ""}):
            try:
                found[needed.name] = version(needed.name)
            except PackageNotFoundError:
                found[needed.name] = "missing"
    return found


def machine(_: object) -> str:
    """The name of the machine that does this."""
    return platform.node()


FOLDER = "verbatim-lists-"
"""Name of a folder of lists; what follows is the process that uses it."""

_used: list[Mapping[str, bytes]] = []
"""The lists that this process uses, once it was given some."""


def use(lists: Mapping[str, bytes]) -> None:
    """Use the lists of the user whose run this is; this process may have found others in its environment."""
    if _used == [lists]:
        return
    folder = Path(tempfile.mkdtemp(prefix=f"{FOLDER}{os.getpid()}-"))
    _clear_up_after_others()
    for name, content in lists.items():
        (folder / name).write_bytes(content)
    use_lists(folder)
    collect_rarely()
    _used[:] = [lists]


def _clear_up_after_others() -> None:
    """Delete the lists of workers that have ended: Ray ends them without a moment for that."""
    for folder in Path(tempfile.gettempdir()).glob(f"{FOLDER}*-*"):
        pid = folder.name.removeprefix(FOLDER).partition("-")[0]
        if pid.isdecimal() and not (Path("/proc") / pid).exists():
            shutil.rmtree(folder, ignore_errors=True)  # another user's stays

"""The only way to compile a function: typed, cached on disk, without the interpreter's lock, with bounds checked as numba is set.

Compiled functions take NamedTuples of arrays rather than the arrays one by one: numba reads their fields by name, and their
types are checked as those of any other function.
"""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

from numba import njit

from assets.text.stale_code import forget_stale_code
from pipeline.project import ASSETS

Function = TypeVar("Function", bound=Callable[..., Any])


def compiled(function: Function) -> Function:
    """Compile at the first call for the types it is called with; the result is kept beside the file."""
    return cast(Function, njit(cache=True, nogil=True)(function))


def inlined(function: Function) -> Function:
    """The same for small functions of inner loops: their body takes the place of the call."""
    return cast(Function, njit(cache=True, nogil=True, inline="always")(function))


def reading(function: Function) -> Function:
    """The same for functions that read arrays or write into them and make none: they need not count references.

    A count for every array of a tuple at every call costs more than the small function that is called. What numpy does with whole
    arrays makes some, too, so that nothing of it may be called. ``tests/text/test_numba_hooks.py`` says what is asked of numba.
    """
    options: dict[str, Any] = {"cache": True, "nogil": True, "_nrt": False}
    return cast(Function, njit(**options)(function))


forget_stale_code(ASSETS, Path(os.environ["NUMBA_CACHE_DIR"]) if os.environ.get("NUMBA_CACHE_DIR") else ASSETS)

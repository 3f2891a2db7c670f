"""The one way to compile a function: typed, cached on disk, without the interpreter's lock, with bounds as numba is told.

Compiled functions take NamedTuples of arrays rather than the arrays one by one: numba reads their fields by name, and their
types are checked as those of any other function.
"""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from numba import njit

Function = TypeVar("Function", bound=Callable[..., Any])


def compiled(function: Function) -> Function:
    """Compile at the first call for the types it is called with; the result is kept beside the file."""
    return cast(Function, njit(cache=True, nogil=True)(function))


def inlined(function: Function) -> Function:
    """The same for small functions of inner loops: their body takes the place of the call."""
    return cast(Function, njit(cache=True, nogil=True, inline="always")(function))


def reading(function: Function) -> Function:
    """The same for functions that read arrays or write into them and make none: they need not count references.

    A count for every array of a tuple at every call costs more than the small function that is called.
    """
    options: dict[str, Any] = {"cache": True, "nogil": True, "_nrt": False}
    return cast(Function, njit(**options)(function))

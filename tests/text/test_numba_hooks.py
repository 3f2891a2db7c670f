"""What `reading` asks of numba by an option that is not documented: what an upgrade of numba must look at.

``_nrt=False`` compiles a function without numba's runtime for memory. Where one of these tests fails, see first whether numba has
renamed the option (``assets/text/compiled.py``), then whether it is still needed: `compiled` may take its place everywhere once it
costs nothing to pass a tuple of arrays.
"""

import ast
import gc
import sys
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import pytest
from numba import njit
from numba.core.errors import NumbaError
from numba.core.runtime import rtsys
from numba.core.runtime._nrt_python import memsys_enable_stats

from assets.text.compiled import compiled, reading
from pipeline.project import ASSETS

COUNT = "call void @NRT_incref"
LAST = 9
OF_NUMBERS = {
    "exp", "expm1", "float32", "float64", "int32", "int64", "log", "log1p", "uint8", "uint32", "uint64",
}  # fmt: skip


class Columns(NamedTuple):
    """A tuple of arrays as kernels take them."""

    places: np.ndarray[Any, np.dtype[np.int64]]
    sums: np.ndarray[Any, np.dtype[np.int64]]


def total_from(columns: Columns, row: int) -> int:
    """Read one array of a tuple up to its first 9, and write into the other."""
    total = 0
    while row < len(columns.places):
        if columns.places[row] == LAST:
            break
        columns.sums[row] += columns.places[row]
        total += columns.places[row]
        row += 1
    return total


def made(n: int) -> int:
    array = np.empty(n, np.int64)
    array[0] = n
    return int(array[0])


def not_kept(decorated: Callable[..., Any]) -> Any:
    """The same function with the same options, compiled now rather than taken from the disk."""
    dispatcher: Any = decorated
    return njit(**{name: on for name, on in dispatcher.targetoptions.items() if name != "nopython"})(dispatcher.py_func)


def columns() -> Columns:
    return Columns(np.arange(3), np.zeros(3, np.int64))


def code_of(decorated: Callable[..., Any]) -> str:
    dispatcher = not_kept(decorated)
    dispatcher(columns(), 1)
    (code,) = dispatcher.inspect_llvm().values()
    return str(code)


def test_the_option_is_still_one_of_numbas() -> None:
    dispatcher: Any = reading(total_from)
    assert dispatcher.targetoptions["_nrt"] is False


def test_a_reading_function_counts_no_references() -> None:
    assert COUNT not in code_of(reading(total_from))


def test_a_compiled_one_still_does_so_that_the_option_is_still_worth_having() -> None:
    assert COUNT in code_of(compiled(total_from))


def test_a_reading_function_that_makes_an_array_is_refused_not_compiled_to_something_that_leaks() -> None:
    with pytest.raises(NumbaError, match="Only accept returning of array passed into the function as argument"):
        not_kept(reading(made))(3)


def test_a_compiled_function_that_calls_a_reading_one_gives_back_all_it_took() -> None:
    inner = not_kept(reading(total_from))

    @njit
    def outer(given: Columns) -> int:
        total = 0
        for row in range(len(given.places)):
            own = Columns(given.places[row:].copy(), given.sums[row:])
            total += inner(own, 0)
        return total

    memsys_enable_stats()
    given = columns()
    outer(given)
    gc.collect()
    before, counts = rtsys.get_allocation_stats(), [sys.getrefcount(array) for array in given]
    assert [outer(given) for _ in range(100)] == [0 + 1 + 2 + 1 + 2 + 2] * 100
    after = rtsys.get_allocation_stats()
    assert after.alloc - before.alloc == after.free - before.free >= 3 * 100
    assert after.mi_alloc - before.mi_alloc == after.mi_free - before.mi_free
    assert [sys.getrefcount(array) for array in given] == counts
    assert given.sums.tolist() == [0, 2 * 101, 2 * 3 * 101]


def test_reading_functions_call_nothing_of_numpy_but_what_takes_one_number() -> None:
    """What takes arrays compiles or not depending on whether a function that may make some was compiled before it."""
    wrong = [
        f"{path.relative_to(ASSETS)}: {function.name} calls {ast.unparse(call.func)}"
        for path in sorted(ASSETS.rglob("*.py"))
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(function, ast.FunctionDef)
        and any(isinstance(decorator, ast.Name) and decorator.id == "reading" for decorator in function.decorator_list)
        for call in ast.walk(function)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr not in OF_NUMBERS
    ]
    assert wrong == []

"""Sums of rows of weights, and the best of rows of scores, as a processor does them: many columns at once, in registers.

How long a row is is not known when a loop over it is compiled, and whether arrays overlap neither; a loop over as few as forty
columns is then done one by one, or each result is put into memory and fetched again.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic
from numpy.typing import NDArray

from assets.text.compiled import inlined, reading

LANES, HALF = 16, 8  # weights added at once; a row is a multiple of the smaller one
FLOATS = 8  # compared at once
WIDEST = 3 * FLOATS  # columns of a table whose rows are compared


def _start(context: Any, builder: Any, array_type: Any, array: Any, place: Any) -> Any:
    """Where the item is that is at a place of an array without gaps."""
    return builder.gep(context.make_array(array_type)(context, builder, array).data, [place])


def _lanes(context: Any, builder: Any, array_type: Any, array: Any, place: Any, n: int) -> Any:
    """Where the ``n`` items are that begin there."""
    item = context.get_data_type(array_type.dtype)
    return builder.bitcast(_start(context, builder, array_type, array, place), ir.VectorType(item, n).as_pointer())


def _have_no_gaps(*arrays: Any) -> bool:
    return all(array.layout == "C" for array in arrays)


def _adding(lanes: int) -> Callable[..., None]:
    """Add to so many sums from ``place`` on the weights from ``column`` on of some rows; all places are counted over whole arrays."""

    def add(typing: Any, sums: Any, place: Any, weights: Any, column: Any, rows: Any, n: Any) -> Any:
        fits = sums.dtype == types.int16 and weights.dtype in (types.int8, types.int16) and rows.dtype == types.int64
        if not fits or not _have_no_gaps(sums, weights, rows):
            return None

        def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            of_sums, _, of_weights, _, of_rows, _ = signature.args
            sums, place, weights, column, rows, n = arguments
            width = builder.extract_value(context.make_array(of_weights)(context, builder, weights).shape, 1)
            target = _lanes(context, builder, of_sums, sums, place, lanes)
            total = cgutils.alloca_once_value(builder, builder.load(target, align=2))  # type: ignore[no-untyped-call]
            with cgutils.for_range(builder, n) as loop:
                row = builder.load(_start(context, builder, of_rows, rows, loop.index))
                source = builder.add(builder.mul(row, width), column)
                added = builder.load(_lanes(context, builder, of_weights, weights, source, lanes), align=1)
                if of_weights.dtype == types.int8:
                    added = builder.sext(added, ir.VectorType(ir.IntType(16), lanes))
                builder.store(builder.add(builder.load(total), added), total)
            builder.store(builder.load(total), target, align=2)
            return context.get_dummy_value()

        return types.none(sums, types.intp, weights, types.intp, rows, types.intp), generate

    adding: Callable[..., None] = intrinsic(add)
    return adding


_add_lanes, _add_half = _adding(LANES), _adding(HALF)


@inlined
def add_rows(sums: NDArray[np.int16], place: int, weights: NDArray[Any], rows: NDArray[np.int64], n: int) -> None:
    """Add ``weights[rows[:n]]`` to as many sums from ``place`` on; a row is a multiple of ``HALF``, and no array has gaps."""
    width = weights.shape[1]
    column = 0
    while column + LANES <= width:
        _add_lanes(sums, place + column, weights, column, rows, n)
        column += LANES
    if column < width:
        _add_half(sums, place + column, weights, column, rows, n)


@reading
def sum_of_rows(weights: NDArray[np.int8], rows: NDArray[np.int64], n: int, sums: NDArray[np.int16]) -> None:
    """Sum of the weights of ``rows[:n]``, of which there may be 257."""
    for column in range(len(sums)):
        sums[column] = 0
    add_rows(sums, 0, weights, rows, n)


@intrinsic
def _best_of_rows(typing: Any, table: Any, added: Any, best: Any, rows: Any) -> Any:
    """See ``best_of_rows``."""
    if (table.dtype, added.dtype, best.dtype, rows.dtype) != (types.float32,) * 3 + (types.int32,):
        return None
    if not _have_no_gaps(table, added, best, rows):
        return None

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        of_table, of_added, of_best, of_rows = signature.args
        floats, numbers = ir.VectorType(ir.FloatType(), FLOATS), ir.VectorType(ir.IntType(32), FLOATS)

        def all_of(value: Any, kind: Any) -> Any:
            one = builder.insert_element(ir.Constant(kind, ir.Undefined), value, ir.Constant(ir.IntType(32), 0))
            mask = ir.Constant(ir.VectorType(ir.IntType(32), FLOATS), [0] * FLOATS)
            return builder.shuffle_vector(one, ir.Constant(kind, ir.Undefined), mask)

        columns = [context.get_constant(types.intp, column) for column in range(0, WIDEST, FLOATS)]
        lowest = ir.Constant(floats, [float("-inf")] * FLOATS)
        tops = [cgutils.alloca_once_value(builder, lowest) for _ in columns]  # type: ignore[no-untyped-call]
        first_row = ir.Constant(numbers, [0] * FLOATS)
        froms = [cgutils.alloca_once_value(builder, first_row) for _ in columns]  # type: ignore[no-untyped-call]
        n = builder.extract_value(context.make_array(of_table)(context, builder, arguments[0]).shape, 0)
        with cgutils.for_range(builder, n) as loop:
            score = all_of(builder.load(_start(context, builder, of_added, arguments[1], loop.index)), floats)
            number = all_of(builder.trunc(loop.index, ir.IntType(32)), numbers)
            first = builder.mul(loop.index, context.get_constant(types.intp, WIDEST))
            for column, top, row in zip(columns, tops, froms, strict=True):
                source = _lanes(context, builder, of_table, arguments[0], builder.add(first, column), FLOATS)
                value = builder.fadd(score, builder.load(source, align=4))
                is_better = builder.fcmp_ordered(">", value, builder.load(top))
                builder.store(builder.select(is_better, value, builder.load(top)), top)
                builder.store(builder.select(is_better, number, builder.load(row)), row)
        for column, top, row in zip(columns, tops, froms, strict=True):
            builder.store(builder.load(top), _lanes(context, builder, of_best, arguments[2], column, FLOATS), align=4)
            builder.store(builder.load(row), _lanes(context, builder, of_rows, arguments[3], column, FLOATS), align=4)
        return context.get_dummy_value()

    return types.none(table, added, best, rows), generate


@inlined
def best_of_rows(
    table: NDArray[np.float32], added: NDArray[np.float32], best: NDArray[np.float32], rows: NDArray[np.int32]
) -> None:
    """For each of ``WIDEST`` columns the highest value of a table, a number ``added`` to each row, and the first row that has it."""
    _best_of_rows(table, added, best, rows)  # type: ignore[call-arg]

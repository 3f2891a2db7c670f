"""The hash table of compiled code knows what a dictionary knows."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.text.compiled import compiled
from assets.text.hashing import fnv_32
from assets.text.tables import Table, empty_table, filled, put, value_of

KEYS = st.lists(st.integers(0, 2**64 - 1) | st.integers(0, 40), max_size=60)


@compiled
def _put_all(keys, values):
    table = empty_table(len(keys))
    for k in range(len(keys)):
        put(table, keys[k], values[k])
    return table


@compiled
def _values_of(table: Table, keys):
    return np.array([value_of(table, key) for key in keys])


@settings(deadline=None)
@given(KEYS, st.lists(st.integers(0, 80), min_size=1, max_size=20))
def test_a_table_knows_the_last_that_was_said_of_each_key(keys: list[int], asked: list[int]) -> None:
    said = {key: number + 1 for number, key in enumerate(keys)}
    table = _put_all(np.array(keys, np.uint64), np.arange(1, len(keys) + 1, dtype=np.int32))
    everything = [*keys, *asked]
    found = _values_of(table, np.array(everything, np.uint64))
    assert found.tolist() == [said.get(key, 0) for key in everything]


def test_a_table_made_from_a_dictionary_holds_its_entries() -> None:
    entries = {fnv_32(f"word{n}"): n + 1 for n in range(300)}
    keys, values = filled(entries, np.uint32, np.int64)
    assert {int(key): int(value) for key, value in zip(keys, values, strict=True) if value} == entries
    assert len(keys) >= 2 * len(entries)


def test_hashes_are_those_the_models_were_trained_with() -> None:
    """FNV-1a of "a" and "foobar" as its authors publish them."""
    assert fnv_32("a") == 0xE40C292C
    assert fnv_32("foobar") == 0xBF9CF968

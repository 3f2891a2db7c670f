"""Memory that a step has done with goes back to the system: the next one begins with what it needs itself.

Three allocators serve a run: Polars' (jemalloc), Arrow's, and that of the C library, which NumPy and compiled code use. Each keeps
what is given back for whoever asks next, and none of them can use what another keeps.
"""

import ctypes
import os

JEMALLOC = "_RJEM_MALLOC_CONF"
SOON = "background_thread:true,dirty_decay_ms:50,muzzy_decay_ms:0"


def keep_frames_briefly() -> None:
    """Polars gives back what frames took as soon as they are gone, not a second later; must be said before it is imported."""
    os.environ.setdefault(JEMALLOC, SOON)


def give_back() -> None:
    """Give back what the other two keep."""
    import pyarrow as pa

    pa.default_memory_pool().release_unused()
    # Only glibc keeps so much, and has it.
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)

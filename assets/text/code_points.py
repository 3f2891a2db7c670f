"""Tables by code point in compiled code, where nothing else keeps a look-up inside its table."""

from typing import Any

from numpy.typing import NDArray

from assets.text.compiled import compiled


@compiled
def looked_up(table: NDArray[Any], code: Any, beyond: Any) -> Any:
    """What the table says of a code point; ``beyond`` where the table ends before it."""
    return table[code] if code < len(table) else beyond

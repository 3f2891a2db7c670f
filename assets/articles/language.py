"""The language of a body."""

from functools import lru_cache

import py3langid

MAX_CHARS = 300


def detect_language(body: str) -> str:
    """ISO 639-1 code of the body's language, by its first 300 characters."""
    return _detect(body[:MAX_CHARS])


@lru_cache(maxsize=1 << 10)
def _detect(beginning: str) -> str:
    """Dates ask for the language of a body, and then its article does: it is found once."""
    code: str = py3langid.classify(beginning)[0]
    return code

"""The language of a body."""

import py3langid

MAX_CHARS = 300


def detect_language(body: str) -> str:
    """ISO 639-1 code of the body's language, by its first 300 characters."""
    code: str = py3langid.classify(body[:MAX_CHARS])[0]
    return code

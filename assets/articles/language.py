"""The language of a body."""

from functools import lru_cache

import py3langid

MAX_CHARS = 300
# Log odds by which another language must beat English: a line of English is taken for Pidgin or Afrikaans at up to 10, while none of
# the languages that are read here was seen below 38 on a line of 40 to 120 characters.
MARGIN = 15.0


def detect_language(body: str) -> str:
    """ISO 639-1 code of the body's language, by its first 300 characters."""
    return _detect(body[:MAX_CHARS])


@lru_cache(maxsize=1 << 10)
def _detect(beginning: str) -> str:
    """Dates ask for the language of a body, and then its article does: it is found once."""
    ranked: list[tuple[str, float]] = py3langid.rank(beginning)
    code, odds = ranked[0]
    return "en" if odds - dict(ranked).get("en", odds - MARGIN) < MARGIN else code

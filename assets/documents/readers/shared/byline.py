"""Names in a byline, as agencies and archives write it."""

import re

from assets.text.languages.bylines import AND, BY, either

_OPENING = re.compile(rf"^\s*(?:(?:written|reported|reporting|story)\s+)?(?:{either(BY)})\s*:?\s+", re.I)
_BETWEEN = re.compile(rf"\s*(?:;|\||,|\s(?:{either(AND)}|&)\s)\s*", re.I)


_LONGEST = 100


def is_byline(line: str) -> bool:
    """Whether a line opens as a byline does, and is as short as one."""
    return len(line) <= _LONGEST and _OPENING.match(line) is not None and not line.rstrip().endswith((".", "!", "?"))


def names_in_byline(byline: str | None) -> tuple[str, ...]:
    """``By Ana Roe and Jon Doe`` as its two names; what is not a name of a person is for the articles room to sort out."""
    if not byline:
        return ()
    names = _BETWEEN.split(_OPENING.sub("", " ".join(byline.split())))
    return tuple(name.strip(" .") for name in names if name.strip(" ."))

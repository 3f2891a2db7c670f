"""The files of words: ``de.toml`` and its neighbours of the languages other than English, ``page_en.toml`` of English pages."""

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

_EXTENSION = ".toml"
ENGLISH_PAGE = "page_en"


class WordFileError(ValueError):
    """A file of words with a field that nothing reads."""


@cache
def press_languages() -> tuple[str, ...]:
    """Codes of the languages other than English with a file."""
    return tuple(sorted(path.stem for path in Path(__file__).parent.glob(f"??{_EXTENSION}")))


@cache
def word_file(code: str) -> Mapping[str, Any]:
    """The fields of a file."""
    found: Mapping[str, Any] = tomllib.loads(Path(__file__).with_name(code + _EXTENSION).read_text(encoding="utf-8"))
    return found


def refuse_unknown(where: str, given: Iterable[str], known: Iterable[str]) -> None:
    """Raises :class:`WordFileError` for a field that is not among the known."""
    if unknown := set(given) - set(known):
        raise WordFileError(
            f"{where}: nothing reads {', '.join(sorted(unknown))}; known are {', '.join(sorted(known))}"
        )

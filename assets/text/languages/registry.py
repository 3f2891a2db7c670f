"""The languages whose words are known: one module of this folder each, named by its ISO 639-1 code, with a ``LANGUAGE``."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

import assets.text.languages as folder
from assets.text.languages.language import Language

_CODE_LETTERS = 2


@cache
def languages() -> tuple[str, ...]:
    """Codes of all languages whose words are known."""
    return tuple(sorted(module.name for module in iter_modules(folder.__path__) if len(module.name) == _CODE_LETTERS))


@cache
def language(code: str) -> Language:
    """The words of a language; raises LookupError for one without a file here."""
    if code not in languages():
        raise LookupError(f"no words of language {code!r}: known are {', '.join(languages())}")
    found: Language = import_module(f"{folder.__name__}.{code}").LANGUAGE
    return found

"""What an apostrophe takes apart, by language: l'Union, dell'Istituto, Ankara'da, but O'Brien.

The tagger's tokens keep an apostrophe inside a word; where the language uses it between words, another mark takes its place,
so that all offsets stay as they are.
"""

import re

MARK = "´"  # no letter and no apostrophe
_ELIDED = {
    "fr": r"\b(?:[ldnsjmtc]|qu|jusqu|lorsqu|puisqu|quoiqu|aujourd)",
    "it": r"\b(?:[ldcnsmtv]|un|dell|all|dall|nell|sull|coll|quest|quell|bell|sant|tutt|anch|com|dov|cos|quand)",
    "ca": r"\b(?:[ldnsmt])",
}
_PATTERNS = {language: re.compile(f"({words})['’](?=\\w)", re.IGNORECASE) for language, words in _ELIDED.items()}
_SUFFIXED = re.compile(r"(?<=\w)['’](?=[a-zçğıöşü]{1,8}\b)")  # Turkish endings of names


def taken_apart(text: str, language: str) -> str:
    """The text with another mark where an apostrophe is between two words; as long as it was."""
    if "'" not in text and "’" not in text:
        return text
    if language == "tr":
        return _SUFFIXED.sub(MARK, text)
    pattern = _PATTERNS.get(language)
    return pattern.sub(lambda found: found.group(1) + MARK, text) if pattern else text

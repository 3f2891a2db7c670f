"""Punctuation by its code points, for compiled code, which compares integers one by one."""

# ruff: noqa: SIM109
from assets.text.compiled import inlined

QUOTATION_MARK, AMPERSAND, APOSTROPHE, ASTERISK, COMMA, HYPHEN = map(ord, "\"&'*,-")
FULL_STOP, SLASH, COLON, SEMICOLON, AT_SIGN, UNDERSCORE = map(ord, "./:;@_")
EXCLAMATION_MARK, QUESTION_MARK, ELLIPSIS = map(ord, "!?…")
OPENING_BRACKET, CLOSING_BRACKET, OPENING_SQUARE_BRACKET, CLOSING_SQUARE_BRACKET = map(ord, "()[]")
EN_DASH, EM_DASH, HORIZONTAL_BAR = map(ord, "–—―")
CURLY_APOSTROPHE, CLOSING_QUOTATION_MARK, CLOSING_GUILLEMET = map(ord, "’”»")
LINE_FEED = ord("\n")


@inlined
def is_stop(code: int) -> bool:
    """What ends a sentence: . ! ? …"""
    return code == FULL_STOP or code == EXCLAMATION_MARK or code == QUESTION_MARK or code == ELLIPSIS


@inlined
def is_dash(code: int) -> bool:
    """A hyphen between words is part of them and does not come here."""
    return code == HYPHEN or code == EN_DASH or code == EM_DASH


@inlined
def is_bracket(code: int) -> bool:
    return (
        code == OPENING_BRACKET
        or code == CLOSING_BRACKET
        or code == OPENING_SQUARE_BRACKET
        or code == CLOSING_SQUARE_BRACKET
    )


@inlined
def is_apostrophe(code: int) -> bool:
    return code == APOSTROPHE or code == CURLY_APOSTROPHE

"""Rejoin hard-wrapped text: lines that a mail program, a press or a scanner broke at some 25 to 100 columns.

Two habits: an even margin, where a line is full unless the next word would have gone beyond it, and the ragged one of
newspaper columns, where hyphens end lines and a headline may be wider than the column.  A paragraph of a wrapped text
ends where a line is blank, where the next line is indented, or where a line is so short that the first word of the next
one would still have fitted.
"""

import itertools
import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

MIN_WIDTH, MAX_WIDTH = 55, 100
WIDEST_MARGIN = 20  # blanks at the end of a line
MIN_WRAPPED_LINES = 6
SHORT_TEXT, MIN_WRAPPED_IN_SHORT = 14, 2  # lines of a text that may be two or three sentences in a column
MIN_DOUBLE_SPACED = 0.9  # of the lines: those with a blank line below each, in text that is wrapped nevertheless
MIN_WRAPPED_SHARE = 0.6
# A ragged column: nearly all of its lines are no longer than this share of them, give or take the margin's play.
MIN_RAGGED_WIDTH, RAGGED_AT, RAGGED_PLAY, MAX_WIDER = 22, 0.9, 0.85, 0.12
MIN_RUNNING_SHARE = 0.4  # breaks within a sentence, of all breaks: verse and menus begin their lines with capitals
MIN_FILLED, MIN_FILLED_CASELESS = 0.7, 0.85
MIN_SHARE = 0.6  # of the lines: those of more than a word
MIN_HYPHENS, MIN_HYPHEN_SHARE = 2, 0.03  # of the breaks: text that was hyphenated to fill its lines
SENTENCE_END = re.compile(r"[.!?…:;。！？।؟][\"”’“»›')\]]*\s*$")
FULL_STOP = re.compile(r"[.!?…。！？।؟][\"”’“»›')\]]*\s*$")
ITEM = re.compile(r"\s*(?:[-–—•·*▪●■►‣◦»>|]\s|\(?\d{1,3}[.)]\s|[a-z]\)\s)")
TABLE_GAP = re.compile(r"\S(?:\t| {4,})\S")
BROKEN_WORD = re.compile(r"[^\W\d_][-\u00ad\u2010¬]$")
BROKEN = re.compile(r"(?<![^\W\d_])[^\W\d_]++[-\u2010]\n\s*[^\W\d_]+")
WORD = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
MIN_HALF = 3  # letters: two such words that a hyphen parts at the end of a line may be a compound


class Wrap(NamedTuple):
    """The column that text is wrapped at, and whether its margin is ragged."""

    width: int
    ragged: bool


def unwrapped(lines: Sequence[str]) -> tuple[list[tuple[int, int]], list[str]]:
    """The spans of ``paragraph_spans`` and the paragraph that each becomes."""
    spans = paragraph_spans(lines)
    if all(end - start == 1 for start, end in spans):
        return spans, [lines[start].strip() for start, _ in spans]
    hyphenated = _hyphenated(lines, spans)
    words = frozenset(WORD.findall(BROKEN.sub(" ", "\n".join(lines)).lower())) if hyphenated else None
    return spans, [join_lines(lines[start:end], words) for start, end in spans]


def paragraph_spans(lines: Sequence[str]) -> list[tuple[int, int]]:
    """Half-open ranges of line numbers, one per paragraph; blank lines belong to none, except in double spacing.

    Text that is not hard-wrapped gives one range per line that is not blank.
    """
    filled = [number for number, line in enumerate(lines) if line and not line.isspace()]
    wrap = _wrap(lines)
    step = 1
    if wrap is None and _is_double_spaced(lines, filled):
        wrap, step = _wrap([lines[number] for number in filled]), 2
    if wrap is None:
        return [(number, number + 1) for number in filled]
    spans: list[tuple[int, int]] = []
    last = -step - 1
    for number in filled:
        if number - last <= step and _runs_on(lines[last], lines[number], wrap):
            spans[-1] = (spans[-1][0], number + 1)
        else:
            spans.append((number, number + 1))
        last = number
    return spans


def _is_double_spaced(lines: Sequence[str], filled: Sequence[int]) -> bool:
    """Is there a blank line between nearly all lines?"""
    if len(filled) < MIN_WRAPPED_LINES or 2 * len(filled) > len(lines) + 2:
        return False
    apart = sum(after - before == 2 for before, after in itertools.pairwise(filled))
    return apart >= MIN_DOUBLE_SPACED * (len(filled) - 1)


def join_lines(lines: Sequence[str], words: frozenset[str] | None = None) -> str:
    """The paragraph that was broken into ``lines``.

    A hyphen at the end of a line stays, without a space after it.  ``words`` are those of a text that was hyphenated to
    fill its lines: there it goes, unless the text has the compound elsewhere, or both halves as words of their own.
    """
    text = ""
    for line in lines:
        part = line.strip()
        if not part:
            continue
        if not text:
            text = part
        elif BROKEN_WORD.search(text):
            text = (text[:-1] if _is_one_word(text, part, words) else text) + part
        else:
            text += " " + part
    return text


def _is_one_word(text: str, following: str, words: frozenset[str] | None) -> bool:
    """Was the hyphen that ends ``text`` put there by the wrapping?"""
    if text[-1] in "\u00ad¬":
        return True
    if words is None or text[-2].islower() != following[:1].islower():
        return False
    first = next(re.finditer(r"[^\W\d_]+$", text[:-1]))[0].lower()
    found = WORD.match(following)
    second = found[0].lower() if found else ""
    if first + second in words:
        return True
    compound = f"{first}-{second}" in words
    own = len(first) >= MIN_HALF and len(second) >= MIN_HALF and first in words and second in words
    return not (compound or own)


def _hyphenated(lines: Sequence[str], spans: Sequence[tuple[int, int]]) -> bool:
    """Do so many of the joined lines end within a word that hyphens were put in to fill them?"""
    breaks = [lines[number].rstrip() for start, end in spans for number in range(start, end - 1)]
    hyphens = sum(BROKEN_WORD.search(line) is not None for line in breaks)
    return hyphens >= MIN_HYPHENS and hyphens >= MIN_HYPHEN_SHARE * len(breaks)


def _runs_on(line: str, following: str, wrap: Wrap) -> bool:
    """Was the break after ``line`` put there by the wrapping?"""
    if following[:1].isspace() and not line[:1].isspace():
        return False
    if not wrap.ragged:
        return _is_filled(line, following, wrap.width)
    if ITEM.match(following) or TABLE_GAP.search(following) or TABLE_GAP.search(line):
        return False
    return _is_within(line, following) != "no" or _is_filled(line, following, int(RAGGED_PLAY * wrap.width))


def _is_filled(line: str, following: str, width: int) -> bool:
    """Would the first word of ``following`` have gone beyond the margin?"""
    word = following.split(maxsplit=1)[0]
    return len(line.rstrip()) + 1 + len(word) > width


def _is_within(line: str, following: str) -> Literal["yes", "caseless", "no"]:
    """Is the break within a sentence?  A script without capitals can only say that none has ended."""
    line = line.rstrip()
    first = following.lstrip(" \"'“”„«»‘’(—–-")[:1]
    if BROKEN_WORD.search(line) and first.isalpha() and line[-2].islower() == first.islower():
        return "yes"
    if SENTENCE_END.search(line) or not first.isalpha() or first.isupper() or UNSPACED.match(first):
        return "no"
    return "yes" if first.islower() else "caseless"


def _wrap(lines: Sequence[str]) -> Wrap | None:
    """How the text is wrapped; None where a line is a paragraph, an entry of a menu, a verse."""
    width = _even_width(lines)
    return Wrap(width, False) if width else _ragged(lines)


def _breaks(lines: Sequence[str]) -> list[tuple[str, str]]:
    """Lines of several words, each with the line below it."""
    return [
        (line, following)
        for line, following in itertools.pairwise(lines)
        if line.strip() and following.strip() and " " in line.strip()
    ]


def _even_width(lines: Sequence[str]) -> int:
    """The margin that no line of words goes beyond and most runs of lines reach; 0 where there is none."""
    width = max(map(len, lines), default=0)
    if width > MAX_WIDTH + WIDEST_MARGIN:
        return 0
    width = max((len(line.rstrip()) for line in lines), default=0)
    if not MIN_WIDTH <= width <= MAX_WIDTH:
        return 0
    breaks = _breaks(lines)
    full = [pair for pair in breaks if _is_filled(*pair, width)]
    if len(full) < MIN_WRAPPED_LINES or len(full) < MIN_WRAPPED_SHARE * len(breaks):
        return 0
    return width


def _ragged(lines: Sequence[str]) -> Wrap | None:
    """A column whose lines mostly end within a sentence, near the same width."""
    lengths = sorted(len(line.rstrip()) for line in lines if " " in line.strip())
    n_lines = sum(not line.isspace() for line in lines if line)
    is_short = n_lines <= SHORT_TEXT
    least = MIN_WRAPPED_IN_SHORT if is_short else MIN_WRAPPED_LINES
    if len(lengths) < max(least, MIN_SHARE * n_lines):
        return None
    width = lengths[int(RAGGED_AT * (len(lengths) - 1))]
    wider = sum(length > width / RAGGED_PLAY for length in lengths)
    if not MIN_RAGGED_WIDTH <= width <= MAX_WIDTH or wider > MAX_WIDER * len(lengths):
        return None
    breaks = _breaks(lines)
    within = [(kind, line, following) for line, following in breaks if (kind := _is_within(line, following)) != "no"]
    if len(within) < least or len(within) < MIN_RUNNING_SHARE * len(breaks):
        return None
    if is_short and not any(FULL_STOP.search(line) for line in lines):
        return None
    cased = sum(kind == "yes" for kind, _, _ in within) > len(within) // 2
    filled = sum(
        BROKEN_WORD.search(line.rstrip()) is not None or _is_filled(line, following, int(RAGGED_PLAY * width))
        for _, line, following in within
    )
    return Wrap(width, True) if filled >= (MIN_FILLED if cased else MIN_FILLED_CASELESS) * len(within) else None

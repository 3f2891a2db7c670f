"""Lines that say themselves what they are, in the languages with a file of words: "Lesen Sie auch: …", "Publicité", "Автор: …".

They stand at the head of a story, below it and between its paragraphs, where the model of lines would take what follows for
another story: it reads the page without them.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from assets.text.languages.bylines import AUTHOR, either
from assets.text.languages.name_parts import PARTICLES
from assets.text.languages.page_words import OPENINGS, Opening, folded, openings, page_words

LONGEST, LONGEST_BYLINE, LONGEST_WORD = 200, 120, 40
MARKS = "©»>→►▶➡•*-–—|([{ ☞👉‣◦▪■"
AFTER = ":|>»→–—"
_FIRST_WORD = re.compile(r"[^\s:|>»→.,'’]+")
_REASONS = {
    "related": "related", "newsletter": "newsletter", "advertisement": "advertisement", "credits": "credit", "tags": "related", "notes": "disclaimer",
}  # fmt: skip
_LETTER = re.compile(r"[^\W\d_]")
SENTENCE_END = re.compile(r"[.!?؟…。][\"'”’»“)\]]*$")
_BYLINE = re.compile(rf"\W*(?:{either(AUTHOR)})\s?[:：]\s*(?P<names>\S.*)$", re.IGNORECASE)
MOST_NAMES, LEAST_NAMES = 12, 2
_FEW_NAMES = 3
"""Words of a credit that a full stop makes no sentence: With reporting by AFP."""
MOST_LINKS, PARAGRAPH = 3, 100  # lines below a heading; characters


@cache
def _by_first_word() -> dict[str, tuple[tuple[str, Opening], ...]]:
    found: dict[str, list[tuple[str, Opening]]] = {}
    for kind in OPENINGS:
        for opening in openings(kind):
            first = _FIRST_WORD.match(opening.text)
            found.setdefault(first[0] if first else "", []).append((kind, opening))
    return {word: tuple(listed) for word, listed in found.items()}


def named_lines(lines: Sequence[str]) -> list[str | None]:
    """Why each line is not of the story, where its own words say so; what a heading within the story leads to is its."""
    reasons = [named_line(line) for line in lines]
    is_in_story, left = False, 0
    for number, line in enumerate(lines):
        is_sentence = SENTENCE_END.search(line[-4:]) is not None
        if reasons[number] == "related":
            left = MOST_LINKS if is_in_story and not is_sentence else 0
        elif is_sentence or not left:
            left = 0
            is_in_story = is_in_story or (is_sentence and len(line) >= PARAGRAPH)
        elif reasons[number] is None:
            reasons[number] = "related"
            left -= 1
    return reasons


def named_line(line: str) -> str | None:
    """Why a line is not of the story, where its own first words say so; None where they don't."""
    if len(line) > LONGEST:
        return None
    if ":" in line[:30] and _is_signature(line):
        return "byline"
    return next((_REASONS[kind] for kind in _kinds(line) if kind in _REASONS), None)


def opens_as(kind: str, line: str) -> bool:
    """Does the line open as those of a kind do?"""
    return kind in _kinds(line)


def _kinds(line: str) -> Iterator[str]:
    """The kinds of lines that open like this one."""
    first = _FIRST_WORD.match(line.lstrip(MARKS)[:LONGEST_WORD].lower().replace("i\u0307", "i"))
    known = _by_first_word().get(first[0]) if first else None
    if known:
        plain = folded(line).lstrip(MARKS)
        for kind, opening in known:
            if plain.startswith(opening.text) and _ends_opening(plain[len(opening.text) :], opening, kind):
                yield kind


def _ends_opening(rest: str, opening: Opening, kind: str) -> bool:
    """Whether what follows the opening words makes the line one of the kind: nothing, a label's mark, or anything."""
    if not _LETTER.search(rest):
        return True
    if rest[0].isalnum():
        return False
    follows = rest.lstrip()[0]
    if kind in ("related", "newsletter"):
        return opening.goes_on or follows in AFTER
    if kind in ("credits", "tags"):
        is_sentence = SENTENCE_END.search(rest) and not (opening.goes_on and len(rest.split()) <= _FEW_NAMES)
        return (opening.goes_on or follows == ":") and not is_sentence
    return opening.goes_on or (kind == "dates" and follows == ":")


def _is_signature(line: str) -> bool:
    """Autor: Ada Quill; Текст: Ида Роу, Фото: Ян Доу"""
    found = _BYLINE.match(line) if len(line) <= LONGEST_BYLINE and not SENTENCE_END.search(line) else None
    if found is None:
        return False
    names = found["names"].split()
    small = PARTICLES | page_words("and")
    return LEAST_NAMES <= len(names) <= MOST_NAMES and all(
        not name[0].islower() or name.strip(",;") in small for name in names
    )

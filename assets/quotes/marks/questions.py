"""Interviews whose questions are lines of their own, without a letter or a name before them: bold in print, plain in the text."""

import re
from typing import NamedTuple

LEAST_QUESTIONS = 3
LONGEST_QUESTION = 400  # code points
DENSITY = 5  # lines for each question at most
SECOND_PERSON = re.compile(r"\b(?:you|your|you['’]\w+)\b", re.I)
FIRST_PERSON = re.compile(r"\b(?:I|I['’]\w+|[Mm]y|[Mm]e|[Ww]e|[Oo]ur|us|[Ww]e['’]\w+)\b")
MARKED = re.compile(r"[“\"][^”\"\n]*[”\"]?")
# This interview has been edited for length.
NOTE = re.compile(
    r"(?:this|the|our) (?:interview|conversation|transcript|text|exchange)\b.*\b(?:edited|condensed|shortened|conducted|translated|abridged)\b"
    r"|(?:interview|translation|conversation) by\b|as told to\b",
    re.I,
)
NAMED = re.compile(r"(?P<name>[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){1,3}): +(?P<words>\S.*)")

LETTER = re.compile(r"A[:.] +")


class Line(NamedTuple):
    start: int
    text: str


def find_unmarked_answers(body: str) -> list[tuple[int, int, int, int]]:
    """Start and end of each answering line, and of the name before it (-1, -1 where there is none); none where it is no interview.

    At least three questions, most of them put to "you" and most answered by "I" or "we", with few lines to each.
    """
    if body.count("?\n") < LEAST_QUESTIONS:
        return []
    lines = [Line(match.start(), match[0].rstrip()) for match in re.finditer(r"[^\s][^\n]*", body)]
    asked = [number for number, line in enumerate(lines) if _is_question(line.text)]
    if len(asked) < LEAST_QUESTIONS:
        return []
    noted = (number for number, line in enumerate(lines) if number > asked[0] and NOTE.match(line.text))
    stop = next(noted, len(lines))
    groups = [
        lines[first + 1 : last] for first, last in zip(asked, [*asked[1:], stop], strict=True) if first + 1 < last
    ]
    if not groups or len(groups) < LEAST_QUESTIONS or stop - asked[0] > DENSITY * len(asked):
        return []
    longest = max(map(len, groups[:-1]))
    groups[-1] = groups[-1][:longest]
    to_you = sum(SECOND_PERSON.search(lines[number].text) is not None for number in asked)
    by_me = sum(any(FIRST_PERSON.search(MARKED.sub("", line.text)) for line in group) for group in groups)
    if to_you * 2 < len(asked) or by_me * 2 < len(groups):
        return []
    return [_answer(line) for group in groups for line in group]


def _is_question(text: str) -> bool:
    return text.endswith("?") and len(text) <= LONGEST_QUESTION and not MARKED.match(text) and text[0] not in "‘'«"


def _answer(line: Line) -> tuple[int, int, int, int]:
    named = NAMED.fullmatch(line.text)
    if named is None:
        letter = LETTER.match(line.text)
        return line.start + (letter.end() if letter else 0), line.start + len(line.text), -1, -1
    return (
        line.start + named.start("words"),
        line.start + len(line.text),
        line.start + named.start("name"),
        line.start + named.end("name"),
    )

"""Which lines of a page are the story, by rules: sentences stand together, furniture is short or says what it is."""

import re
from collections.abc import Sequence

from assets.articles.text_roles import AGENCY_CREDIT, PHOTO_CREDIT, REASON_PATTERNS, is_byline, is_date_line

SENTENCE_END = re.compile(r"[.!?…。！？।؟:][\"'”’»“)\]]*$")
FURNITURE = tuple(pattern for reason, pattern in REASON_PATTERNS if reason not in ("comments", "disclaimer"))


def line_score(line: str) -> float:
    """Positive for prose, negative for furniture."""
    wide = sum(1 for character in line if character > "\u2e80")
    length = len(line) + 2 * wide
    score = min(length, 240) / 60 - 1.6
    ended = SENTENCE_END.search(line) is not None
    score += 1.0 if ended else -1.0
    if length < 200 and PHOTO_CREDIT.search(line):
        score -= 3
    if AGENCY_CREDIT.match(line):
        score -= 4
    if length < 160 and any(pattern.search(line) for pattern in FURNITURE):
        score -= 2
    if is_date_line(line) or is_byline(line):
        score -= 2
    return score


def story_lines(lines: Sequence[str]) -> list[bool]:
    """One flag a line: the run of lines with the largest sum of scores, less what scores badly inside it."""
    scores = [max(-0.5, line_score(line)) for line in lines]
    best, start, best_span, total = 0.0, 0, (0, 0), 0.0
    for number, score in enumerate(scores):
        if total <= 0:
            start, total = number, 0.0
        total += score
        if total > best:
            best, best_span = total, (start, number + 1)
    keep = [False] * len(lines)
    for number in range(*best_span):
        between = 0 < number < len(lines) - 1 and scores[number - 1] > 0.5 and scores[number + 1] > 0.5
        keep[number] = scores[number] > 0 or (between and line_score(lines[number]) > -2.9)
    return keep

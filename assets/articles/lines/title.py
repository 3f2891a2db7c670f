"""The headline: the line that the model takes for one and whose words the story takes up."""

import re
from collections.abc import Sequence

from assets.articles.lines.roles import PICTURE_CREDIT, is_byline, is_date_line

MIN_SCORE = 0.0
CANDIDATES, REACH = 12, 5.0
WORDS_WEIGHT, ENOUGH_WORDS = 4.0, 0.35  # a headline without its story's words is another story's
MIN_LENGTH = 8
NAMED_LENGTH, NAMED_BONUS = 20, 2.0  # other lines name the page by its headline: breadcrumbs, alternative texts
LEAD_LENGTH, LEAD_CHARACTERS = 120, 3000
ABOVE, LEAST_ABOVE, LEAST_WORDS = 12, -2.0, 3
WORD = re.compile(r"\w{3,}|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2}")
LETTERS = re.compile(r"\w+")
LIST_MARKS = "-–—•·*▪●■►‣◦"


def find_title(paragraphs: Sequence[str], title_scores: Sequence[float], story_scores: Sequence[float]) -> int | None:
    """Number of the headline's paragraph, by the two scores of the model; None when there is none.

    Of lines that say the same the first is meant.
    """
    lowest = max(title_scores, default=0.0) - REACH
    close = [number for number, score in enumerate(title_scores) if score > lowest]
    close.sort(key=lambda number: (-title_scores[number], number))
    candidates = [
        number
        for number in close[:CANDIDATES]
        if len(paragraphs[number]) >= MIN_LENGTH and not _in_list(paragraphs, number)
    ]
    if not candidates:
        return None
    lead, page = None, ""
    best, best_score = None, MIN_SCORE
    for number in candidates:
        if title_scores[number] + NAMED_BONUS <= best_score:
            break  # no later one can be better
        if lead is None:
            lead, page = _lead(paragraphs, story_scores), "\n".join(paragraphs)
        words = set(WORD.findall(paragraphs[number].lower()))
        share = sum(_says(lead, word) for word in words) / max(2, len(words))
        score = title_scores[number] - WORDS_WEIGHT * max(0.0, ENOUGH_WORDS - share)
        line = paragraphs[number]
        if len(line) >= NAMED_LENGTH and page.count(line) > paragraphs.count(line):
            score += NAMED_BONUS
        if score > best_score and not is_date_line(line):
            best, best_score = number, score
    if best is None:
        best = _above_story(paragraphs, title_scores, story_scores, candidates)
    return None if best is None else paragraphs.index(paragraphs[best])


def _above_story(
    paragraphs: Sequence[str], title_scores: Sequence[float], story_scores: Sequence[float], candidates: Sequence[int]
) -> int | None:
    """Where none is likely by itself, the line right above byline or date, or a likelier one: a headline in words that the story hasn't."""
    start = next((number for number, score in enumerate(story_scores) if score > 0), 0)
    above = [
        number
        for number in sorted(candidates)
        if start - ABOVE <= number < start
        and len(LETTERS.findall(paragraphs[number])) >= LEAST_WORDS
        and not PICTURE_CREDIT.search(paragraphs[number])
        and not is_byline(paragraphs[number])
        and not is_date_line(paragraphs[number])
    ]
    over = [number for number in above if is_date_line(paragraphs[number + 1]) or is_byline(paragraphs[number + 1])]
    likely = [number for number in above if title_scores[number] > LEAST_ABOVE]
    return next(iter(over or likely), None)


def line_that_says(title: str, paragraphs: Sequence[str]) -> int | None:
    """Number of the first paragraph that has the title's words and no others."""
    words = LETTERS.findall(title.lower())
    shortest, longest = 0.8 * len(title) - 2, 1.2 * len(title) + 4  # they differ in marks and spaces only
    return next(
        (
            number
            for number, line in enumerate(paragraphs)
            if shortest <= len(line) <= longest and LETTERS.findall(line.lower()) == words
        ),
        None,
    )


def _lead(paragraphs: Sequence[str], story_scores: Sequence[float]) -> str:
    """What opens the largest stretch of story lines, in lower case."""
    stretches: list[list[str]] = []
    last = -10
    for number, (line, score) in enumerate(zip(paragraphs, story_scores, strict=True)):
        if score > 0 and len(line) >= LEAD_LENGTH // 3:
            if number - last > 4:
                stretches.append([])
            stretches[-1].append(line)
            last = number
    if not stretches:
        return ""
    longest = max(stretches, key=lambda stretch: sum(map(len, stretch)))
    return " ".join(longest)[:LEAD_CHARACTERS].lower()


def _says(text: str, word: str) -> bool:
    """Whether a text has one of its words (``WORD``): the same letters, and none beside them."""
    start = text.find(word)
    while start >= 0:
        end = start + len(word)
        if not (_is_letter(text[start - 1 : start]) or _is_letter(text[end : end + 1])):
            return True
        start = text.find(word, start + 1)
    return False


def _is_letter(character: str) -> bool:
    return character.isalnum() or character == "_"


def _in_list(paragraphs: Sequence[str], number: int) -> bool:
    """Is the line an item of a list: it and a neighbour open with the same mark?"""
    mark = paragraphs[number][0]
    if mark not in LIST_MARKS:
        return False
    around = (number - 1, number + 1)
    return any(0 <= other < len(paragraphs) and paragraphs[other].startswith(mark) for other in around)

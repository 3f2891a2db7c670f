"""A short notice: a handful of lines, most of which are sentences.

The line classifier knows pages; of two or three lines it can say little.  Where most of so short a text is sentences, they
are the story, whatever it says, and only lines whose own words name them as boilerplate go.
"""

import re
from collections.abc import Sequence

from assets.articles.lines.lexicon import LEXICON
from assets.articles.lines.story.turns import SIGNED, is_attributed

MAX_LINES, MIN_SHARE = 12, 0.6
MIN_WORDS, MIN_WIDE_LENGTH = 3, 8
LEAST_OWN_WORDS = 4
POINTERS = frozenset(LEXICON["related"].split())
MIN_TITLE, MAX_TITLE = 4, 200
SENTENCE_END = re.compile(r"[.!?…。！？।؟۔][\"”’“»›」』)\]]*$")
SENTENCE_BREAK = re.compile(r"(?<=[a-zà-ÿ]{2})[.!?][\"”’“»)]*\s+[\"“„«‘(]*[A-ZÀ-Þ]|[。！？]")
MIN_RUNNING = 60  # characters of a text that ends within a sentence
WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
BOILERPLATE = frozenset(
    ("newsletter", "share", "advertisement", "related", "comments", "footer", "disclaimer", "markup")
)
NOT_PROSE = BOILERPLATE | {"byline", "date", "credit"}


def is_sentence(line: str) -> bool:
    """Does the line end like a sentence and is it long enough for one, or does it go on after one?"""
    if not SENTENCE_END.search(line):
        return SIGNED.match(line) is not None or (len(line) >= MIN_RUNNING and SENTENCE_BREAK.search(line) is not None)
    return line.count(" ") + 1 >= MIN_WORDS or (len(line) >= MIN_WIDE_LENGTH and WIDE.search(line) is not None)


def brief_story(paragraphs: Sequence[str], reasons: Sequence[str]) -> list[int]:
    """Numbers of the lines of a short notice; none where the text is longer, or is not mostly sentences.

    ``reasons`` says what each line would be if it were not kept.
    """
    if len(paragraphs) > MAX_LINES:
        return []
    story = [
        number
        for number, (line, reason) in enumerate(zip(paragraphs, reasons, strict=True))
        if (reason not in BOILERPLATE or is_attributed(line)) and is_sentence(line)
    ]
    title = brief_title(paragraphs, reasons, story)
    open_lines = [
        line
        for number, (line, reason) in enumerate(zip(paragraphs, reasons, strict=True))
        if reason not in NOT_PROSE and number != title
    ]
    size = sum(len(paragraphs[number]) for number in story)
    return story if size >= MIN_SHARE * sum(map(len, open_lines)) else []


def brief_title(paragraphs: Sequence[str], reasons: Sequence[str], story: Sequence[int]) -> int | None:
    """The line above a short notice that is its headline: the first, where it is not a byline, date or boilerplate."""
    line = paragraphs[0] if paragraphs else ""
    told = reasons and (reasons[0] not in NOT_PROSE or (reasons[0] == "related" and not _points_elsewhere(line)))
    named = story and story[0] > 0 and told and "|" not in line
    return 0 if named and MIN_TITLE <= len(line) <= MAX_TITLE else None


def _points_elsewhere(line: str) -> bool:
    """Does the line lead to another story, "Read more: …", "» …", rather than hold words that are used in its fields too?"""
    words = line.lower().split()
    return (
        (not line[0].isalnum() and line[0] not in "\"“„«'‘")
        or len(words) < LEAST_OWN_WORDS
        or words[0].strip(":") in POINTERS
    )

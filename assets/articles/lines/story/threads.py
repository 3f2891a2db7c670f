"""Where readers' comments begin below a story: a heading that names them, then names and times again and again."""

import re
from collections.abc import Sequence

from assets.articles.lines.lexicon import LEXICON
from assets.articles.lines.roles import is_date_line

LONGEST_HEADING, LONGEST_STAMP = 90, 80
REACH, MIN_STAMPS = 24, 3  # of the lines below the heading, so many tell who wrote or when
STORY_LENGTH = 250  # characters of the story above, without which what follows may be the story
WORD = re.compile(r"[^\W\d_]+")
HEADING_WORDS = frozenset(LEXICON["comments"].split()) | {
    "responses",
    "thoughts",
    "antworten",
    "réponses",
    "respuestas",
    "respostas",
    "risposte",
}
# "Bram says:", as blogs print it in the languages they are translated into.
SAYS = re.compile(
    r"\b(?:says|said|wrote|sagt|sagte|schreibt|schrieb|meint|dit|a dit|a écrit|dice|dijo|escribió|disse|diz|escreveu|ha detto|scrive|zegt|schreef"
    r"|pisze|napisał|säger|skriver|siger|sier|říká|diyor ki|говорит|пишет|каже|пише)\s?:$"
)
AGO = re.compile(
    r"\b(?:\d+|an?|one)\s?(?:s|m|h|d|w|min|hrs?|seconds?|minutes?|hours?|days?|weeks?|months?|years?) ago\b|^(?:vor|il y a|hace|há) \d+ ",
    re.IGNORECASE,
)
ANSWER = frozenset(("reply", "antworten", "répondre", "responder", "rispondi", "beantwoorden", "reageer", "odpowiedz", "svara", "svar", "ответить", "відповісти", "yanıtla"))  # fmt: skip


def thread_start(paragraphs: Sequence[str], keep: Sequence[bool]) -> int | None:
    """The number of the heading of the comments below the story; ``None`` where there are none."""
    above = 0
    for number, line in enumerate(paragraphs):
        if above >= STORY_LENGTH and _is_heading(line):
            below = paragraphs[number + 1 : number + 1 + REACH]
            if sum(map(_is_stamp, below)) >= MIN_STAMPS:
                return number
        above += len(line) if keep[number] else 0
    return None


def _is_heading(line: str) -> bool:
    return len(line) <= LONGEST_HEADING and not HEADING_WORDS.isdisjoint(WORD.findall(line.lower()))


def _is_stamp(line: str) -> bool:
    """A line that tells of a comment who wrote it or when, or answers it."""
    if len(line) > LONGEST_STAMP:
        return False
    folded = line.strip().lower()
    return folded in ANSWER or SAYS.search(folded) is not None or AGO.search(folded) is not None or is_date_line(line)

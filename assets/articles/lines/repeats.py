"""Lines that different stories of one outlet share: sign-up boxes, notes about the outlet, "Advertisement", disclaimers.

Within a story only a line that the classifier is not sure of can be boilerplate for that reason: background is repeated too,
and a lost paragraph is a lost quotation.  At its end any line can, however long and sure, that quotes nobody: there
outlets put what they say under everything.
"""

import re
from collections.abc import Sequence

MIN_STORIES = 3  # of one outlet: the line's own and two siblings
SURE = 1.2  # log odds from which a line is a paragraph, however often it is repeated
LONGEST = 300
QUOTE_MARK = re.compile(r"[\"“”„«»「『]")
END_LINES, END_SHARE = 3, 3  # the end of a story: this many lines, and no more than a third of them
ABOVE_LENGTH = 80


def fold_line(line: str) -> str:
    """The line as lines are compared: spaces do not matter."""
    return " ".join(line.split())


def is_doubtful(line: str, score: float) -> bool:
    """May this kept line be boilerplate, if other stories of its outlet carry it too?"""
    return score < SURE and len(line) <= LONGEST and QUOTE_MARK.search(line) is None


def end_lines(story: Sequence[str]) -> tuple[list[int], str]:
    """Numbers of the last lines of a story that are boilerplate if other stories end with them, and the lines above.

    Versions of one story end alike too; the lines above the end tell them from three stories.
    """
    size = min(END_LINES, len(story) // END_SHARE)
    numbers: list[int] = []
    for number in range(len(story) - 1, len(story) - 1 - size, -1):
        if QUOTE_MARK.search(story[number]):
            break
        numbers.append(number)
    above = fold_line(story[max(0, len(story) - 1 - END_LINES)])[:ABOVE_LENGTH] if story else ""
    return numbers, above

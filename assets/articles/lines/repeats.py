"""Lines that different stories of one outlet share: sign-up boxes, notes about the outlet, "Advertisement".

Only a line that the classifier is not sure of can be furniture for that reason: a story's background is repeated too, and
a lost paragraph is a lost quotation.
"""

import re

MIN_STORIES = 3  # of one outlet: the line's own and two siblings
SURE = 1.2  # log odds from which a line is a paragraph, however often it stands
LONGEST = 300
QUOTE_MARK = re.compile(r"[\"“”„«»「『]")


def fold_line(line: str) -> str:
    """The line as lines are compared: spaces do not matter."""
    return " ".join(line.split())


def is_doubtful(line: str, score: float) -> bool:
    """May this kept line be furniture, if other stories of its outlet carry it too?"""
    return score < SURE and len(line) <= LONGEST and QUOTE_MARK.search(line) is None

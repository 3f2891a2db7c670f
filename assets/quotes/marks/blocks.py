"""Words set apart without marks: embedded posts with their author line, and transcripts with a name before each turn."""

import re
from typing import NamedTuple

from assets.text.languages.calendar import any_name
from assets.text.languages.language import words
from assets.text.languages.name_parts import SMALL_WORDS


class Block(NamedTuple):
    """``body[start:end]`` are somebody's words, ``body[speaker_start:speaker_end]`` names them.

    The answers of an interview that calls its turns Q and A name nobody: -1, -1.
    """

    start: int
    end: int
    speaker_start: int
    speaker_end: int
    rule: str  # post or transcript


MONTH = rf"(?i:{any_name('month')})\.?"
DATE = rf"(?:{MONTH} \d{{1,2}},? \d{{4}}|\d{{1,2}}(?:\.|er|º)? (?:de )?{MONTH} (?:de )?\d{{4}}|\d{{4}}-\d\d-\d\d|\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}})"
# The patterns of lines begin with the line break before: a fixed first character is found many times faster than "^". Runs of
# spaces and signs are taken whole ("*+"): shared out among two quantifiers, a long one would be tried in every way.
# — Ada Quill (@adaquill) March 3, 2031
AUTHOR_AFTER = re.compile(
    rf"\n[ \t]*+(?:[—–―]|--?)[ \t]?(?P<name>[^\n()@]{{2,80}}?)[ \t]*+(?:\(@\w++\)|@\w++)?[ \t,·•|]*+(?P<date>{DATE})?[ \t.]*+$",
    re.M,
)
HANDLE = re.compile(r"\(@\w+\)|@\w+")
# Ada Quill (@adaquill) · 3 March 2031, on the line above the post
AUTHOR_BEFORE = re.compile(
    rf"\n[ \t]*+(?P<name>[A-Z][^\n()@:.“”\"]{{1,60}}?)[ \t]*+\(?@\w++\)?+[ \t]*+(?:[·•|,—–-][ \t]*+(?:{DATE}|\d++[hdm]|{MONTH} \d{{1,2}}))?[ \t]*+$",
    re.M,
)
NAME_WORD = rf"(?:[^\W\d_a-z][\w.'’-]*|{SMALL_WORDS})"
NAME = re.compile(rf"{NAME_WORD}(?:[ \u00a0]{NAME_WORD}){{0,4}}$")
# MAYOR QUILL: We open on Monday. An opening mark may be before every turn.
TURN = re.compile(
    r"\n[ \t]*(?P<mark>[“„\"]?)(?P<name>(?:[A-Z][\w.'’-]*[ \u00a0]){0,4}[A-Z][\w.'’-]+):[ \t\u00a0]+(?P<words>\S[^\n]*)$",
    re.M,
)
# The next paragraph of a turn whose paragraphs all begin with a mark.
FURTHER = re.compile(r"\s*\n[ \t]*[“„\"](?P<words>[^\W\d_][^\n“”„\"]*)$", re.M)
# A: We do not know that yet.
QUESTION_OR_ANSWER = re.compile(r"\n[ \t]*(?P<side>[QA])[:.][ \t\u00a0]+(?P<words>\S[^\n]*)$", re.M)
NOT_A_NAME = words("""
    note photo image video source sources read also related more update correction editor advertisement watch
    listen see key summary by date time where when what who why how q a question answer caption credit published
    updated posted email phone tel fax address total
""")
LEAST_TURNS = 4
LEAST_ANSWERS = 2
MARKS = frozenset('“”"„«»')


def find_blocks(body: str) -> list[Block]:
    """Posts and transcript turns of one body, in order, none overlapping; offsets are code points."""
    lines = f"\n{body}"  # places in it are one higher than in the body
    blocks = _posts(body, lines)
    taken = [(block.start, block.end) for block in blocks]
    turns = _turns(body, lines) or _answers(body, lines)
    blocks.extend(block for block in turns if all(block.end <= a or block.start >= b for a, b in taken))
    blocks.sort()
    return blocks


def _posts(body: str, lines: str) -> list[Block]:
    blocks: list[Block] = []
    for match in AUTHOR_AFTER.finditer(lines):
        handle = HANDLE.search(match[0])
        if not handle and not match["date"]:
            continue
        name = match["name"].split("/", 1)[0].rstrip(" ,")
        line = _line_before(body, match.start())
        author = match.start("name") - 1
        if line is None or (not NAME.match(name) and not handle) or _is_marked(body, line[0]):
            continue
        if len(body[line[0] : line[1]].split()) >= 4:
            blocks.append(Block(*line, author, author + len(name), "post"))
    used = {block.start for block in blocks}
    for match in AUTHOR_BEFORE.finditer(lines) if "@" in body else ():
        line = _line_after(body, match.end() - 1)
        author = match.start("name") - 1
        name = match["name"].split("/", 1)[0].rstrip(" ,")
        if line is None or line[0] in used or not NAME.match(name) or _is_marked(body, line[0]):
            continue
        if len(body[line[0] : line[1]].split()) >= 4:
            used.add(line[0])
            blocks.append(Block(*line, author, author + len(name), "post"))
    return blocks


def _turns(body: str, lines: str) -> list[Block]:
    """Turns of a transcript: at least four, by at least two speakers, one of whom speaks more than once."""
    if body.count(":") < LEAST_TURNS:
        return []
    turns = [match for match in TURN.finditer(lines) if match["name"].split()[0].lower() not in NOT_A_NAME]
    counts: dict[str, int] = {}
    for match in turns:
        counts[match["name"]] = counts.get(match["name"], 0) + 1
    if len(turns) < LEAST_TURNS or len(counts) < 2 or max(counts.values()) < 2 or len(counts) * 2 > len(turns) + 2:
        return []
    blocks: list[Block] = []
    names = {match.start("name") for match in turns}
    # A headline or a label with a colon names nobody twice.
    repeated = [place for place, match in enumerate(turns) if counts[match["name"]] > 1]
    for match in turns[repeated[0] : repeated[-1] + 1]:
        speaker = match.start("name") - 1, match.end("name") - 1
        if not _is_marked(lines, match.start("words")):
            blocks.append(Block(*_words(match), *speaker, "transcript"))
        further = FURTHER.match(lines, match.end()) if match["mark"] else None
        while further and further.start("words") not in names:
            blocks.append(Block(*_words(further), *speaker, "transcript"))
            further = FURTHER.match(lines, further.end())
    return blocks


def _answers(body: str, lines: str) -> list[Block]:
    """The answers of an interview whose turns are called Q and A: at least two of each, the first a question."""
    if "\nA" not in lines or "\nQ" not in lines:
        return []
    turns = list(QUESTION_OR_ANSWER.finditer(lines))
    answers = [match for match in turns if match["side"] == "A"]
    if len(answers) < LEAST_ANSWERS or len(turns) - len(answers) < LEAST_ANSWERS or turns[0]["side"] == "A":
        return []
    return [
        Block(*_words(match), -1, -1, "transcript") for match in answers if not _is_marked(lines, match.start("words"))
    ]


def _words(match: re.Match[str]) -> tuple[int, int]:
    """Where the words of a line are in the body, without a closing mark that ends the line."""
    start = match.start("words") - 1
    return start, start + len(match["words"].rstrip().rstrip('”"'))


def _is_marked(body: str, start: int) -> bool:
    """Whether the line begins with a quotation mark: then the marks, not the block, say whose words they are."""
    return body[start] in MARKS


def _line_before(body: str, place: int) -> tuple[int, int] | None:
    """The last line with text before ``place``, which begins a line."""
    end = place
    while end > 0 and body[end - 1].isspace():
        end -= 1
    if end == 0:
        return None
    start = body.rfind("\n", 0, end) + 1
    while body[start].isspace() or body[start] == ">":
        start += 1
    return (start, end) if start < end else None


def _line_after(body: str, place: int) -> tuple[int, int] | None:
    start = place
    while start < len(body) and (body[start].isspace() or body[start] == ">"):
        start += 1
    if start >= len(body):
        return None
    end = body.find("\n", start)
    end = len(body) if end < 0 else end
    while end > start and body[end - 1].isspace():
        end -= 1
    return (start, end)

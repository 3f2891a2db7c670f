"""Words set apart without marks: embedded posts with their author line, turns of a transcript, answers of an interview."""

import re

from assets.quotes.marks.lines import Block, is_marked
from assets.quotes.marks.turns import find_answers, find_turns
from assets.text.languages.calendar import any_name
from assets.text.languages.name_parts import SMALL_WORDS

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
LEAST_WORDS = 4  # of a post
NAME = re.compile(rf"{NAME_WORD}(?:[ \u00a0]{NAME_WORD}){{0,4}}$")


def find_blocks(body: str) -> list[Block]:
    """Posts and transcript turns of one body, in order, none overlapping; offsets are code points."""
    lines = f"\n{body}"  # places in it are one higher than in the body
    blocks = _posts(body, lines)
    taken = [(block.start, block.end) for block in blocks]
    turns = find_turns(lines) or find_answers(lines)
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
        if line is None or (not NAME.match(name) and not handle) or is_marked(body, line[0]):
            continue
        words = body[line[0] : line[1]]
        if len(words.split()) >= LEAST_WORDS and not _is_about(words, name):
            blocks.append(Block(*line, author, author + len(name), "post"))
    used = {block.start for block in blocks}
    for match in AUTHOR_BEFORE.finditer(lines) if "@" in body else ():
        line = _line_after(body, match.end() - 1)
        author = match.start("name") - 1
        name = match["name"].split("/", 1)[0].rstrip(" ,")
        if line is None or line[0] in used or not NAME.match(name) or is_marked(body, line[0]):
            continue
        if len(body[line[0] : line[1]].split()) >= LEAST_WORDS:
            used.add(line[0])
            blocks.append(Block(*line, author, author + len(name), "post"))
    return blocks


def _is_about(words: str, name: str) -> bool:
    """Whether the line above a signature is the reporter's: it leads up to the post, or speaks of its author."""
    return words.endswith((":", "：")) or re.search(rf"\b{re.escape(name.split(' ')[-1])}\b", words) is not None


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

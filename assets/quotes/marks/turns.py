"""Conversations in print: transcripts with a name before each turn, interviews whose turns are Q and A or question and answer."""

import re
from collections.abc import Iterable, Sequence

from assets.quotes.marks.lines import Block, is_marked
from assets.quotes.marks.questions import find_unmarked_answers
from assets.quotes.resolution.titles import without_title
from assets.text.languages.language import words

# MAYOR QUILL: We open on Monday. An opening mark may be before every turn.
TURN = re.compile(
    r"\n[ \t]*(?P<mark>[“„\"]?)(?P<name>(?:[A-Z][\w.'’-]*[ \u00a0]){0,4}[A-Z][\w.'’-]+)(?P<post>):[ \t\u00a0]+(?P<words>\S[^\n]*)$",
    re.M,
)
# GOV. IDA ROE (I), HULL BAY (via telephone): in capitals a post, a party or a place may follow the name.
CAPITALS = r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ.'’-]*"
TURN_IN_CAPITALS = re.compile(
    rf"\n[ \t]*(?P<mark>[“„\"]?)(?P<name>(?:{CAPITALS}[ \u00a0]){{0,5}}{CAPITALS})(?P<post>(?:,[^\n:(]{{1,100}}|[ ]\([^\n():]{{1,40}}\)){{0,4}}):"
    r"[ \t\u00a0]+(?P<words>\S[^\n]*)$",
    re.M,
)
# The next paragraph of a turn whose paragraphs all begin with a mark.
FURTHER = re.compile(r"\s*\n[ \t]*[“„\"](?P<words>[^\W\d_][^\n“”„\"]*)$", re.M)
# A further paragraph of a turn in a transcript in capitals; stage directions are in brackets or in capitals.
FURTHER_LINE = re.compile(r"\s*\n[ \t]*(?P<words>[^\W\d_](?=[^\n]*[a-zß-ÿ]{2})[^\n]*[.?!…”\"-])[ \t]*$", re.M)
# A: We do not know that yet.
QUESTION_OR_ANSWER = re.compile(r"\n[ \t]*(?P<side>[QA])[:.][ \t\u00a0]+(?P<words>\S[^\n]*)$", re.M)
NOT_A_NAME = words("""
    note photo image video source sources read also related more update correction editor advertisement watch
    listen see key summary by date time where when what who why how q a question answer caption credit published
    updated posted email phone tel fax address total
""")
NOBODY = words(
    "unidentified unknown male female man woman question crowd all audience announcer voice reporter (off-camera)"
)
IN_SMALL_LETTERS = re.compile(r"[a-zß-ÿ]{2}")
LEAST_TURNS = 4
LEAST_ANSWERS = 2


def find_turns(lines: str) -> list[Block]:
    """Turns of a transcript: at least four, by at least two speakers, one of whom speaks more than once.

    ``lines`` is the body after a line break: places in it are one higher than in the body.
    """
    if lines.count(":") < LEAST_TURNS:
        return []
    in_capitals = _of_several(TURN_IN_CAPITALS.finditer(lines))
    turns = in_capitals or _of_several(TURN.finditer(lines))
    names = {match.start("name") for match in turns}
    full = _full_names(turns) if in_capitals else {}
    blocks: list[Block] = []
    for number, match in enumerate(turns):
        speaker = match.start("name") - 1, match.end("name") - 1
        name = full.get(match["name"])
        if not is_marked(lines, match.start("words")):
            blocks.append(Block(*_words(match), *speaker, "transcript", name))
        pattern = FURTHER if match["mark"] else FURTHER_LINE if in_capitals and number + 1 < len(turns) else None
        further = pattern.match(lines, match.end()) if pattern else None
        while pattern and further and not _begins_turn(lines, further, names):
            blocks.append(Block(*_words(further), *speaker, "transcript", name))
            further = pattern.match(lines, further.end())
    return blocks


def _begins_turn(lines: str, further: re.Match[str], names: set[int]) -> bool:
    """Whether the line is another turn's: its name comes first, a mark before it or not."""
    line = lines.rfind("\n", 0, further.start("words")) + 1
    return any(at in names for at in range(line, further.start("words") + 1))


def _of_several(found: Iterable[re.Match[str]]) -> list[re.Match[str]]:
    """The turns, from the first to the last by somebody who speaks twice: a headline with a colon names nobody twice."""
    turns = [
        match for match in found
        if match["name"].split()[0].lower() not in NOT_A_NAME and IN_SMALL_LETTERS.search(match["words"])
    ]  # fmt: skip
    bare = {match["name"].upper() for match in turns if " " not in match["name"]}
    counts: dict[str, int] = {}
    for match in turns:
        key = _speaker(match["name"], bare)
        counts[key] = counts.get(key, 0) + 1
    if len(turns) < LEAST_TURNS or len(counts) < 2 or max(counts.values()) < 2 or len(counts) * 2 > len(turns) + 2:
        return []
    repeated = [place for place, match in enumerate(turns) if counts[_speaker(match["name"], bare)] > 1]
    return turns[repeated[0] : repeated[-1] + 1]


def _speaker(name: str, bare: set[str]) -> str:
    """Who IDA ROE is where ROE alone has a turn, too."""
    return _surname(name) if _surname(name) in bare else name.upper()


def _surname(name: str) -> str:
    return name.split()[-1].upper()


def _full_names(turns: Sequence[re.Match[str]]) -> dict[str, str]:
    """The name of each turn in capitals as people write it: IDA ROE, MAYOR is Ida Roe, and so is ROE after that."""
    fullest: dict[str, str] = {}
    for match in turns:
        bare = without_title(_in_small_letters(match["name"]))
        if " " in bare:
            fullest.setdefault(_surname(match["name"]), bare)
    return {
        match["name"]: fullest.get(_surname(match["name"]), _in_small_letters(match["name"]))
        for match in turns
        if not NOBODY & set(match["name"].lower().split())
    }


def _in_small_letters(name: str) -> str:
    """IDA O'ROE-MCKAY as Ida O'Roe-McKay."""
    small = re.sub(r"[^\W\d_]+", lambda word: word[0].capitalize(), name)
    return re.sub(r"\bMc([a-z])", lambda match: f"Mc{match[1].upper()}", small)


def find_answers(lines: str) -> list[Block]:
    """The answers of an interview, whether its turns are called Q and A or its questions are lines of their own."""
    return _after_letters(lines) or [
        Block(start - 1, end - 1, *((at - 1, stop - 1) if at >= 0 else (-1, -1)), "transcript")
        for start, end, at, stop in find_unmarked_answers(lines)
    ]


def _after_letters(lines: str) -> list[Block]:
    """The answers of an interview whose turns are called Q and A: at least two of each, the first a question."""
    if "\nA" not in lines or "\nQ" not in lines:
        return []
    turns = list(QUESTION_OR_ANSWER.finditer(lines))
    answers = [match for match in turns if match["side"] == "A"]
    if len(answers) < LEAST_ANSWERS or len(turns) - len(answers) < LEAST_ANSWERS or turns[0]["side"] == "A":
        return []
    return [
        Block(*_words(match), -1, -1, "transcript") for match in answers if not is_marked(lines, match.start("words"))
    ]


def _words(match: re.Match[str]) -> tuple[int, int]:
    """Where the words of a line are in the body, without a closing mark that ends the line."""
    start = match.start("words") - 1
    return start, start + len(match["words"].rstrip().rstrip('”"'))

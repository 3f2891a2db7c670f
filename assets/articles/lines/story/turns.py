"""Lines that are somebody's words by their form: turns of a transcript or an interview, quotations with who said them."""

import functools
import re
from collections.abc import Sequence

from assets.articles.lines.lexicon import LEXICON
from assets.text.languages.name_parts import SMALL_WORDS

# DELLA FONTAYNE, HOST: Good morning.  Gov. Lena Ostrander (D), Estmere: We are ready.  Q: Why?
TURN = re.compile(r"[\"“„«»]?(?P<label>[^\W\d_a-z][^:!?\n]{0,90}?)\s?[:：]\s*(?=\S)")
NAME_WORD = re.compile(rf"(?:[^\W\d_a-z][\w.'’-]*|{SMALL_WORDS}|of|the)$")
POST_FOLLOWS = re.compile(r"[,(（]")
MOST_NAME_WORDS = 5
SIDES = frozenset(("q", "a", "question", "answer", "frage", "antwort", "pregunta", "respuesta", "domanda", "risposta", "pergunta", "resposta", "p", "r", "d", "f", "v", "s"))  # fmt: skip
MIN_TURNS, MIN_TURN_SHARE = 4, 0.4
STAGE_DIRECTION = re.compile(r"[(\[][^()\[\]]{2,60}[)\]]$")
LABELS = ("month", "picture", "newsletter", "share", "advertisement", "related", "comments", "legal", "credit")
# “We open on Monday.” – Ada Quill, mayor
SIGNED = re.compile(r"[\"“„«»‘'].{12,}[\"”“»«’'][.,]?\s*(?:[—–―]|--?)\s?[^\W\d_a-z][^\n]{2,100}$")
QUOTED = re.compile(
    r"[\"“„«»](?P<words>(?:[^\"“”„«»]{3,}))(?:[\"”“»«]|$)|[「『](?P<wide>[^「」『』]{4,})[」』]|[—–]\s?(?P<said>[^—–]{8,})[—–]"
)
MIN_QUOTED_WORDS = 2
LETTERS = re.compile(r"[^\W\d_]{2,}")


def turns(paragraphs: Sequence[str]) -> list[int]:
    """Numbers of the lines that open a turn; none where the text is not a transcript.

    A transcript has four turns or more of two speakers or more, one of whom comes back, and little else between them.
    """
    found = [
        (number, key)
        for number, line in enumerate(paragraphs)
        if ":" in line[:100] or "：" in line[:100]
        if (key := _speaker(line))
    ]
    if len(found) < MIN_TURNS:
        return []
    counts: dict[str, int] = {}
    for _, key in found:
        counts[key] = counts.get(key, 0) + 1
    span = found[-1][0] - found[0][0] + 1
    if (
        len(counts) < 2
        or max(counts.values()) < 2
        or 2 * len(counts) > len(found) + 2
        or len(found) < MIN_TURN_SHARE * span
    ):
        return []
    return [number for number, _ in found]


def is_stage_direction(line: str) -> bool:
    """(COMMERCIAL BREAK), [applause]"""
    return STAGE_DIRECTION.match(line) is not None


def is_attributed(line: str) -> bool:
    """Does the line quote and say whose words these are: a signature, or more of a sentence around them?"""
    if SIGNED.match(line):
        return True
    found = QUOTED.search(line)
    if found is None:
        return False
    words = found["words"] or found["said"] or ""
    if found["wide"] is None and len(LETTERS.findall(words)) < MIN_QUOTED_WORDS:
        return False
    return found["wide"] is not None or len(LETTERS.findall(QUOTED.sub(" ", line))) >= 2


def _speaker(line: str) -> str | None:
    """Who speaks in a turn: the last word of the name, in lower case; None where the line is not a turn."""
    match = TURN.match(line)
    if match is None:
        return None
    name = POST_FOLLOWS.split(match["label"], maxsplit=1)[0].strip()
    words = name.split()
    if not 0 < len(words) <= MOST_NAME_WORDS or not all(map(NAME_WORD.match, words)):
        return None
    key = words[-1].lower().strip(".")
    if key in SIDES:
        return key if len(words) == 1 else None
    return None if len(key) < 2 or any(word.lower().strip(".") in _label_words() for word in words) else key


@functools.cache
def _label_words() -> frozenset[str]:
    """Words that open a label of the page, "Photo: …", not a turn."""
    return frozenset(word for kind in LABELS for word in LEXICON[kind].split())

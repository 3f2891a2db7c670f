"""Acronyms of organisations, spelled out where the article does so."""

import re

from assets.quotes.resolution.titles import clean

ACRONYM = re.compile(r"[A-Z][A-Za-z&.-]{1,9}$")


def spelled_out(body: str, name: str) -> str:
    """The organisation an acronym stands for, where the article gives both: Ministry of Works (MoW)."""
    if not ACRONYM.match(name):
        return name
    letters = [letter for letter in name if letter.isalpha()]
    place = body.find(f"({name})")
    if place < 0 or len(letters) < 2:
        return name
    words = body[max(0, place - 120) : place].rsplit("\n", 1)[-1].split()
    taken: list[str] = []
    wanted = len(letters) - 1
    for word in reversed(words):
        taken.append(word)
        initial = word[:1]
        if initial.lower() == letters[wanted].lower() and initial.isalpha() and (initial.isupper() or len(word) > 3):
            wanted -= 1
            if wanted < 0:
                return clean(" ".join(reversed(taken)))
        elif initial.isupper() or len(taken) > 12:
            break
    return name

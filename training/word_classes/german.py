"""Classes of German words, whose nouns all have a capital: what a dictionary says a word is, and how often it is written.

Nouns and names in all their forms from the German Wiktionary (package german-nouns, CC BY-SA 4.0), frequencies from wordfreq (CC BY-SA 4.0).
"""

import csv
from importlib.resources import files

from wordfreq import get_frequency_dict, zipf_frequency

from assets.entities.tagger.compounds import NO_NOUN, NOUN

NAMES = {"Toponym": 2, "Vorname": 3, "Nachname": 4, "Eigenname": 5, "Abkürzung": 6}
NAME_AND_NOUN, SEVERAL_NAMES = 7, 8
CASES = ("nominativ", "genitiv", "dativ", "akkusativ")
RAREST = 1e-6  # of words that the dictionary of nouns has not
MOST_FREQUENT = 7
A_KIND = MOST_FREQUENT + 1


def german_classes() -> dict[str, tuple[int, ...]]:
    """Classes (from 1) of lower-cased words: kind with frequency twice, and kind alone."""
    kinds = {word: _kind(found) for word, found in _nouns().items()}
    for word, frequency in get_frequency_dict("de", "large").items():
        if frequency >= RAREST and word.isalpha():
            kinds.setdefault(word, NO_NOUN)
    return {word: _classes(word, kind) for word, kind in kinds.items()}


def _classes(word: str, kind: int) -> tuple[int, ...]:
    frequency = min(int(zipf_frequency(word, "de")), MOST_FREQUENT)
    fine = 1 + kind * A_KIND + frequency
    return fine, fine, kind


def _nouns() -> dict[str, set[int]]:
    """Nouns in all cases with their kinds."""
    found: dict[str, set[int]] = {}
    with (files("german_nouns") / "nouns.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            kind = next((NAMES[part] for part in row["pos"].split(",") if part in NAMES), NOUN)
            forms = {row["lemma"], *(form for column, form in row.items() if column.startswith(CASES))}
            for form in forms:
                if form and " " not in form:
                    found.setdefault(form.lower(), set()).add(kind)
    return found


def _kind(kinds: set[int]) -> int:
    if len(kinds) == 1:
        return next(iter(kinds))
    return NAME_AND_NOUN if NOUN in kinds else SEVERAL_NAMES

"""How sure the name of a speaker is: mention, resolution and link together, as one probability.

A logistic model over how the name was found, how likely the mention is and how far the rivals are behind. ``training/speakers.py``
fits and cross-validates its weights, which ``name_weights.csv`` keeps.
"""

import csv
from functools import cache
from math import exp, log
from pathlib import Path

from assets.quotes.attribution.attribute import IN_REPORT, RUN, SAID_AFTER
from assets.quotes.resolution.article_names import Speaker

WEIGHTS = Path(__file__).with_name("name_weights.csv")
WAYS = (
    "full name", "surname", "single word", "organisation", "pronoun", "pronoun of a group", "role", "epithet", "nominal",
    "issuer", "later", "two people",
)  # fmt: skip
FEATURES = (
    *WAYS, "guess", "chance of the mention", "chance of the person", "rivals", "report", "in another sentence", "after the words",
)  # fmt: skip
GUESSES = frozenset(("role", "epithet", "issuer", "later", "nominal"))  # what these have in common is learnt together
WEIGHED = frozenset(("pronoun", "epithet"))  # found by weighing people against each other
RULES_THAT_TELL = {IN_REPORT: "report", RUN: "in another sentence", SAID_AFTER: "after the words"}
LEAST = 0.01  # chances are not further than this from none and from certain


@cache
def weights() -> dict[str, float]:
    with WEIGHTS.open(encoding="utf-8", newline="") as file:
        weight = {row["feature"]: float(row["weight"]) for row in csv.DictReader(file)}
    return {feature: weight[feature] for feature in FEATURES}


def sureness(speaker: Speaker, mention: str, confidence: float, rule: int) -> float:
    """The chance that the full name of a resolved speaker is right."""
    weight = weights()
    score = 0.0
    for feature, value in features(speaker, mention, confidence, rule).items():
        score += weight[feature] * value
    return 1 / (1 + exp(-score))


def features(speaker: Speaker, mention: str, confidence: float, rule: int) -> dict[str, float]:
    """What of ``FEATURES`` is not 0; ``mention`` as printed, ``confidence`` and ``rule`` as in ``core.quotes``."""
    way = way_of(speaker, mention)
    found = {"chance of the mention": log_odds(confidence)}
    if way in WAYS:
        found[way] = 1.0
    if way in GUESSES:
        found["guess"] = 1.0
    if way in WEIGHED:
        found["chance of the person"] = log_odds(speaker.chance)
        found["rivals"] = log(speaker.rivals)
    if rule in RULES_THAT_TELL:
        found[RULES_THAT_TELL[rule]] = 1.0
    return found


def way_of(speaker: Speaker, mention: str) -> str:
    """How a name was found, of ``WAYS``."""
    if speaker.how == "name":
        if " and " in (speaker.name or ""):
            return "two people"
        if " " not in (speaker.name or ""):
            return "single word"
        return "full name" if (speaker.name or "").split(" ")[0] in mention else "surname"
    if speaker.how == "thing":
        return (
            "organisation" if (mention[:1].isupper() and " " in mention) or mention.isupper() else "pronoun of a group"
        )
    return speaker.how


def log_odds(chance: float) -> float:
    """The logarithm of the odds of a chance that is not taken for certain."""
    bounded = min(max(chance, LEAST), 1 - LEAST)
    return log(bounded / (1 - bounded))

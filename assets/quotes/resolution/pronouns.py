"""Which person a pronoun stands for.

The people whom the article named before are weighed against each other by a conditional logit (McFadden, 1974) over what their
nearest mentions say. ``training/speakers.py`` fits its weights, which ``person_weights.csv`` keeps.
"""

import csv
import re
from functools import cache
from math import exp, sqrt
from pathlib import Path

from assets.quotes.resolution.article_names import DESCRIPTION, Article, Named, Speaker
from assets.text.languages.registry import language
from assets.text.languages.verbs import finite_verbs_of_saying

_EN = language("en")

WEIGHTS = Path(__file__).with_name("person_weights.csv")
PEOPLE = frozenset(("name", "pronoun", "role", DESCRIPTION))
REACH = 14  # sentences that a pronoun may look back
LATER = 6  # names after the pronoun among which somebody may be, where nobody was named before
SURE = 0.8  # chance from which a pronoun tells the gender of who was named before
AGREES = 0.4  # the chance of who is the only one left
ASKS = re.compile(
    r" (?:asked|told|pressed|questioned|reminded|urged|quizzed|interrupted|challenged|thanked) (?P<whom>her|him)"
    r"(?=[,.:;?]| (?:what|whether|if|about|why|how|who|when|where|to|that|again|for|repeatedly)\b)"
)
BORN = re.compile(r"(?:The (?:son|daughter) of\b|(?:Born|Raised|Brought up|Educated)\b)[^.!?“”\"\n]{0,120}, s?he\b")
FEATURES = (
    "subject of the same sentence", "in the same sentence", "sentences back", "paragraphs back", "subject", "first of its sentence",
    "subject of saying", "owns what follows", "subject in the same paragraph", "subject of the sentence before", "last subject",
    "known gender", "square root of its mentions", "full name", "spoke last", "spoke last, another subject since",
    "spoke in this paragraph or the one before", "taken for the other gender",
)  # fmt: skip


@cache
def weights() -> tuple[float, ...]:
    with WEIGHTS.open(encoding="utf-8", newline="") as file:
        weight = {row["feature"]: float(row["weight"]) for row in csv.DictReader(file)}
    return tuple(weight[feature] for feature in FEATURES)


def person(article: Article, place: int, sentence: int, paragraph: int, wanted: str) -> Speaker:
    """The person a pronoun at ``place`` stands for; ``wanted`` is m, f, or empty for a description that tells no gender."""
    subject = _whose_life(article, place, wanted)
    if subject is not None:
        return Speaker(subject, "pronoun", AGREES, 2)
    found = people_before(article, place, sentence, paragraph, wanted)
    if not found:
        return _last_resort(article, place, wanted)
    weight = weights()
    scored = [(sum(map(float.__mul__, weight, features)), name) for name, features in found.items()]
    scored.sort(key=lambda one: (-one[0], one[1]))
    total = sum(exp(score - scored[0][0]) for score, _ in scored)
    name = scored[0][1]
    described = article.last is not None and article.last.how == DESCRIPTION and article.last.name == name
    if wanted and len(scored) > 1 and 1 / total > SURE and not article.gender(name):
        article.learned[name] = wanted
    return Speaker(name, DESCRIPTION if described else "pronoun", 1 / total, len(scored))


def _whose_life(article: Article, place: int, wanted: str) -> str | None:
    """Born in a fishing village, she … : whom the article names most, in a paragraph that tells a life and names nobody before."""
    start = article.body.rfind("\n", 0, place) + 1
    if not wanted or not BORN.match(article.body, start):
        return None
    earlier = article.named[: article.index_before(place) + 1]
    people = [named for named in earlier if named.kind == "person" and not (named.aside or named.quoted)]
    if not people or people[-1].start > start:
        return None
    may_be = {named.name for named in people if article.gender(named.name) in ("", wanted)}
    return max(sorted(may_be), key=lambda name: article.counts[name], default=None)


def people_before(
    article: Article, place: int, sentence: int, paragraph: int, wanted: str
) -> dict[str, tuple[float, ...]]:
    """Features of each person who is named before a pronoun and whose gender does not contradict it."""
    last = article.last.name if article.last is not None and article.last.how in PEOPLE else None
    found: dict[str, tuple[float, ...]] = {}
    agreement: dict[str, int] = {}
    last_subject = introduced = False
    for index in range(article.index_before(place), -1, -1):
        named = article.named[index]
        distance = sentence - named.sentence
        if distance > REACH:
            break
        if named.kind != "person" or named.aside or named.quoted or named.name in found:
            continue
        gender = article.gender(named.name)
        if wanted and (
            _is_other(article, index, gender, place, wanted)
            or _is_another(article, named, sentence, wanted)
            or _asks_another(article, named, place, wanted)
        ):
            continue
        is_last = named.name == last
        opens = named.subject and not named.possessive and not last_subject
        fits = agreement[named.name] = _fits(gender or article.learned.get(named.name, ""), wanted)
        if fits < 0 and _says_so(article, index, place):
            agreement[named.name] = 1
        found[named.name] = _features(article, named, distance, paragraph, opens, is_last, introduced, fits)
        last_subject = last_subject or opens
        introduced = introduced or (opens and not is_last and named.start > article.last_end)
    if last is not None and last not in found and article.gender(last) in ("", wanted):
        far = Named(-1, -1, sentence - REACH, paragraph - 4, "person", last, False, False, False, False, False, False)
        fits = agreement[last] = _fits(article.gender(last), wanted)
        found[last] = _features(article, far, REACH, paragraph, False, True, introduced, fits)
    if any(fits == 1 for fits in agreement.values()):
        # Where somebody is known to be a woman, she is not the man beside whom she is spoken of.
        return {name: features for name, features in found.items() if agreement[name] >= 0}
    return found


def _is_other(article: Article, index: int, gender: str, place: int, wanted: str) -> bool:
    """Whether a name's gender contradicts the pronoun; a given name does not where such a subject follows it: Lee Roe said she …"""
    if not gender or gender == wanted:
        return False
    if article.titled_gender(article.named[index].name):
        return True
    after = article.pronoun_after(index, place)
    return after is None or after.gender != wanted or not after.subject


def _says_so(article: Article, index: int, place: int) -> bool:
    """Whether who is named reports of himself or herself: Lee Roe said that she …; not: Lee Roe asked what she …"""
    after = article.pronoun_after(index, place)
    return after is not None and _said_that().search(article.body[article.named[index].end : after.start]) is not None


@cache
def _said_that() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(finite_verbs_of_saying())})(?: that)? $")


def _is_another(article: Article, named: Named, sentence: int, wanted: str) -> bool:
    """Asked what he would tell Tom Quill, he said: whom a sentence names after the pronoun is somebody else."""
    return named.sentence == sentence and not named.subject and article.pronoun_before(named, wanted)


def _asks_another(article: Article, named: Named, place: int, wanted: str) -> bool:
    """Tom Quill asked her what came next: she is not Quill."""
    asked = ASKS.match(article.body, named.end, place) if named.subject else None
    return asked is not None and ("m" if asked["whom"] in _EN.masculine_pronouns else "f") == wanted


def _fits(gender: str, wanted: str) -> int:
    """1 where a gender is the pronoun's, -1 where it is the other, 0 where either is unknown."""
    return 0 if not gender or not wanted else (1 if gender == wanted else -1)


def _features(
    article: Article, named: Named, distance: int, paragraph: int, opens: bool, is_last: bool, introduced: bool, fits: int
) -> tuple[float, ...]:  # fmt: skip
    """The values of ``FEATURES``."""
    same = distance == 0
    subject = named.subject and not named.possessive
    lines = paragraph - named.paragraph
    return (
        float(same and subject),
        float(same and not subject),
        0.0 if same else min(distance, 6.0),
        float(min(lines, 4)),
        float(not same and subject),
        float(not same and named.first),
        float(not same and named.said),
        float(named.possessive),
        float(not same and subject and lines == 0),
        float(subject and distance == 1),
        float(opens),
        float(fits > 0),
        sqrt(min(article.counts.get(named.name, 0), 6)),
        # Whom an apposition brings in (his mother, Oona,) may have no fuller name.
        float(" " in named.name or named.gender != ""),
        float(is_last and not introduced),
        float(is_last and introduced),
        float(is_last and paragraph - article.last_paragraph <= 1),
        float(fits < 0),
    )


def _last_resort(article: Article, place: int, wanted: str) -> Speaker:
    """Who is first named after the pronoun, or was spoken of as a description."""
    first = article.index_before(place) + 1
    later = [named for named in article.named[first : first + LATER] if named.kind == "person" and not named.quoted]
    for named in later if wanted else ():
        if article.gender(named.name) == wanted:
            return Speaker(named.name, "later", AGREES, len(later))
    return Speaker(None, "pronoun", 0.0)

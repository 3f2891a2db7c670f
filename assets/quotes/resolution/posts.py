"""Who bears a post or fits a description that the article puts beside a name."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from assets.entities.names.titles import leading_titles
from assets.quotes.resolution.article_names import Article, Named
from assets.quotes.resolution.word_classes import class_bits
from assets.quotes.tokens.lexicon import HONORIFIC, POST

# As they are printed before a name, and what their bearers are called.
ABBREVIATED = {
    "adm": "admiral", "capt": "captain", "cllr": "councillor", "cmdr": "commander", "col": "colonel", "det": "detective", "dr": "doctor",
    "gen": "general", "gov": "governor", "insp": "inspector", "lt": "lieutenant", "prof": "professor", "rep": "representative",
    "rev": "reverend", "sen": "senator", "sgt": "sergeant", "supt": "superintendent",
}  # fmt: skip
SHORT_FORMS = {post: f"{short}. " for short, post in ABBREVIATED.items()}
COMPOUND = frozenset(("prime", "vice", "deputy", "assistant"))
NAMES_BETWEEN = 3  # of places and bodies that a post is of, before its bearer's
POST_FOR = re.compile(r" (?:of|for)(?: the)?(?: (?:[A-Z][\w&.’'-]*,?|and|&|of|for|the)){1,7} ")
ROLE_AFTER = re.compile(
    r",? (?:who (?:is|was|serves as) )?(?:the|a|an) ((?:[\w’'.-]+ ){0,5}?[\w’'.-]+)(?=,| of | for | at | in | from | who |\.|$)"
)
SHORT_POST = re.compile(r"\b([A-Z]\w{1,5})\. $")
CLAUSE_MARK = re.compile(r"[,.;:!?“”\"()\n]")
BEFORE, AFTER = 60, 160  # code points around a name within which its bearer's post may be named


def person_behind(article: Article, end: int, head: str) -> str | None:
    """The person whose name follows a description that ends at ``end``: Finance chief | Ida Roe, Superintendent | of Police Ida Roe."""
    index = article.index_before(end) + 1
    for named in article.named[index : index + NAMES_BETWEEN]:
        if named.kind != "person" or named.start <= end:
            continue
        between = article.body[end : named.start]
        if between == " ":
            return None if named.possessive else named.name
        words = between.split()
        of_post = head[0].isupper() and class_bits(head.lower()) & POST and POST_FOR.fullmatch(between)
        return named.name if of_post and not named.possessive and not leading_titles([words[-1], "Roe"]) else None
    return None


def by_role(article: Article, start: int, words: list[str]) -> str | None:
    head = words[-1].lower()
    beside = {word.lower().removesuffix("'s").removesuffix("’s") for word in words[1:-1]}
    best: tuple[float, int, str] | None = None
    for place, context, person in _bearers(article, head):
        if context & COMPOUND - beside and not beside:
            continue  # the minister is not the prime minister
        shared = len(beside & context)
        # The Ruritanian president is not the one named with other words, and hardly the one named without any.
        value = float(shared) if shared or not beside else (-1.0 if context else -0.3)
        value += 0.5 if place < start else -0.5
        candidate = (value, -abs(start - place), person)
        if best is None or candidate > best:
            best = candidate
    return best[2] if best is not None and best[0] >= -0.5 else None


def _bearers(article: Article, head: str) -> Iterator[tuple[int, frozenset[str], str]]:
    """People whose name comes with the post or description ``head``: place of the name, words beside the post, name."""
    short = SHORT_FORMS.get(head)
    places = _places_of(head, article.in_lower_case())
    places = sorted(places + _places_of(short, article.in_lower_case())) if short else places
    for named in article.named if places else ():
        nearest = bisect_left(places, named.start - BEFORE)
        if named.kind != "person" or nearest == len(places) or places[nearest] + len(head) > named.end + AFTER:
            continue
        for role, context in _roles(article.body, named):
            if role == head:
                yield named.start, context, named.name


def _places_of(word: str, text: str) -> list[int]:
    places = []
    at = text.find(word)
    while at >= 0:
        places.append(at)
        at = text.find(word, at + len(word))
    return places


def _roles(body: str, named: Named) -> Iterator[tuple[str, frozenset[str]]]:
    """Posts and descriptions right before or after a person's name, with the words beside them."""
    name_at = body.find(named.name.split(" ", 1)[0], named.start, named.end)
    before = body[max(0, named.start - BEFORE) : name_at if name_at > 0 else named.start]
    short = SHORT_POST.search(before)
    if short and short[1].lower() in ABBREVIATED:
        yield ABBREVIATED[short[1].lower()], frozenset()
    before = CLAUSE_MARK.split(before)[-1]
    tokens = [word for word in before.replace("\xa0", " ").split(" ") if word]
    if tokens:
        lowered = [word.lower().removesuffix("'s").removesuffix("’s") for word in tokens]
        while len(lowered) > 1 and class_bits(lowered[-1].rstrip(".")) & HONORIFIC:
            lowered.pop()  # the Health Minister is Health Minister Dr Ida Roe
        yield lowered[-1].rstrip("."), frozenset(lowered[-4:-1])
        post = next((i for i in range(len(lowered) - 2, 0, -1) if lowered[i] in ("of", "for")), 0)
        if post and tokens[post + 1][0].isupper():
            yield lowered[post - 1], frozenset(lowered)  # the minister is Minister for Water Ida Roe
        if len(lowered) > 1 and lowered[-1] in ("state", "defense", "defence"):
            yield lowered[-3] if len(lowered) > 2 else "", frozenset(lowered)
    match = ROLE_AFTER.match(body, named.end)
    if match:
        lowered = [word.lower() for word in match[1].split(" ")]
        following = body[match.end() : match.end() + 30].lower().split()
        yield lowered[-1], frozenset(lowered[:-1] + following[1:2])

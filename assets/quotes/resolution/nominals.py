"""Whom a phrase stands for: the bearer of a post, the person in apposition, the one just spoken of, or itself."""

import re
from collections.abc import Iterator

from assets.quotes.attribution.mention_types import NOMINAL
from assets.quotes.resolution.article_names import Article, Named, Speaker
from assets.quotes.resolution.pronouns import person as person_of
from assets.quotes.resolution.titles import clean
from assets.quotes.resolution.word_classes import class_bits
from assets.quotes.tokens.lexicon import FEMALE, GROUP, MALE, PLURAL, POST, ROLE, SOURCE

APPOSED = re.compile(r"(?P<of> (?:of|for|at|in|from|with) [^,.;:()“”\"\n]{1,60})?, ")
ISSUED = frozenset(("statement", "release", "email", "letter", "post", "tweet", "message"))
COMPOUND = frozenset(("prime", "vice", "deputy", "assistant"))
WORD = re.compile(r"[\w’'.-]+")
ROLE_AFTER = re.compile(
    r",? (?:who (?:is|was|serves as) )?(?:the|a|an) ((?:[\w’'.-]+ ){0,5}?[\w’'.-]+)(?=,| of | for | at | in | from | who |\.|$)"
)
CLAUSE_MARK = re.compile(r"[,.;:!?“”\"()\n]")
BEFORE, AFTER = 60, 160  # code points around a name within which its bearer's post may be named


def nominal(article: Article, start: int, end: int, text: str, kind: int, sentence: int, paragraph: int) -> Speaker:
    """A phrase: the person in apposition or whose post it names, where the article says so; else the fullest phrase."""
    phrase = clean(text)
    words = WORD.findall(phrase)
    if not words:
        return Speaker(None, "nominal", 0.0)
    apposed = _apposed(article, end)
    if apposed is not None:
        return Speaker(apposed, "name", 0.9)
    owner = words[0].lower()
    head = words[-1].lower()
    if owner in ("his", "her") and len(words) > 1:
        person = person_of(article, start, sentence, paragraph, "m" if owner == "his" else "f")
        if person.name:
            return Speaker(f"{person.name}'s {' '.join(words[1:])}", "nominal", person.chance * 0.9)
    if kind != NOMINAL or owner not in ("the", "that", "this"):
        return Speaker(phrase, "nominal", 0.7)
    person_name = _by_role(article, start, words)
    if person_name:
        return Speaker(person_name, "role", 0.7)
    bits = class_bits(head)
    recent = article.last if article.last is not None and paragraph - article.last_paragraph <= 2 else None
    if bits & SOURCE and head in ISSUED and recent is not None:
        return Speaker(recent.name, recent.how, 0.4)
    if bits & GROUP and recent is not None and recent.how == "thing":
        return Speaker(recent.name, "thing", 0.5)
    if not bits & (GROUP | SOURCE | PLURAL) and not head.endswith("s") and (len(words) > 2 or not bits & (ROLE | POST)):
        # The affable proprietor, the 39-year-old: a description of somebody the article has just spoken of.
        person = person_of(article, start, sentence, paragraph, "m" if bits & MALE else "f" if bits & FEMALE else "")
        if person.name and person.chance > 0.6:
            return Speaker(person.name, "pronoun", 0.5)
    return Speaker(_fullest(article.body, phrase, words), "nominal", 0.7)


def _apposed(article: Article, end: int) -> str | None:
    """The person named in apposition to the phrase: the head of the union, Ida Roe, said."""
    match = APPOSED.match(article.body, end)
    if match is None:
        return None
    index = article.index_before(end) + 1
    for named in article.named[index : index + 4]:
        if named.kind != "person" or named.start < match.end() or named.quoted:
            continue
        between = article.body[match.end() : named.start]
        if len(between) > 30 or any(mark in between for mark in ",.;:()\n"):
            return None
        closed = article.body[named.end : named.end + 1] in (",", ".", ";", "—")
        return named.name if closed or not (match["of"] or between) else None
    return None


def _fullest(body: str, phrase: str, words: list[str]) -> str:
    """The first form of "the judge" in the article that says which judge, else the phrase as it is."""
    if len(words) != 2:
        return phrase
    match = re.search(rf"\b(?:[Tt]he|[Aa]n?) ((?:[\w’'.-]+ ){{1,3}}{re.escape(words[1])})\b", body)
    if match is None:
        return phrase
    modifiers = match[1].split(" ")[:-1]
    if any(not word[0].isupper() for word in modifiers):
        return phrase
    return f"the {match[1]}"


def _by_role(article: Article, start: int, words: list[str]) -> str | None:
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
    lowered = article.in_lower_case()
    for named in article.named:
        if named.kind != "person" or lowered.find(head, max(0, named.start - BEFORE), named.end + AFTER) < 0:
            continue
        for role, context in _roles(article.body, named):
            if role == head:
                yield named.start, context, named.name


def _roles(body: str, named: Named) -> Iterator[tuple[str, frozenset[str]]]:
    """Posts and descriptions right before or after a person's name, with the words beside them."""
    name_at = body.find(named.name.split(" ", 1)[0], named.start, named.end)
    before = body[max(0, named.start - BEFORE) : name_at if name_at > 0 else named.start]
    before = CLAUSE_MARK.split(before)[-1]
    tokens = [word for word in before.replace("\xa0", " ").split(" ") if word]
    if tokens:
        lowered = [word.lower().removesuffix("'s").removesuffix("’s") for word in tokens]
        yield lowered[-1].rstrip("."), frozenset(lowered[-4:-1])
        if len(lowered) > 1 and lowered[-1] in ("state", "defense", "defence"):
            yield lowered[-3] if len(lowered) > 2 else "", frozenset(lowered)
    match = ROLE_AFTER.match(body, named.end)
    if match:
        lowered = [word.lower() for word in match[1].split(" ")]
        following = body[match.end() : match.end() + 30].lower().split()
        yield lowered[-1], frozenset(lowered[:-1] + following[1:2])

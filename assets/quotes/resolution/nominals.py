"""Whom a phrase stands for: the bearer of a post, the person in apposition, the one just spoken of, or itself."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from assets.entities.names.titles import leading_titles
from assets.quotes.attribution.mention_types import NOMINAL
from assets.quotes.resolution.article_names import DESCRIPTION, Article, Named, Speaker
from assets.quotes.resolution.documents import DOCUMENTS, issuer
from assets.quotes.resolution.epithets import epithet
from assets.quotes.resolution.pronouns import person as person_of
from assets.quotes.resolution.titles import clean
from assets.quotes.resolution.word_classes import class_bits
from assets.quotes.tokens.lexicon import (
    DETERMINER,
    FUNCTION,
    GROUP,
    HONORIFIC,
    INDEFINITE,
    POST,
    ROLE,
    SOURCE,
)
from assets.quotes.tokens.lexicon import POSSESSIVE as OWN
from assets.text.languages.registry import language

APPOSED = re.compile(r"(?P<of> (?:of|for|at|in|from|with) [^,.;:()“”\"\n]{1,60})?, ")
COMPOUND = frozenset(("prime", "vice", "deputy", "assistant"))
NAMES_BETWEEN = 3  # of places and bodies that a post is of, before its bearer's
POST_FOR = re.compile(r" (?:of|for)(?: the)?(?: (?:[A-Z][\w&.’'-]*,?|and|&|of|for|the)){1,7} ")
WORD = re.compile(r"[\w’'.-]+")
# A man who goes by the name “Pebble”; a woman who asked to be identified only as Ida.
CALLED = re.compile(
    r"[^.!?\n]{0,80}?\b(?:goes by(?: the (?:nick)?name)?(?: of)?|(?:nick)?named|called|known (?:only |simply )?(?:as|by the name)|"
    r"identified (?:(?:him|her|them)sel(?:f|ves) )?(?:only |simply )?(?:as|by (?:his|her|their) first name,?)|"
    r"gave (?:his|her|their) name (?:only )?as|whose name is) [“\"‘']?(?P<name>[A-Z][\w’'-]*(?: [A-Z][\w’'-]*){0,3})"
)
COMMON = FUNCTION | HONORIFIC | POST | ROLE | SOURCE | GROUP
POSSESSIVE = re.compile(r"\w['’](?:s\b|\s)")
ROLE_AFTER = re.compile(
    r",? (?:who (?:is|was|serves as) )?(?:the|a|an) ((?:[\w’'.-]+ ){0,5}?[\w’'.-]+)(?=,| of | for | at | in | from | who |\.|$)"
)
CLAUSE_WORDS = language("en").relative_pronouns | {
    "but",
    "and",
    "as",
    "when",
    "where",
    "while",
}  # none before a name in apposition
CLAUSE_MARK = re.compile(r"[,.;:!?“”\"()\n]")
GIVEN = frozenset(("the", "that", "this"))  # before what the article has already spoken of
ISSUED = frozenset(("statement", "release", "email", "letter", "post", "tweet", "message", "memo"))
# What any organisation may be called; the government and the police are nobody's other name.
ORGANISATIONS = frozenset((
    "company", "firm", "utility", "carrier", "lender", "insurer", "retailer", "manufacturer", "automaker", "carmaker", "bank",
    "airline", "agency", "charity", "union", "organisation", "organization", "institute", "university", "brewery", "studio",
    "label", "network", "broadcaster", "newspaper", "startup", "start-up", "regulator", "watchdog", "operator", "developer",
    "conglomerate", "chain", "corporation", "nonprofit", "supermarket", "airport", "museum",
))  # fmt: skip
OFTEN = 2  # times that an organisation must be named for the article to be about it
OWNERS = {"his": "m", "her": "f"}
BEFORE, AFTER = 60, 160  # code points around a name within which its bearer's post may be named
ALREADY = 2  # paragraphs within which "the company" is the organisation that spoke last


def nominal(article: Article, start: int, end: int, text: str, kind: int, sentence: int, paragraph: int) -> Speaker:
    """A phrase: the person or organisation that the article says it is, else a description of nobody named."""
    phrase = clean(text)
    words = WORD.findall(phrase)
    if not words:
        return Speaker(None, DESCRIPTION, 0.0)
    named = (
        _apposed(article, end)
        or _called(article, end)
        or _ends_with_name(article, start, end)
        or person_behind(article, end, words[-1])
    )
    if named is not None:
        return Speaker(named, "name", 0.9)
    head = words[-1].lower()
    if head in DOCUMENTS:
        return _document(article, start, end, words, sentence, paragraph)
    described = Speaker(phrase, "nominal" if is_name(article.body, start, phrase) else DESCRIPTION, 0.7)
    if kind != NOMINAL or words[0].lower() not in GIVEN:
        return described
    person_name = _by_role(article, start, words)
    if person_name:
        return Speaker(person_name, "role", 0.7)
    if class_bits(head) & GROUP:
        return _group(article, start, words, paragraph) or described
    return epithet(article, start, words, sentence, paragraph) or described


def _document(article: Article, start: int, end: int, words: list[str], sentence: int, paragraph: int) -> Speaker:
    """A document speaks for who issued it: its author, "her" in her letter, who spoke before where it was spoken of before."""
    by = issuer(article, start, end, sentence)
    first, head = words[0].lower(), words[-1].lower()
    if by is None and first in OWNERS:
        return person_of(article, start, sentence, paragraph, OWNERS[first])
    recent = article.last if paragraph - article.last_paragraph <= ALREADY else None
    if by is None and first in GIVEN and head in ISSUED and recent is not None:
        return Speaker(recent.name, recent.how, 0.4)
    return Speaker(by, "issuer", 0.6)


def _group(article: Article, start: int, words: list[str], paragraph: int) -> Speaker | None:
    """The company: the organisation that spoke last, else the one with the word in its name, else the one that the article is about."""
    recent = article.last if article.last is not None and paragraph - article.last_paragraph <= ALREADY else None
    if recent is not None and recent.how == "thing":
        return Speaker(recent.name, "thing", 0.5)
    if len(words) != 2:
        return None
    same = _organisation(article, start, words[1])
    if same:
        return Speaker(same, "thing", 0.6)
    spoken_of = _spoken_of(article, start) if words[1].lower() in ORGANISATIONS else None
    return Speaker(spoken_of, "thing", 0.5) if spoken_of else None


def is_name(body: str, start: int, phrase: str) -> bool:
    """Whether a phrase is a name in itself: Ruritanian envoys, the Hull Bay council; not a Hull Bay lawyer, Roe's
    brother, Protesters."""
    words = WORD.findall(phrase)
    opens = start == 0 or body[:start].rstrip(" “\"‘'")[-1:] in (".", "!", "?", "\n", ":", "")
    proper = [
        word for number, word in enumerate(words)
        if word[0].isupper() and not class_bits(word.lower()) & COMMON and not (opens and number == 0 and word[1:].islower())
    ]  # fmt: skip
    if not proper:
        return False
    bits = class_bits(words[0].lower())
    if not (bits & (DETERMINER | OWN | INDEFINITE) or POSSESSIVE.search(phrase)):
        return True
    return class_bits(words[-1].lower()) & GROUP != 0 and (not bits & (DETERMINER | OWN) or words[0].lower() in GIVEN)


def _called(article: Article, end: int) -> str | None:
    """Which name the article says somebody goes by."""
    match = CALLED.match(article.body, end)
    return match["name"] if match else None


def _ends_with_name(article: Article, start: int, end: int) -> str | None:
    """The person whom the phrase itself names at its end: both Mr Roe."""
    index = article.index_before(end)
    if index < 0 or article.named[index].start < start:
        return None
    named = article.named[index]
    return named.name if named.kind == "person" and named.end == end and not named.possessive else None


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


def _organisation(article: Article, start: int, head: str) -> str | None:
    """The organisation named last whose name has the word: the commission after the Commission for Harbours."""
    for index in range(article.index_before(start), -1, -1):
        named = article.named[index]
        if named.kind == "organisation" and head.capitalize() in named.name.split(" "):
            return named.name
    return None


def _spoken_of(article: Article, start: int) -> str | None:
    """The organisation that the article names before, as a subject too, and more often than any other."""
    counts: dict[str, int] = {}
    subjects = set()
    for named in article.named[: article.index_before(start) + 1]:
        if named.kind == "organisation" and not named.aside:
            counts[named.name] = counts.get(named.name, 0) + 1
            if named.subject and not named.quoted:
                subjects.add(named.name)
    ranked = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    if not ranked or ranked[0][0] not in subjects or ranked[0][1] < OFTEN:
        return None
    return ranked[0][0] if len(ranked) == 1 or ranked[0][1] > ranked[1][1] else None


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
        titles = between.split()
        if titles and leading_titles([*titles, named.name]) == len(titles):
            between = ""
        if len(between) > 30 or any(mark in between for mark in ",.;:()\n") or not CLAUSE_WORDS.isdisjoint(titles):
            return None
        closed = article.body[named.end : named.end + 1] in (",", ".", ";", "—")
        return named.name if closed or not (match["of"] or between) else None
    return None


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
    places = [match.start() for match in re.finditer(re.escape(head), article.in_lower_case())]
    for named in article.named if places else ():
        nearest = bisect_left(places, named.start - BEFORE)
        if named.kind != "person" or nearest == len(places) or places[nearest] + len(head) > named.end + AFTER:
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

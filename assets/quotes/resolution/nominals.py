"""Whom a phrase stands for: the bearer of a post, the person in apposition, the one just spoken of, or itself."""

import re

from assets.entities.names.titles import leading_titles
from assets.quotes.attribution.mention_types import NOMINAL
from assets.quotes.resolution.article_names import DESCRIPTION, Article, Speaker
from assets.quotes.resolution.documents import DOCUMENTS, issuer
from assets.quotes.resolution.epithets import epithet
from assets.quotes.resolution.posts import by_role, person_behind
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
WORD = re.compile(r"[\w’'.-]+")
# A man who goes by the name “Pebble”; a woman who asked to be identified only as Ida.
CALLED = re.compile(
    r"[^.!?\n]{0,80}?\b(?:goes by(?: the (?:nick)?name)?(?: of)?|(?:nick)?named|called|known (?:only |simply )?(?:as|by the name)|"
    r"identified (?:(?:him|her|them)sel(?:f|ves) )?(?:only |simply )?(?:as|by (?:his|her|their) first name,?)|"
    r"gave (?:his|her|their) name (?:only )?as|whose name is) [“\"‘']?(?P<name>[A-Z][\w’'-]*(?: [A-Z][\w’'-]*){0,3})"
)
CALLED_BY = (
    "goes by",
    "named",
    "called",
    "known ",
    "identified ",
    "gave ",
    "whose name is",
)  # what CALLED cannot do without,
CALLED_REACH = 100  # and within how many code points it begins
COMMON = FUNCTION | HONORIFIC | POST | ROLE | SOURCE | GROUP
POSSESSIVE = re.compile(r"\w['’](?:s\b|\s)")
CLAUSE_WORDS = language("en").relative_pronouns | {
    "but",
    "and",
    "as",
    "when",
    "where",
    "while",
}  # none before a name in apposition
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
    body = _apposed_organisation(article, end) if class_bits(head) & GROUP else None
    if body is not None:
        return Speaker(body, "thing", 0.9)
    if head in DOCUMENTS:
        return _document(article, start, end, words, sentence, paragraph)
    if kind == NOMINAL and words[0].lower() in GIVEN:
        known = _spoken_of_before(article, start, words, sentence, paragraph)
        if known is not None:
            return known
    return Speaker(phrase, "nominal" if is_name(article.body, start, phrase) else DESCRIPTION, 0.7)


def _spoken_of_before(
    article: Article, start: int, words: list[str], sentence: int, paragraph: int
) -> Speaker | None:  # fmt: skip
    """Whom the article has put beside the words: the mayor, the company, the 39-year-old."""
    person_name = by_role(article, start, words)
    if person_name:
        return Speaker(person_name, "role", 0.7)
    if class_bits(words[-1].lower()) & GROUP:
        return _group(article, start, words, paragraph)
    return epithet(article, start, words, sentence, paragraph)


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
    following = article.body[end : end + CALLED_REACH]
    if not any(word in following for word in CALLED_BY):
        return None
    match = CALLED.match(article.body, end)
    return match["name"] if match else None


def _ends_with_name(article: Article, start: int, end: int) -> str | None:
    """The person whom the phrase itself names at its end: both Mr Roe."""
    index = article.index_before(end)
    if index < 0 or article.named[index].start < start:
        return None
    named = article.named[index]
    return named.name if named.kind == "person" and named.end == end and not named.possessive else None


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


def _apposed_organisation(article: Article, end: int) -> str | None:
    """The organisation named in apposition to the phrase: the company, Hull Bay Ferries, said."""
    index = article.index_before(end) + 1
    if index == len(article.named):
        return None
    named = article.named[index]
    apposed = named.kind == "organisation" and article.body[end : named.start] in (", ", ", the ")
    return named.name if apposed and article.body[named.end : named.end + 1] == "," else None

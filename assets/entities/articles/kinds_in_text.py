"""Which kind of entity a name is of, where the text around any of its mentions tells: the tagger sees a few words at a time."""

import re
from functools import cache

from assets.entities.articles.mentions import Mention
from assets.entities.names.forms import demonym_stems
from assets.entities.names.names import is_person_like, split_titles
from assets.text.languages.titles import titles

_GOES_ON = re.compile(r"[ -][A-Z]")
_PLACE_BEFORE = re.compile(
    r"\b(?:(?:MP|MLA|MLC|MSP|TD|[Mm]ember|[Cc]andidate) for|[Ii]n|[Aa]cross|[Tt]hroughout|[Nn]ear|(?:president|prime minister|premier|king|queen|government|parliament|capital|republic|"
    r"kingdom|town|city|village|province|state|district|region|people|mayor|governor|north|south|east|west|coast) of) $"
)
_PLACE_BEHIND = re.compile(
    r"['’]s (?:government|president|prime min|premier|foreign min|defen[cs]e min|parliament|army|military|navy|capital|coast|"
    r"border|economy|constitution|largest|biggest|northern|southern|eastern|western|central bank|supreme court)"
)
# Orvel Hydro, the state company that …
_ORGANISATION_BEHIND = re.compile(
    r", (?:the|an?) (?:(?!of|at|for|from|in|by|with)[\w-]+ ){0,2}(?:company|firm|agency|operator|bank|union|party|charity|newspaper|group|association|"
    r"federation|club|university|ministry|institute|broadcaster)(?=,| (?:that|which|in|of|behind|based)\b)"
)
_DATELINE = re.compile(r"[A-Z][A-Z .'-]+, ")


def with_kinds(body: str, mentions: list[Mention]) -> list[Mention]:
    """The mentions with the kinds that the text tells, without adjectives of places."""
    people = _with_surnames_in_capitals(_with_bearers_of_posts(_with_organisations(body, mentions)))
    return _without_demonyms(_with_places(body, people))


def _with_organisations(body: str, mentions: list[Mention]) -> list[Mention]:
    """A name taken for a person's that the text says is a company's, without a listed given name, is an organisation's everywhere."""
    called = {
        mention.text
        for mention in mentions
        if mention.kind == "person"
        and _ORGANISATION_BEHIND.match(body, mention.end)
        and not is_person_like(mention.text)
    }
    if not called:
        return mentions
    return [mention._replace(kind="organisation") if mention.text in called else mention for mention in mentions]


def _with_bearers_of_posts(mentions: list[Mention]) -> list[Mention]:
    """Councillor Ida Holm, taken for a place, is Ida Holm: a post, then a listed given name and one more."""
    result = []
    for mention in mentions:
        if mention.kind != "person" and mention.text.count(" ") > 1:
            before, name = split_titles(mention.text)
            if before and " " in name and before[-1].lower() in _posts() and is_person_like(name):
                mention = Mention(mention.end - len(name), mention.end, name, "person", name)
        result.append(mention)
    return result


@cache
def _posts() -> frozenset[str]:
    return frozenset(title.words[0] for title in titles() if title.kind == "post" and len(title.words) == 1)


def _with_surnames_in_capitals(mentions: list[Mention]) -> list[Mention]:
    """VENN in a headline or an interview is the person whose full name the article has."""
    capitals = {mention.text for mention in mentions if len(mention.text) > 3 and mention.text.isupper()}
    if not capitals:
        return mentions
    names = {m.text.rsplit(" ", 1)[-1].upper() for m in mentions if m.kind == "person" and " " in m.text}
    return [
        mention._replace(kind="person") if mention.text in capitals and mention.text in names else mention
        for mention in mentions
    ]


def _with_places(body: str, mentions: list[Mention]) -> list[Mention]:
    """A single word taken for a surname, without a full name that has it, is a place where the text speaks of it as one."""
    people = [mention for mention in mentions if mention.kind == "person"]
    full = {word for mention in people if " " in mention.text for word in mention.text.split()}
    bare = {mention.text for mention in people if " " not in mention.text} - full
    places = {name for name in bare if _is_place(body, name)}
    if not places:
        return mentions
    return [mention._replace(kind="place") if mention.text in places else mention for mention in mentions]


def _without_demonyms(mentions: list[Mention]) -> list[Mention]:
    """The adjective of a place that the article names is not another place: Velmoran beside Velmora."""
    places = {mention.text for mention in mentions if mention.kind == "place"}
    demonyms = {name for name in places if not places.isdisjoint(demonym_stems(name))}
    if not demonyms:
        return mentions
    return [mention for mention in mentions if mention.kind != "place" or mention.text not in demonyms]


def _is_place(body: str, name: str) -> bool:
    """Whether the words around one of its occurrences only ever surround places."""
    at = body.find(name)
    while at >= 0:
        end = at + len(name)
        behind = body[end : end + 20]
        if not body[at - 1 : at].isalnum() and not behind[:1].isalnum() and not _GOES_ON.match(behind):
            line = body.rfind("\n", 0, at) + 1
            before = body[max(at - 24, line) : at]
            if _PLACE_BEFORE.search(before) or _PLACE_BEHIND.match(behind) or _DATELINE.fullmatch(body[line:at]):
                return True
        at = body.find(name, end)
    return False

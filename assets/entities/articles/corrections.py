"""Mentions as tagged, corrected where the whole article shows that the tagger, which sees a few words, is wrong."""

import re
from collections.abc import Iterable, Iterator

from assets.entities.articles.kinds_in_text import with_kinds
from assets.entities.articles.mentions import Mention
from assets.entities.names.names import is_person_like
from assets.entities.names.titles import leading_titles, rest_of_title, title_within, without_degrees
from assets.text.languages.calendar import full_names
from assets.text.languages.registry import language
from assets.text.languages.verbs import reporting_verbs

_OPEN_END = re.compile(r"\b(?:of|for)(?: the)?$")
_DAYS = frozenset(name.capitalize() for name in (*full_names("weekday", "en"), *full_names("month", "en")))
_ON_A_DAY = re.compile(r" (?:on|in|by|since|until|last|next|this|late|early) (?:late |early )?\w+$")
_BETWEEN = re.compile(r"\s+(?:the )?")
_LONGEST_TITLE = 60
_ORDINAL = re.compile(r" (?:II|III|IV|VI{0,3}|IX)\b(?![.-]\w)")
# Pensioners’ Voice: whose it is in the plural, where only the rest was tagged.
_OWNERS = re.compile(r"(?:^|[^\w’'-])((?!The |These )[A-Z][a-z]+s['’] )$")
_AFTER_OWNERS = tuple(f"{mark} {end}" for mark in "'’" for end in ("", "\n"))  # what few names have before them
# Ida “The Gull” Holm: a given name, the nickname in marks, and the surname after it.
_NICKNAME = re.compile(
    r"\b(?P<given>[^\W\d_a-z][\w.'-]*(?: [^\W\d_a-z][\w.'-]*)?) (?P<nickname>[“\"‘'](?:[^\W\d_a-z][\w.-]*|the)(?: [^\W\d_a-z][\w.-]*){0,2}[”\"’']) "
    r"(?P<surname>[^\W\d_a-z][\w-]+)"
)
# What no nickname lacks, to look for first: the words in marks and a surname after them.
_IN_MARKS = re.compile(r" [“\"‘'](?:[^\W\d_a-z][\w.-]*|the)(?: [^\W\d_a-z][\w.-]*){0,2}[”\"’'] [^\W\d_a-z]")
_HEADLINE_VERBS = frozenset(
    verb.third_person.capitalize() for verb in reporting_verbs() if verb.kind == "say" and " " not in verb.third_person
) | {"Speaks", "Calls", "Wants", "Vows", "Slams", "Speech"}
_NO_GIVEN_NAMES = language("en").closed_class


def corrected(body: str, spans: Iterable[tuple[int, int, str]]) -> list[Mention]:
    """Mentions of the tagged spans (start, end, kind), which are in order and do not overlap."""
    whole = _without_posts_alone(
        body,
        _without_rest_of_title(
            body, _with_nicknames(body, _joined_by_hyphens(body, _whole_names(body, _without_ends(body, spans))))
        ),
    )
    mentions = [Mention._make((s, e, text := body[s:e], kind, text)) for s, e, kind in whole]
    return _without_headline_verbs(body, with_kinds(body, _before_verbs(mentions)))


def _without_ends(body: str, spans: Iterable[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """A name ends before a bracket that closes what began before it, before the day on which something was done, and before degrees
    (the Ministry of Water on Monday, Ida Holm KC), and goes on with an ordinal: Kwabena Holm II."""
    for start, end, kind in spans:
        name = body[start:end]
        closing = name.find(")")
        if closing > 0 and "(" not in name:
            name, end = name[:closing], start + closing
        if name.count(" ") > 1:
            last = name.rsplit(" ", 1)[1]
            if last in _DAYS:
                end -= len(name) - len(_ON_A_DAY.sub("", name))
            elif kind == "person":
                end -= len(name) - len(without_degrees(name))
        after = _ORDINAL.match(body, end) if kind == "person" and body.startswith((" I", " V"), end) else None
        yield start, end if after is None else after.end(), kind


def _whole_names(body: str, spans: Iterable[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """A name that ends with ``of`` and the name after it are one: University of, Port Ellery."""
    result: list[tuple[int, int, str]] = []
    for start, end, kind in spans:
        if result and kind != "person":
            begun, reached, outer = result[-1]
            if (
                start - reached < 6
                and outer != "person"
                and _OPEN_END.search(body[begun:reached])
                and _BETWEEN.fullmatch(body[reached:start])
            ):
                result[-1] = (begun, end, outer)
                continue
        result.append((start, end, kind))
    return result


def _joined_by_hyphens(body: str, spans: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Two names with a hyphen between them are one that the article has as a whole elsewhere: Quorl-Venn."""
    whole = {name for start, end, _ in spans for name in (body[start:end],) if "-" in name}
    if not whole:
        return spans
    result: list[tuple[int, int, str]] = []
    for start, end, kind in spans:
        if result and body[result[-1][1] : start] == "-" and body[result[-1][0] : end] in whole:
            result[-1] = (result[-1][0], end, result[-1][2])
        else:
            result.append((start, end, kind))
    return result


def _with_nicknames(body: str, spans: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Ida “The Gull” Holm is one name, where Holm alone was tagged, or Ida and Holm, or nothing of it."""
    if _IN_MARKS.search(body) is None:
        return spans
    found = [match for match in _NICKNAME.finditer(body) if match["given"].split(" ")[0].lower() not in _NO_GIVEN_NAMES]
    for match in found:
        start, end = match.start(), match.end()
        over = [span for span in spans if span[0] < end and span[1] > start]
        surname = match["surname"]
        known = any(kind == "person" and body[s:e].endswith(surname) for s, e, kind in spans)
        if known or is_person_like(f"{match['given']} {surname}"):
            start, end = min([start, *(s for s, _, _ in over)]), max([end, *(e for _, e, _ in over)])
            spans = sorted([*(span for span in spans if span not in over), (start, end, "person")])
    return spans


def _without_rest_of_title(body: str, spans: list[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """A person's name begins after the title: Ida Holm, where Warden Ida Holm was tagged of Lock Warden Ida Holm; and after one
    with more before it, where the name alone is in the article, too: Quorl, of Velmoran Harbour Master Quorl."""
    people = {body[start:end] for start, end, kind in spans if kind == "person"}
    for start, end, kind in spans:
        name = body[start:end]
        cut = rest_of_title(body[max(0, start - _LONGEST_TITLE) : start], name) if kind == "person" else 0
        if not cut and kind == "person" and name.count(" ") > 1 and name[title_within(name) :] in people:
            cut = title_within(name)
        yield start + cut, end, kind


def _without_posts_alone(body: str, spans: Iterable[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """The Collector is nobody's name, and the Pensioners’ is part of the name of the Pensioners’ Voice."""
    for start, end, kind in spans:
        if kind == "person" and body[max(0, start - 4) : start].lower() == "the " and leading_titles([body[start:end]]):
            continue
        owned = kind == "organisation" and body.endswith(_AFTER_OWNERS, 0, start)
        owners = _OWNERS.search(body, max(0, start - _LONGEST_TITLE), start) if owned else None
        yield start if owners is None else owners.start(1), end, kind


def _before_verbs(mentions: list[Mention]) -> list[Mention]:
    """Ida Holm Says, as headlines in title case have it, is Ida Holm."""
    result = []
    for mention in mentions:
        if mention.kind != "person" or " " not in mention.text:
            result.append(mention)
            continue
        words = mention.text.split(" ")
        verb = next((i for i, word in enumerate(words) if i and word in _HEADLINE_VERBS), None)
        if verb is None:
            result.append(mention)
            continue
        text = " ".join(words[:verb])
        result.append(Mention(mention.start, mention.start + len(text), text, "person", text))
    return result


def _without_headline_verbs(body: str, mentions: list[Mention]) -> list[Mention]:
    """In a headline with all its words capitalised, a name swallows the verb: cut it to the names that the text knows."""
    long = [mention for mention in mentions if mention.kind == "person" and mention.text.count(" ") >= 2]
    doubtful = {mention for mention in long if _is_headline(body, mention.start)}
    if not doubtful:
        return mentions
    known = {
        mention.text.rsplit(" ", 1)[-1] for mention in mentions if mention.kind == "person" and mention not in doubtful
    }
    result = []
    for mention in mentions:
        words = mention.text.split(" ")
        ends = [word for word in (words[0], words[-1]) if word in known]
        if mention not in doubtful or words[0] not in known:
            result.append(mention)
            continue
        for word in dict.fromkeys(ends):
            start = mention.start if word == words[0] else mention.end - len(word)
            result.append(Mention(start, start + len(word), word, "person", word))
    return result


def _is_headline(body: str, at: int) -> bool:
    """Whether the line around ``at`` is a headline in title case: no longer word in lower case, no full stop."""
    line = body[body.rfind("\n", 0, at) + 1 : (body.find("\n", at) + 1 or len(body) + 1) - 1].strip()
    return not line.endswith(".") and not any(len(word) > 4 and word.islower() for word in line.split())

"""Resolution inside one article: which of its mentions mean the same.

Newspapers introduce a person by full name and continue with the surname, and spell an organisation out before they
shorten it; so forms are joined from the fullest to the shortest.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import NamedTuple

from assets.entities.articles.case_forms import in_nominative
from assets.entities.articles.corrections import corrected
from assets.entities.articles.mentions import Mention
from assets.entities.names.forms import acronyms, organisation_key, place_key
from assets.entities.names.names import (
    PersonName,
    gender,
    given_name_key,
    parse_name,
    same_person,
    split_titles,
)
from assets.entities.names.offices import (
    INSTITUTIONS,
    LANGUAGES_OF_OFFICES,
    Office,
    find_offices,
    holders,
    institution_name,
)
from assets.entities.names.spelling import spelling_key
from assets.entities.names.transliteration import is_cyrillic


@dataclass(slots=True)
class Cluster:
    """Mentions that mean one entity; ``forms`` has how it is written, and how often."""

    kind: str
    forms: dict[str, int] = field(default_factory=dict)

    def add(self, form: str, n: int) -> None:
        self.forms[form] = self.forms.get(form, 0) + n

    @property
    def name(self) -> str:
        """Fullest form: in the letters of most mentions, of most words, not in capitals, then the most used, then the longest."""
        if len(self.forms) == 1:
            (best,) = self.forms
        else:
            usual = sum(count if is_cyrillic(form) else -count for form, count in self.forms.items()) > 0
            best = max(self.forms, key=lambda form: (is_cyrillic(form) == usual, *self._rank(form)))
        return split_titles(best)[1] if self.kind == "person" else best

    def _rank(self, form: str) -> tuple[int, bool, int, int, str]:
        return _fullness(form, self.kind), not form.isupper(), self.forms[form], len(form), form


@lru_cache(maxsize=1 << 15)
def _fullness(form: str, kind: str) -> int:
    if kind != "person":
        return len(form)
    parsed = parse_name(form)
    return 2 * sum(len(part) > 1 for part in parsed.given) + len(parsed.given) + len(parsed.surname.split())


class Resolved(NamedTuple):
    """A mention with the number of its cluster in the article, by first mention, and the cluster's name."""

    start: int
    end: int
    text: str
    kind: str
    cluster: int
    name: str


def resolve_article(body: str, spans: Sequence[tuple[int, int, str]], language: str = "en") -> list[Resolved]:
    """Which mentions mean the same. ``spans`` are (start, end, kind) in order, without overlap.

    Offices that stand for a person and institutions named by their country are mentions, too, found here.
    """
    offices = find_offices(body) if language in LANGUAGES_OF_OFFICES else []
    mentions = in_nominative(_with_institutions(body, corrected(body, spans), offices), language)
    clusters: list[Cluster] = []
    assigned = [-1] * len(mentions)
    by_form: dict[str, dict[str, list[int]]] = {"person": {}, "organisation": {}, "place": {}}
    for number, (_, _, _, kind, form) in enumerate(mentions):
        by_form[kind].setdefault(form, []).append(number)
    _join_people(by_form["person"], clusters, assigned)
    for kind, key in (("organisation", organisation_key), ("place", place_key)):
        _join_by_key(by_form[kind], kind, key, clusters, assigned)
    placed = list(zip(mentions, assigned, strict=True))
    if in_office := _office_holders(body, offices, placed):
        placed += in_office
        placed.sort(key=lambda item: item[0][:2])
    order: dict[int, int] = {}
    for _, number in placed:
        order.setdefault(number, len(order))
    names = {number: clusters[number].name for number in order}
    return [Resolved._make((*mention[:4], order[number], names[number])) for mention, number in placed]


def _with_institutions(body: str, mentions: list[Mention], offices: Sequence[Office]) -> list[Mention]:
    """Mentions of institutions resolved by their country, those in lower case added."""
    found = [office for office in offices if office.name in INSTITUTIONS]
    if not found:
        return mentions
    countries: dict[str, set[str]] = defaultdict(set)
    for office in found:
        if office.country:
            countries[office.name].add(office.country)
    result = {(mention.start, mention.end): mention for mention in mentions}
    for office in found:
        country = office.country
        if country is None and len(countries[office.name]) == 1:
            (country,) = countries[office.name]
        if country is None:
            continue
        form = institution_name(replace(office, country=country))
        over = [mention for mention in mentions if mention.start < office.end and mention.end > office.head]
        if not over:
            start = office.start + 4 if body[office.start : office.start + 4] in ("the ", "The ") else office.start
            result[start, office.end] = Mention(start, office.end, body[start : office.end], "organisation", form)
        elif over[0].kind == "organisation" and over[0].end == office.end and over[0].start >= office.start:
            result[over[0].start, over[0].end] = over[0]._replace(form=form)
    return sorted(result.values(), key=lambda mention: (mention.start, mention.end))


def _office_holders(
    body: str, offices: Sequence[Office], placed: Sequence[tuple[Mention, int]]
) -> list[tuple[Mention, int]]:
    people = [(mention.start, mention.end, number) for mention, number in placed if mention.kind == "person"]
    roles = holders(body, offices, people)
    if not roles:
        return []
    named = {mention.start for mention, _ in placed if mention.kind == "person"}
    taken = {(mention.start, mention.end) for mention, _ in placed}
    result = []
    for office in offices:
        number = roles.get((office.country or "", office.name))
        introduces = office.end + 1 in named or office.end + 2 in named
        if number is None or office.former or introduces or (office.start, office.end) in taken:
            continue
        text = body[office.start : office.end]
        result.append((Mention(office.start, office.end, text, "person", text), number))
    return result


def _join_by_key(
    forms: dict[str, list[int]], kind: str, key: Callable[[str], str], clusters: list[Cluster], assigned: list[int]
) -> None:
    """Forms of one key share a cluster; an organisation's long form takes its abbreviation along."""
    keyed: dict[str, int] = {}
    for form, at in sorted(forms.items(), key=lambda item: (-len(item[0]), item[0])):
        its_key = key(form)
        number = keyed.get(its_key, -1)
        if number < 0:
            number = len(clusters)
            clusters.append(Cluster(kind))
            keyed[its_key] = number
            if kind == "organisation":
                for short in acronyms(form):
                    keyed.setdefault(short, number)
        clusters[number].add(form, len(at))
        for mention_number in at:
            assigned[mention_number] = number


def _join_people(forms: dict[str, list[int]], clusters: list[Cluster], assigned: list[int]) -> None:
    full: list[tuple[str, PersonName]] = []
    short: list[tuple[str, PersonName]] = []
    for form in sorted(forms, key=lambda form: forms[form][0]):
        parsed = parse_name(form)
        (full if parsed.given else short).append((form, parsed))
    by_part: dict[str, list[int]] = defaultdict(list)
    heads: dict[int, str] = {}

    def add(form: str, number: int) -> None:
        clusters[number].add(form, len(forms[form]))
        for mention_number in forms[form]:
            assigned[mention_number] = number

    full.sort(key=lambda item: -_fullness(item[0], "person"))
    for form, parsed in full:
        candidates = [n for n in dict.fromkeys(by_part[_last_key(parsed.surname)]) if same_person(form, heads[n])]
        if len(candidates) == 1:
            number = candidates[0]
        else:
            number = len(clusters)
            clusters.append(Cluster("person"))
            heads[number] = form
        add(form, number)
        for part in {_last_key(parsed.surname), spelling_key(parsed.surname), *map(given_name_key, parsed.given)}:
            if number not in by_part[part]:
                by_part[part].append(number)
    for form, parsed in short:
        keys = (spelling_key(parsed.surname), _last_key(parsed.surname), given_name_key(parsed.surname))
        candidates = _meant(form, keys, by_part, heads)
        if not candidates:
            number = len(clusters)
            clusters.append(Cluster("person"))
            heads[number] = form
            add(form, number)
            by_part[keys[0]].append(number)
        elif len(candidates) == 1:
            add(form, candidates[0])
        else:
            _share(form, forms[form], candidates, clusters, assigned)


def _meant(form: str, keys: Iterable[str], by_part: Mapping[str, list[int]], heads: Mapping[int, str]) -> list[int]:
    """The people whom a name of one part may mean: the people who have the first of its keys that anybody has."""
    for key in keys:
        found = [number for number in by_part.get(key, []) if _may_be(form, heads[number])]
        if found:
            return found
    return []


@lru_cache(maxsize=1 << 15)
def _last_key(surname: str) -> str:
    return spelling_key(surname.rsplit(" ", 1)[-1])


def _may_be(short: str, full: str) -> bool:
    left, right = gender(short), gender(full)
    return left is None or right is None or left == right


def _share(form: str, places: list[int], candidates: list[int], clusters: list[Cluster], assigned: list[int]) -> None:
    """Each mention of a surname that several people have goes to the one of them named last before it."""
    for place in places:
        number = next((assigned[k] for k in range(place - 1, -1, -1) if assigned[k] in candidates), candidates[0])
        clusters[number].add(form, 1)
        assigned[place] = number

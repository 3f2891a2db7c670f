"""Resolution inside one article: which of its mentions mean the same.

Newspapers introduce a person by full name and continue with the surname, and spell an organisation out before they
shorten it; so forms are joined from the fullest to the shortest.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from assets.entities.forms import acronyms, organisation_key, place_key
from assets.entities.names import PersonName, gender, given_name_key, parse_name, same_person, spelling_key


@dataclass(frozen=True, slots=True)
class Mention:
    """A span of the body with its kind (person, organisation, place)."""

    start: int
    end: int
    text: str
    kind: str


@dataclass(slots=True)
class Cluster:
    """Mentions that mean one entity; ``forms`` counts how it is written."""

    kind: str
    forms: Counter[str] = field(default_factory=Counter)

    @property
    def name(self) -> str:
        """Fullest form: most words, then the most used, then the longest."""
        parsed = {form: _fullness(form, self.kind) for form in self.forms}
        best = max(self.forms, key=lambda form: (parsed[form], self.forms[form], len(form), form))
        return parse_display(best) if self.kind == "person" else best


def parse_display(form: str) -> str:
    """A person's name without titles."""
    from assets.entities.names import split_titles

    return split_titles(form)[1]


def _fullness(form: str, kind: str) -> int:
    if kind != "person":
        return len(form)
    parsed = parse_name(form)
    return 2 * sum(len(part) > 1 for part in parsed.given) + len(parsed.given) + len(parsed.surname.split())


def resolve_article(mentions: Sequence[Mention]) -> tuple[list[int], list[str]]:
    """Cluster number of every mention, by first appearance, and the name of every cluster. ``mentions`` are in order."""
    clusters: list[Cluster] = []
    assigned: list[int] = [-1] * len(mentions)
    by_form: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, mention in enumerate(mentions):
        by_form[mention.kind, mention.text].append(number)
    _join_people({form: at for (kind, form), at in by_form.items() if kind == "person"}, clusters, assigned)
    for kind, key in (("organisation", organisation_key), ("place", place_key)):
        keyed: dict[str, int] = {}
        forms = sorted(
            ((form, at) for (k, form), at in by_form.items() if k == kind), key=lambda item: (-len(item[0]), item[0])
        )
        for form, at in forms:
            number = keyed.get(key(form), -1)
            if number < 0:
                number = len(clusters)
                clusters.append(Cluster(kind))
                keyed[key(form)] = number
                if kind == "organisation":
                    for short in acronyms(form):
                        keyed.setdefault(short, number)
            clusters[number].forms[form] += len(at)
            for mention_number in at:
                assigned[mention_number] = number
    order: dict[int, int] = {}
    for number in assigned:
        order.setdefault(number, len(order))
    names = [""] * len(order)
    for number, place in order.items():
        names[place] = clusters[number].name
    return [order[number] for number in assigned], names


def _join_people(forms: dict[str, list[int]], clusters: list[Cluster], assigned: list[int]) -> None:
    full: list[tuple[str, PersonName]] = []
    short: list[tuple[str, PersonName]] = []
    for form, at in sorted(forms.items(), key=lambda item: item[1][0]):
        parsed = parse_name(form)
        (full if parsed.given else short).append((form, parsed))
        del at
    by_part: dict[str, list[int]] = defaultdict(list)
    heads: dict[int, str] = {}

    def add(form: str, number: int) -> None:
        clusters[number].forms[form] += len(forms[form])
        for mention_number in forms[form]:
            assigned[mention_number] = number

    full.sort(key=lambda item: -_fullness(item[0], "person"))
    for form, parsed in full:
        candidates = [n for n in dict.fromkeys(by_part[_last_key(parsed)]) if same_person(form, heads[n])]
        if len(candidates) == 1:
            number = candidates[0]
        else:
            number = len(clusters)
            clusters.append(Cluster("person"))
            heads[number] = form
        add(form, number)
        for part in {_last_key(parsed), spelling_key(parsed.surname), *map(given_name_key, parsed.given)}:
            if number not in by_part[part]:
                by_part[part].append(number)
    for form, parsed in short:
        keys = (spelling_key(parsed.surname), _last_key(parsed), given_name_key(parsed.surname))
        candidates = []
        for key in keys:
            candidates = [n for n in by_part.get(key, []) if _may_be(form, heads[n])]
            if candidates:
                break
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


def _last_key(parsed: PersonName) -> str:
    return spelling_key(parsed.surname.rsplit(" ", 1)[-1])


def _may_be(short: str, full: str) -> bool:
    left, right = gender(short), gender(full)
    return left is None or right is None or left == right


def _share(form: str, places: list[int], candidates: list[int], clusters: list[Cluster], assigned: list[int]) -> None:
    """Each mention of a surname that several people have goes to the one of them named last before it."""
    for place in places:
        number = next((assigned[k] for k in range(place - 1, -1, -1) if assigned[k] in candidates), candidates[0])
        clusters[number].forms[form] += 1
        assigned[place] = number

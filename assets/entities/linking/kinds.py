"""One kind for a name of one word that different articles are tagged to name as different kinds."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Protocol

from assets.entities.names.forms import demonym_stems
from assets.entities.names.names import parse_name
from assets.entities.names.spelling import fold


class Named(Protocol):
    """What is needed of a cluster."""

    @property
    def article(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def name(self) -> str: ...


def usual_kinds(clusters: Sequence[Named]) -> dict[str, str]:
    """Folded name of one word to the one kind that it has in the corpus, where articles disagree and one can be told.

    A name is a place where one article says so and another has its demonym (Ellery, Elleric); else it is a
    person where twice as many articles say so as say anything else, and otherwise a place or an organisation where twice as
    many say that one as the other, two at least and no fewer than say that it is a person. Left alone are words of a person's
    full name, and what more than a quarter of the articles call both a place and an organisation, such as a town and its club.
    """
    in_full_names: set[str] = set()
    stems: set[str] = set()
    articles: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for cluster in clusters:
        for word in fold(cluster.name).split():
            stems.update(demonym_stems(word))
        if cluster.kind == "person":
            parsed = parse_name(cluster.name)
            if parsed.given:
                in_full_names.update((*parsed.given, *parsed.surname.split()))
                continue
        if " " not in cluster.name:
            articles[fold(cluster.name)][cluster.kind].add(cluster.article)
    usual = {}
    for name, kinds in articles.items():
        if len(kinds) > 1 and name not in in_full_names:
            kind = _usual_kind(kinds, has_demonym=name in stems)
            if kind:
                usual[name] = kind
    return usual


def _usual_kind(kinds: dict[str, set[str]], has_demonym: bool) -> str | None:
    person, place, organisation = (kinds.get(kind, set()) for kind in ("person", "place", "organisation"))
    if has_demonym and place:
        return "place"
    if len(person) >= 2 * len(place | organisation):
        return "person"
    winner, loser = sorted((place, organisation), key=len, reverse=True)
    if 4 * len(place & organisation) > len(winner) or len(winner) < max(2, 2 * len(loser), len(person)):
        return None
    return "place" if winner is place else "organisation"

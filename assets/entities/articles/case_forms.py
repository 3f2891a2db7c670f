"""Cases of names inside an article: what Макрона, Macronem or Merkels is the case of, by the names that the article has.

An ending alone proves nothing; a form counts as a case of another only if the article has the other, and if all its words
agree: Jana Nowaka is Jan Nowak, Jana Nowak is somebody else.
"""

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from itertools import combinations

from assets.entities.articles.mentions import Mention
from assets.entities.names.inflection import (
    ENDING_AT_LAST_WORD,
    SHORTEST_STEM,
    base_forms,
    inflecting_languages,
    is_case_of,
)


def in_nominative(mentions: Sequence[Mention], language: str) -> list[Mention]:
    """The mentions with the nominative as their ``form``, where the article has it or another case of the same name."""
    if language not in inflecting_languages():
        return list(mentions)
    forms: dict[str, dict[str, None]] = defaultdict(dict)
    for mention in mentions:
        forms[mention.kind][mention.form] = None
    changed = {
        (kind, form): base
        for kind, its in forms.items()
        if len(its) > 1
        for form, base in _nominatives(list(its), kind, language).items()
    }
    if not changed:
        return list(mentions)
    return [mention._replace(form=changed.get((mention.kind, mention.form), mention.form)) for mention in mentions]


def _nominatives(forms: Sequence[str], kind: str, language: str) -> dict[str, str]:
    """The forms that are cases of other names, with those."""
    surnames = {form.rsplit(" ", 1)[-1] for form in forms if " " in form} if kind == "person" else set()
    alike: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for name in dict.fromkeys([*forms, *sorted(surnames)]):
        alike[_beginnings(name)].append(name)
    found: dict[str, str] = {}
    for names in alike.values():
        if len(names) == 1:
            continue
        cases = [form for form in names if form not in surnames]
        for form in cases:
            bases = [name for name in names if name != form and is_case_of(form, name, language)]
            if len(bases) == 1:
                found[form] = bases[0]
        if language not in ENDING_AT_LAST_WORD:
            _join_cases(cases, found, language)
    return {form: _followed(form, found) for form in found}


@lru_cache(maxsize=1 << 15)
def _beginnings(name: str) -> tuple[str, ...]:
    """What no ending changes."""
    return tuple(word[:SHORTEST_STEM] for word in name.lower().split())


def _followed(form: str, found: dict[str, str]) -> str:
    """The end of a chain of forms: a form of a form, at most as long as there are forms."""
    for _ in found:
        if form not in found or found[form] == form:
            break
        form = found[form]
    return form


def _join_cases(forms: Sequence[str], found: dict[str, str], language: str) -> None:
    """Two cases of a name whose nominative the article lacks are one name, known by the one that comes first."""
    lost = [form for form in forms if form not in found and form not in found.values()]
    for first, other in combinations(lost, 2):
        if other not in found and first not in found and _share_nominative(first, other, language):
            found[other] = first


def _share_nominative(one: str, other: str, language: str) -> bool:
    pairs = list(zip(one.lower().split(), other.lower().split(), strict=True))
    return all(a != b and not base_forms(a, language).isdisjoint(base_forms(b, language)) for a, b in pairs)

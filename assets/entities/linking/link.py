"""Resolution across the corpus: which clusters of different articles are one entity.

An entity's id comes from its canonical key, never from the corpus, so it stays when articles are added. Names with one key
are one entity; further merges (a surname alone, an abbreviation, a name without its middle name) are made only where the
corpus leaves one candidate and, for common names, where the company kept agrees; each is recorded. Candidates are found
through shared keys, so the work grows with the number of names.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

import polars as pl

from assets.entities.linking.co_mentions import Company
from assets.entities.linking.corrections import Corrections
from assets.entities.linking.kinds import usual_kinds
from assets.entities.names.forms import acronyms, is_generic, organisation_key, place_key
from assets.entities.names.names import PersonName, given_name_key, is_common_name, parse_name
from assets.entities.names.offices import is_country
from assets.entities.names.spelling import fold, spelling_key
from assets.entities.schema import ENTITIES, ENTITY_MERGES, MENTIONS
from pipeline.ids import stable_id

Key = tuple[str, str]  # kind and canonical key


@dataclass(frozen=True)
class LinkedEntities:
    """Rows of ``core.entities`` and ``core.mentions``, and of ``core.entity_merges``: merges made beyond equal keys."""

    entities: pl.DataFrame
    mentions: pl.DataFrame
    merges: pl.DataFrame


@dataclass(frozen=True, slots=True)
class Cluster:
    """One entity of one article: its fullest name there and all the forms it goes by."""

    article: str
    number: int
    kind: str
    name: str
    forms: tuple[str, ...]
    n: int


def entity_key(kind: str, name: str) -> str:
    """Canonical key of a name: what the entity's id is made of."""
    if kind == "person":
        return _person_key(parse_name(name), middle=True)
    return organisation_key(name) if kind == "organisation" else place_key(name)


def link_entities(mentions: pl.DataFrame, overrides: pl.DataFrame) -> LinkedEntities:
    """One entity id for each mention of ``extract_mentions``, corpus-wide, and the entities themselves.

    ``overrides`` is a frame of ``read_overrides``. Neither the order of the rows nor that of the articles matters.
    """
    clusters = _clusters(mentions)
    corrections = Corrections(overrides, entity_key)
    usual = usual_kinds(clusters)
    tagged = clusters
    clusters = [_of_kind(cluster, usual.get(fold(cluster.name), cluster.kind)) for cluster in tagged]
    keys, rules = _resolve(clusters)
    rules |= {
        (c.article, c.number): "kind of other articles" for c, t in zip(clusters, tagged, strict=True) if c is not t
    }
    corrected = [corrections.apply(cluster, key) for cluster, key in zip(clusters, keys, strict=True)]
    kept = [(cluster, key) for cluster, key in zip(clusters, corrected, strict=True) if key is not None]
    ids = {key: stable_id(*key) for _, key in kept}
    table = pl.DataFrame(
        [(cluster.article, cluster.number, ids[key], key[0]) for cluster, key in kept],
        schema={"article_id": pl.String, "cluster": pl.Int32, "entity_id": pl.String, "kind": pl.String},
        orient="row",
    )
    linked = mentions.drop("kind").join(table, on=["article_id", "cluster"]).sort("article_id", "start", "end")
    return LinkedEntities(_entities(kept, ids, corrections), MENTIONS.frame(linked), _merges(kept, rules, ids))


def _of_kind(cluster: Cluster, kind: str) -> Cluster:
    return cluster if kind == cluster.kind else replace(cluster, kind=kind)


def _clusters(mentions: pl.DataFrame) -> list[Cluster]:
    grouped = (
        mentions.group_by("article_id", "cluster", "kind", "name")
        .agg(pl.col("text").unique().sort().alias("forms"), pl.len().alias("n"))
        .sort("article_id", "cluster", "kind", "name")
    )
    columns = grouped.select("article_id", "cluster", "kind", "name", "forms", "n")
    return [Cluster(a, c, kind, name, tuple(forms), n) for a, c, kind, name, forms, n in columns.iter_rows()]


def _person_key(parsed: PersonName, middle: bool) -> str:
    given = [given_name_key(part) for part in parsed.given]
    whole = [part for part in given[1:] if len(part) > 1] if middle else []
    return " ".join(filter(None, (*given[:1], *whole, spelling_key(_last(parsed.surname)), parsed.generation)))


def _last(surname: str) -> str:
    return surname.rsplit(" ", 1)[-1]


def _resolve(clusters: list[Cluster]) -> tuple[list[Key], dict[tuple[str, int], str]]:
    """Key of every cluster, and by which rule those that are not under the key of their own name came there."""
    own = [(cluster.kind, entity_key(cluster.kind, cluster.name)) for cluster in clusters]
    keys = list(own)
    rules: dict[tuple[str, int], str] = {}
    company = Company(clusters, own)

    def move(at: int, key: Key, rule: str) -> None:
        keys[at] = key
        rules[clusters[at].article, clusters[at].number] = rule

    people, middles, surnames, initials = _index_people(clusters)
    longs = _index_acronyms(clusters, own)
    countries = _only_country(clusters, own)
    for at, cluster in enumerate(clusters):
        if cluster.kind == "person":
            parsed = parse_name(cluster.name)
            if parsed.is_full and len(parsed.given[0]) > 1:
                short = _person_key(parsed, middle=False)
                if keys[at][1] != short and short in people and len(middles[short]) == 1:
                    move(at, ("person", short), "middle name")
                continue
            last = spelling_key(_last(parsed.surname))
            candidates = initials.get((parsed.given[0][:1], last), set()) if parsed.given else surnames.get(last, set())
            chosen = _choose(
                at, [("person", key) for key in sorted(candidates)], company, common=is_common_name(parsed.surname)
            )
            if chosen:
                move(at, chosen, "initial" if parsed.given else "surname")
            elif not parsed.given and is_common_name(parsed.surname):
                # Bare given names and common surnames of different articles are different people until shown otherwise.
                keys[at] = ("person", f"{own[at][1]} @ {cluster.article}")
        elif cluster.kind == "organisation":
            if is_generic(own[at][1]):
                country = countries.get(cluster.article)
                if country:
                    move(at, ("organisation", f"{own[at][1]} of {country}"), "only country of the article")
                else:
                    keys[at] = ("organisation", f"{own[at][1]} @ {cluster.article}")
            elif " " not in own[at][1] and own[at][1] in longs:
                chosen = _choose(at, sorted(longs[own[at][1]]), company, common=False)
                if chosen:
                    move(at, chosen, "abbreviation")
    return keys, rules


def _index_people(
    clusters: Iterable[Cluster],
) -> tuple[set[str], dict[str, set[str]], dict[str, set[str]], dict[tuple[str, str], set[str]]]:
    """Full names of the corpus: keys, keys with a middle name by key without, keys by surname, keys by initial and surname."""
    names = sorted({cluster.name for cluster in clusters if cluster.kind == "person"})
    full = [parsed for parsed in map(parse_name, names) if parsed.is_full and len(parsed.given[0]) > 1]
    short = {
        _person_key(parsed, middle=False) for parsed in full if not any(len(part) > 1 for part in parsed.given[1:])
    }
    middles: dict[str, set[str]] = defaultdict(set)
    for parsed in full:
        if any(len(part) > 1 for part in parsed.given[1:]):
            middles[_person_key(parsed, middle=False)].add(_person_key(parsed, middle=True))
    surnames: dict[str, set[str]] = defaultdict(set)
    initials: dict[tuple[str, str], set[str]] = defaultdict(set)
    for parsed in full:
        plain = _person_key(parsed, middle=False)
        key = plain if plain in short and len(middles[plain]) <= 1 else _person_key(parsed, middle=True)
        for surname in {_last(parsed.surname), parsed.surname}:
            surnames[spelling_key(surname)].add(key)
        initials[parsed.given[0][:1], spelling_key(_last(parsed.surname))].add(key)
    return short, middles, surnames, initials


def _index_acronyms(clusters: list[Cluster], own: list[Key]) -> dict[str, set[Key]]:
    """Organisations by an abbreviation that some article uses for them."""
    longs: dict[str, set[Key]] = defaultdict(set)
    for cluster, key in zip(clusters, own, strict=True):
        if cluster.kind == "organisation" and " " in key[1]:
            possible = set(acronyms(cluster.name))
            for form in cluster.forms:
                short = organisation_key(form)
                if short in possible:
                    longs[short].add(key)
    return longs


def _only_country(clusters: list[Cluster], own: list[Key]) -> dict[str, str]:
    named: dict[str, set[str]] = defaultdict(set)
    for cluster, key in zip(clusters, own, strict=True):
        if cluster.kind == "place" and is_country(key[1]):
            named[cluster.article].add(key[1])
    return {article: next(iter(countries)) for article, countries in named.items() if len(countries) == 1}


def _choose(at: int, candidates: list[Key], company: Company, common: bool) -> Key | None:
    """The one candidate, or of several (or for a common name) the one whose company this cluster keeps."""
    if not candidates:
        return None
    if len(candidates) == 1 and not common:
        return candidates[0]
    scores = sorted(((company.shared(at, key), key) for key in candidates), reverse=True)
    best, key = scores[0]
    second = scores[1][0] if len(scores) > 1 else 0.0
    return key if best >= company.least and best >= 2 * second else None


def _entities(kept: list[tuple[Cluster, Key]], ids: dict[Key, str], corrections: Corrections) -> pl.DataFrame:
    names: dict[Key, Counter[str]] = defaultdict(Counter)
    aliases: dict[Key, set[str]] = defaultdict(set)
    for cluster, key in kept:
        names[key][cluster.name] += cluster.n
        aliases[key].update(cluster.forms)
    rows: list[dict[str, object]] = [
        {
            "entity_id": ids[key],
            "name": corrections.name_of(key) or _usual(key[0], names[key]),
            "kind": key[0],
            "aliases": sorted(aliases[key]),
            "wikidata_id": corrections.wikidata_of(key),
        }
        for key in names
    ]
    return ENTITIES.frame(rows).sort("entity_id")


def _usual(kind: str, names: Counter[str]) -> str:
    """The most used of the full names; of organisations and places the most used, in capitals only where always so."""

    def rank(name: str) -> tuple[bool, int, int, str]:
        full = parse_name(name).is_full if kind == "person" else not name.isupper() or len(name) < 6
        return full and not (name.isupper() and name.casefold() in mixed), names[name], len(name), name

    mixed = {name.casefold() for name in names if not name.isupper()}
    return max(names, key=rank)


def _merges(kept: list[tuple[Cluster, Key]], rules: dict[tuple[str, int], str], ids: dict[Key, str]) -> pl.DataFrame:
    rows = Counter(
        (
            ids[key],
            stable_id(cluster.kind, entity_key(cluster.kind, cluster.name)),
            cluster.name,
            rules[cluster.article, cluster.number],
        )
        for cluster, key in kept
        if (cluster.article, cluster.number) in rules
    )
    merged = [(*row, n) for row, n in sorted(rows.items())]
    return pl.DataFrame(merged, schema=ENTITY_MERGES.polars_schema, orient="row")

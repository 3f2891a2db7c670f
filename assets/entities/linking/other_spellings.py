"""The person whom a name in another script, in another case, or romanised in another way means.

Зеленского is a case of Зеленский, which shares its key with Zelensky; Selenskyj and Szojgu only sound like Zelensky and Shoigu.
Such a name is put under a full name that the corpus has; where several fit, or where few consonants are compared, only
with shared co-mentions.
"""

from collections.abc import Iterable
from itertools import product

import polars as pl

from assets.entities.linking.co_mentions import CoMentions, choose
from assets.entities.linking.name_parts import entity_key
from assets.entities.names.inflection import base_forms, is_case_of
from assets.entities.names.names import is_common_name, parse_name, split_titles
from assets.entities.names.sounds import sound_key, spelt_in_own_way
from assets.entities.names.transliteration import in_latin_letters, is_cyrillic

CYRILLIC_LANGUAGES = ("ru", "uk")
RULES = ("case form", "other spelling")
MOST_WORDS = 3
ENOUGH = 5
"""Consonants of given name and surname by which two spellings are known for one without further evidence."""
SPELLINGS = pl.Schema(
    {"name": pl.String(), "cases": pl.List(pl.String), "sounds": pl.List(pl.String), "is_full": pl.Boolean()}
)


def of_other_spellings(clusters: pl.DataFrame, names: pl.DataFrame, co_mentions: CoMentions) -> pl.DataFrame:
    """Decisions (at, key, rule) about persons; ``clusters`` are theirs, ``names`` those of ``name_parts.people``."""
    marked = names.filter(pl.Series([_is_marked(name) for name in names["name"]], dtype=pl.Boolean))
    if marked.is_empty():
        return pl.DataFrame(schema={"at": pl.UInt32, "key": pl.String, "rule": pl.String})
    spelt = pl.DataFrame([_spellings(name) for name in marked["name"]], schema=SPELLINGS, orient="row")
    full = names.filter("is_full")
    cases = spelt.select("name", candidate="cases", is_full="is_full").explode("candidate").drop_nulls()
    known = pl.concat(
        [
            full.select(candidate="own", key="own", is_full=pl.lit(True)),
            full.select(candidate="surnames", key="own", is_full=pl.lit(False)).explode("candidate"),
        ]
    ).unique()
    by_case = cases.join(known, on=["candidate", "is_full"])
    is_common = [not whole and is_common_name(key) for key, whole in by_case.select("candidate", "is_full").iter_rows()]
    by_case = by_case.select("name", "key", is_common=pl.Series(is_common, dtype=pl.Boolean))
    sounding = pl.DataFrame(
        [(own, sound) for name, own in _latin(full) for sound in [_sound(name)] if sound],
        schema={"key": pl.String, "sound": pl.String},
        orient="row",
    ).unique()
    by_sound = (
        spelt.select("name", sound="sounds")
        .explode("sound")
        .drop_nulls()
        .join(sounding, on="sound")
        .select("name", "key", is_common=pl.col("sound").str.count_matches(r"[^A ]") < ENOUGH)
    )
    decided = [
        _decided(clusters, names, rows.unique(), rule, co_mentions)
        for rows, rule in zip((by_case, by_sound), RULES, strict=True)
    ]
    return pl.concat(decided).unique("at", keep="first", maintain_order=True)


def followed(found: pl.DataFrame, clusters: pl.DataFrame) -> pl.DataFrame:
    """The decisions, where a key was itself put under another of other spelling with that one: a surname goes with its full name."""
    moved = found.filter(pl.col("rule").is_in(RULES)).join(clusters.select("at", "own"), on="at")
    target = moved.group_by("own").agg(pl.col("key").unique()).filter(pl.col("key").list.len() == 1)
    targets = dict(target.with_columns(pl.col("key").list.first()).iter_rows())
    return found.with_columns(key=pl.Series([_end(key, targets) for key in found["key"]], dtype=pl.String))


def _end(key: str, targets: dict[str, str]) -> str:
    seen = {key}
    while key in targets and targets[key] not in seen:
        key = targets[key]
        seen.add(key)
    return key


def _decided(
    clusters: pl.DataFrame, names: pl.DataFrame, rows: pl.DataFrame, rule: str, co_mentions: CoMentions
) -> pl.DataFrame:
    others = rows.join(names.select("name", "own"), on="name").filter(pl.col("key") != pl.col("own")).drop("own")
    asked = clusters.join(others.rename({"key": "candidate"}), on="name")
    chosen = choose(asked.select("at", "article_id", "kind", "own", "candidate", "is_common"), co_mentions)
    return chosen.select("at", key="candidate", rule=pl.lit(rule))


def _is_marked(name: str) -> bool:
    return is_cyrillic(name) or spelt_in_own_way(name.rsplit(" ", 1)[-1])


def _latin(full: pl.DataFrame) -> Iterable[tuple[str, str]]:
    """Full names in Latin letters, and their keys, without those that are themselves spelt in a way of their own."""
    return ((name, own) for name, own in full.select("name", "own").iter_rows() if not _is_marked(name))


def _spellings(name: str) -> tuple[str, list[str], list[str], bool]:
    bare = split_titles(name)[1]
    cases = sorted(_nominatives(bare)) if is_cyrillic(bare) else []
    forms = [bare, *cases]
    latin = [in_latin_letters(form.lower(), language) for form in forms for language in CYRILLIC_LANGUAGES]
    sounds = {_sound(form) for form in latin} - {""}
    keys = {entity_key("person", case) for case in cases}
    return name, sorted(keys), sorted(sounds), " " in bare


def _nominatives(name: str) -> set[str]:
    """The names that a name in Cyrillic letters may be a case of."""
    words = name.lower().split()
    if len(words) > MOST_WORDS:
        return set()
    found = set()
    for language in CYRILLIC_LANGUAGES:
        for chosen in product(*({word, *base_forms(word, language)} for word in words)):
            candidate = " ".join(chosen)
            if is_case_of(name, candidate, language):
                found.add(candidate)
    return found


def _sound(name: str) -> str:
    """The sounds of given name and surname, empty for a name without either."""
    parsed = parse_name(name)
    if not parsed.is_full:
        return ""
    return f"{sound_key(parsed.given[0])} {sound_key(parsed.surname.rsplit(' ', 1)[-1])}"

"""Which clusters of different articles become one entity, and what a user's correction does to it."""

from pathlib import Path
from random import Random

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.corrections.lists import COLUMNS as LIST_COLUMNS
from assets.corrections.lists import ENTITIES as OVERRIDES
from assets.entities.linking.link import LinkedEntities, link_entities
from assets.entities.linking.overrides import read_overrides
from assets.entities.schema import ARTICLE_MENTIONS
from pipeline.reference import ListError, use_lists

Article = list[tuple[str, str]]  # (kind, name)
P, O, L = "person", "organisation", "place"  # noqa: E741


def mentions_of(*articles: Article) -> pl.DataFrame:
    rows = [
        (f"article-{a}", 20 * m, 20 * m + len(name), name, kind, name, m)
        for a, article in enumerate(articles)
        for m, (kind, name) in enumerate(article)
    ]
    return pl.DataFrame(rows, schema=ARTICLE_MENTIONS.polars_schema, orient="row")


def overrides_of(*rows: dict[str, str]) -> pl.DataFrame:
    table = [{column: row.get(column, "") for column in LIST_COLUMNS[OVERRIDES]} for row in rows]
    return pl.DataFrame(table, schema=dict.fromkeys(LIST_COLUMNS[OVERRIDES], pl.String))


def link(*articles: Article, overrides: pl.DataFrame | None = None) -> LinkedEntities:
    return link_entities(mentions_of(*articles), overrides_of() if overrides is None else overrides)


def is_one(linked: LinkedEntities) -> bool:
    return linked.mentions["entity_id"].n_unique() == 1


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ((P, "Volodymyr Zelensky"), (P, "Volodymyr Zelenskyy"), True),
        ((P, "Vladimir Zelenskiy"), (P, "Volodymyr Zelenskyy"), True),
        ((P, "Ida B. Holm"), (P, "Ida Holm"), True),
        ((P, "Ida Maria Holm"), (P, "Ida Holm"), True),
        ((P, "I. Holm"), (P, "Ida Holm"), False),  # a common surname needs company
        ((P, "Quarzhin"), (P, "Ida Quarzhin"), True),
        ((P, "Ida Holm"), (P, "Per Holm"), False),
        ((P, "David"), (P, "David"), False),
        ((O, "World Health Organization"), (O, "WHO"), True),
        ((O, "Ministry of Defence of Ukraine"), (O, "Ukrainian Defense Ministry"), True),
        ((O, "Supreme Court"), (O, "Supreme Court"), False),  # of which country?
        ((O, "Venn Holdings Ltd"), (O, "Venn Holdings"), True),
        ((L, "Kiev"), (L, "Kyiv"), True),
        ((L, "Britain"), (L, "UK"), True),
        ((L, "Paris"), (P, "Paris"), False),
    ],
)
def test_names_of_two_articles(one: tuple[str, str], other: tuple[str, str], same: bool) -> None:
    assert is_one(link([one], [other])) is same


def test_a_common_surname_goes_with_the_company_it_keeps() -> None:
    company = [(O, "Harbour Guild"), (L, "Port Ellery"), (O, "Ellery Echo")]
    rest = [[(L, f"Town {n}")] for n in range(60)]
    linked = link([(P, "Ida Smith"), *company], [(P, "Per Smith"), (L, "Town 1")], [(P, "Smith"), *company], *rest)
    smith = linked.mentions.filter(pl.col("text").is_in(["Smith", "Ida Smith"]))
    assert smith["entity_id"].n_unique() == 1
    assert linked.merges.select("name", "rule").rows() == [("Smith", "surname")]


def test_an_abbreviation_goes_with_the_only_long_form_that_introduced_it() -> None:
    mentions = mentions_of([(O, "Harbour Guild of Ellery"), (O, "HGE")], [(O, "HGE")])
    introduced = mentions.with_columns(
        name=pl.when(pl.col("article_id") == "article-0").then(pl.lit("Harbour Guild of Ellery")).otherwise("name"),
        cluster=pl.when(pl.col("article_id") == "article-0").then(0).otherwise("cluster").cast(pl.Int32),
    )
    assert is_one(link_entities(introduced, overrides_of()))


def test_merge() -> None:
    row = {"action": "merge", "kind": P, "name": "Ida Holm", "other_name": "Ida Venn"}
    assert is_one(link([(P, "Ida Holm")], [(P, "Ida Venn")], overrides=overrides_of(row)))


def test_merges_in_a_circle_are_refused() -> None:
    rows = (
        {"action": "merge", "kind": P, "name": "Ida Holm", "other_name": "Ida Venn"},
        {"action": "merge", "kind": P, "name": "Ida Venn", "other_name": "Ida Holm"},
    )
    with pytest.raises(ValueError, match="circle"):
        link([(P, "Ida Holm")], overrides=overrides_of(*rows))


def test_split_of_one_article() -> None:
    row = {"action": "split", "kind": P, "name": "Ida Holm", "other_name": "Ida Holm", "article_id": "article-1"}
    linked = link([(P, "Ida Holm")], [(P, "Ida Holm")], [(P, "Ida Holm")], overrides=overrides_of(row))
    assert sorted(linked.mentions.group_by("entity_id").len()["len"]) == [1, 2]


def test_rename_keeps_the_id() -> None:
    plain = link([(P, "Ida Holm")])
    renamed = link(
        [(P, "Ida Holm")],
        overrides=overrides_of({"action": "rename", "kind": P, "name": "Ida Holm", "other_name": "Ida Holm of Ellery"}),
    )
    assert renamed.entities["name"].to_list() == ["Ida Holm of Ellery"]
    assert renamed.entities["entity_id"].equals(plain.entities["entity_id"])


def test_ignore_leaves_neither_entity_nor_mention() -> None:
    row = {"action": "ignore", "kind": O, "name": "See More"}
    linked = link([(O, "See More"), (L, "Paris")], overrides=overrides_of(row))
    assert linked.entities["name"].to_list() == ["Paris"]
    assert linked.mentions["text"].to_list() == ["Paris"]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("join,person,A,B,,,", "action 'join'"),
        ("merge,planet,A,B,,,", "kind 'planet'"),
        ("merge,person,,B,,,", "name is empty"),
        ("merge,person,A,,,,", "merge needs other_name"),
        ("identify,person,A,,,,", "identify needs wikidata_id"),
    ],
)
def test_a_bad_correction_says_where_and_what(own_lists: Path, line: str, message: str) -> None:
    (own_lists / "entity_overrides.csv").write_text(f"{','.join(LIST_COLUMNS[OVERRIDES])}\n{line}\n", encoding="utf-8")
    use_lists(own_lists)
    with pytest.raises(ListError, match=message) as error:
        read_overrides()
    assert "entity_overrides.csv, row 1" in str(error.value)


def test_no_mentions_give_no_entities() -> None:
    linked = link_entities(pl.DataFrame(schema=ARTICLE_MENTIONS.polars_schema), overrides_of())
    assert linked.entities.is_empty()
    assert linked.mentions.is_empty()


@pytest.mark.parametrize(
    ("articles", "kinds"),
    [
        ([[(L, "Ellery")], [(L, "Ellery")], [(P, "Ellery")]], {L}),
        ([[(L, "Ellery")], [(P, "Ellery")]], {L, P}),
        ([[(L, "Ellery")], [(L, "Ellery")], [(P, "Ellery")], [(P, "Ida Ellery")]], {L, P}),
        ([[(P, "Lilo")], [(P, "Lilo")], [(O, "Lilo")]], {P}),
        ([[(L, "Venn"), (O, "Venn")], [(L, "Venn")], [(L, "Venn")]], {L, O}),
        ([[(L, "Velmora")], [(O, "Velmora")], [(O, "Velmora")], [(O, "Velmoran Television")]], {L}),
    ],
)
def test_a_word_has_one_kind_in_the_corpus_where_one_can_be_told(articles: list[Article], kinds: set[str]) -> None:
    linked = link(*articles)
    one_word = linked.mentions.filter(~pl.col("text").str.contains(" "))
    assert set(one_word["kind"]) == kinds
    moved = linked.merges.filter(pl.col("rule") == "kind of other articles")
    assert moved.is_empty() == (len(kinds) > 1)


NAMES = st.sampled_from(
    [
        *[(P, name) for name in ("Ida Holm", "Ida Maria Holm", "I. Holm", "Holm", "Per Smith", "Smith", "Ellery")],
        *[(O, name) for name in ("Harbour Guild of Ellery", "HGE", "Supreme Court", "Ellery Echo", "Ellery")],
        *[(L, name) for name in ("Ellery", "Port Ellery", "Kyiv", "Kiev", "Ukraine", "France")],
    ]
)


@given(articles=st.lists(st.lists(NAMES, max_size=6), max_size=8), random=st.randoms(use_true_random=False))
def test_every_mention_has_one_entity_that_goes_by_it_in_whatever_order_they_come(
    articles: list[Article], random: Random
) -> None:
    mentions = mentions_of(*articles)
    linked = link_entities(mentions, overrides_of())
    spans = ["article_id", "start", "end", "text"]
    assert linked.mentions.select(spans).equals(mentions.select(spans).sort(spans))
    known = linked.mentions.join(linked.entities, on="entity_id", suffix="_of_entity")
    assert known.height == mentions.height
    assert known.select((pl.col("kind") == pl.col("kind_of_entity")).all()).item()
    assert known.select(pl.col("text").is_in("aliases").all()).item()
    shuffled = link_entities(mentions[random.sample(range(mentions.height), mentions.height)], overrides_of())
    for one, other in zip(vars(linked).values(), vars(shuffled).values(), strict=True):
        assert one.equals(other)

"""Mentions keep their offsets, and neither their order nor that of the articles decides anything."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.entities.articles.resolution import resolve_article
from assets.entities.extract import extract_mentions
from assets.entities.linking.link import LinkedEntities, link_entities
from assets.entities.linking.overrides import read_overrides

PHRASES = (
    "Mr Orla Venn", "Venn", "the Harbour Guild", "Port Ellery", "President Ida Holm", "Holm’s", "said on Monday that", "U.S.",
    "the Ukrainian general staff", "Ukraine's General Staff", "the US president", "US President Ida Holm", "ŽIŽKA & Sons Ltd.",
    "in", "\n", "...", "“We will”", "İstanbul", "العربية", "𝔘nicode", "the World Health Organization (WHO)", "WHO", "a\u0301",
)  # fmt: skip
bodies = st.lists(st.sampled_from(PHRASES), max_size=25).map(" ".join) | st.text(max_size=60)
corpora = st.lists(bodies, min_size=1, max_size=6)


def articles_of(texts: list[str]) -> pl.DataFrame:
    ids = [f"article-{number}" for number in range(len(texts))]
    return pl.DataFrame(
        {"article_id": ids, "title": [""] * len(texts), "body": texts, "language": ["en"] * len(texts)},
        schema={"article_id": pl.String, "title": pl.String, "body": pl.String, "language": pl.String},
    )


def link(mentions: pl.DataFrame) -> LinkedEntities:
    return link_entities(mentions, read_overrides())


def resolve(*texts: str) -> dict[tuple[str, str], str]:
    """Entity name by (article, mention as printed)."""
    linked = link(extract_mentions(articles_of(list(texts))))
    named = linked.mentions.join(linked.entities.select("entity_id", "name"), on="entity_id")
    return {(article, text): name for article, text, name in named.select("article_id", "text", "name").rows()}


@settings(max_examples=60, deadline=None)
@given(corpora)
def test_every_mention_is_what_the_body_says_at_its_offsets(texts: list[str]) -> None:
    articles = articles_of(texts)
    body = dict(zip(articles["article_id"], texts, strict=True))
    mentions = extract_mentions(articles)
    for article_id, start, end, text in mentions.select("article_id", "start", "end", "text").rows():
        assert body[article_id][start:end] == text
        assert text
    assert mentions.select("article_id", "start", "end").is_unique().all()
    assert mentions.equals(mentions.sort("article_id", "start", "end"))


@settings(max_examples=40, deadline=None)
@given(corpora, st.randoms(use_true_random=False))
def test_the_order_of_articles_and_mentions_decides_nothing(texts: list[str], random: object) -> None:
    articles = articles_of(texts)
    shuffled = articles.sample(fraction=1.0, shuffle=True, seed=random.randrange(1000))  # type: ignore[attr-defined]
    mentions = extract_mentions(articles)
    assert extract_mentions(shuffled).equals(mentions)
    linked, again = link(mentions), link(mentions.reverse())
    assert linked.entities.equals(again.entities)
    assert linked.mentions.equals(again.mentions)
    assert linked.merges.equals(again.merges)


@settings(max_examples=30, deadline=None)
@given(corpora)
def test_what_else_is_in_the_batch_decides_nothing(texts: list[str]) -> None:
    articles = articles_of(texts)
    alone = pl.concat([extract_mentions(articles.slice(at, 1)) for at in range(len(articles))])
    assert extract_mentions(articles).equals(alone)


def test_ids_stay_when_articles_are_added() -> None:
    first = articles_of(["Ida Holm met Jonas Brekke in Paris.", "President Vladimir Putin spoke in Moscow."])
    more = articles_of([*first["body"], "Holm and Brekke met again in Berlin.", "Putin spoke again in Moscow."])
    before, after = (link(extract_mentions(articles)) for articles in (first, more))
    assert set(before.entities["entity_id"]) <= set(after.entities["entity_id"])
    kept = after.mentions.filter(pl.col("article_id").is_in(first["article_id"].to_list()))
    assert kept.equals(before.mentions)


@pytest.mark.parametrize(
    ("body", "spans", "same"),
    [
        ("Ida Holm spoke. Mrs Holm left.", [("Ida Holm", "person"), ("Holm", "person")], True),
        ("Ida Holm and Per Holm. Mr Holm left.", [("Ida Holm", "person"), ("Per Holm", "person")], False),
        ("The Harbour Guild of Ellery (HGE) met. HGE left.", [("Harbour Guild of Ellery", "organisation"), ("HGE", "organisation")], True),
        ("The U.S. and the United States.", [("U.S.", "place"), ("United States", "place")], True),
        ("Ukrainian General Staff; the General Staff.", [("Ukrainian General Staff", "organisation"), ("General Staff", "organisation")], True),
        ("Georgia and George.", [("Georgia", "place"), ("George", "person")], False),
    ],
)  # fmt: skip
def test_forms_within_an_article(body: str, spans: list[tuple[str, str]], same: bool) -> None:
    at = 0
    places = []
    for text, kind in spans:
        start = body.index(text, at)
        at = start + len(text)
        places.append((start, at, kind))
    clusters = [m.cluster for m in resolve_article(body, places)]
    assert (clusters[0] == clusters[1]) is same


def test_a_name_is_given_in_the_letters_that_the_article_uses() -> None:
    body = "Andriy Kovalsky came. Kovalsky spoke. Андрій Ковальський, it said below. Kovalsky left."
    names = ("Andriy Kovalsky", "Kovalsky spoke", "Андрій Ковальський", "Kovalsky left")
    spans = [(body.index(name), body.index(name) + len(name.removesuffix(" spoke").removesuffix(" left")), "person") for name in names]  # fmt: skip
    assert "Андрій Ковальський" not in {mention.name for mention in resolve_article(body, spans)}


def test_an_office_is_its_holder_only_where_the_article_says_so() -> None:
    body = "US President Ida Holm arrived. The US president slept. The French president did not."
    start = body.index("Ida Holm")
    resolved = resolve_article(body, [(start, start + 8, "person")])
    assert [(m.text, m.name) for m in resolved] == [("Ida Holm", "Ida Holm"), ("The US president", "Ida Holm")]


def test_a_former_holder_is_not_the_holder() -> None:
    body = "Former US President Ida Holm arrived. The US president did not."
    start = body.index("Ida Holm")
    assert len(resolve_article(body, [(start, start + 8, "person")])) == 1


def test_a_headline_verb_is_not_part_of_a_name() -> None:
    body = "Holm Meets Brekke Again\nIda Holm met Jonas Brekke in the harbour."
    names = ("Holm Meets Brekke", "Ida Holm", "Jonas Brekke")
    resolved = resolve_article(body, [(body.index(name), body.index(name) + len(name), "person") for name in names])
    assert [(m.text, m.name) for m in resolved[:2]] == [("Holm", "Ida Holm"), ("Brekke", "Jonas Brekke")]


def test_an_institution_goes_by_its_country() -> None:
    named = resolve(
        "Ukraine’s general staff said so.",
        "The Ukrainian general staff said so.",
        "It was the General Staff of Ukraine.",
    )
    assert set(named.values()) >= {"General Staff of Ukraine"}
    assert len({name for (_, text), name in named.items() if "taff" in text}) == 1

"""Which entity a speaker is."""

import polars as pl

from assets.entities.schema import ENTITIES, MENTIONS
from assets.quotes.extract import extract_quotes
from assets.quotes.resolution.entities import attach_speakers
from tests.quotes.conftest import MENTIONS as ARTICLE_MENTIONS
from tests.quotes.conftest import articles_of

BODY = "Ida Roe of Hull Bay runs the port. “The bridge is closed,” Roe said. “We wait,” she said. “No,” a porter said."


def test_names_and_pronouns_become_entities_and_strangers_none() -> None:
    people = [(BODY.find("Ida Roe"), "Ida Roe"), (BODY.find("Roe said"), "Roe")]
    in_article = pl.DataFrame(
        [("a000", start, start + len(text), text, "person", "Ida Roe") for start, text in people],
        schema=ARTICLE_MENTIONS,
        orient="row",
    )
    quotes = extract_quotes(articles_of([BODY]), in_article)
    mentions = MENTIONS.frame(
        [
            {
                "article_id": "a000",
                "entity_id": "e1",
                "start": start,
                "end": start + len(text),
                "text": text,
                "kind": "person",
            }
            for start, text in people
        ]
    )
    entities = ENTITIES.frame([{"entity_id": "e1", "name": "Ida Roe", "kind": "person", "aliases": ["Ida Roe", "Roe"]}])
    attached = attach_speakers(quotes, mentions, entities).filter(pl.col("kind") == "direct")
    assert attached.select("speaker_text", "speaker_id").rows() == [("Roe", "e1"), ("she", "e1"), ("a porter", None)]
    assert attach_speakers(quotes, mentions.clear(), entities.clear())["speaker_id"].null_count() == len(quotes)

"""What ``core.entities`` and ``core.mentions`` hold."""

from pipeline.bookkeeping import INTERNAL_SCHEMA
from pipeline.schema import Column, Table

KINDS = ("person", "organisation", "place")

ENTITIES = Table(
    "core",
    "entities",
    "one row per person, organisation or place",
    (
        Column("entity_id", "text", "Stable id."),
        Column("name", "text", "Fullest usual name."),
        Column("kind", "text", "What it is.", values=KINDS),
        Column("aliases", "text[]", "Every form in which the articles name it, sorted."),
        Column("wikidata_id", "text", "Its Wikidata item, where entity_overrides.csv names one.", nullable=True),
        Column("corrected", "boolean", "Whether a person has merged, split, renamed or identified it (core.corrections)."),
    ),
    key=("entity_id",),
)  # fmt: skip

MENTIONS = Table(
    "core",
    "mentions",
    "one row per place in an article where an entity is named",
    (
        Column("article_id", "text", "The article."),
        Column("entity_id", "text", "The entity that is meant."),
        Column("start", "integer", "First code point of the mention in the body."),
        Column("end", "integer", "Code point after its last one."),
        Column("text", "text", "The mention as printed: body[start:end]."),
        Column("kind", "text", "What is named.", values=KINDS),
    ),
    key=("article_id", "start", "end"),
)  # fmt: skip

ENTITY_MERGES = Table(
    "core",
    "entity_merges",
    "one row per name that was put under an entity although its key alone would not have been",
    (
        Column("entity_id", "text", "The entity it was put under."),
        Column("merged_id", "text", "The id that the name would have had by itself."),
        Column("name", "text", "The name."),
        Column("rule", "text", "What the merge rests on."),
        Column("n_articles", "integer", "Articles in which it was made."),
    ),
    key=("entity_id", "merged_id", "name", "rule"),
)  # fmt: skip

ARTICLE_MENTIONS = Table(
    "work",
    "article_mentions",
    "one row per mention, resolved within its article only",
    (
        Column("article_id", "text", "The article."),
        Column("start", "integer", "First code point in the body."),
        Column("end", "integer", "Code point after the last one."),
        Column("text", "text", "As printed."),
        Column("kind", "text", "What is named.", values=KINDS),
        Column("name", "text", "Fullest form within the article."),
        Column("cluster", "integer", "Mentions of one article that mean the same share it; numbered by first mention."),
    ),
    key=("article_id", "start", "end"),
)  # fmt: skip

ARTICLE_ENTITIES = Table(
    INTERNAL_SCHEMA,
    "article_entities",
    "one row per name of an entity in an article, and what it was linked to",
    (
        Column("article_id", "text", "The article."),
        Column("cluster", "integer", "The mentions in work.article_mentions."),
        Column("tagged", "text", "What they are tagged to name.", values=KINDS),
        Column("name", "text", "Fullest form within the article."),
        Column("forms", "text[]", "The forms in which the article names it, sorted."),
        Column("n", "integer", "Mentions."),
        Column("kind", "text", "What is named, by the whole corpus.", nullable=True, values=KINDS),
        Column("entity_id", "text", "The entity; null where the user ignores it.", nullable=True),
    ),
    key=("article_id", "cluster", "tagged", "name"),
)  # fmt: skip

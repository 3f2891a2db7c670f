"""What ``core.entities`` and ``core.mentions`` hold."""

from assets.schema import Column, Table

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

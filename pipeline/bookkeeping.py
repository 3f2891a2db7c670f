"""The pipeline's own tables, in the schema ``work``: how tables were made and what has been done."""

from pipeline.schema import Column, Table

INTERNAL_SCHEMA = "work"

LAYOUT = Table(
    INTERNAL_SCHEMA,
    "layout",
    "one row per table, with the statement that made it",
    (Column("path", "text", "The table."), Column("ddl", "text", "Its CREATE TABLE.")),
    key=("path",),
)

LEDGER = Table(
    INTERNAL_SCHEMA,
    "ledger",
    "one row per item that a step has done, with the version of the code that did it",
    (
        Column("item_id", "text", "Document or article."),
        Column("step", "text", "What was done to it."),
        Column("version", "text", "Version of the code that did it."),
    ),
    key=("step", "item_id"),
)

CORPUS_STEPS = Table(
    INTERNAL_SCHEMA,
    "corpus_steps",
    "one row per step that looks at the whole corpus, with what it last looked at",
    (
        Column("step", "text", "The step."),
        Column("signature", "text", "Hash of its code version and of all its input."),
    ),
    key=("step",),
)

CHECKED = Table(
    INTERNAL_SCHEMA,
    "checked",
    "one row per check and item that was found to be right, with what it was like then",
    (
        Column("rule", "text", "The check and its table."),
        Column("item_id", "text", "Article."),
        Column("state", "text", "Hash of everything about the item that the check looks at."),
    ),
    key=("rule", "item_id"),
)

TOUCHED = Table(
    INTERNAL_SCHEMA,
    "touched",
    "one row per item whose rows in the incremental marts dbt makes anew",
    (
        Column("kind", "text", "What it is; orchestration/touched.py names the kinds."),
        Column("item_id", "text", "Its id."),
    ),
    key=("kind", "item_id"),
)

COPIES = Table(
    INTERNAL_SCHEMA,
    "copies",
    "one row per article that prints a copy, as marts.repeated_phrases was last built",
    (
        Column("article_id", "text", "The article."),
        Column("origin_article_id", "text", "The article that it is a copy of."),
    ),
    key=("article_id",),
)

NAMED = Table(
    INTERNAL_SCHEMA,
    "named",
    "one row per article and entity that it names, as marts.entity_pairs was last built",
    (
        Column("article_id", "text", "The article."),
        Column("entity_id", "text", "The entity."),
    ),
    key=("article_id", "entity_id"),
)

BOOKKEEPING = (LAYOUT, LEDGER, CORPUS_STEPS, CHECKED, TOUCHED, COPIES, NAMED)

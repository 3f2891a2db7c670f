"""Every table that Python writes, in the order in which the pipeline fills them, and the pipeline's own bookkeeping."""

from assets.articles.schema import ARTICLES, DATE_ORDERS, DOUBTFUL_LINES, NON_ARTICLES, REMOVED_LINES, REPEATED_LINES
from assets.documents.schema import DOCUMENTS, DUPLICATES, REJECTS
from assets.entities.schema import ARTICLE_MENTIONS, ENTITIES, ENTITY_MERGES, MENTIONS
from assets.phrases.schema import PHRASE_OCCURRENCES, PHRASES
from assets.quotes.schema import QUOTES
from assets.schema import Column, Table
from assets.sources.schema import SOURCES
from assets.statements.schema import STATEMENT_QUOTES, STATEMENTS, WORD_EDITS
from assets.stories.schema import ARTICLE_PAIRS, STORIES

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

FILES = Table(
    INTERNAL_SCHEMA,
    "files",
    "one row per file read",
    (
        Column("path", "text", "Where it was found."),
        Column("fingerprint", "text", "Hash of its size, its time, its manifest and the reader's version."),
        Column("n_seen", "bigint", "Documents and records found in it, taken or not."),
    ),
    key=("path",),
)

SIGHTINGS = Table(
    INTERNAL_SCHEMA,
    "sightings",
    "one row per place at which a document was found",
    (
        Column("document_id", "text", "The document."),
        Column("path", "text", "The file."),
        Column("record_no", "integer", "Position in the file."),
        Column("n_bytes", "bigint", "Size in bytes."),
        Column("ingested_at", "timestamp", "Modification time of the file (UTC)."),
    ),
    key=("document_id", "path", "record_no"),
)

ARTICLE_QUOTES = Table(
    INTERNAL_SCHEMA,
    "article_quotes",
    "quotations before their speakers are known across the corpus",
    QUOTES.columns,
    QUOTES.key,
)

PUBLIC_TABLES_BY_STEP = {
    "documents": (DOCUMENTS, DUPLICATES, REJECTS),
    "articles": (ARTICLES, REMOVED_LINES, NON_ARTICLES, SOURCES),
    "entities": (ENTITIES, MENTIONS, ENTITY_MERGES),
    "quotes": (QUOTES,),
    "stories": (STORIES, ARTICLE_PAIRS),
    "statements": (STATEMENTS, STATEMENT_QUOTES, WORD_EDITS),
    "phrases": (PHRASES, PHRASE_OCCURRENCES),
}
PUBLIC_TABLES = tuple(table for tables in PUBLIC_TABLES_BY_STEP.values() for table in tables)
TABLES = (
    LAYOUT,
    LEDGER,
    CORPUS_STEPS,
    FILES,
    SIGHTINGS,
    DOUBTFUL_LINES,
    REPEATED_LINES,
    DATE_ORDERS,
    ARTICLE_MENTIONS,
    ARTICLE_QUOTES,
    *PUBLIC_TABLES,
)

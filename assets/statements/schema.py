"""What ``core.statements`` and ``core.statement_quotes`` hold."""

from pipeline.bookkeeping import INTERNAL_SCHEMA
from pipeline.schema import Column, Table

RELATIONS = ("same", "fragment", "spelling", "variant", "reworded", "altered")

STATEMENTS = Table(
    "core",
    "statements",
    "one row per thing said, however many outlets printed it",
    (
        Column("statement_id", "text", "Stable id: a hash of its first-printed quotation."),
        Column("text", "text", "Its longest printing."),
        Column("speaker_id", "text", "Who said it (core.entities).", nullable=True),
        Column("story_id", "text", "The story it belongs to.", nullable=True),
        Column("n_quotes", "integer", "Printings."),
        Column("n_outlets", "integer", "Outlets that printed it."),
        Column("first_published_at", "timestamp", "When its first printing appeared (UTC).", nullable=True),
    ),
    key=("statement_id",),
)  # fmt: skip

STATEMENT_QUOTES = Table(
    "core",
    "statement_quotes",
    "one row per quotation that prints a statement",
    (
        Column("statement_id", "text", "The statement."),
        Column("quote_id", "text", "The quotation."),
        Column("relation", "text", "How its words relate to the longest printing.", values=RELATIONS),
        Column("similarity", "double", "Likeness of the words to the longest printing, 0 to 1."),
        Column("evidence", "text", "Why it was taken for the same statement."),
    ),
    key=("quote_id",),
)  # fmt: skip

WORD_EDITS = Table(
    "core",
    "word_edits",
    "one row per run of words by which a printing follows or leaves its statement's longest one",
    (
        Column("quote_id", "text", "The printing; those that differ in no word have no rows."),
        Column("ordinal", "integer", "Position of the run, from 0."),
        Column("op", "text", "What the printing does with the words.", values=("kept", "added", "dropped", "replaced")),
        Column("reference_words", "text", "The words of the longest printing; empty where words are added."),
        Column("words", "text", "The words of this printing; empty where words are dropped."),
    ),
    key=("quote_id", "ordinal"),
)  # fmt: skip

UNCREDITED_WORDS = Table(
    "core",
    "uncredited_words",
    "one row per statement and article of its story that prints its words without a quotation of it that was found",
    (
        Column("statement_id", "text", "The statement."),
        Column("article_id", "text", "The article."),
        Column("story_id", "text", "Their story."),
        Column("start", "integer", "First code point in the body of the first such words: six in a row, or all of a shorter statement."),
        Column("end", "integer", "Code point after the last one."),
        Column("n_words", "integer", "Words in it."),
    ),
    key=("statement_id", "article_id"),
)  # fmt: skip

JUDGED_WORDS = Table(
    INTERNAL_SCHEMA,
    "judged_words",
    "one row per two wordings that were compared word by word, so that they need not be again",
    (
        Column("wordings", "bigint", "Hash of the code that compares, the longest printing and the other one."),
        Column("relation", "text", "How the other one relates to the longest.", values=RELATIONS),
        Column("similarity", "double", "Likeness of the two, 0 to 1."),
        Column("evidence", "text", "Why."),
    ),
    key=("wordings",),
)  # fmt: skip

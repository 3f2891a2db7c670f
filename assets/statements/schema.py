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

SEARCHED = Table(
    INTERNAL_SCHEMA,
    "searched",
    "one row per article and statement of a story, as it was when words of statements were last looked for",
    (
        Column("kind", "text", "article or statement."),
        Column("item_id", "text", "Its id."),
        Column("story_id", "text", "The story."),
        Column("state", "bigint", "Hash of the article's body; of the statement's text and of the articles that print it."),
    ),
    key=("kind", "item_id"),
)  # fmt: skip

ARTICLE_CHAPTERS = Table(
    INTERNAL_SCHEMA,
    "article_chapters",
    "one row per article: the week of its story that it is in",
    (
        Column("article_id", "text", "The article."),
        Column("chapter", "text", "Its story and the week of that, from 0."),
    ),
    key=("article_id",),
)  # fmt: skip

CHAPTER_QUOTES = Table(
    INTERNAL_SCHEMA,
    "chapter_quotes",
    "one row per quotation: where the week of its story puts it",
    (
        Column("quote_id", "text", "The quotation."),
        Column("chapter", "text", "The week of the story."),
        Column("printing", "text", "The first by id of the quotations of its chapter in equal words, by the same speaker."),
        Column("statement", "text", "The first by id of the quotations of its chapter that print the same words."),
        Column("is_interrupted", "boolean", "Whether it is part of one sentence with another, the reporter coming in between."),
        Column("rewritten", "text", "Why it was taken for altered words.", nullable=True),
        Column("sense", "double", "Cosine by which a model put it to another printing.", nullable=True),
        Column("state", "bigint", "Hash of all that is known of it and of its article."),
    ),
    key=("quote_id",),
)  # fmt: skip

CHAPTER_PRINTINGS = Table(
    INTERNAL_SCHEMA,
    "chapter_printings",
    "one row per wording of a speaker in a chapter that other chapters may print as well",
    (
        Column("quote_id", "text", "Its first quotation by id."),
        Column("chapter", "text", "The week of the story."),
        Column("story_id", "text", "The story.", nullable=True),
        Column("speaker_id", "text", "Who its chapter says has spoken.", nullable=True),
        Column("doubt", "double", "How likely that is wrong; null where that is not known.", nullable=True),
        Column("is_alone", "boolean", "Whether no other printing of the chapter bears it out."),
        Column("n_articles", "integer", "Articles that print it."),
        Column("hours", "double", "When it first appeared, in hours since 1970.", nullable=True),
        Column("sole_article", "text", "The only article that prints it.", nullable=True),
        Column("saying", "bigint", "Hash of its letters, where it is short enough to become a saying.", nullable=True),
        Column("sentences", "bigint[]", "Hashes of its words with those of the reporters around them."),
        Column("keys", "bigint[]", "Hashes of its letters (odd) and of runs of its words (even)."),
        Column("statement", "text", "The first quotation by id of its statement in the chapter."),
        Column("voice", "text", "Who has spoken that statement for certain.", nullable=True),
        Column("part", "text", "The first quotation by id of the printings about as long as it that print the same words."),
        Column("is_given", "boolean", "Whether these are part of a longer printing."),
    ),
    key=("quote_id",),
)  # fmt: skip

CHAPTER_PAIRS = Table(
    INTERNAL_SCHEMA,
    "chapter_pairs",
    "one row per two printings of different chapters that print the same words",
    (
        Column("printing_a", "text", "The shorter printing."),
        Column("printing_b", "text", "The other one."),
        Column("statement_a", "text", "The statement of the first in its chapter."),
        Column("statement_b", "text", "That of the other."),
        Column("strength", "double", "How surely they are the same; null where only the sentences around them say so.", nullable=True),
        Column("peers", "boolean", "Whether they are about as long as each other.", nullable=True),
        Column("n_a", "integer", "Words of the shorter one.", nullable=True),
        Column("n_b", "integer", "Words of the other one.", nullable=True),
        Column("is_copied", "boolean", "Whether the reporters' words around them say that they are one, whoever is credited."),
        Column("is_doubtful", "boolean", "Whether they are so although two speakers are credited, since a credit may well be wrong."),
    ),
    key=("printing_a", "printing_b"),
)  # fmt: skip

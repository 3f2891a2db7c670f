"""What ``core.stories`` and ``core.article_pairs`` hold."""

from pipeline.bookkeeping import INTERNAL_SCHEMA
from pipeline.schema import Column, Table

STORIES = Table(
    "core",
    "stories",
    "one row per article: the event it reports",
    (
        Column("story_id", "text", "Articles on the same event share it: a hash of the story's first article."),
        Column("article_id", "text", "The article."),
    ),
    key=("article_id",),
)  # fmt: skip

ARTICLE_PAIRS = Table(
    "core",
    "article_pairs",
    "one row per pair of articles that share text",
    (
        Column("article_a", "text", "The article with the smaller id."),
        Column("article_b", "text", "The other one."),
        Column("n_shared_tokens", "integer", "Tokens that are in both, estimated from shared shingles."),
        Column("containment_a", "double", "Share of a's text that is in b, 0 to 1."),
        Column("containment_b", "double", "Share of b's text that is in a, 0 to 1."),
    ),
    key=("article_a", "article_b"),
)  # fmt: skip

ARTICLE_PRINTS = Table(
    INTERNAL_SCHEMA,
    "article_prints",
    "one row per article: what it is compared with others by, so that its text need not be read again",
    (
        Column("article_id", "text", "The article."),
        Column("samples", "bigint[]", "Hashes of its shingles, one in so many, each once, sorted."),
        Column("words", "bigint[]", "Hashes of its telling words, each once, sorted."),
        Column("counts", "integer[]", "How often it has each of them, in the title counting double."),
    ),
    key=("article_id",),
)  # fmt: skip

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
        Column("published_at", "timestamp", "When it was published (UTC), where the day is known.", nullable=True),
        Column("week", "integer", "The week of that, counted from 1 January 1900; -1 where it is not known."),
        Column("language", "text", "ISO 639-1 code of the body.", nullable=True),
        Column("samples", "bigint[]", "Hashes of its shingles, one in so many, each once, sorted."),
        Column("words", "bigint[]", "Hashes of its telling words, each once, sorted."),
        Column("counts", "integer[]", "How often it has each of them, in the title counting double."),
    ),
    key=("article_id",),
)  # fmt: skip

WEEK_TERMS = Table(
    INTERNAL_SCHEMA,
    "week_terms",
    "one row per week of publication: how many of its articles hold each word and name that may tell an event",
    (
        Column("week", "integer", "The week; -1 for the articles of which no day is known."),
        Column("content", "text", "Hash of all that its stories hang on, and of the code that counted."),
        Column("n_articles", "integer", "Articles of the week."),
        Column("terms", "bigint[]", "Hashes of their words and names, sorted."),
        Column("n_holders", "integer[]", "How many articles hold each."),
    ),
    key=("week",),
)  # fmt: skip

UNDATED_JOINED = Table(
    INTERNAL_SCHEMA,
    "undated_joined",
    "one row per article of which no day is known that joined a story of a week",
    (Column("article_id", "text", "The article."), Column("week", "integer", "The week.")),
    key=("article_id",),
)

"""What ``core.phrases`` and ``core.phrase_occurrences`` hold."""

from pipeline.schema import Column, Table

PHRASES = Table(
    "core",
    "phrases",
    "one row per closed phrase: at least five tokens in at least two articles, and no longer phrase in the same set of articles",
    (
        Column("phrase_id", "text", "Stable id: a hash of its tokens."),
        Column("text", "text", "Its tokens, casefolded, one space between."),
        Column("n_tokens", "integer", "Tokens in it."),
        Column("n_articles", "integer", "Articles it occurs in."),
        Column("n_outlets", "integer", "Outlets it occurs in."),
        Column("n_occurrences", "integer", "Places where it occurs."),
    ),
    key=("phrase_id",),
)  # fmt: skip

PHRASE_OCCURRENCES = Table(
    "core",
    "phrase_occurrences",
    "one row per place where a closed phrase occurs",
    (
        Column("phrase_id", "text", "The phrase."),
        Column("article_id", "text", "The article."),
        Column("start", "integer", "First code point in the body."),
        Column("end", "integer", "Code point after the last one."),
    ),
    key=("phrase_id", "article_id", "start"),
)  # fmt: skip

"""What the schema ``search`` of the warehouse holds. It is brought up to date when a release is made.

Numbers are hashes of what they stand for, so that a text that comes or goes moves no other.
"""

from pipeline.schema import Column, Table

PARTS = ("quotes", "statements", "articles")

SEARCH_DOCUMENTS = Table(
    "search",
    "documents",
    "one row per text that can be found",
    (
        Column("document", "bigint", "Its number in the index: a hash of its part and id."),
        Column("part", "text", "What it is.", values=PARTS),
        Column("id", "text", "The id of that quotation, statement or article."),
        Column("n_tokens", "integer", "Words in it; of an article its headline's too."),
        Column("content", "bigint", "A hash of the text and the language that it was read in."),
    ),
    key=("document",),
)

SEARCH_WORDS = Table(
    "search",
    "words",
    "one row per word of the texts, in lower case and without accents, and term that it stands for",
    (
        Column("entry", "bigint", "The number of the two: a hash of them."),
        Column("word", "text", "The word."),
        Column("term", "text", "What its forms have in common in the language of the text."),
    ),
    key=("entry",),
)

SEARCH_POSTINGS = Table(
    "search",
    "postings",
    "one row per word with its term and text that holds it",
    (
        Column("entry", "bigint", "The word and the term."),
        Column("document", "bigint", "The text."),
        Column("n", "integer", "How often."),
    ),
    key=("entry", "document"),
)

SEARCH_TABLES = (SEARCH_DOCUMENTS, SEARCH_WORDS, SEARCH_POSTINGS)

TEXTS: dict[str, str] = {
    "quotes": "SELECT quote_id AS id, language, text FROM core.quotes JOIN core.articles USING (article_id)",
    "statements": "SELECT statement_id AS id, min(language) AS language, any_value(s.text) AS text FROM core.statements AS s "
    "JOIN core.statement_quotes USING (statement_id) JOIN core.quotes USING (quote_id) "
    "JOIN core.articles USING (article_id) GROUP BY id",
    "articles": "SELECT article_id AS id, language, concat_ws(chr(10), title, body) AS text FROM core.articles",
}
"""The texts of each part, with the language that each is in."""

"""What the schema ``search`` of a release holds. It is made when a release is, and is no part of the build database."""

from pipeline.schema import Column, Table

PARTS = ("quotes", "statements", "articles")

SEARCH_DOCUMENTS = Table(
    "search",
    "documents",
    "one row per text that can be found",
    (
        Column("document", "integer", "Its number in the index."),
        Column("part", "text", "What it is.", values=PARTS),
        Column("id", "text", "The id of that quotation, statement or article."),
        Column("n_tokens", "integer", "Words in it; of an article its headline's too."),
    ),
    key=("document",),
)

SEARCH_WORDS = Table(
    "search",
    "words",
    "one row per word of the texts, in lower case and without accents, and the term it stands for",
    (
        Column("word", "text", "The word, or a term itself."),
        Column("term", "integer", "The number of the term: what its forms have in common in the language of the text."),
    ),
    key=("word", "term"),
)

SEARCH_POSTINGS = Table(
    "search",
    "postings",
    "one row per term and text that holds it",
    (
        Column("term", "integer", "The term."),
        Column("document", "integer", "The text."),
        Column("n", "integer", "How often."),
    ),
    key=("term", "document"),
)

SEARCH_TABLES = (SEARCH_DOCUMENTS, SEARCH_WORDS, SEARCH_POSTINGS)

TEXTS: dict[str, str] = {
    "quotes": "SELECT quote_id AS id, language, text FROM core.quotes JOIN core.articles USING (article_id) ORDER BY id",
    "statements": "SELECT statement_id AS id, min(language) AS language, any_value(s.text) AS text FROM core.statements AS s "
    "JOIN core.statement_quotes USING (statement_id) JOIN core.quotes USING (quote_id) "
    "JOIN core.articles USING (article_id) GROUP BY id ORDER BY id",
    "articles": "SELECT article_id AS id, language, concat_ws(chr(10), title, body) AS text FROM core.articles ORDER BY id",
}
"""The texts of each part, with the language that each is in."""

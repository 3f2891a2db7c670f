"""The words of statements in articles that are not known to print them: looked for only where either of the two has changed."""

import polars as pl

from assets.articles.schema import ARTICLES
from assets.quotes.schema import QUOTES
from assets.statements.schema import SEARCHED, STATEMENT_QUOTES, STATEMENTS, UNCREDITED_WORDS
from assets.statements.uncredited import uncredited_words
from assets.stories.schema import STORIES
from pipeline.changes import Changed, portions_by_size
from pipeline.warehouse import GIVEN, Transaction

STORIES_TOLD = f"""
SELECT story_id AS item_id, concat(of_articles, ':', of_statements, ':', of_printings) AS input
FROM (
    SELECT story_id, sum(hash(article_id, body)) AS of_articles
    FROM {STORIES.path} JOIN {ARTICLES.path} USING (article_id) GROUP BY story_id
) JOIN (
    SELECT story_id, sum(hash(statement_id, text)) AS of_statements FROM {STATEMENTS.path} GROUP BY story_id
) USING (story_id) JOIN (
    SELECT story_id, sum(hash(statement_id, article_id)) AS of_printings
    FROM {STATEMENTS.path} JOIN {STATEMENT_QUOTES.path} USING (statement_id) JOIN {QUOTES.path} USING (quote_id)
    GROUP BY story_id
) USING (story_id)
"""
"""Stories in which something was said, and a hash of all that their uncredited words hang on."""

STATES = f"""
SELECT 'article' AS kind, article_id AS item_id, story_id, (hash(body) >> 1)::BIGINT AS state
FROM {STORIES.path} SEMI JOIN {GIVEN} USING (story_id) JOIN {ARTICLES.path} USING (article_id)
UNION ALL
SELECT 'statement', statement_id, story_id, (hash(any_value(statements.text), sum(hash(article_id))) >> 1)::BIGINT
FROM {STATEMENTS.path} SEMI JOIN {GIVEN} USING (story_id) JOIN {STATEMENT_QUOTES.path} USING (statement_id)
JOIN {QUOTES.path} USING (quote_id)
GROUP BY statement_id, story_id
ORDER BY kind, item_id
"""
"""The articles and statements of stories, each with a hash of all that the places of words hang on, of its own."""

SEARCHED_AT_ONCE = 1 << 23
"""Characters of articles; a longer article is searched alone."""


def change_uncredited(transaction: Transaction, changed: Changed) -> None:
    """Bring the uncredited words up to date with the stories that have come, changed or gone.

    Whether an article prints the words of a statement hangs on these two alone.
    """
    before = SEARCHED.empty() if changed.is_all else _searched(transaction, changed.touched)
    changed.clear(transaction, {SEARCHED: "story_id"})
    with transaction.visible(changed.come.to_frame("story_id")):
        now = transaction.query(STATES)
    transaction.insert(SEARCHED, now)
    differing = pl.concat([before, now]).unique(keep="none")
    if changed.is_all:
        transaction.execute(f"DELETE FROM {UNCREDITED_WORDS.path}")
    else:
        for kind in ("statement", "article"):
            transaction.delete(UNCREDITED_WORDS, f"{kind}_id", differing.filter(kind=kind)["item_id"])
    articles, statements = (
        now.filter(kind=kind).select("story_id", pl.col("item_id").alias(f"{kind}_id"))
        for kind in ("article", "statement")
    )
    fresh = statements.join(differing, left_on="statement_id", right_on="item_id", how="semi")
    come = articles.join(differing, left_on="article_id", right_on="item_id", how="semi")
    _search(transaction, fresh, articles)
    _search(transaction, statements.join(fresh, on="statement_id", how="anti"), come)


def _searched(transaction: Transaction, stories: pl.Series) -> pl.DataFrame:
    with transaction.visible(stories.to_frame("story_id")) as given:
        return transaction.query(
            f"SELECT kind, item_id, story_id, state FROM {SEARCHED.path} SEMI JOIN {given} USING (story_id)"
        )


def _search(transaction: Transaction, statements: pl.DataFrame, articles: pl.DataFrame) -> None:
    """Write where some articles print words of some statements of their stories (story_id and the id of each), so many at a time."""
    with transaction.visible(articles.join(statements, on="story_id", how="semi")) as given:
        lengths = transaction.query(
            f"SELECT story_id, article_id, length(body) AS n FROM {ARTICLES.path} JOIN {given} USING (article_id) "
            "ORDER BY story_id, article_id"
        )
    for run in portions_by_size(lengths, SEARCHED_AT_ONCE):
        portion = run.select("story_id", "article_id")
        with transaction.visible(portion) as given:
            bodies = transaction.query(
                f"SELECT story_id, article_id, body FROM {ARTICLES.path} JOIN {given} USING (article_id) "
                "ORDER BY story_id, article_id"
            )
        with transaction.visible(statements.join(portion, on="story_id", how="semi")) as given:
            said = transaction.query(
                f"SELECT statement_id, story_id, text FROM {STATEMENTS.path} SEMI JOIN {given} USING (statement_id) "
                "ORDER BY statement_id"
            )
            printed = transaction.query(
                f"SELECT DISTINCT statement_id, article_id FROM {STATEMENT_QUOTES.path} SEMI JOIN {given} USING (statement_id) "
                f"JOIN {QUOTES.path} USING (quote_id)"
            )
        transaction.insert(UNCREDITED_WORDS, uncredited_words(said, bodies, printed))

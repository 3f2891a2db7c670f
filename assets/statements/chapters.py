"""The weeks of a story, within which its quotations are compared with each other in full.

Most stories have one. One that is told for months would otherwise be gone over from the beginning whenever an article comes;
and what is said in its eighth week is not what was said in its first. Across weeks, and across stories, statements meet as
``assets/statements/across.py`` says.
"""

import polars as pl

WEEK_DAYS = 7


def chapters(articles: pl.DataFrame, stories: pl.DataFrame) -> pl.DataFrame:
    """The chapter of every article of ``STORIES``: article_id, chapter (its story and the week of it, from 0).

    ``articles`` has article_id and published_at; where that is not known, the article is with the beginning of its story.
    """
    since = pl.col("published_at") - pl.col("published_at").min().over("story_id")
    week = (since.dt.total_days() // WEEK_DAYS).fill_null(0)
    return stories.join(articles.select("article_id", "published_at"), on="article_id", how="left").select(
        "article_id", chapter=pl.format("{}:{}", "story_id", week)
    )

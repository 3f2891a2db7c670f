"""The words and entities that mark an article: those that tell its event from others."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from assets.text.tokens import tokenise
from assets.text.words import COMMON_WORDS, FUNCTION_WORDS

MOST_TERMS = 48  # heaviest terms kept of an article
BACKGROUND = 50  # articles about other things that a small corpus is imagined to be part of
TITLE_WEIGHT = 2.0
ENTITY_WEIGHT = 2.0
QUOTE_WEIGHT = 1.0


@dataclass(frozen=True)
class Terms:
    """Unit vectors, one per article: article ``a`` has ``terms[offsets[a]:offsets[a + 1]]``, sorted, with ``weights``."""

    terms: npt.NDArray[np.int32]
    weights: npt.NDArray[np.float32]
    offsets: npt.NDArray[np.int64]


def article_terms(articles: pl.DataFrame, mentions: pl.DataFrame, quotes: pl.DataFrame) -> Terms:
    """The heaviest terms of each article (title, body), in row order: words, and entities named or quoted."""
    n = articles.height
    words = pl.concat([_words(articles["title"].fill_null(""), TITLE_WEIGHT), _words(articles["body"], 1.0)])
    rows = articles.select("article_id", article=pl.int_range(n, dtype=pl.Int32))
    named = (
        pl.concat(
            [
                mentions.select("article_id", "entity_id", weight=pl.lit(ENTITY_WEIGHT)),
                quotes.filter(pl.col("speaker_id").is_not_null()).select(
                    "article_id", entity_id="speaker_id", weight=pl.lit(QUOTE_WEIGHT)
                ),
            ]
        )
        .join(rows, on="article_id")
        # An entity is not a word, however it is written.
        .select("article", term=pl.lit("\0") + pl.col("entity_id"), weight="weight")
    )
    counted = (
        pl.concat([words, named])
        .lazy()
        .group_by("article", "term")
        .agg(tf=pl.col("weight").sum())
        .with_columns(n_articles=pl.len().over("term"))
        .with_columns(weight=(1 + pl.col("tf").log()) * ((n + BACKGROUND) / pl.col("n_articles")).log())
        .sort(["article", "weight", "term"], descending=[False, True, False])
        .filter(pl.int_range(pl.len()).over("article") < MOST_TERMS)
        .with_columns(weight=pl.col("weight") / (pl.col("weight") ** 2).sum().sqrt().over("article"))
        .with_columns(code=pl.col("term").rank("dense").cast(pl.Int32) - 1)
        .sort("article", "code")
        .collect()
    )
    offsets = np.concatenate([[0], np.cumsum(np.bincount(counted["article"].to_numpy(), minlength=n))])
    return Terms(counted["code"].to_numpy(), counted["weight"].cast(pl.Float32).to_numpy(), offsets)


def _words(texts: pl.Series, weight: float) -> pl.DataFrame:
    tokens = tokenise(texts)
    forms = pl.Series(tokens.vocabulary.forms(), dtype=pl.String)
    useful = (
        ~forms.is_in(list(FUNCTION_WORDS | COMMON_WORDS)) & (forms.str.len_chars() > 2) & ~forms.str.contains(r"^\d+$")
    )
    return (
        pl.DataFrame({"article": tokens.article, "code": tokens.codes})
        .filter(useful.gather(tokens.codes))
        .group_by("article", "code")
        .agg(weight=pl.len() * weight)
        .join(pl.DataFrame({"code": np.arange(len(forms), dtype=np.int32), "term": forms}), on="code")
        .select("article", "term", "weight")
    )

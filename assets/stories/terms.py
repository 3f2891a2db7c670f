"""The words and entities that mark an article: what tells its event from others."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from assets.tokens import tokenise

MOST_TERMS = 48  # heaviest terms kept of an article
BACKGROUND = 50  # articles about other things that a small corpus is imagined to stand among
TITLE_WEIGHT = 2.0
ENTITY_WEIGHT = 2.0
QUOTE_WEIGHT = 1.0
FUNCTION_WORDS = frozenset(
    """
    a about above according added after again against ago all almost also although always am among an and another
    any are around as at away back be became because become been before began behind being below between both but
    by call called came can could day days did didn do does doesn doing don done down during each early either
    else end enough even ever every few first five for four friday from further gave get give go going got had
    half has have having he her here hers him his how however i if in including into is isn it its itself just
    know last late later least left less like ll long made make man many may me might million monday month months
    more most mr mrs ms much must my near need never new next night no nor not nothing now of off often old on
    once one only or other our out over own part people percent place put quite rather re really right said same
    saturday saw say saying says second see seen several she should show since six so some soon still such sunday
    take ten than that the their them then there these they thing things think this those though three through
    thursday time times to today together told too took toward tuesday two under until up upon us use used ve very
    want was wasn way we wednesday week weeks well went were what when where which while who whose why will with
    within without work would year years yesterday yet you your
    """.split()  # noqa: SIM905
)


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
        # An entity is no word, however it is written.
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
    useful = ~forms.is_in(list(FUNCTION_WORDS)) & (forms.str.len_chars() > 2) & ~forms.str.contains(r"^\d+$")
    return (
        pl.DataFrame({"article": tokens.article, "code": tokens.codes})
        .filter(useful.gather(tokens.codes))
        .group_by("article", "code")
        .agg(weight=pl.len() * weight)
        .join(pl.DataFrame({"code": np.arange(len(forms), dtype=np.int32), "term": forms}), on="code")
        .select("article", "term", "weight")
    )

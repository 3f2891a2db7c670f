"""Mentions of people, organisations and places in articles, resolved within each article."""

from bisect import bisect_left

import polars as pl

from assets.entities.articles.resolution import Resolved, resolve_article
from assets.entities.schema import ARTICLE_MENTIONS
from assets.entities.tagger.engines import Tagger, built_in, load_engine
from assets.entities.tagger.labels import CLASSES
from assets.entities.tagger.languages import tag_by_language

_KINDS = 3  # the first classes of the tagger are the kinds of entity
_BATCH = 40  # articles tagged at once: memory stays under 300 MB


def mentions_by(articles: pl.DataFrame, engine: str) -> pl.DataFrame:
    """``extract_mentions`` by the engine of this name, which each process loads once."""
    return extract_mentions(articles, load_engine(engine))


def extract_mentions(articles: pl.DataFrame, tagger: Tagger = built_in) -> pl.DataFrame:
    """Named mentions in each article's body, by article_id and offset.

    ``articles`` has article_id, title, body, language. The answer has article_id, start, end (code points), text, kind
    (person, organisation, place), name (the fullest form of the same entity in the article) and cluster (numbers the
    entities of one article by first mention). The taggers that ship with the project read the languages of
    ``tagger.languages`` and name nothing in others; ``tagger`` may be another engine (``engines.load_engine``), which
    reads all. Raises ColumnNotFoundError where a column is missing.
    """
    rows = articles.select("article_id", "body", "language").sort("article_id")
    columns: dict[str, list[object]] = {name: [] for name in ARTICLE_MENTIONS.polars_schema}
    for begin in range(0, len(rows), _BATCH):
        batch = rows.slice(begin, _BATCH)
        bodies = [body or "" for body in batch["body"]]
        languages = [language or "" for language in batch["language"]]
        spans = tag_by_language(bodies, languages) if tagger is built_in else tagger(bodies)
        documents, starts, ends, classes = (
            array.tolist() for array in (spans.documents, spans.starts, spans.ends, spans.classes)
        )
        at = 0
        for number, article_id in enumerate(batch["article_id"]):
            until = bisect_left(documents, number + 1, at)
            named = zip(starts[at:until], ends[at:until], classes[at:until], strict=True)
            entities = [(start, end, CLASSES[c]) for start, end, c in named if c < _KINDS]
            resolved = resolve_article(bodies[number], entities, languages[number])
            at = until
            columns["article_id"].extend([article_id] * len(resolved))
            for name, values in zip(Resolved._fields, zip(*resolved, strict=True), strict=False):
                columns[name].extend(values)
    return pl.DataFrame(columns, schema=ARTICLE_MENTIONS.polars_schema)

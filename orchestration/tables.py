"""Every table that the assets write, in the order in which the pipeline fills them."""

from assets.alerts.schema import ALERT_RULES
from assets.articles.schema import (
    ARTICLES,
    DATE_ORDERS,
    DOUBTFUL_LINES,
    LEFT_OUT,
    NON_ARTICLES,
    REMOVED_LINES,
    REPEATED_LINES,
)
from assets.corrections.schema import CORRECTIONS, OUTLET_CORRECTIONS, QUOTE_CORRECTIONS
from assets.documents.schema import DOCUMENTS, DUPLICATES, FILES, FOLDERS, REJECTS, SIGHTINGS
from assets.entities.schema import ARTICLE_ENTITIES, ARTICLE_MENTIONS, ENTITIES, ENTITY_MERGES, MENTIONS
from assets.phrases.schema import PHRASE_OCCURRENCES, PHRASES
from assets.quotes.schema import ARTICLE_QUOTES, QUOTES
from assets.sources.schema import ARTICLE_SOURCES, SOURCES
from assets.statements.schema import (
    ARTICLE_CHAPTERS,
    CHAPTER_PAIRS,
    CHAPTER_PRINTINGS,
    CHAPTER_QUOTES,
    SEARCHED,
    STATEMENT_QUOTES,
    STATEMENTS,
    UNCREDITED_WORDS,
    WORD_EDITS,
)
from assets.stories.schema import ARTICLE_PAIRS, ARTICLE_PRINTS, STORIES, UNDATED_JOINED, WEEK_TERMS

ROOMS = (
    "sources",
    "documents",
    "corrections",
    "articles",
    "entities",
    "quotes",
    "stories",
    "statements",
    "phrases",
    "alerts",
    "report",
)
"""The folders of ``assets/`` in the order in which they may know each other."""

PUBLIC_TABLES_BY_STEP = {
    "documents": (DOCUMENTS, DUPLICATES, REJECTS),
    "corrections": (CORRECTIONS,),
    "articles": (ARTICLES, REMOVED_LINES, NON_ARTICLES, SOURCES),
    "entities": (ENTITIES, MENTIONS, ENTITY_MERGES),
    "quotes": (QUOTES,),
    "stories": (STORIES, ARTICLE_PAIRS),
    "statements": (STATEMENTS, STATEMENT_QUOTES, WORD_EDITS, UNCREDITED_WORDS),
    "phrases": (PHRASES, PHRASE_OCCURRENCES),
    "alerts": (ALERT_RULES,),
}
PUBLIC_TABLES = tuple(table for tables in PUBLIC_TABLES_BY_STEP.values() for table in tables)
TABLES = (
    FOLDERS,
    FILES,
    SIGHTINGS,
    ARTICLE_SOURCES,
    OUTLET_CORRECTIONS,
    QUOTE_CORRECTIONS,
    DOUBTFUL_LINES,
    REPEATED_LINES,
    DATE_ORDERS,
    LEFT_OUT,
    ARTICLE_MENTIONS,
    ARTICLE_ENTITIES,
    ARTICLE_QUOTES,
    ARTICLE_PRINTS,
    WEEK_TERMS,
    UNDATED_JOINED,
    ARTICLE_CHAPTERS,
    CHAPTER_QUOTES,
    CHAPTER_PRINTINGS,
    CHAPTER_PAIRS,
    SEARCHED,
    *PUBLIC_TABLES,
)

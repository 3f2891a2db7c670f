"""What the report is made from: the marts and core tables it shows, as frames."""

from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True)
class ReportTables:
    """One frame per relation; ``QUERIES`` says where each comes from."""

    articles: pl.DataFrame
    sources: pl.DataFrame
    quotes: pl.DataFrame
    mentions: pl.DataFrame
    entities: pl.DataFrame
    removed_lines: pl.DataFrame
    statements: pl.DataFrame
    statement_quotes: pl.DataFrame
    rejects: pl.DataFrame
    quote_coverage: pl.DataFrame
    outlet_coverage: pl.DataFrame
    altered_quotes: pl.DataFrame
    repeated_phrases: pl.DataFrame
    phrase_places: pl.DataFrame
    speaker_coverage: pl.DataFrame
    syndication: pl.DataFrame
    quotes_daily: pl.DataFrame
    shared_text: pl.DataFrame
    article_pairs: pl.DataFrame
    spelling_variants: pl.DataFrame


MOST_PHRASES = 2_000
MOST_PLACES = 20
MOST_PAIRS = 500
OPENING = 80  # code points; a link to a passage names its first words
"""The report lists the widest phrases, their first places and the closest pairs; the warehouse holds all of them."""

_WIDEST_PHRASES = f"FROM marts.repeated_phrases ORDER BY n_outlets DESC, n_tokens DESC, phrase_id LIMIT {MOST_PHRASES}"
_CROSS_OUTLET_PAIRS = (
    "FROM core.article_pairs JOIN core.articles AS a ON a.article_id = article_a "
    "JOIN core.articles AS b ON b.article_id = article_b WHERE a.source_id <> b.source_id"
)

QUERIES: dict[str, str] = {
    "articles": (
        "SELECT article_id, source_id, agency_id, url, title, authors, published_at, published_precision, dateline, "
        "language, body, n_words FROM core.articles ORDER BY article_id"
    ),
    "sources": "FROM core.sources ORDER BY source_id",
    "quotes": (
        'SELECT quote_id, article_id, source_id, start, "end", text, kind, speaker_text, speaker_start, speaker_end, '
        "speaker_name, speaker_id, rule, confidence, paragraph, n_words FROM core.quotes ORDER BY article_id, start, quote_id"
    ),
    "mentions": 'SELECT article_id, entity_id, start, "end" FROM core.mentions ORDER BY article_id, start, entity_id',
    "entities": "FROM core.entities ORDER BY entity_id",
    "removed_lines": "FROM core.removed_lines ORDER BY article_id, line_no",
    "statements": "FROM core.statements ORDER BY statement_id",
    "statement_quotes": "SELECT statement_id, quote_id, relation FROM core.statement_quotes ORDER BY statement_id, quote_id",
    "rejects": "SELECT path, record_no, reason, detail, n_bytes FROM raw.rejects ORDER BY reason, path, record_no",
    "quote_coverage": (
        "SELECT statement_id, outlet_id, outlet, speaker_id, speaker, carried, quote_id, article_id, kind, wording, "
        "relation, n_printings, n_story_articles, published_at, first_published_at, hours_after_first, url "
        "FROM marts.quote_coverage ORDER BY statement_id, published_at NULLS LAST, outlet_id"
    ),
    "outlet_coverage": "FROM marts.outlet_coverage ORDER BY outlet, outlet_id",
    "altered_quotes": "FROM marts.altered_quotes ORDER BY published_at NULLS LAST, quote_id",
    "repeated_phrases": _WIDEST_PHRASES,
    "phrase_places": (
        f'SELECT phrase_id, article_id, substring(body, first.start + 1, least(first."end" - first.start, {OPENING + 1})) '
        'AS opening FROM (SELECT phrase_id, article_id, min(start) AS start, min_by("end", start) AS "end" '
        f"FROM core.phrase_occurrences SEMI JOIN ({_WIDEST_PHRASES}) AS widest USING (phrase_id) GROUP BY ALL) AS first "
        "JOIN core.articles USING (article_id) "
        f"QUALIFY row_number() OVER (PARTITION BY phrase_id ORDER BY published_precision = 'month', published_at NULLS LAST, article_id) <= {MOST_PLACES} "
        "ORDER BY phrase_id, published_precision = 'month', published_at NULLS LAST, article_id"
    ),
    "speaker_coverage": "FROM marts.speaker_coverage ORDER BY speaker_id, n_words DESC, outlet_id",
    "syndication": (
        "SELECT article_id, origin_article_id, origin_outlet, shared_share, agency FROM marts.syndication ORDER BY article_id"
    ),
    "quotes_daily": "FROM marts.quotes_daily ORDER BY published_on, outlet_id",
    "shared_text": (
        "SELECT a.source_id AS outlet_a, b.source_id AS outlet_b, count(*) AS n_pairs, "
        f"sum(n_shared_tokens)::BIGINT AS n_shared_tokens {_CROSS_OUTLET_PAIRS} GROUP BY ALL ORDER BY ALL"
    ),
    "article_pairs": (
        "SELECT article_a, article_b, n_shared_tokens, containment_a, containment_b "
        f"{_CROSS_OUTLET_PAIRS} ORDER BY n_shared_tokens DESC, article_a, article_b LIMIT {MOST_PAIRS}"
    ),
    "spelling_variants": "FROM reference.spelling_variants ORDER BY ALL",
}
"""SQL that gives each frame, in a fixed order, so that the same warehouse gives the same pages."""

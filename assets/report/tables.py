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


MOST_PHRASES = 500
"""The report lists the widest phrases; all of them are in the warehouse."""

QUERIES: dict[str, str] = {
    "articles": "FROM core.articles ORDER BY article_id",
    "sources": "FROM core.sources ORDER BY source_id",
    "quotes": "FROM core.quotes ORDER BY article_id, start",
    "mentions": "FROM core.mentions ORDER BY article_id, start",
    "entities": "FROM core.entities ORDER BY entity_id",
    "removed_lines": "FROM core.removed_lines ORDER BY article_id, line_no",
    "statements": "FROM core.statements ORDER BY statement_id",
    "statement_quotes": "FROM core.statement_quotes ORDER BY statement_id, quote_id",
    "rejects": "FROM raw.rejects ORDER BY path, record_no",
    "quote_coverage": "FROM marts.quote_coverage ORDER BY statement_id, published_at NULLS LAST, outlet",
    "outlet_coverage": "FROM marts.outlet_coverage ORDER BY outlet",
    "altered_quotes": "FROM marts.altered_quotes ORDER BY outlet, published_at, quote_id",
    "repeated_phrases": f"FROM marts.repeated_phrases ORDER BY n_outlets DESC, n_tokens DESC, phrase LIMIT {MOST_PHRASES}",
    "phrase_places": (
        "SELECT DISTINCT phrase_id, article_id FROM core.phrase_occurrences SEMI JOIN (SELECT phrase_id "
        f"FROM marts.repeated_phrases ORDER BY n_outlets DESC, n_tokens DESC, phrase LIMIT {MOST_PHRASES}) "
        "USING (phrase_id) ORDER BY phrase_id, article_id"
    ),
    "speaker_coverage": "FROM marts.speaker_coverage ORDER BY speaker, speaker_id, outlet",
    "syndication": "FROM marts.syndication ORDER BY article_id",
    "quotes_daily": "FROM marts.quotes_daily ORDER BY published_on, outlet",
    "shared_text": (
        "SELECT a.source_id AS outlet_a, b.source_id AS outlet_b, count(*) AS n_pairs, "
        "sum(n_shared_tokens)::BIGINT AS n_shared_tokens FROM core.article_pairs "
        "JOIN core.articles AS a ON a.article_id = article_a JOIN core.articles AS b ON b.article_id = article_b "
        "WHERE a.source_id <> b.source_id GROUP BY ALL ORDER BY ALL"
    ),
}
"""SQL that gives each frame, in a fixed order, so that the same warehouse gives the same pages."""

"""What the report is made from: relations over core and marts that its pages share, and the lists that fill a page alone."""

from contextlib import AbstractContextManager
from typing import Any, Protocol

import polars as pl

from assets.report.marked_text import HANGING


class Database(Protocol):
    """The warehouse as the report reads it: SQL in, frames out."""

    def execute(self, sql: str, parameters: Any = ()) -> None: ...

    def query(self, sql: str, parameters: Any = ()) -> pl.DataFrame: ...

    def visible(self, frame: pl.DataFrame) -> AbstractContextManager[str]: ...


MOST_LISTED = 5_000
"""Rows of one list that are paged through; the warehouse holds the others, and the page says so."""
MOST_STATEMENT_PAGES = 20_000
"""The widest-carried statements have a page each; the others are shown at their place in their article."""
MOST_PHRASES = 2_000
MOST_PLACES = 20
MOST_PAIRS = 500
OPENING = 80  # code points; a link to a passage names its first words
"""The report lists the widest phrases, their first places and the closest pairs; the warehouse holds all of them."""

WHITE = r"\x{09}-\x{0D}\x{85}\p{Z}"
"""What Unicode calls white space, inside the brackets of a regular expression."""


def as_displayed(column: str) -> str:
    """:func:`assets.report.marked_text.displayed` in SQL."""
    hanging = HANGING.replace("\n", r"\n").replace("\t", r"\t")
    return f"regexp_replace(regexp_replace({column}, '^[{WHITE}]+|[{WHITE}]+$', '', 'g'), '[{hanging}]+$', '')"


def relations(most_statement_pages: int = MOST_STATEMENT_PAGES) -> tuple[str, ...]:
    """Statements that make the relations named ``report_…`` for as long as the connection lasts."""
    return (
        # One row per statement that somebody printed between marks or as a block, by rank, the widest-carried first.
        f"""
        CREATE OR REPLACE TEMP TABLE report_statements AS
        WITH carried AS (
            SELECT statement_id, (count(*) FILTER (carried))::INTEGER AS n_carried, count(*)::INTEGER AS n_possible,
                (count(DISTINCT wording) FILTER (wording IS NOT NULL))::INTEGER AS n_wordings, any_value(speaker) AS speaker
            FROM marts.quote_coverage GROUP BY ALL
        ), printings AS (
            SELECT p.statement_id, q.quote_id, q.article_id, q.kind = 'indirect' AS is_indirect, q.n_words,
                q.text IS DISTINCT FROM s.text AS is_shorter, a.published_at, a.published_precision
            FROM core.statement_quotes AS p JOIN carried USING (statement_id) JOIN core.quotes AS q USING (quote_id)
            JOIN core.statements AS s USING (statement_id) JOIN core.articles AS a ON a.article_id = q.article_id
        ), first_printings AS (
            SELECT statement_id, min(published_at) AS first_at,
                arg_min(published_precision, (published_at, published_precision = 'second', article_id)) AS first_precision
            FROM printings WHERE published_at IS NOT NULL AND published_precision <> 'month' GROUP BY ALL
        ), fullest AS (
            SELECT statement_id, arg_min({{'quote': quote_id, 'article': article_id}}, (is_shorter, is_indirect, -n_words, quote_id)) AS place
            FROM printings GROUP BY ALL
        ), shown AS (
            SELECT statement_id, speaker_id, {as_displayed("text")} AS text FROM core.statements
        ), ranked AS (
            SELECT statement_id, speaker_id, text, n_carried, n_possible, n_wordings, speaker,
                first_at, first_precision, place.quote AS quote_id, place.article AS article_id,
                row_number() OVER (ORDER BY n_carried DESC, length(text) DESC, statement_id) - 1 AS rank
            FROM shown JOIN carried USING (statement_id)
            LEFT JOIN first_printings USING (statement_id) LEFT JOIN fullest USING (statement_id)
        )
        SELECT *, rank < {most_statement_pages} AS has_page,
            if(rank < {most_statement_pages}, 'statements/' || statement_id || '.html',
               'articles/' || article_id || '.html#q-' || quote_id) AS address
        FROM ranked ORDER BY rank
        """,
        """
        CREATE OR REPLACE TEMP TABLE report_speakers AS
        SELECT entity_id, name, kind, aliases, wikidata_id, n_outlets, n_quotes, n_words
        FROM core.entities JOIN (
            SELECT speaker_id AS entity_id, count(*)::INTEGER AS n_outlets, sum(n_quotes)::BIGINT AS n_quotes,
                sum(n_words)::BIGINT AS n_words
            FROM marts.speaker_coverage GROUP BY ALL
        ) USING (entity_id) ORDER BY entity_id
        """,
        # Articles with the names of their outlet and agency, and what they are a copy of.
        """
        CREATE OR REPLACE TEMP TABLE report_articles AS
        SELECT a.article_id, a.source_id, a.agency_id, coalesce(a.title, 'Untitled') AS title, a.published_at,
            a.published_precision, a.language, a.n_words, outlets.name AS outlet, agencies.name AS agency,
            copies.origin_outlet, copies.shared_share, copies.agency AS copied_agency, copies.origin_article_id
        FROM core.articles AS a
        LEFT JOIN core.sources AS outlets ON outlets.source_id = a.source_id
        LEFT JOIN core.sources AS agencies ON agencies.source_id = a.agency_id
        LEFT JOIN marts.syndication AS copies ON copies.article_id = a.article_id
        """,
        """
        CREATE OR REPLACE TEMP VIEW report_altered AS
        SELECT altered.*, listed.address, listed.speaker_id, a.published_precision
        FROM marts.altered_quotes AS altered
        LEFT JOIN report_statements AS listed USING (statement_id)
        LEFT JOIN core.articles AS a ON a.article_id = altered.article_id
        """,
    )


_WIDEST_PHRASES = f"FROM marts.repeated_phrases ORDER BY n_outlets DESC, n_tokens DESC, phrase_id LIMIT {MOST_PHRASES}"
_CROSS_OUTLET_PAIRS = (
    "FROM core.article_pairs JOIN core.articles AS a ON a.article_id = article_a "
    "JOIN core.articles AS b ON b.article_id = article_b WHERE a.source_id <> b.source_id"
)
MATRIX_STATEMENTS = 60
MOST_WIDEST, TELLING_WORDS = 12, 4
"""The first page shows so many of the widest-carried statements, those of so many words before shorter ones."""

LISTS: dict[str, str] = {
    "counts": (
        "SELECT (SELECT count(*) FROM core.articles) AS articles, (SELECT count(*) FROM marts.outlet_coverage) AS outlets, "
        "(SELECT count(*) FROM core.quotes) AS quotations, (SELECT count(*) FROM report_statements) AS statements, "
        "(SELECT count(*) FROM core.statements) AS all_statements, (SELECT count(*) FROM report_speakers) AS speakers, "
        "(SELECT count(*) FROM report_altered) AS altered, (SELECT count(*) FROM raw.rejects) AS rejects, "
        "(SELECT coalesce(sum(n_quotes), 0) FROM marts.quotes_daily WHERE published_on IS NOT NULL)::BIGINT AS dated"
    ),
    "alerts": (
        "SELECT rule, count(alert_id)::INTEGER AS n, max(published_at) AS last_at FROM core.alert_rules "
        "LEFT JOIN marts.alerts USING (rule) GROUP BY ALL ORDER BY rule"
    ),
    "sources": "FROM core.sources ORDER BY source_id",
    "statements": f"FROM report_statements ORDER BY rank LIMIT {MOST_LISTED}",
    # What is said in a few words may be said by chance: it does not lead.
    "widest": (
        f"FROM (FROM report_statements ORDER BY rank LIMIT {MOST_LISTED}) "
        f"ORDER BY len(string_split(text, ' ')) < {TELLING_WORDS}, rank LIMIT {MOST_WIDEST}"
    ),
    "widest_coverage": (
        "SELECT statement_id, outlet_id, outlet, carried, coalesce(relation, kind) AS relation, quote_id, article_id FROM marts.quote_coverage "
        f"SEMI JOIN (SELECT statement_id FROM report_statements WHERE rank < {MATRIX_STATEMENTS}) USING (statement_id) "
        "ORDER BY statement_id, outlet_id"
    ),
    "speakers": f"FROM report_speakers ORDER BY n_quotes DESC, name, entity_id LIMIT {MOST_LISTED}",
    "headlines": f"FROM report_articles ORDER BY published_at NULLS LAST, article_id LIMIT {MOST_LISTED}",
    "altered": f"FROM report_altered ORDER BY n_other_outlets DESC, quote_id LIMIT {MOST_LISTED}",
    "rejects": (
        "SELECT path, record_no, reason, detail, n_bytes FROM raw.rejects "
        f"ORDER BY reason, path, record_no LIMIT {MOST_LISTED}"
    ),
    "reject_reasons": (
        "SELECT reason, count(*) AS n, min(path) AS path, arg_min(detail, (path, record_no)) AS detail FROM raw.rejects "
        "GROUP BY ALL ORDER BY n DESC, reason"
    ),
    "unread_languages": "SELECT language, count(*) AS n FROM core.articles WHERE NOT supported GROUP BY ALL ORDER BY n DESC, language",
    "outlet_coverage": "FROM marts.outlet_coverage ORDER BY outlet, outlet_id",
    "repeated_phrases": _WIDEST_PHRASES,
    "phrase_kinds": "SELECT kind, count(*) AS n FROM marts.repeated_phrases GROUP BY ALL ORDER BY kind",
    "phrase_places": (
        # Which places are the first is found before a body is read.
        "SELECT phrase_id, article_id, "
        f'substring(body, start + 1, least("end" - start, {OPENING + 1})) AS opening, '
        "listed.outlet, listed.title, listed.published_at, listed.published_precision FROM ("
        "SELECT places.*, is_month, known_at FROM ("
        f'SELECT phrase_id, article_id, min(start) AS start, min_by("end", start) AS "end" '
        f"FROM core.phrase_occurrences SEMI JOIN ({_WIDEST_PHRASES}) AS widest USING (phrase_id) "
        "GROUP BY ALL) AS places JOIN (SELECT article_id, published_precision = 'month' AS is_month, published_at AS known_at "
        "FROM core.articles) AS known USING (article_id) "
        "QUALIFY row_number() OVER (PARTITION BY phrase_id ORDER BY is_month, known_at NULLS LAST, article_id) "
        f"<= {MOST_PLACES}) AS first "
        "JOIN core.articles USING (article_id) JOIN report_articles AS listed USING (article_id) "
        "ORDER BY phrase_id, is_month, known_at NULLS LAST, article_id"
    ),
    "quotes_daily": "FROM marts.quotes_daily ORDER BY published_on, outlet_id",
    "days": (
        "SELECT min(published_at)::DATE AS first_day, max(published_at)::DATE AS last_day FROM core.articles "
        "WHERE published_precision <> 'month'"
    ),
    "shared_text": (
        "SELECT a.source_id AS outlet_a, b.source_id AS outlet_b, count(*) AS n_pairs, "
        f"sum(n_shared_tokens)::BIGINT AS n_shared_tokens {_CROSS_OUTLET_PAIRS} GROUP BY ALL ORDER BY ALL"
    ),
    "article_pairs": (
        "SELECT article_a, article_b, n_shared_tokens, containment_a, containment_b, "
        "one.title, one.outlet, other.title AS title_b, other.outlet AS outlet_b FROM ("
        "SELECT article_a, article_b, n_shared_tokens, containment_a, containment_b "
        f"{_CROSS_OUTLET_PAIRS} ORDER BY n_shared_tokens DESC, article_a, article_b LIMIT {MOST_PAIRS}) "
        "JOIN report_articles AS one ON one.article_id = article_a JOIN report_articles AS other ON other.article_id = article_b "
        "ORDER BY n_shared_tokens DESC, article_a, article_b"
    ),
}
"""SQL that gives the frame of each list, in a fixed order, so that the same warehouse gives the same pages."""


class Lists:
    """The frames of the lists, each read when a page asks for it."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._read: dict[str, pl.DataFrame] = {}

    def __getitem__(self, name: str) -> pl.DataFrame:
        if name not in self._read:
            self._read[name] = self._database.query(LISTS[name])
        return self._read[name]

    def rows(self, name: str) -> list[dict[str, Any]]:
        return self[name].rows(named=True)

    def count(self, name: str) -> int:
        """How many rows there are in all of what a list shows the first of."""
        return int(self["counts"][name][0])

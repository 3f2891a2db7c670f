"""Cleans the documents that are new: ``core.articles``, what was cut from them, and the sources they name."""

from collections.abc import Iterator
from functools import partial

import dagster as dg
import polars as pl

from assets.articles.extract import ArticleBatch, extract_articles
from assets.articles.lines.repeats import MIN_STORIES
from assets.articles.removal import drop, forget_gone, leave_out, take_out, try_again
from assets.articles.schema import ARTICLES, DATE_ORDERS, DOUBTFUL_LINES, NON_ARTICLES, REMOVED_LINES, REPEATED_LINES
from assets.corrections.schema import CORRECTIONS, OUTLET_CORRECTIONS
from assets.documents.schema import DOCUMENTS, DUPLICATES
from assets.sources.choose import chosen
from assets.sources.schema import ARTICLE_SOURCES, SOURCES
from assets.text.dates.order import shown_order
from pipeline import ledger
from pipeline.extraction import Extraction, extract_pending
from pipeline.resources import Pipeline
from pipeline.schema import Table
from pipeline.specs import WAREHOUSE_POOL, materialized, table_spec
from pipeline.warehouse import GIVEN, Transaction

TABLES = (ARTICLES, REMOVED_LINES, NON_ARTICLES, SOURCES)
LIBRARIES = ("lxml", "trafilatura", "resiliparse", "py3langid", "htmldate", "dateparser", "python-dateutil")
"""Their versions change what is found."""

ITEMS = (
    "SELECT document_id AS item_id, concat(content_type, ':' || md5(array_to_string(repeated_lines, chr(10))), ':' || date_order, "
    f"'::' || outlet) AS input FROM {DOCUMENTS.path} LEFT JOIN {REPEATED_LINES.path} USING (document_id) "
    f"LEFT JOIN {DATE_ORDERS.path} USING (document_id) LEFT JOIN {OUTLET_CORRECTIONS.path} USING (document_id)"
)
DOCUMENTS_OF_ITEMS = (
    f"SELECT document_id AS item_id, d.* EXCLUDE document_id, r.repeated_lines, o.date_order, "
    f"c.outlet AS corrected_outlet FROM {DOCUMENTS.path} AS d "
    f"LEFT JOIN {REPEATED_LINES.path} AS r USING (document_id) LEFT JOIN {DATE_ORDERS.path} AS o USING (document_id) "
    f"LEFT JOIN {OUTLET_CORRECTIONS.path} AS c USING (document_id) SEMI JOIN {GIVEN} ON item_id = document_id"
)
# A column is what stands in one file, wherever else its rows stand too; of files with one date each, whose dates a manifest
# gives, it is what stands in one folder.
NUMBER_DATES = f"""
WITH written AS (
    SELECT document_id, path, hints_from, regexp_extract(published_hint, '\\d{{1,2}}[-/.]\\d{{1,2}}[-/.]\\d{{2,4}}') AS written
    FROM {DOCUMENTS.path}
    WHERE regexp_matches(published_hint, '(^|\\D)\\d{{1,2}}[-/.]\\d{{1,2}}[-/.](\\d{{4}}|\\d{{2}})(\\D|$)')
), found AS (
    SELECT document_id, path FROM written UNION
    SELECT document_id, path FROM {DUPLICATES.path} SEMI JOIN written USING (document_id)
)
SELECT document_id, written,
    CASE WHEN hints_from = 'manifest' AND count(*) OVER (PARTITION BY found.path) = 1
        THEN 'folder:' || regexp_replace(split_part(found.path, '!', 1), '[^/]*$', '')
    ELSE found.path END AS unit
FROM found JOIN written USING (document_id)
"""
# A line is boilerplate where stories with different headlines carry it; the last lines of a story, where different lines
# come before them: versions of one story end alike.  Parts cut out of a line don't count as lines.
REPEATS = f"""
WITH doubtful AS (
    SELECT source_id, document_id, coalesce(title, article_id) AS story, line, coalesce(above, story) AS above
    FROM {DOUBTFUL_LINES.path} JOIN {ARTICLES.path} USING (document_id)
), removed AS (
    SELECT source_id, coalesce(title, article_id) AS story, trim(regexp_replace(text, '\\s+', ' ', 'g')) AS line, story AS above
    FROM {REMOVED_LINES.path} JOIN {ARTICLES.path} USING (article_id) WHERE reason NOT IN ('repeated', 'credit', 'dateline')
), repeated AS (
    SELECT source_id, line
    FROM (SELECT source_id, story, line, above FROM doubtful UNION ALL FROM removed SEMI JOIN doubtful USING (source_id, line))
    GROUP BY ALL HAVING count(DISTINCT story) >= $1 AND count(DISTINCT above) >= $1
)
SELECT document_id, list(line ORDER BY line) AS repeated_lines
FROM doubtful SEMI JOIN repeated USING (source_id, line) GROUP BY document_id ORDER BY document_id
"""


@dg.multi_asset(
    name="articles",
    specs=[table_spec(table, "articles", deps=(DOCUMENTS, CORRECTIONS)) for table in TABLES],
    pool=WAREHOUSE_POOL,
)
def articles(pipeline: dg.ResourceParam[Pipeline]) -> Iterator[dg.MaterializeResult[None]]:
    """Find the story, its metadata and its source in each new document."""
    warehouse, html_mode = pipeline.warehouse, pipeline.settings.html_mode
    with warehouse.transaction() as transaction:
        forget_gone(transaction)
        try_again(transaction, pipeline.settings)
        find_date_orders(transaction)

    def extract() -> dict[str, int]:
        counts = extract_pending(
            pipeline,
            Extraction(
                step="articles",
                version=ledger.code_version("sources", "articles")
                + f"{html_mode}{ledger.library_versions(*LIBRARIES)}",
                items=ITEMS,
                read=DOCUMENTS_OF_ITEMS,
                function=partial(extract_articles, html_mode=html_mode),
                rows=rows_of,
                drop=drop,
                key="document_id",
                leave_out=leave_out(pipeline.settings, "story"),
            ),
        )
        with warehouse.transaction() as transaction:
            take_out(transaction)
        return counts

    counts = extract()
    with warehouse.transaction() as transaction:
        others_have_changed = find_repeats(transaction)
    if others_have_changed:
        again = extract()
        counts = {name: n + again[name] for name, n in counts.items()}
    with warehouse.transaction() as transaction:
        transaction.replace(SOURCES, sources(transaction))
        for table in TABLES:
            yield materialized(transaction, table, counts)


def find_repeats(transaction: Transaction) -> bool:
    """Update which lines the stories of an outlet share; returns whether that has changed.

    What is counted was found in each document by itself, so that the order in which they came does not matter.
    """
    before = transaction.query(f"FROM {REPEATED_LINES.path} ORDER BY document_id")
    after = REPEATED_LINES.frame(transaction.query(REPEATS, [MIN_STORIES]))
    if after.equals(before):
        return False
    transaction.replace(REPEATED_LINES, after)
    return True


def sources(transaction: Transaction) -> pl.DataFrame:
    """The sources of all articles, as all of them together name them."""
    columns = ", ".join(SOURCES.column_names)
    return chosen(
        transaction.query(f"SELECT {columns}, count(*) AS n FROM {ARTICLE_SOURCES.path} GROUP BY ALL"),
        transaction.query(
            f"SELECT source_id, path, record_no FROM {ARTICLE_SOURCES.path} JOIN {DOCUMENTS.path} USING (document_id) "
            "WHERE source_id = 'unknown-' || document_id"
        ),
    )


def find_date_orders(transaction: Transaction) -> None:
    """Update what the dates of each file show about the order of day and month."""
    dates = transaction.query(NUMBER_DATES)
    units = dates.select("unit", "written").unique().group_by("unit").agg("written")
    orders = pl.DataFrame(
        {"unit": units["unit"], "date_order": [shown_order(written) for written in units["written"]]},
        schema={"unit": pl.String, "date_order": pl.String},
    ).drop_nulls()
    found = (
        dates.join(orders, on="unit")
        .group_by("document_id")
        .agg(pl.col("date_order").unique())
        # A row in two files that disagree is undecided.
        .filter(pl.col("date_order").list.len() == 1)
        .select("document_id", pl.col("date_order").list.first())
        .sort("document_id")
    )
    transaction.replace(DATE_ORDERS, DATE_ORDERS.frame(found))


def rows_of(batch: ArticleBatch) -> dict[Table, pl.DataFrame]:
    return {
        ARTICLES: batch.articles,
        ARTICLE_SOURCES: batch.article_sources,
        NON_ARTICLES: batch.rejects,
        DOUBTFUL_LINES: batch.doubtful_lines,
        REMOVED_LINES: batch.removed_lines,
    }

"""Reads people's corrections, and finds which documents those of outlets are about."""

from collections.abc import Iterator

import dagster as dg

from assets.corrections import rows
from assets.corrections.lists import all_corrections
from assets.corrections.schema import CORRECTIONS, OUTLET_CORRECTIONS, QUOTE_CORRECTIONS
from assets.documents.schema import DOCUMENTS, SIGHTINGS
from pipeline.resources import Pipeline
from pipeline.specs import WAREHOUSE_POOL, materialized, table_spec
from pipeline.warehouse import GIVEN, Transaction

# A file is the document or the archive that holds it; of two corrections the later one counts. A copy of the same bytes at
# another place is the same document.
OF_DOCUMENTS = f"""
INSERT INTO {OUTLET_CORRECTIONS.path} BY NAME
SELECT document_id, arg_max(outlet, number) AS outlet
FROM {SIGHTINGS.path} AS place JOIN {GIVEN} AS made
ON (place.path = made.file OR starts_with(place.path, made.file || '!'))
    AND (made.record_no IS NULL OR made.record_no = place.record_no)
GROUP BY document_id ORDER BY document_id
"""


@dg.multi_asset(
    name="corrections", specs=[table_spec(CORRECTIONS, "corrections", deps=(DOCUMENTS,))], pool=WAREHOUSE_POOL
)
def corrections(pipeline: dg.ResourceParam[Pipeline]) -> Iterator[dg.MaterializeResult[None]]:
    """Read the corrections that are in force."""
    with pipeline.warehouse.transaction() as transaction:
        take_corrections(transaction)
        yield materialized(transaction, CORRECTIONS)


def take_corrections(transaction: Transaction) -> None:
    """Make the tables hold the corrections as the lists have them now."""
    made = all_corrections()
    transaction.replace(CORRECTIONS, rows.corrections(made))
    transaction.replace(QUOTE_CORRECTIONS, rows.quotes(made))
    transaction.execute(f"DELETE FROM {OUTLET_CORRECTIONS.path}")
    outlets = rows.outlets(made)
    if outlets.height:
        with transaction.visible(outlets):
            transaction.execute(OF_DOCUMENTS)

"""Brings ``core.alert_rules`` up to date with ``DATA/alerts.toml``."""

from collections.abc import Iterator

import dagster as dg

from assets.alerts.rules import read_rules
from assets.alerts.schema import ALERT_RULES
from pipeline.resources import Pipeline
from pipeline.specs import WAREHOUSE_POOL, materialized, table_spec


@dg.multi_asset(name="alert_rules", specs=[table_spec(ALERT_RULES, "alerts")], pool=WAREHOUSE_POOL)
def alert_rules(pipeline: dg.ResourceParam[Pipeline]) -> Iterator[dg.MaterializeResult[None]]:
    """Read the alerts that the user has set."""
    rules = read_rules(pipeline.settings.alerts)
    with pipeline.warehouse.transaction() as transaction:
        transaction.replace(ALERT_RULES, rules)
        yield materialized(transaction, ALERT_RULES)

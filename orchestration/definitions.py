"""Everything that Dagster loads, put together in one place."""

from collections.abc import Mapping
from typing import Any

import dagster as dg

from assets.alerts.asset import alert_rules
from assets.articles.asset import articles
from assets.corrections.asset import corrections
from assets.documents.asset import documents
from assets.entities.asset import entities
from assets.phrases.asset import phrases
from assets.quotes.asset import quotes
from assets.report.asset import report_asset
from assets.statements.asset import statements
from assets.stories.asset import stories, weeks
from orchestration.checks import CHECKS
from orchestration.dbt import marts_assets
from orchestration.jobs import main_job, retell_weeks
from orchestration.publish import published_asset
from orchestration.schedules import daily
from orchestration.sensors import inbox
from orchestration.tables import TABLES
from pipeline.resources import pipeline_resource
from pipeline.settings import Settings

EXTRACTION = [documents, corrections, articles, entities, quotes, stories, statements, phrases, alert_rules]


def build_defs(settings: Settings, resource_overrides: Mapping[str, Any] | None = None) -> dg.Definitions:
    """The definitions of a data folder; tests and the command line put their own resources in place of the usual ones."""
    marts = marts_assets(settings.dbt_target)
    everything = [*EXTRACTION, marts]
    report = report_asset(deps=sorted(key for asset in everything for key in asset.keys))
    everything.append(report)
    published = published_asset(deps=sorted(key for asset in everything for key in asset.keys))
    return dg.Definitions(
        assets=[weeks, *everything, published],
        asset_checks=CHECKS,
        jobs=[main_job, retell_weeks],
        schedules=[daily],
        sensors=[inbox],
        resources={"pipeline": pipeline_resource(TABLES), **(resource_overrides or {})},
        executor=dg.in_process_executor,
    )

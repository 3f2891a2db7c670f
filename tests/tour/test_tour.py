"""The notebook tour runs from beginning to end on the sample, and its charts show what the published file has."""

import runpy
from pathlib import Path

import pytest

from pipeline.project import ROOT
from tests.running import published


def test_the_tour_runs_and_sql_and_polars_agree(sample_data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VERBATIM_DATA", str(sample_data))
    app = runpy.run_path(str(ROOT / "tour" / "findings.py"))["app"]
    _, defined = app.run()
    n_outlets = published(sample_data, "SELECT count(DISTINCT outlet) AS n FROM marts.quote_coverage").item()
    assert defined["carried_by_outlet"].height == n_outlets
    for chart in ("coverage_chart", "wordings_chart", "own_chart"):
        assert defined[chart].to_dict()["datasets"], chart

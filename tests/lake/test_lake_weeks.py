"""A range of weeks made again in a lake, as in a DuckDB file."""

from pathlib import Path

import pytest

from pipeline.settings import load_settings
from pipeline.warehouse import Warehouse, database_of
from tests.lake.conftest import MakeLake, data_folder
from tests.lake.servers import settings_text
from tests.orchestration.test_weeks import noted, of_range, retell
from tests.orchestration.weekly_news import WEEKS, write_news
from tests.running import all_tables, differing, verbatim


def test_a_range_made_again_mends_its_weeks_and_leaves_every_table_as_it_was(
    in_files: MakeLake, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = data_folder(tmp_path / "data", settings_text(in_files()))
    monkeypatch.setenv("VERBATIM_DATA", str(data))
    write_news(data / "inbox")
    assert verbatim("run", data=data).returncode == 0
    before = all_tables(data)
    with Warehouse(database_of(load_settings(data))).transaction() as transaction:
        transaction.execute("UPDATE core.stories SET story_id = article_id")
    result = retell(data, of_range(WEEKS[0], "undated"))
    assert result.success
    assert set(noted(result, "told")) == {*WEEKS, "undated"}
    assert differing(before, all_tables(data)) == []

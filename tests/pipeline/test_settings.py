"""Settings are read from the data folder, and a wrong one is named."""

import re
from pathlib import Path

import pytest

from pipeline.settings import SettingsError, load_settings


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    settings = load_settings(tmp_path)
    assert (settings.max_file_mb, settings.html_mode, settings.keep_releases) == (64, "accurate", 3)
    assert settings.inbox == tmp_path / "inbox"


def test_the_variable_names_the_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VERBATIM_DATA", str(tmp_path / "elsewhere"))
    assert load_settings().data_dir == tmp_path / "elsewhere"


def test_values_in_the_file_are_taken(tmp_path: Path) -> None:
    (tmp_path / "verbatim.toml").write_text('max_file_mb = 5\nhtml_mode = "fast"\n[mapping]\ntext = "inhalt"\n')
    settings = load_settings(tmp_path)
    assert (settings.max_file_mb, settings.html_mode, settings.mapping) == (5, "fast", {"text": "inhalt"})


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("max_file_mb = 0", "at least 1"),
        ("max_file_mb = true", "whole number"),
        ('html_mode = "slow"', "accurate or fast"),
        ('statement_engine = "word2vec"', "it takes words, embeddings or embeddings:FOLDER"),
        ("colour = 1", "unknown setting 'colour'"),
        ("max_file_mb =", "not valid TOML"),
        ("mapping = 3", "pairs of role"),
        ('warehouse = "lake"', "[warehouse] takes catalog"),
        ('[warehouse]\ncatalog = "a.ducklake"', "warehouse.data cannot be used"),
        ('[warehouse]\ncatalog = "mysql:db"\ndata = "tables"', "warehouse.catalog cannot be used"),
        ('[warehouse]\ncatalog = "postgres:"\ndata = "tables"', "warehouse.catalog cannot be used"),
        (
            '[warehouse]\ncatalog = "postgres:dbname=a password=hidden"\ndata = "tables"',
            "passwords and keys stand in the env",
        ),
        (
            '[warehouse]\ncatalog = "postgres://me:hidden@host/a"\ndata = "tables"',
            "passwords and keys stand in the env",
        ),
        ('[warehouse]\ncatalog = "a.ducklake"\ndata = "gs://bucket"', "warehouse.data cannot be used"),
        ('[warehouse]\ncatalog = "a.ducklake"\ndata = "s3://me:hidden@bucket/a"', "warehouse.data cannot be used"),
        (
            '[warehouse]\ncatalog = "a.ducklake"\ndata = "t"\ns3_endpoint = "http://me:hidden@host"',
            "warehouse.s3_endpoint",
        ),
        ('[warehouse]\ncatalog = "a.ducklake"\ndata = "t"\ns3_key = "hidden"', "warehouse.s3_key"),
        ('[warehouse]\ncatalog = "a.ducklake"\ndata = "t"\nhistory = "runs.db"', "warehouse.history cannot be used"),
        (
            '[warehouse]\ncatalog = "a.ducklake"\ndata = "t"\nhistory = "postgres:dbname=a password=hidden"',
            "warehouse.history cannot be used",
        ),
    ],
)
def test_a_wrong_value_is_named_with_its_file(tmp_path: Path, written: str, says: str) -> None:
    (tmp_path / "verbatim.toml").write_text(written)
    with pytest.raises(SettingsError, match=re.escape(says)) as caught:
        load_settings(tmp_path)
    assert str(tmp_path) in str(caught.value)
    assert "hidden" not in str(caught.value), "a password is not repeated"


@pytest.mark.parametrize(
    ("catalog", "data", "lake"),
    [
        ("lake/catalog.ducklake", "lake/tables", ("{}/lake/catalog.ducklake", "{}/lake/tables", None)),
        ("/srv/lake/a", "/srv/lake/tables", ("/srv/lake/a", "/srv/lake/tables", None)),
        ("postgres:dbname=news host=db.internal", "s3://bucket/news", ("postgres:dbname=news host=db.internal", "s3://bucket/news", None)),
    ],
)  # fmt: skip
def test_a_lake_is_named_by_its_catalog_and_its_data(
    tmp_path: Path, catalog: str, data: str, lake: tuple[str, str, None]
) -> None:
    (tmp_path / "verbatim.toml").write_text(f'[warehouse]\ncatalog = "{catalog}"\ndata = "{data}"\n')
    settings = load_settings(tmp_path)
    assert settings.lake == tuple(part and part.format(tmp_path) for part in lake)
    assert settings.published == tmp_path / "warehouse.json"


def test_without_a_lake_the_warehouse_is_a_file(tmp_path: Path) -> None:
    assert (load_settings(tmp_path).lake, load_settings(tmp_path).published) == (None, tmp_path / "warehouse.duckdb")

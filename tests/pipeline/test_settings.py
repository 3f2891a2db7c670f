"""Settings are read from the data folder, and a wrong one is named."""

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
    ],
)
def test_a_wrong_value_is_named_with_its_file(tmp_path: Path, written: str, says: str) -> None:
    (tmp_path / "verbatim.toml").write_text(written)
    with pytest.raises(SettingsError, match=says) as caught:
        load_settings(tmp_path)
    assert str(tmp_path) in str(caught.value)

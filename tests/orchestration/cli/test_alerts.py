"""A wrong ``alerts.toml`` stops a run before it begins, in a line that says what to write."""

from pathlib import Path

from tests.running import verbatim


def test_a_wrong_alert_is_named_and_nothing_is_read(tmp_path: Path) -> None:
    data, file = tmp_path / "data", tmp_path / "story.txt"
    data.mkdir()
    file.write_text("A story of some words.", encoding="utf-8")
    (data / "alerts.toml").write_text('[[alert]]\nname = "fax"\nwatch = "printed"\n', encoding="utf-8")
    refused = verbatim("run", file, data=data)
    assert (refused.returncode, len(refused.stderr.strip().splitlines())) == (2, 1), refused.stderr
    assert f'{data / "alerts.toml"}: alert 1 (fax): watch = "printed" needs a phrase' in refused.stderr
    assert not (data / "build.duckdb").exists()

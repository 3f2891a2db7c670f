"""What ``verbatim run`` says: nothing with ``--quiet``, one line of JSON with ``--json``."""

import json
from pathlib import Path

from tests.running import SAMPLE, published, verbatim


def test_quiet_says_nothing_and_json_one_line(tmp_path: Path) -> None:
    data = tmp_path / "data"
    quiet = verbatim("run", SAMPLE / "strike", "--quiet", data=data)
    assert (quiet.returncode, quiet.stdout, quiet.stderr) == (0, "", "")
    told = verbatim("run", SAMPLE / "strike", "--json", data=data)
    assert told.stderr == ""
    summary = json.loads(told.stdout)
    assert len(told.stdout.splitlines()) == 1
    assert summary["rows"]["core.articles"] == published(data, "SELECT count(*) FROM core.articles").item()
    assert summary["warehouse"] == str(data / "warehouse.duckdb")
    assert summary["rejects"] == {}

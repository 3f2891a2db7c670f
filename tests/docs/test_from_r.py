"""The R of docs/from-r.md runs as printed, where R and the two packages it names are installed."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.running import verbatim

PAGE = ROOT / "docs/from-r.md"


def r_blocks() -> str:
    """The code up to the section on packages that are not part of the tests."""
    tested, _ = PAGE.read_text(encoding="utf-8").split("## With more packages")
    return "\n".join(re.findall(r"```r\n(.*?)```", tested, re.DOTALL))


@pytest.fixture
def rscript() -> str:
    command = shutil.which("Rscript")
    if command is None:
        pytest.skip("needs R")
    packages = "stopifnot(requireNamespace('readr'), requireNamespace('jsonlite'))"
    if subprocess.run([command, "-e", packages], capture_output=True, check=False).returncode:
        pytest.skip("needs R's packages readr and jsonlite")
    return command


def test_the_r_page_goes_from_an_export_to_a_finding(rscript: str, sample_data: Path, tmp_path: Path) -> None:
    export = verbatim("export", tmp_path / "tables-csv", "--format", "csv", data=sample_data)
    assert export.returncode == 0, export.stdout + export.stderr
    script = tmp_path / "page.R"
    script.write_text(
        r_blocks() + "\ncat(nrow(both), nrow(share))\nstopifnot(nrow(readr::problems(articles)) == 0)\n",
        encoding="utf-8",
    )

    done = subprocess.run(
        [rscript, script.name], cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=False
    )

    assert done.returncode == 0, done.stderr
    quotations, outlets = (int(number) for number in done.stdout.split()[-2:])
    assert quotations > 100
    assert outlets > 5

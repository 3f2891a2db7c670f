"""Who hands out the lines of ``verbatim extract`` loads nothing of what extracts; the workers do."""

import subprocess
import sys

from pipeline.project import ROOT


def test_handing_out_lines_loads_no_compiled_code() -> None:
    tell = "import sys, orchestration.cli.filter; print(*{'numba', 'lxml', 'dagster'} & set(sys.modules))"
    told = subprocess.run([sys.executable, "-c", tell], capture_output=True, text=True, check=True, cwd=ROOT)
    assert told.stdout.split() == []

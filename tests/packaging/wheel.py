"""Builds the wheel and the source archive, installs the wheel into a clean environment and runs the main job there.

Run by ``make wheel-test``. The tree that was built from is deleted before anything runs, so that what works, works from the
installed files alone.
"""

import os
import subprocess
import sys
import tarfile
import tempfile
import venv
from pathlib import Path

import duckdb

ROOT = Path(__file__).resolve().parents[2]
FIVE_DOCUMENTS = ROOT.parent / "shared" / "corpus" / "kursk"
SAMPLE = ROOT / "seeds" / "articles" / "recount"
BUILD = "from setuptools import build_meta; print(build_meta.{what}(r'{folder}'))"
SHIPPED = (
    "dbt_project/dbt_project.yml",
    "seeds/reference/titles.csv",
    "assets/quotes/attribution/ranker.npz",
    "assets/py.typed",
)


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        wheel = built(folder)
        python = installed(wheel, folder / "environment")
        run_main_job(python, folder)
    print("1 passed, 0 failed")


def built(folder: Path) -> Path:
    """The wheel, built from the tracked files in a tree of their own that is gone afterwards."""
    with tempfile.TemporaryDirectory() as copied:
        tree = Path(copied)
        for name in call(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], ROOT).split("\0"):
            if name and (ROOT / name).is_file():
                (tree / name).parent.mkdir(parents=True, exist_ok=True)
                (tree / name).write_bytes((ROOT / name).read_bytes())
        for what in ("build_sdist", "build_wheel"):
            call([sys.executable, "-c", BUILD.format(what=what, folder=folder)], tree)
    (archive,), (wheel,) = folder.glob("*.tar.gz"), folder.glob("*.whl")
    with tarfile.open(archive) as members:
        names = {name.partition("/")[2] for name in members.getnames()}
    assert not (missing := [name for name in SHIPPED if name not in names]), f"not in the source archive: {missing}"
    return wheel


def installed(wheel: Path, environment: Path) -> Path:
    """Python of a clean environment that holds the locked libraries and the wheel."""
    venv.create(environment, with_pip=True)
    python = environment / "bin" / "python"
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
    call([*pip, "--require-hashes", "-r", str(ROOT / "requirements.lock")], environment)
    call([*pip, str(wheel)], environment)
    return python


def run_main_job(python: Path, folder: Path) -> None:
    """The five documents, or pasted pages of the sample where those are not at hand, from files to the release."""
    documents = FIVE_DOCUMENTS if FIVE_DOCUMENTS.is_dir() else SAMPLE
    files = [str(path) for path in sorted(documents.glob("*.txt"))[:5]]
    verbatim, data = str(python.with_name("verbatim")), folder / "data"
    call([verbatim, "run", *files, "--data", str(data)], folder)
    with duckdb.connect(str(data.resolve() / "current" / "warehouse.duckdb"), read_only=True) as warehouse:
        n_quotes, n_marts = warehouse.execute(
            "SELECT (SELECT count(*) FROM core.quotes), (SELECT count(*) FROM marts.quote_coverage)"
        ).fetchone() or (0, 0)
    assert n_quotes > 0, "no quotations in the release"
    assert n_marts > 0, "no rows in marts.quote_coverage"
    assert (data / "report" / "index.html").is_file(), "no report"
    shown = call([verbatim, "status", "--data", str(data)], folder)
    assert "core.quotes" in shown, shown
    print(
        call(
            [str(python), "-c", "import orchestration.code_location as c; print(len(c.defs.assets or []), 'assets')"],
            folder,
        ),
        end="",
    )


def call(command: list[str], folder: Path) -> str:
    """What a command prints; its errors are shown where it fails."""
    clean = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "VERBATIM_DATA"}}
    done = subprocess.run(command, cwd=folder, env=clean, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command[:4])} … failed in {folder}:\n{done.stdout}{done.stderr}")
    return done.stdout


if __name__ == "__main__":
    main()

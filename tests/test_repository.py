"""What keeps the repository's own files in step with each other."""

import tomllib
from pathlib import Path

import pytest
import yaml

from pipeline.project import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
MODELS = sorted((ROOT / "assets").rglob("*.npz"))
SECTIONS = ("What it is", "Intended use", "Data", "Training", "Scores", "Limits", "Licence")


def loaded(name: str) -> dict:
    return yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))


@pytest.mark.parametrize("model", MODELS, ids=lambda model: str(model.relative_to(ROOT)))
def test_every_model_has_a_card_beside_it(model: Path) -> None:
    lines = model.with_suffix(".md").read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("# Model card: ")
    assert [line.removeprefix("## ") for line in lines if line.startswith("## ")] == list(SECTIONS)


def test_a_commit_is_checked_by_what_make_lint_checks() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    recipe = makefile.split("\nlint:")[1].split("\n\n")[0].splitlines()[1:]
    linted = [line.strip().removeprefix("@").replace("$(BIN)", ".venv/bin") for line in recipe]
    hooks = [hook["entry"] for repo in loaded(".pre-commit-config.yaml")["repos"] for hook in repo["hooks"]]
    assert hooks == linted


def test_ci_runs_each_python_that_the_package_names() -> None:
    named = [
        c.rsplit(" ", 1)[1] for c in PROJECT["classifiers"] if c.startswith("Programming Language :: Python :: 3.")
    ]
    assert loaded(".github/workflows/ci.yml")["jobs"]["ci"]["strategy"]["matrix"]["python"] == named
    assert PROJECT["requires-python"] == f">={named[0]},<3.{int(named[-1].split('.')[1]) + 1}"


def test_the_version_is_the_same_everywhere() -> None:
    version = PROJECT["version"]
    assert loaded("CITATION.cff")["version"] == version
    assert loaded("dbt_project/dbt_project.yml")["version"] == version
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").splitlines()
    assert next(line for line in changes if line.startswith("## ")).startswith(f"## [{version}]")

"""The image cannot be built here: what its file copies, installs and calls is there, and it asks no network for anything."""

import json
import re
import shlex
import tomllib
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from pipeline.project import ROOT
from tests.running import verbatim

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
FETCHED = {"wheels"}
"""What ``make wheels`` brings into the folder that is built from."""
FETCHING = re.compile(r"\b(curl|wget|apt|apt-get|git|https?:)\b")


def instructions() -> list[tuple[str, list[str]]]:
    """Each instruction of the file with its words, lines that go on joined and comments left out."""
    text = re.sub(r"(?m)^#.*\n", "", (ROOT / "Containerfile").read_text(encoding="utf-8")).replace("\\\n", " ")
    split = (line.split(maxsplit=1) for line in text.splitlines() if line.strip())
    return [(word, json.loads(rest) if rest.startswith("[") else shlex.split(rest)) for word, rest in split]


def commands() -> list[list[str]]:
    """The commands that a build runs, and the one that a container does if not told otherwise."""
    found: list[list[str]] = []
    for word, words in instructions():
        if word == "CMD":
            found.append(words)
        if word == "RUN":
            command: list[str] = []
            for part in [*(part for part in words if not part.startswith("--mount=")), "&&"]:
                if part == "&&":
                    found.append(command)
                    command = []
                else:
                    command.append(part)
    return found


def copied() -> list[str]:
    return [
        source
        for word, words in instructions()
        if word == "COPY"
        for source in [part for part in words if not part.startswith("--")][:-1]
    ]


def test_what_is_copied_is_there_and_let_through_to_the_build() -> None:
    let_through = {
        line[1:] for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines() if line.startswith("!")
    }
    assert [name for name in copied() if not (ROOT / name).exists()] == []
    assert {name.rstrip("/") for name in copied()} | FETCHED == let_through


def test_all_that_the_product_needs_is_copied() -> None:
    packages = {
        name.rstrip("*").partition(".")[0]
        for name in tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]["packages"]["find"]["include"]
    }  # fmt: skip
    assert packages | {"pyproject.toml", PROJECT["readme"], *PROJECT["license-files"]} <= {
        name.rstrip("/") for name in copied()
    }


def test_what_is_called_is_there() -> None:
    scripts = {script.name for script in entry_points(group="console_scripts")}
    assert commands()
    for command in commands():
        if command[:2] == ["python", "-m"]:
            assert find_spec(command[2]), command
        elif command[0] == "verbatim":
            assert "verbatim" in scripts
            told = verbatim(command[1], "--help")
            assert told.returncode == 0, command
            options = [part for part in command if part.startswith("--")]
            assert all(option in told.stdout for option in options), command
            assert all((ROOT / part).exists() for part in command if part.startswith("seeds/")), command
        else:
            assert command[0] in {"useradd", "install", "rm"}, command


def test_a_build_asks_no_network() -> None:
    text = (ROOT / "Containerfile").read_text(encoding="utf-8")
    assert [line for line in text.splitlines() if FETCHING.search(line) and not line.startswith("#")] == []
    assert "PIP_NO_INDEX=1" in text
    installs = [command for command in commands() if command[:4] == ["python", "-m", "pip", "install"]]
    assert len(installs) == 2
    assert all("--find-links" in command for command in installs)


def test_what_is_installed_is_locked() -> None:
    first, second = [command for command in commands() if command[:4] == ["python", "-m", "pip", "install"]]
    lock = ROOT / Path(first[first.index("--requirement") + 1]).name
    assert "--require-hashes" in first
    assert lock.is_file()
    assert "--no-deps" in second
    pinned = set(re.findall(r"(?m)^([\w.-]+)==", lock.read_text(encoding="utf-8")))
    extras = PROJECT["optional-dependencies"]
    needed = [
        Requirement(line)
        for line in [*PROJECT["dependencies"], *extras["history"], *extras["lake"], *extras["ray"], *extras["image"]]
    ]
    own = {"verbatim"}
    assert [one.name for one in needed if one.name.lower().replace("_", "-") not in pinned | own] == []


@pytest.mark.parametrize("name", ["Containerfile", ".dockerignore"])
def test_nothing_of_a_data_folder_gets_into_it(name: str) -> None:
    assert not re.search(r"(?m)^(COPY|!).*\b(data|inbox)\b", (ROOT / name).read_text(encoding="utf-8"))

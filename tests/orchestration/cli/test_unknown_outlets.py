"""What ``verbatim status`` prints of outlets that nothing names, and that it names them when it is filled in."""

from pathlib import Path

import pytest

from assets.documents.find import find_files
from assets.documents.options import ReadOptions
from assets.documents.read import read_documents
from orchestration.cli.unknown_outlets import manifest_lines
from tests.documents.test_places import archive, clip


def test_the_lines_are_grouped_by_the_folder_that_the_manifest_belongs_in() -> None:
    paths = ["note.txt", "clips/a.txt", "clips/b, c.txt", "clips/deep/d!.txt", "clips/box.zip!in/e.txt"]
    assert [line.strip() for line in manifest_lines(paths)] == [
        "manifest.csv", "path,outlet", "note.txt,",
        "clips/manifest.csv", "path,outlet", "a.txt,", '"b, c.txt",', "box.zip!in/e.txt,",
        "clips/deep/manifest.csv", "path,outlet", "d!.txt,",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "name", ["a.txt", "b, c.txt", "What a night!.txt", "Breaking! News.txt", "caf\udce9.txt", "x/d.txt"]
)
def test_a_line_with_a_name_names_the_outlet(tmp_path: Path, name: str) -> None:
    file = clip(tmp_path / "clips" / name, "Cavel")
    clip(tmp_path / "clips/other.txt", "Orm")
    (found,) = (found for found in find_files([tmp_path / "clips"]) if found.path == file)
    fill_in(tmp_path, [found.name])
    assert outlets(tmp_path / "clips") == {found.name: "The Cavel Courier", "clips/other.txt": None}


def test_a_line_for_a_member_and_one_for_the_folder(tmp_path: Path) -> None:
    (tmp_path / "clips").mkdir()
    words = "The harbour board met on Monday and put off the vote on the new crane until the spring."
    archive(tmp_path / "clips/box.tar", [(b"caf\xe9.txt", words), (b"b!c.txt", f"{words} So it did in May.")])
    labels = sorted(outlets(tmp_path / "clips"))
    fill_in(tmp_path, labels[:1])
    assert list(outlets(tmp_path / "clips").values()).count("The Cavel Courier") == 1
    (tmp_path / "clips/manifest.csv").write_text("path,outlet\n.,The Cavel Courier\n", encoding="utf-8")
    assert set(outlets(tmp_path / "clips").values()) == {"The Cavel Courier"}


def fill_in(folder: Path, labels: list[str]) -> None:
    """Do as the lines say."""
    manifest: Path | None = None
    for line in (line.strip() for line in manifest_lines(labels)):
        if line.endswith("manifest.csv"):
            manifest = folder / line
        elif manifest is not None:
            with manifest.open("a", encoding="utf-8") as file:
                file.write(line + ("\n" if line == "path,outlet" else "The Cavel Courier\n"))


def outlets(folder: Path) -> dict[str, str | None]:
    batches = read_documents(find_files([folder]), ReadOptions())
    return {row["path"]: row["outlet_hint"] for batch in batches for row in batch.documents.iter_rows(named=True)}

"""A file is known by where it lies: nothing that is read takes another file's articles back."""

import io
import os
import shutil
import tarfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assets.documents import places
from assets.documents.intake import ingest, read_options, reconcile, unread
from orchestration.tables import TABLES
from pipeline.settings import Settings
from pipeline.warehouse import Warehouse

WORDS = "The harbour board of {place} met on {day} and put off the vote on the new crane until the spring.\n"


def clip(path: Path, place: str, day: str = "Monday", at: datetime = datetime(2026, 3, 4, 7, 12)) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(WORDS.format(place=place, day=day), encoding="utf-8")
    os.utime(path, (at.replace(tzinfo=UTC).timestamp(),) * 2)
    return path


class Folder:
    """A data folder, read into as ``verbatim run`` does."""

    def __init__(self, path: Path) -> None:
        path.mkdir(parents=True, exist_ok=True)
        self.settings = Settings(data_dir=path)
        self.warehouse = Warehouse(self.settings.build, TABLES)
        self.warehouse.prepare()

    def run(self, *paths: Path | str) -> int:
        """Read; returns the number of files that were read."""
        with self.warehouse.transaction() as transaction:
            found = places.find(transaction, [Path(path) for path in paths], self.settings.data_dir)
            fresh = unread(transaction, found, self.settings)
        list(ingest(self.warehouse, fresh, read_options(self.settings)))
        with self.warehouse.transaction() as transaction:
            reconcile(transaction)
        return len(fresh)

    def rows(self, query: str) -> list[tuple]:
        with self.warehouse.transaction() as transaction:
            return transaction.query(query).rows()

    @property
    def documents(self) -> list[str]:
        return [path for (path,) in self.rows("SELECT path FROM raw.documents ORDER BY path")]

    @property
    def counts(self) -> tuple[int, int, int, int]:
        """Documents, duplicates, rejects, and what was seen."""
        tables = ("raw.documents", "raw.duplicates", "raw.rejects")
        counts = [self.rows(f"SELECT count(*) FROM {table}")[0][0] for table in tables]
        return (*counts, self.rows("SELECT coalesce(sum(n_seen), 0)::BIGINT FROM work.files")[0][0])


@pytest.fixture
def data(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "data")


MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]


def test_monthly_folders_of_one_name_for_a_year(data: Folder, tmp_path: Path) -> None:
    for number, month in enumerate(MONTHS, start=1):
        for clipping in ("001.txt", "002.txt"):
            clip(tmp_path / month / "clips" / clipping, f"{month} {clipping}")
        assert data.run(tmp_path / month / "clips") == 2
        assert data.counts == (2 * number, 0, 0, 2 * number)
    assert data.documents[:4] == ["apr/clips/001.txt", "apr/clips/002.txt", "aug/clips/001.txt", "aug/clips/002.txt"]
    assert [path for path in data.documents if path.startswith("clips/")] == ["clips/001.txt", "clips/002.txt"]
    assert data.run(*(tmp_path / month / "clips" for month in MONTHS)) == 0
    assert data.run(tmp_path) == 0
    clip(tmp_path / "feb/clips/001.txt", "feb 001.txt", day="Friday", at=datetime(2026, 5, 1))
    assert data.run(tmp_path) == 1
    assert data.counts == (24, 0, 0, 24)


def test_one_folder_is_one_whichever_way_leads_to_it(
    data: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clip(tmp_path / "clips/a.txt", "Cavel")
    (tmp_path / "link").symlink_to(tmp_path / "clips")
    assert data.run(tmp_path / "clips") == 1
    monkeypatch.chdir(tmp_path / "clips")
    for way in (
        ".",
        "../clips/",
        f"{tmp_path}/clips/.",
        f"{tmp_path}/clips/../clips",
        "../link",
        "a.txt",
        "../link/a.txt",
    ):
        assert data.run(way) == 0, way
    assert data.documents == ["clips/a.txt"]


@pytest.mark.parametrize(
    ("runs", "documents"),
    [
        (["a/b.txt", "a"], ["a/c/d.txt", "b.txt"]),
        (["a", "a/b.txt", "a/c"], ["a/b.txt", "a/c/d.txt"]),
        (["a/c", "a"], ["a/b.txt", "c/d.txt"]),
    ],
)
def test_a_file_is_read_once_whether_it_is_given_alone_or_in_its_folder(
    data: Folder, tmp_path: Path, runs: list[str], documents: list[str]
) -> None:
    clip(tmp_path / "a/b.txt", "Cavel")
    clip(tmp_path / "a/c/d.txt", "Orm")
    assert sum(data.run(tmp_path / given) for given in runs) == 2
    assert data.documents == documents
    assert data.counts == (2, 0, 0, 2)


def test_names_outside_utf8_are_names_of_different_files(data: Folder, tmp_path: Path) -> None:
    for name in (b"caf\xe9.txt", b"caf\xe8.txt", "café.txt".encode(), rb"caf\xe9.txt"):
        clip(tmp_path / "clips" / os.fsdecode(name), name.decode("latin-1"))
    data.run(tmp_path / "clips")
    assert data.documents == [r"clips/caf\x5cxe9.txt", r"clips/caf\xe8.txt", r"clips/caf\xe9.txt", "clips/café.txt"]
    clip(tmp_path / "clips" / os.fsdecode(b"caf\xe9.txt"), "Orm", at=datetime(2026, 5, 1))
    assert data.run(tmp_path / "clips") == 1
    assert data.counts == (4, 0, 0, 4)


def test_a_manifest_may_name_such_a_file_as_the_tables_do(data: Folder, tmp_path: Path) -> None:
    clip(tmp_path / "clips" / os.fsdecode(b"caf\xe9.txt"), "Cavel")
    clip(tmp_path / "clips/What a night!.txt", "Orm")
    (tmp_path / "clips/manifest.csv").write_text(
        "path,outlet\ncaf\\xe9.txt,Cavel Courier\nWhat a night!.txt,Orm Post\n", encoding="utf-8"
    )
    data.run(tmp_path / "clips")
    assert data.rows("SELECT outlet_hint FROM raw.documents ORDER BY ALL") == [("Cavel Courier",), ("Orm Post",)]
    assert data.counts == (2, 0, 0, 2)


def archive(path: Path, members: list[tuple[bytes, str]]) -> None:
    with tarfile.open(path, "w") as made:
        for name, text in members:
            info = tarfile.TarInfo(os.fsdecode(name))
            info.size = len(text.encode())
            made.addfile(info, io.BytesIO(text.encode()))


def test_members_have_names_of_their_own_and_no_file_has_a_members(data: Folder, tmp_path: Path) -> None:
    clip(tmp_path / "clips/box.tar!a.txt", "Orm")
    clip(tmp_path / "clips/box.tar!.txt", "Quay")
    members = [(b"a.txt", "Cavel"), (b"caf\xe9.txt", "Sull"), (b"caf\xe8.txt", "Trent"), (b"a.txt", "Moor")]
    archive(tmp_path / "clips/box.tar", [(name, WORDS.format(place=place, day="Monday")) for name, place in members])
    data.run(tmp_path / "clips")
    expected = [
        "box.tar!.txt",
        "box.tar!a.txt",
        "box.tar!a.txt (2)",
        r"box.tar!caf\xe8.txt",
        r"box.tar!caf\xe9.txt",
        r"box.tar\x21a.txt",
    ]
    assert data.documents == [f"clips/{name}" for name in expected]
    os.utime(tmp_path / "clips/box.tar", (1, 1))
    assert data.run(tmp_path / "clips") == 1
    assert data.counts == (6, 0, 0, 6)


def test_what_is_found_again_elsewhere_is_a_duplicate_and_counted(data: Folder, tmp_path: Path) -> None:
    clip(tmp_path / "old/clips/a.txt", "Cavel")
    shutil.copytree(tmp_path / "old/clips", tmp_path / "new/clips")
    data.run(tmp_path / "old/clips")
    data.run(tmp_path / "new/clips")
    assert data.documents == ["clips/a.txt"]
    assert data.rows("SELECT path FROM raw.duplicates") == [("new/clips/a.txt",)]
    assert data.counts == (1, 1, 0, 2)


def test_a_folder_that_was_moved_goes_on(data: Folder, tmp_path: Path) -> None:
    clip(tmp_path / "old/clips/a.txt", "Cavel")
    data.run(tmp_path / "old/clips")
    (tmp_path / "old").rename(tmp_path / "new")
    clip(tmp_path / "new/clips/b.txt", "Orm")
    assert data.run(tmp_path / "new/clips") == 1
    assert data.documents == ["clips/a.txt", "clips/b.txt"]


def test_the_data_folder_can_be_moved_with_its_inbox(data: Folder, tmp_path: Path) -> None:
    clip(tmp_path / "data/inbox/a.txt", "Cavel")
    assert data.run(tmp_path / "data/inbox") == 1
    (tmp_path / "data").rename(tmp_path / "elsewhere")
    clip(tmp_path / "elsewhere/inbox/a.txt", "Cavel", day="Friday", at=datetime(2026, 5, 1))
    moved = Folder(tmp_path / "elsewhere")
    assert moved.run(tmp_path / "elsewhere/inbox") == 1
    assert moved.documents == ["inbox/a.txt"]


def as_made_before_places_were_kept(data: Folder) -> None:
    """The tables as they were: no folders; every byte of a name that is not UTF-8 is the same sign."""
    with data.warehouse.transaction() as transaction:
        transaction.execute("DROP TABLE work.folders")
        transaction.execute("DELETE FROM work.layout WHERE path = 'work.folders'")
        for table in ("work.files", "work.sightings", "raw.documents", "raw.duplicates", "raw.rejects"):
            transaction.execute(f"UPDATE {table} SET path = regexp_replace(path, '\\\\x[89a-f].', '\ufffd')")
    data.warehouse.prepare()


def test_a_data_folder_made_before_places_were_kept_goes_on(data: Folder, tmp_path: Path) -> None:
    clip(tmp_path / "jan/clips/001.txt", "Cavel")
    clip(tmp_path / "jan/clips" / os.fsdecode(b"caf\xe9.txt"), "Orm")
    clip(tmp_path / "data/inbox/note.txt", "Sull")
    data.run(tmp_path / "jan/clips", tmp_path / "data/inbox")
    as_made_before_places_were_kept(data)
    before = data.rows("FROM raw.documents WHERE path NOT LIKE '%caf%' ORDER BY ALL")
    # Another folder of the same name comes first, then the known ones, with one file more.
    clip(tmp_path / "feb/clips/001.txt", "Quay", at=datetime(2026, 2, 1))
    clip(tmp_path / "jan/clips" / os.fsdecode(b"caf\xe8.txt"), "Trent")
    assert data.run(tmp_path / "feb/clips") == 1
    assert data.run(tmp_path / "jan/clips", tmp_path / "data/inbox") == 2
    assert data.documents == [
        "clips/001.txt", r"clips/caf\xe8.txt", r"clips/caf\xe9.txt", "feb/clips/001.txt", "inbox/note.txt",
    ]  # fmt: skip
    assert data.rows("FROM raw.documents WHERE path IN ('clips/001.txt', 'inbox/note.txt') ORDER BY ALL") == before
    assert data.counts == (5, 0, 0, 5)

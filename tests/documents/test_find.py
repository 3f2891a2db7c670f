"""Which files are found, under which label, and what a manifest says of them."""

import os
from pathlib import Path

import pytest
from document_reading import read_all
from document_samples import STORY, archive, jsonl

from assets.documents.find import find_files


def write(folder: Path, *names: str, content: bytes = STORY.encode()) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def test_labels_begin_with_the_folder_that_was_read(inbox: Path) -> None:
    write(inbox, "b.txt", "a/z.txt", "a/y/x.txt")
    assert [file.name for file in find_files([inbox])] == ["inbox/a/y/x.txt", "inbox/a/z.txt", "inbox/b.txt"]
    assert [file.name for file in find_files([inbox / "b.txt"])] == ["b.txt"]


def test_a_file_is_found_once_however_often_it_is_named(inbox: Path) -> None:
    write(inbox, "a.txt")
    assert len(find_files([inbox, inbox / "a.txt", inbox / "." / "a.txt"])) == 1


def test_folders_of_one_name_are_told_apart_by_the_folder_above(tmp_path: Path) -> None:
    write(tmp_path, "monday/inbox/a.txt", "tuesday/inbox/a.txt")
    found = find_files([tmp_path / "monday/inbox", tmp_path / "tuesday/inbox"])
    assert [file.name for file in found] == ["monday/inbox/a.txt", "tuesday/inbox/a.txt"]


def test_system_files_are_not_documents(inbox: Path) -> None:
    write(inbox, ".DS_Store", ".git/config", "__MACOSX/a.txt", "Thumbs.db", "a.txt")
    assert [file.name for file in find_files([inbox])] == ["inbox/a.txt"]


def test_links_out_of_the_folder_and_round_in_it_are_not_followed(inbox: Path, tmp_path: Path) -> None:
    write(tmp_path, "elsewhere/secret.txt")
    write(inbox, "a.txt")
    (inbox / "out").symlink_to(tmp_path / "elsewhere")
    (inbox / "out.txt").symlink_to(tmp_path / "elsewhere/secret.txt")
    (inbox / "round").symlink_to(inbox)
    (inbox / "again.txt").symlink_to(inbox / "a.txt")
    assert [file.name for file in find_files([inbox])] == ["inbox/a.txt", "inbox/again.txt"]


def test_a_path_that_does_not_exist_is_an_error(inbox: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no such file"):
        find_files([inbox / "none"])


def test_the_time_of_a_file_is_its_own_and_in_utc(inbox: Path) -> None:
    write(inbox, "a.txt")
    os.utime(inbox / "a.txt", (0, 1_700_000_000.75))
    assert str(find_files([inbox])[0].modified_at) == "2023-11-14 22:13:20"


MANIFEST = """path,url,outlet,published,title,authors
a.txt,https://herald.example/1,Northgate Herald,2025-03-14,Bridge to open,Jo Halloran; Mo Quill
quay,,Quay Post,,,
"""


def test_a_row_overrides_what_was_read_and_changes_the_id(inbox: Path) -> None:
    write(inbox, "a.txt", "b.txt")
    (inbox / "manifest.csv").write_text(MANIFEST.replace("quay,,Quay Post,,,\n", ""))
    named, unnamed = read_all([inbox]).documents
    assert (named["outlet_hint"], named["title_hint"], named["published_hint"], named["authors_hint"], named["url"], named["hints_from"]) == (
        "Northgate Herald", "Bridge to open", "2025-03-14", ["Jo Halloran", "Mo Quill"], "https://herald.example/1", "manifest")  # fmt: skip
    assert (unnamed["outlet_hint"], unnamed["hints_from"]) == (None, None)
    assert named["document_id"] != unnamed["document_id"]


def test_the_nearest_manifest_and_the_nearest_row_win(inbox: Path) -> None:
    write(inbox, "a.txt", "quay/b.txt", "quay/deep/c.txt", "quay/deep/d.txt")
    (inbox / "manifest.csv").write_text(MANIFEST)
    (inbox / "quay/deep/manifest.csv").write_text("path;outlet\nc.txt;Deep Times\n")
    outlets = {document["path"]: document["outlet_hint"] for document in read_all([inbox]).documents}
    assert outlets == {
        "inbox/a.txt": "Northgate Herald", "inbox/quay/b.txt": "Quay Post",
        "inbox/quay/deep/c.txt": "Deep Times", "inbox/quay/deep/d.txt": "Quay Post",
    }  # fmt: skip


def test_a_row_may_name_a_member_and_keeps_what_its_cells_leave_open(inbox: Path) -> None:
    write(
        inbox,
        "box.zip",
        content=archive(
            {"a.txt": STORY.encode(), "b.jsonl": jsonl([{"text": STORY, "title": "Own", "source": "Own Post"}])}
        ),
    )
    (inbox / "manifest.csv").write_text("path,outlet\nbox.zip,Box Post\nbox.zip!a.txt,Member Post\n")
    member, record = read_all([inbox]).documents
    assert (member["outlet_hint"], record["outlet_hint"], record["title_hint"]) == ("Member Post", "Box Post", "Own")


@pytest.mark.parametrize(
    ("manifest", "rejects"),
    [
        ("path,outlet\nnone.txt,Herald\n", [(0, "manifest_without_file")]),
        (f"path,outlet\n{'long' * 200}.txt,Herald\n", [(0, "manifest_without_file")]),
        ("path,outlet\n.,Herald\n", []),
        ("path,outlet\n../a.txt,Herald\n/etc/passwd,Herald\n", [(0, "unsafe_path"), (1, "unsafe_path")]),
        ("path,outlet\na.txt,Herald\na.txt,Post\n", [(1, "malformed_manifest")]),
        ("path,outlet\na.txt,Herald,more\n", [(0, "malformed_manifest")]),
        ("path,outlet\n,Herald\n\n", [(0, "malformed_manifest")]),
        ("file,outlet\na.txt,Herald\n", [(-1, "malformed_manifest")]),
        ('path,outlet\na.txt,"Herald\n', [(-1, "malformed_manifest")]),
        ("", [(-1, "malformed_manifest")]),
        ("path\na.txt\n", []),
    ],
)
def test_errors_in_a_manifest_are_reported_by_row(inbox: Path, manifest: str, rejects: list[tuple[int, str]]) -> None:
    write(inbox, "a.txt")
    (inbox / "manifest.csv").write_text(manifest)
    outcome = read_all([inbox])
    assert [(reject["record_no"], reject["reason"]) for reject in outcome.rejects] == rejects
    assert {reject["path"] for reject in outcome.rejects} <= {"inbox/manifest.csv"}
    assert len(outcome.documents) == 1


def test_a_changed_row_changes_the_fingerprint_of_its_file_only(inbox: Path) -> None:
    write(inbox, "a.txt", "b.txt")
    (inbox / "manifest.csv").write_text("path,outlet\na.txt,Herald\n")
    before = {file.name: file.fingerprint for file in find_files([inbox])}
    (inbox / "manifest.csv").write_text("path,outlet\na.txt,Post\n")
    after = {file.name: file.fingerprint for file in find_files([inbox])}
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"inbox/a.txt", "inbox/manifest.csv"}


def test_a_manifest_beside_a_single_file_applies(inbox: Path) -> None:
    write(inbox, "a.txt")
    (inbox / "manifest.csv").write_text("path,outlet\na.txt,Herald\n")
    (document,) = read_all([inbox / "a.txt"]).documents
    assert document["outlet_hint"] == "Herald"

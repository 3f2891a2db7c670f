"""What files are called: readable, one name for one place, the same name for it forever."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.documents.labels import Labels, escaped, unescaped

MARCH = datetime(2026, 3, 4, 7, 12)


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("clip 7.txt", "clip 7.txt"),
        ("Übersee – 日本.txt", "Übersee – 日本.txt"),
        (os.fsdecode(b"caf\xe9.txt"), r"caf\xe9.txt"),
        (os.fsdecode(b"\xff\xfe"), r"\xff\xfe"),
        (r"caf\xe9.txt", r"caf\x5cxe9.txt"),
        (r"a\b.txt", r"a\b.txt"),
        ("What a night!.html", "What a night!.html"),
        ("Breaking!", "Breaking!"),
        ("box.zip!a.txt", r"box.zip\x21a.txt"),
        ("Wow!/a.txt", "Wow!/a.txt"),
    ],
)
def test_a_name_is_readable_in_its_label(name: str, label: str) -> None:
    assert escaped(name) == label
    assert unescaped(label) == name


@given(st.binary(min_size=1).map(os.fsdecode))
def test_different_names_have_different_labels_that_every_table_can_hold(name: str) -> None:
    assert unescaped(escaped(name)) == name
    escaped(name).encode()


def labels(*calls: list[str], known: dict[str, str] | None = None) -> dict[str, str]:
    """The labels after these places were given, one list a run."""
    found = {Path(place): label for place, label in (known or {}).items()}
    for places in calls:
        run = Labels(found)
        run.add(map(Path, places))
        assert found.items() <= run.by_place.items(), "a label that was given has changed"
        found = run.by_place
    return {str(place): label for place, label in found.items()}


@pytest.mark.parametrize(
    ("calls", "expected"),
    [
        ([["/x/jan/clips"]], {"/x/jan/clips": "clips"}),
        ([["/x/jan/clips"], ["/x/feb/clips"]], {"/x/jan/clips": "clips", "/x/feb/clips": "feb/clips"}),
        ([["/x/jan/clips", "/x/feb/clips"]], {"/x/jan/clips": "jan/clips", "/x/feb/clips": "feb/clips"}),
        ([["/x/a"], ["/x/a/b"], ["/x/a/b/c.txt"]], {"/x/a": "a"}),
        ([["/x/a", "/x/a/b"]], {"/x/a": "a"}),
        ([["/x/a/b.txt"], ["/x/a"]], {"/x/a/b.txt": "b.txt", "/x/a": "a"}),
        ([["/x/feb/clips"], ["/x/feb"]], {"/x/feb/clips": "clips", "/x/feb": "feb"}),
        # "feb" would call /y/feb/clips what the second folder is called already.
        (
            [["/x/clips"], ["/x/feb/clips"], ["/y/feb"]],
            {"/x/clips": "clips", "/x/feb/clips": "feb/clips", "/y/feb": "y/feb"},
        ),
        ([["/feb/clips/clips"], ["/clips"]], {"/feb/clips/clips": "clips", "/clips": "/clips"}),
        ([["/"], ["/x"]], {"/": "root"}),
    ],
)
def test_a_folder_is_called_by_the_shortest_tail_that_no_other_has(
    calls: list[list[str]], expected: dict[str, str]
) -> None:
    assert labels(*calls) == expected


PLACES = st.lists(
    st.lists(st.sampled_from(["a", "b", "a!b", "ü"]), min_size=1, max_size=4).map(lambda parts: "/" + "/".join(parts)),
    min_size=1,
    max_size=5,
)


@given(st.lists(PLACES, min_size=1, max_size=5))
def test_no_two_files_are_ever_called_the_same(calls: list[list[str]]) -> None:
    run = Labels()
    called: dict[Path, str] = {}
    for places in calls:
        run = Labels(run.by_place)
        run.add(map(Path, places))
        for place in places:
            for file in (Path(place), Path(place, "a"), Path(place, "b/a")):
                called.setdefault(file, run.of(file))
                assert run.of(file) == called[file]
    assert len(set(called.values())) == len(called)


def test_labels_do_not_depend_on_the_order_in_which_places_are_named() -> None:
    places = ["/x/jan/clips", "/x/feb/clips", "/y/feb/clips", "/x/notes.txt", "/z/clips"]
    assert labels(places) == labels(places[::-1])


def write(folder: Path, **files: datetime) -> Path:
    folder.mkdir(parents=True)
    for name, at in files.items():
        (folder / f"{name}.txt").write_text(name)
        seconds = at.replace(tzinfo=UTC).timestamp()
        os.utime(folder / f"{name}.txt", (seconds, seconds))
    return folder


def test_files_of_a_time_when_places_were_not_kept_go_on_where_they_still_lie(tmp_path: Path) -> None:
    read = {"clips/a.txt": MARCH, "clips/b.txt": MARCH, "clips/gone.txt": MARCH}
    other = write(tmp_path / "feb/clips", a=datetime(2026, 2, 1))
    same = write(tmp_path / "mar/clips", a=MARCH, b=MARCH, new=datetime(2026, 3, 9))
    run = Labels({}, lambda: read)
    run.add([other, same])
    assert run.by_place == {other: "feb/clips", same: "clips"}
    assert run.taken_over == {same}


def test_a_folder_that_has_moved_keeps_its_label_and_one_that_is_still_there_does_too(tmp_path: Path) -> None:
    read = {"clips/a.txt": MARCH}
    copy = write(tmp_path / "new/clips", a=MARCH)
    old = tmp_path / "old/clips"
    run = Labels({old: "clips"}, lambda: read)
    run.add([copy])
    assert run.by_place == {copy: "clips"}
    write(old, a=MARCH)
    run = Labels({old: "clips"}, lambda: read)
    run.add([copy])
    assert run.by_place == {old: "clips", copy: "new/clips"}


def test_a_folder_of_the_same_name_with_other_files_is_another_even_where_the_first_is_gone(tmp_path: Path) -> None:
    february = write(tmp_path / "feb/clips", a=datetime(2026, 2, 1))
    run = Labels({tmp_path / "jan/clips": "clips"}, lambda: {"clips/a.txt": MARCH})
    run.add([february])
    assert run.by_place[february] == "feb/clips"

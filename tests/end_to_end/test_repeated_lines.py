"""A slogan that three stories carry, and what three end with, goes from all of them, in whatever order they came."""

import os
from pathlib import Path

from tests.running import all_tables, differing, published, verbatim

SLOGAN = "More than news: the river in numbers"
DISCLAIMER = (
    "The Marlow Tribune belongs to its readers. " + "It takes no money from councils or from water boards. " * 5
)
PAGE = """Home
Town
River
Sport
River {river} over the wall
By Dora Finch
The river {river} rose above the wall of {town} on Monday night, and water stood in forty streets by morning.
“We heard it before we saw it,” said {name}, who keeps a bakery near the harbour. “Then the door gave way.”
The council of {town} had put off repairs twice, according to minutes of its meetings in January and in May of last year.
“Nobody in {town} is surprised, and nobody here was asked,” the harbour master told a meeting at the school.
{slogan}
Engineers expect the {river} to fall on Wednesday, when the wind turns, and the bridge to open again a day later.
The mayor of {town}, who had promised a new wall before the vote, said that she would visit the quarter in the afternoon.
Shops in the lower town opened late, and the ferry on the {river} did not leave before noon on Tuesday.
{disclaimer}
Ferry stops for the winter
© 2026 Marlow Tribune
"""
STORIES = [("Ask", "Port Averley", "Ada Brook"), ("Velm", "Lenster", "Cy Marsh"), ("Ostra", "Karsund", "Jo Halloran")]
BODIES = "SELECT path, contains(body, ?) AS has_slogan FROM core.articles JOIN raw.documents USING (document_id) ORDER BY path"


def write(inbox: Path, number: int) -> None:
    river, town, name = STORIES[number]
    inbox.mkdir(exist_ok=True)
    page = inbox / f"{number}.txt"
    page.write_text(
        PAGE.format(river=river, town=town, name=name, slogan=SLOGAN, disclaimer=DISCLAIMER), encoding="utf-8"
    )
    os.utime(page, (1_770_000_000, 1_770_000_000))
    (inbox / "manifest.csv").write_text(
        "path,outlet\n" + "".join(f"{path.name},Marlow Tribune\n" for path in sorted(inbox.glob("*.txt"))),
        encoding="utf-8",
    )
    os.utime(inbox / "manifest.csv", (1_770_000_000, 1_770_000_000))


def has_slogan(data: Path) -> list[bool]:
    return published(data, BODIES.replace("?", f"'{SLOGAN}'"))["has_slogan"].to_list()


def test_one_by_one_gives_what_all_at_once_gives(tmp_path: Path) -> None:
    slowly, at_once = tmp_path / "slowly", tmp_path / "at-once"
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    seen = []
    for numbers in ((0, 1), (2,)):
        for number in numbers:
            write(tmp_path / "a" / "inbox", number)
        done = verbatim("run", tmp_path / "a" / "inbox", data=slowly)
        assert done.returncode == 0, done.stderr
        seen.append(has_slogan(slowly))
    assert seen == [[True, True], [False, False, False]]
    removed = published(slowly, "SELECT text FROM core.removed_lines WHERE reason = 'repeated'")["text"].to_list()
    assert sorted(map(str.strip, removed)) == sorted([SLOGAN, DISCLAIMER.strip()] * 3)

    for number in range(3):
        write(tmp_path / "b" / "inbox", number)
    assert verbatim("run", tmp_path / "b" / "inbox", data=at_once).returncode == 0
    assert differing(all_tables(slowly), all_tables(at_once)) == []

    before = all_tables(slowly)
    assert verbatim("run", tmp_path / "a" / "inbox", data=slowly).returncode == 0
    assert differing(before, all_tables(slowly)) == []

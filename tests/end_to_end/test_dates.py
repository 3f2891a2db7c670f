"""Dates through a whole run: a column is one piece of evidence, a month is not a day, and a date that was not read is reported."""

from pathlib import Path

from tests.running import all_tables, differing, published, verbatim

ROW = '"Quay wall {number}","The wall at quay {number} will be rebuilt before the winter, the harbour office said. ""Not the same wall,"" said Ada Brook.",{stated},{outlet}\n'
HEADER = "title,text,date,outlet\n"
DATES = "SELECT published_hint, strftime(published_at, '%Y-%m-%d'), published_precision, published_unread FROM core.articles JOIN raw.documents USING (document_id) ORDER BY ALL"


def column(outlet: str, stated: list[str]) -> str:
    return HEADER + "".join(
        ROW.format(number=f"{outlet} {number}", stated=date, outlet=outlet) for number, date in enumerate(stated)
    )


def known(data: Path) -> list[tuple[str | None, ...]]:
    return published(data, DATES).rows()


def test_a_column_shows_its_order_however_its_rows_came(tmp_path: Path) -> None:
    inbox, data, fresh = tmp_path / "inbox", tmp_path / "data", tmp_path / "fresh"
    inbox.mkdir()
    (inbox / "north.csv").write_text(column("Northgate Post", ["03/04/2026", "March 2026", "05/05/2026"]))
    (inbox / "south.csv").write_text(column("Southgate Post", ["03/04/2026", "23/02/2026"]))
    first = verbatim("run", inbox, data=data)
    assert first.returncode == 0, first.stderr
    assert known(data) == [
        ("03/04/2026", "2026-04-03", "day", None),
        ("03/04/2026", None, "none", "03/04/2026"),
        ("05/05/2026", "2026-05-05", "day", None),
        ("23/02/2026", "2026-02-23", "day", None),
        ("March 2026", "2026-03-01", "month", None),
    ]
    days = published(data, "SELECT published_on FROM marts.quotes_daily WHERE outlet = 'Northgate Post' ORDER BY ALL")
    assert [str(day) for day in days["published_on"]] == ["2026-05-05", "None"]
    status = verbatim("status", data=data)
    assert "stated dates that could not be read: 1;" in status.stdout
    assert "north.csv  Northgate Post: 1, such as '03/04/2026'" in status.stdout

    # One more row tells how the whole column is meant, those rows too that were read before.
    (inbox / "north.csv").write_text(column("Northgate Post", ["03/04/2026", "March 2026", "05/05/2026", "02/23/2026"]))
    assert verbatim("run", inbox, data=data).returncode == 0
    assert ("03/04/2026", "2026-03-04", "day", None) in known(data)
    assert verbatim("run", inbox, data=fresh).returncode == 0
    assert differing(all_tables(data), all_tables(fresh)) == []


def test_the_rows_of_a_manifest_are_a_column_too(tmp_path: Path) -> None:
    inbox, data = tmp_path / "inbox", tmp_path / "data"
    inbox.mkdir()
    story = "The wall at quay {n} will be rebuilt before the winter, the harbour office said on Monday.\n\n“Not the same wall,” said Ada Brook of the harbour office, who had waited {n} days.\n"
    for n in (1, 2):
        (inbox / f"{n}.txt").write_text(f"Quay wall {n}\n\n" + story.format(n=n), encoding="utf-8")
    (inbox / "manifest.csv").write_text("path,published\n1.txt,03/04/2026\n2.txt,02/23/2026\n")
    done = verbatim("run", inbox, data=data)
    assert done.returncode == 0, done.stderr
    assert [day for _, day, *_ in known(data)] == ["2026-02-23", "2026-03-04"]

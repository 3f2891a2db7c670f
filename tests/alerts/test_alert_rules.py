"""``alerts.toml``: what an alert may say, and the line that names what it may not."""

from pathlib import Path

import pytest

from assets.alerts.rules import AlertsError, read_rules


def rules(folder: Path, text: str) -> list[tuple]:
    file = folder / "alerts.toml"
    file.write_text(text, encoding="utf-8")
    return read_rules(file).rows()


def test_without_a_file_there_is_no_alert(tmp_path: Path) -> None:
    assert read_rules(tmp_path / "alerts.toml").is_empty()


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ('watch = "said"\nspeaker = " Ida Holm "', ("x", "said", "Ida Holm", None, None, None)),
        ('watch = "said"\nphrase = "the gates"\noutlet = "The Lantern"', ("x", "said", None, "The Lantern", "the gates", None)),
        ('watch = "printed"\nphrase = "the gates"', ("x", "printed", None, None, "the gates", None)),
        ('watch = "left-out"\noutlet = "The Lantern"', ("x", "left-out", None, "The Lantern", None, 3)),
        ('watch = "left-out"\ncarried_by = 5', ("x", "left-out", None, None, None, 5)),
        ('watch = "altered"', ("x", "altered", None, None, None, None)),
    ],
)  # fmt: skip
def test_each_kind_of_alert_is_a_row(tmp_path: Path, text: str, row: tuple) -> None:
    assert rules(tmp_path, f'[[alert]]\nname = "x"\n{text}\n') == [row]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[[alert]\n", "not valid TOML"),
        ('name = "x"\n', r"each alert begins with a line \[\[alert\]\]"),
        ('[alert]\nname = "x"\n', r"each alert begins with a line \[\[alert\]\]"),
        ("alert = [1]\n", r"alert 1: it is no table; begin it with a line \[\[alert\]\]"),
        ('[[alert]]\nwatch = "altered"\n', "alert 1: name is missing"),
        ('[[alert]]\nname = "x"\n', r"alert 1 \(x\): watch is missing; it takes one of said, printed, left-out, altered"),
        ('[[alert]]\nname = "x"\nwatch = "sad"\n', "watch is 'sad'; it takes one of said, printed, left-out, altered"),
        ('[[alert]]\nname = "x"\nwatch = "said"\n', 'watch = "said" needs a speaker, a phrase or both'),
        ('[[alert]]\nname = "x"\nwatch = "printed"\n', 'watch = "printed" needs a phrase'),
        ('[[alert]]\nname = "x"\nwatch = "printed"\nphrase = "p"\nspeaker = "s"\n', "takes no speaker"),
        ('[[alert]]\nname = "x"\nwatch = "altered"\ncarried_by = 2\n', 'carried_by goes with watch = "left-out"'),
        ('[[alert]]\nname = "x"\nwatch = "left-out"\ncarried_by = 0\n', "carried_by is 0; it takes a whole number of at least 1"),
        ('[[alert]]\nname = "x"\nwatch = "altered"\nspeeker = "s"\n', "unknown setting 'speeker'; known are name, watch"),
        ('[[alert]]\nname = "x"\nwatch = "said"\nphrase = ""\n', "phrase is ''; it takes words between quotation marks"),
        ('[[alert]]\nname = "x"\nwatch = "altered"\n[[alert]]\nname = "x"\nwatch = "altered"\n', "two alerts are called 'x'"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_named_with_what_to_write(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(AlertsError, match=says) as caught:
        rules(tmp_path, text)
    assert str(tmp_path / "alerts.toml") in str(caught.value)

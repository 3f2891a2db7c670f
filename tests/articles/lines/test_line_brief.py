"""A notice of one or two sentences is an article; a scrap of menu is none."""

import pytest

from assets.articles.lines.clean import clean_text

NOTICE = "The ferry between Lenster and Port Averley was cancelled on Monday because of ice."
AGAIN = "It will run again on Tuesday, the harbour office said."


@pytest.mark.parametrize(
    ("lines", "title", "story"),
    [
        ([NOTICE], None, [NOTICE]),
        ([NOTICE, AGAIN], None, [NOTICE, AGAIN]),
        (["Ferry cancelled", "", NOTICE], "Ferry cancelled", [NOTICE]),
        (["Ferry cancelled", NOTICE, "By Ada Brook"], "Ferry cancelled", [NOTICE]),
        (["Ferry cancelled", "By Ada Brook", "14 March 2025", NOTICE, "Read more: Ice on the lake"], "Ferry cancelled", [NOTICE]),
        (["Home | News | Sport", NOTICE, "© 2026 Marlow Tribune"], None, [NOTICE]),
        (["El alcalde dimite", "El alcalde de Marlow anunció el lunes su dimisión."], "El alcalde dimite", ["El alcalde de Marlow anunció el lunes su dimisión."]),
        (["市長が辞任", "市長は月曜日、辞任すると発表した。"], "市長が辞任", ["市長は月曜日、辞任すると発表した。"]),
        ([f"{NOTICE} {AGAIN} No other ship"], None, [f"{NOTICE} {AGAIN} No other ship"]),
        (["Home", "Sports", "Weather", "Subscribe now"], None, []),
        (["Subscribe to our newsletter.", "Follow us on Twitter."], None, []),
        (["Share this on Facebook!"], None, []),
    ],
)  # fmt: skip
def test_a_short_notice_survives(lines: list[str], title: str | None, story: list[str]) -> None:
    cleaned = clean_text("\n".join(lines))
    assert (cleaned.title, cleaned.body.splitlines()) == (title, story)

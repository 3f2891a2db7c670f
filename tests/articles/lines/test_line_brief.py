"""A notice of one or two sentences is an article; a scrap of menu isn't."""

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


LAST_LINES = [
    "Karsund's harbour master, Cy Marsh, said: “We shall know more on Friday.",
    "“I am honoured to take this on.” — Ilse Quist, Chief Engineer",
    "Her brother, Jonas, stood by. “She has read nothing since,” he said.",
    "„Mehr wissen wir am Freitag“, sagte Jutta Kalm.",
    "« On en saura plus vendredi », a dit Odile Marchet.",
    "—Sabremos más el viernes —dijo Inés Carmo.",
]


@pytest.mark.parametrize("line", LAST_LINES)
def test_the_last_words_of_a_short_text_stay_though_they_sound_like_a_teaser(line: str) -> None:
    assert clean_text("\n\n".join(["Ferry cancelled", NOTICE, AGAIN, line])).body.splitlines() == [NOTICE, AGAIN, line]


@pytest.mark.parametrize(
    ("headline", "is_title"),
    [
        ("Two skippers, two stories after the ferry hits the pier", True),
        ("“Nobody told us”: islanders wait for the ferry", True),
        ("‘More ice than ever’: ferry stays in port", True),
        ("» Five things to know about the ferry", False),
        ("Read more about the ferry and the ice", False),
    ],
)
def test_a_headline_may_use_words_of_teasers(headline: str, is_title: bool) -> None:
    cleaned = clean_text("\n\n".join([headline, NOTICE, AGAIN]))
    assert (cleaned.title == headline, cleaned.body.splitlines()) == (is_title, [NOTICE, AGAIN])

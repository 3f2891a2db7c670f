"""What the lines around a line say about it, when the scores alone would be wrong."""

import pytest

from assets.articles.lines.story.decide import decide_story
from assets.articles.lines.story.turns import is_attributed, turns
from assets.articles.lines.title import find_title

PARAGRAPH = "The harbour council of Velm voted on Tuesday to rebuild the ferry pier before the winter storms arrive."
QUOTED = "“We have waited long enough, and so have the people who cross here,” said Marta Ilves of the council."
HEADLINE = "Storm takes the roof of the grain hall and leaves a hundred people of Ostrow in the cold on a Sunday"
OTHER = "Fishermen from Karsund asked for longer seasons after disappointing catches, their union secretary explained."
BOILERPLATE = "Sign in"


def kept(lines: list[tuple[str, float]], title_at: int | None = None) -> list[str]:
    texts, scores = [line for line, _ in lines], [score for _, score in lines]
    return [text for text, keep in zip(texts, decide_story(texts, scores, title_at).keep, strict=True) if keep]


def test_a_doubtful_line_stays_when_it_quotes() -> None:
    assert kept([(PARAGRAPH, 3.0), (BOILERPLATE, -5.0), (QUOTED, -1.0)]) == [PARAGRAPH, QUOTED]
    assert kept([(PARAGRAPH, 3.0), (BOILERPLATE, -5.0), (OTHER, -1.0)]) == [PARAGRAPH]


def test_a_doubtful_line_stays_between_two_sure_ones() -> None:
    subhead = "A second chance"
    assert kept([(PARAGRAPH, 3.0), (subhead, -0.8), (QUOTED, 3.0)]) == [PARAGRAPH, subhead, QUOTED]
    assert kept([(PARAGRAPH, 3.0), (subhead, -2.0), (QUOTED, 3.0)]) == [PARAGRAPH, QUOTED]


def test_nothing_above_the_headline_is_the_story() -> None:
    lines = [(OTHER, 1.0), ("Velm to rebuild its pier", -3.0), (PARAGRAPH, 3.0), (QUOTED, 3.0)]
    assert kept(lines, title_at=1) == [PARAGRAPH, QUOTED]
    assert kept(lines) == [OTHER, PARAGRAPH, QUOTED]


def test_a_headline_below_the_story_does_not_end_it() -> None:
    lines = [(PARAGRAPH, 3.0), (QUOTED, 3.0), (HEADLINE, -3.0), (OTHER, 0.5)]
    assert kept(lines, title_at=2) == [PARAGRAPH, QUOTED, OTHER]


def test_a_list_of_headlines_goes() -> None:
    story = [(PARAGRAPH, 3.0), (QUOTED, 3.0)] * 3
    menu = [(BOILERPLATE, -5.0)] * 18
    assert kept(story + menu + [(HEADLINE, 0.5)] * 12) == [text for text, _ in story]


def test_paragraphs_of_a_language_without_full_stops_are_not_a_list() -> None:
    lines = [("สภาท่าเรือเวล์มลงมติสร้างท่าเรือเฟอร์รีเก่าขึ้นใหม่ก่อนพายุฤดูหนาวจะมาถึง", 2.0)] * 12
    assert len(kept(lines)) == 12


def test_the_next_story_of_an_endless_page_goes() -> None:
    story = [(PARAGRAPH, 3.0), (QUOTED, 3.0)] * 4
    menu = [(BOILERPLATE, -5.0)] * 16
    assert kept(story + menu + [(OTHER, 3.0)] * 4) == [text for text, _ in story]
    assert kept(story + menu + story) == [text for text, _ in story] * 2


def test_a_small_group_far_from_the_story_goes() -> None:
    story = [(PARAGRAPH, 3.0), (QUOTED, 3.0)] * 4
    about = "Marta Ilves writes about the harbour council of Velm."
    assert kept([*story, *[(BOILERPLATE, -5.0)] * 25, (about, 0.5)]) == [text for text, _ in story]
    assert kept([*story, *[(BOILERPLATE, -5.0)] * 5, (about, 0.5)])[-1] == about


def test_a_label_above_the_dateline_goes() -> None:
    caption = "The pier at Velm in spring"
    opening = f"VELM (AP) — {PARAGRAPH}"
    assert kept([(caption, 0.5), (opening, 3.0), (QUOTED, 3.0)]) == [opening, QUOTED]


def title(lines: list[tuple[str, float, float]]) -> str | None:
    texts = [text for text, _, _ in lines]
    found = find_title(texts, [score for _, score, _ in lines], [score for _, _, score in lines])
    return None if found is None else texts[found]


def test_the_headline_shares_words_with_its_story() -> None:
    headline = "Velm council to rebuild ferry pier"
    lines = [
        ("Ten years of museums in Ostrow", 1.0, -3.0),
        (headline, 0.5, -3.0),
        (PARAGRAPH, -4.0, 3.0),
        (QUOTED, -4.0, 3.0),
    ]
    assert title(lines) == headline


def test_key_points_are_not_a_headline() -> None:
    points = [("- Council votes for ferry pier", 2.0, -2.0), ("- Storms expected in winter", 1.5, -2.0)]
    assert title([*points, (PARAGRAPH, -4.0, 3.0)]) is None


def test_a_line_that_other_lines_name_is_the_headline() -> None:
    headline = "Velm council to rebuild ferry pier"
    rival = "Velm council ready for the winter"
    lines = [
        (f"Home > News > {headline}", -2.0, -3.0),
        (rival, 1.0, -3.0),
        (headline, 0.5, -3.0),
        (PARAGRAPH, -4.0, 3.0),
    ]
    assert title(lines) == headline
    assert title([]) is None


TRANSCRIPT = [
    "DORA FINCH, HOST: Good morning. The ferry has not left Velm for nine days. Cy Marsh joins us now. How long will it last?",
    "CY MARSH, HARBOUR MASTER: It will last a week, Dora, and maybe longer. The ice stands as high as the rail.",
    "FINCH: A week?",
    "MARSH: At least.",
    "(BEGIN VIDEO CLIP)",
    "COUNCILLOR ADA BROOK (L), VELM: We are doing what we can.",
    "(END VIDEO CLIP)",
    "FINCH: Thank you both.",
]
INTERVIEW = ["Q: Why did nobody ring?", "A: Nobody asked.", "Q: And now?", "A: Now we ring."]
LABELS = ["Photo: Dora Finch", "Photo: Cy Marsh", "Share: Facebook", "Comments: 4", "Tags: Ferry", "Share: Mail"]
CARD = [
    "Opening hours: ten to four",
    "Price: two crowns",
    "Address: Coal Quay",
    "Phone: 22 31",
    "Opening hours: closed",
]


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (TRANSCRIPT, [0, 1, 2, 3, 5, 7]),
        (INTERVIEW, [0, 1, 2, 3]),
        (["Dora Finch: Why?", "Cy Marsh: Because.", "Finch: And then?", "Marsh: Then we went home."], [0, 1, 2, 3]),
        (LABELS, []),
        (CARD, []),
        (TRANSCRIPT[:3], []),
        ([TRANSCRIPT[0], *[PARAGRAPH] * 9, TRANSCRIPT[1], *[PARAGRAPH] * 9, *TRANSCRIPT[2:4]], []),
    ],
)
def test_turns_are_those_of_speakers_who_come_back(lines: list[str], found: list[int]) -> None:
    assert turns(lines) == found


def test_short_turns_and_what_happens_between_them_stay() -> None:
    menu = [(BOILERPLATE, -5.0)] * 4
    lines = [(line, 2.0 if len(line) > 60 else -3.0) for line in TRANSCRIPT]
    assert kept([*menu, *lines, *menu]) == TRANSCRIPT
    assert kept([*menu, *[(line, -3.0) for line in TRANSCRIPT], *menu]) == []


@pytest.mark.parametrize(
    ("line", "stays"),
    [
        (QUOTED, True),
        ("“We open on Monday.” – Ada Brook, mayor of Velm.", True),
        ("“We open on Monday and we shall see who comes.”", False),
        (OTHER, False),
    ],
)
def test_attributed_words_right_below_the_story_are_its_end(line: str, stays: bool) -> None:
    assert is_attributed(line) == stays
    assert (line in kept([(PARAGRAPH, 3.0), (PARAGRAPH, 3.0), (line, -2.5), (BOILERPLATE, -5.0)])) == stays
    assert line not in kept([(PARAGRAPH, 3.0), (PARAGRAPH, 3.0), (line, -4.0)])
    assert line not in kept([(PARAGRAPH, 3.0), (PARAGRAPH, 3.0), (BOILERPLATE, -5.0), (line, -2.5)])


@pytest.mark.parametrize("after", [[(PARAGRAPH, 3.0)], [("“Word for word,” Brask replied.", -1.5)], [(QUOTED, -2.5)]])
def test_a_dialogue_stays_however_short_its_lines(after: list[tuple[str, float]]) -> None:
    story = [(PARAGRAPH, 3.0), ("“You remember it?” the counsel asked.", 0.5)]
    short = [("“Yes, sir.”", -2.6), ("“Word for word?”", -2.7)]
    assert kept(story + short + after) == [text for text, _ in story + short + after]


def test_quoted_lines_below_the_story_that_nobody_says_go() -> None:
    story = [(PARAGRAPH, 3.0), (QUOTED, 3.0)]
    assert kept([*story, ("“Ten tips for a better garden.”", -2.6), (BOILERPLATE, -5.0)]) == [text for text, _ in story]
    assert kept([*story, ("“We will wait”", -2.6), (BOILERPLATE, -2.0), (QUOTED, 3.0)]) == [PARAGRAPH, QUOTED, QUOTED]


def test_the_only_prose_among_menus_is_the_story() -> None:
    prose = f"{PARAGRAPH} {QUOTED}"
    menu = [(BOILERPLATE, -5.0)] * 20
    assert kept([*menu, (prose, -1.5), *menu]) == [prose]
    assert kept([*menu, (prose, -5.0), *menu]) == []
    assert kept([*menu, (prose.rstrip(".") + " and", -1.5), *menu]) == []


@pytest.mark.parametrize("unit", ["A", "A’", "Aa", "A-", "Ostrow’Velm-"])
def test_a_paragraph_without_spaces_is_looked_at_once(unit: str) -> None:
    lines = [PARAGRAPH, unit * 20_000]
    assert kept([(line, 3.0) for line in lines]) == lines

"""Lists right below a line of the story are the story's; menus are made alike and stand elsewhere."""

import pytest

from assets.articles.lines.story.decide import decide_story
from assets.articles.lines.story.lists import lists

PARAGRAPH = "The Velm Ferry Band plays thirty halls along the coast this summer, from the harbour of Ostrow to Karsund."
TOUR = ["June 9 – Harbour Hall, Ostrow", "June 10 – Grain Hall, Velm", "Aug. 4 – Old Pier, Karsund"]
TABLE = ["Pos.\tBoat\tPoints", "1\tSea Lark\t312", "2\tNorth Wind\t298", "3\tAda\t240"]
RANKING = ["3. The old pier of Velm", "2. The lighthouse at Ostrow", "1. “Grain Hall” at noon"]


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (TOUR, [range(3)]),
        (["9 juin : Ostrow", "10 juin : Velm", "4 août : Karsund"], [range(3)]),
        (["Dienstag, 9. Juni – Ostrow", "Mittwoch, 10. Juni – Velm", "Montag, 3. Mai – Karsund"], [range(3)]),
        (TABLE, [range(4)]),
        (RANKING, [range(3)]),
        (["1) The pier", "2) The hall", "3) The lighthouse", "4) The mill"], [range(4)]),
        (["1ª etapa: Ostrow", "2ª etapa: Velm", "3ª etapa: Karsund"], [range(3)]),
        (TOUR[:2], []),
        (["1. The pier", "3. The hall", "7. The mill"], []),
        (["12 people were hurt", "14 people were saved", "15 people stayed"], []),
        (["May they rest", "June said nothing", "March on"], []),
        (["Home\tNews", "Sport\tWeather", "Jobs\tCars"], []),
        ([], []),
    ],
    ids=[
        "dates", "dates in French", "dates with weekdays in German", "rows of cells", "counted down", "counted up", "ordinals", "two items",
        "numbers that do not follow", "numbers of sentences", "names of months as words", "two cells", "nothing",
    ],
)  # fmt: skip
def test_a_list_is_three_items_of_one_make(lines: list[str], found: list[range]) -> None:
    assert lists(lines) == found


@pytest.mark.parametrize("items", [TOUR, TABLE, RANKING])
@pytest.mark.parametrize("heading", [[], ["The Velm Ferry Band on the coast:"]])
def test_a_list_right_below_the_story_stays_with_its_heading(items: list[str], heading: list[str]) -> None:
    lines = [PARAGRAPH, *heading, *items, "Sign in"]
    scores = [3.0] + [-4.0] * (len(lines) - 1)
    assert decide_story(lines, scores, None).keep == [True] * (len(lines) - 1) + [False]


@pytest.mark.parametrize("between", [["Related articles"], ["Most popular"], ["Home", "Sport", "Weather"]])
def test_a_list_below_a_label_or_further_down_is_a_menu(between: list[str]) -> None:
    lines = [PARAGRAPH, *between, *RANKING]
    assert decide_story(lines, [3.0] + [-4.0] * (len(lines) - 1), None).keep == [True] + [False] * (len(lines) - 1)

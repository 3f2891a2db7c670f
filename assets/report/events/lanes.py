"""A time line with a lane for each outlet, as the numbers of an inline SVG; colours come from the style sheet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from assets.report.formats import MONTHS
from assets.report.pages import Row

LABELS, WIDTH, LANE, TOP = 190, 900, 26, 8
MOST_LANES = 40
TICK_WIDTH = 92
LABEL_LETTERS = 26
STEPS = tuple(timedelta(hours=hours) for hours in (1, 3, 6, 12, 24, 48, 24 * 7, 24 * 14, 24 * 30, 24 * 90, 24 * 365))


@dataclass(frozen=True)
class Mark:
    """An article: a point where its time is known, a bar as long as its day where only that is; what the picture says of it."""

    x: float
    y: float
    width: float
    is_copy: bool
    label: str
    article_id: str


@dataclass(frozen=True)
class Lanes:
    """The picture: outlets with the height of their lane, articles, lines from an article to its copies, times below."""

    outlets: tuple[tuple[float, str], ...]
    marks: tuple[Mark, ...]
    copied: tuple[tuple[float, float, float, float], ...]
    ticks: tuple[tuple[float, str], ...]
    left_out: int
    bottom: int
    width: int = WIDTH
    labels: int = LABELS

    @property
    def height(self) -> int:
        return self.bottom + 22


def lanes(articles: Sequence[Row]) -> Lanes | None:
    """The articles whose day is known, a lane for each outlet in the order of their first; None for fewer than two."""
    dated = [row for row in articles if row["published_at"] is not None and row["published_precision"] != "month"]
    outlets = list(dict.fromkeys(row["source_id"] for row in dated))[:MOST_LANES]
    shown = [row for row in dated if row["source_id"] in set(outlets)]
    if len(shown) < 2:
        return None
    first = min(row["published_at"] for row in shown)
    last = max(_end(row) for row in shown)
    span = max(last - first, timedelta(hours=1))

    def across(at: datetime) -> float:
        share: float = (at - first) / span
        return round(LABELS + 10 + share * (WIDTH - LABELS - 24), 1)

    at_height = {outlet: TOP + LANE * number + LANE / 2 for number, outlet in enumerate(outlets)}
    names = {row["source_id"]: row["outlet"] for row in shown}
    marks = [_mark(row, across(row["published_at"]), across(_end(row)), at_height[row["source_id"]]) for row in shown]
    by_article = {mark.article_id: mark for mark in marks}
    copied = [
        (origin.x, origin.y, copy.x, copy.y)
        for row, copy in zip(shown, marks, strict=True)
        if (origin := by_article.get(row["origin_article_id"]))
    ]
    labels = [(at_height[outlet], shortened_label(names[outlet])) for outlet in outlets]
    bottom = TOP + LANE * len(outlets)
    ticks = [(x, label) for at, label in _ticks(first, span) if (x := across(at)) <= WIDTH - TICK_WIDTH / 2]
    return Lanes(tuple(labels), tuple(marks), tuple(copied), tuple(ticks), len(articles) - len(shown), bottom)


def shortened_label(name: str) -> str:
    return name if len(name) <= LABEL_LETTERS else name[: LABEL_LETTERS - 1] + "…"


def last_moment(row: Row) -> datetime:
    """The latest that an article of a known day can have come: the moment that is known, or the end of its day."""
    end = _end(row)
    return end if row["published_precision"] == "second" else end - timedelta(microseconds=1)


def _end(row: Row) -> datetime:
    at: datetime = row["published_at"]
    if row["published_precision"] == "second":
        return at
    return at + timedelta(days=1) if at < datetime.max - timedelta(days=1) else at


def _mark(row: Row, start: float, end: float, height: float) -> Mark:
    label = f"{row['outlet']}: {row['title']}"
    return Mark(start, height, round(end - start, 1), row["origin_article_id"] is not None, label, row["article_id"])


def _ticks(first: datetime, span: timedelta) -> list[tuple[datetime, str]]:
    """Round times, as many as there is room for."""
    most = (WIDTH - LABELS) // TICK_WIDTH
    step = next((step for step in STEPS if span / step <= most), span / most)
    midnight = first.replace(hour=0, minute=0, second=0, microsecond=0)
    n_before = -(-(first - midnight) // step)
    ticks = []
    for number in range(n_before, n_before + most + 1):
        try:
            at = midnight + number * step
        except OverflowError:
            break
        if at - first <= span:
            day = f"{at.day} {MONTHS[at.month - 1]}"
            year = f" {at.year}" if step >= timedelta(days=30) else ""
            ticks.append((at, f"{day}, {at:%H:%M}" if step < timedelta(days=1) else day + year))
    return ticks

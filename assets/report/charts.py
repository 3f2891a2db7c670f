"""Bars over time, as the numbers of an inline SVG: colours come from the style sheet, so they follow the scheme."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from assets.report.formats import MONTHS

WIDTH, HEIGHT = 720, 120
TICK_WIDTH = 60
MOST_PERIODS = 10_000
MOST_BARS, FEWEST_BARS = 62, 24
LETTER_WIDTH = 7.0
"""Most that a letter of a number takes, at the size of the chart's text."""


@dataclass(frozen=True)
class Bar:
    """One period: what it is called, how many it counts by kind (in the order of the chart's kinds), its stack.

    ``value`` is the number to write over it; empty where it would run into the next one's.
    """

    label: str
    counts: tuple[int, ...]
    x: float
    width: float
    stack: tuple[tuple[float, float], ...]
    value: str = ""


@dataclass(frozen=True)
class Chart:
    """A bar chart: its kinds (also CSS classes), its bars, the labels under some of them and its highest count."""

    title: str
    kinds: tuple[str, ...]
    bars: tuple[Bar, ...]
    ticks: tuple[tuple[float, str], ...]
    highest: int
    period: str
    width: int
    height: int = HEIGHT


def bars_over_time(title: str, kinds: Sequence[str], counted: Iterable[tuple[date, str, int]]) -> Chart | None:
    """A chart of (day, kind, count); by day, week, month or year, whichever gives at most 62 bars. None without days."""
    rows = list(counted)
    if not rows:
        return None
    first, last = min(row[0] for row in rows), max(row[0] for row in rows)
    period = next(name for name in PERIODS if name == "year" or len(_periods(name, first, last)) <= MOST_BARS)
    starts = _periods(period, first, last)
    at = {start: position for position, start in enumerate(starts)}
    table = [[0] * len(kinds) for _ in starts]
    for day, kind, n in rows:
        table[at[PERIODS[period](day)]][kinds.index(kind)] += n
    highest = max(map(sum, table)) or 1
    number_width = LETTER_WIDTH * len(f"{highest:,}")
    # Wide enough for the numbers where that leaves room for all bars.
    step = min(WIDTH / len(starts), max(WIDTH / FEWEST_BARS, number_width + 2))
    all_fit = number_width <= step
    bars = []
    for position, counts in enumerate(table):
        stack, top = [], float(HEIGHT)
        for n in counts:
            height = round(n / highest * (HEIGHT - 12), 1)
            top = round(top - height, 1)
            stack.append((top, height))
        label = _label(period, starts[position])
        n = sum(counts)
        # No bar beside the highest is as high, so its number has room.
        value = f"{n:,}" if n and (all_fit or (n == highest and highest not in map(sum, table[:position]))) else ""
        bars.append(Bar(label, tuple(counts), round(position * step + 1, 1), round(step - 2, 1), tuple(stack), value))
    every = -(-TICK_WIDTH // step)
    ticks = tuple((bar.x, bar.label) for at, bar in enumerate(bars) if at % every == 0)
    width = max(round(len(bars) * step), round(ticks[-1][0]) + TICK_WIDTH)
    return Chart(title, tuple(kinds), tuple(bars), ticks, highest, period, width)


PERIODS: dict[str, Callable[[date], date]] = {
    "day": lambda day: day,
    "week": lambda day: day - timedelta(days=day.weekday()),
    "month": lambda day: day.replace(day=1),
    "year": lambda day: day.replace(month=1, day=1),
}


def _periods(period: str, first: date, last: date) -> list[date]:
    start_of = PERIODS[period]
    starts: list[date] = []
    at, end = start_of(first), start_of(last)
    step = timedelta(days={"day": 1, "week": 7, "month": 32, "year": 367}[period])
    while at <= end and len(starts) <= MOST_PERIODS:
        starts.append(at)
        if at.year == date.max.year:
            break
        at = start_of(at + step)
    return starts


def _label(period: str, start: date) -> str:
    if period == "year":
        return str(start.year)
    month = MONTHS[start.month - 1]
    return f"{month} {start.year}" if period == "month" else f"{start.day} {month}"

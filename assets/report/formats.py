"""How values are written in a page: dates, shares, delays, links; all escaped. ``written/columns.py`` writes whole columns of them."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from urllib.parse import quote, urlsplit

from markupsafe import Markup, escape

from assets.report.tables import OPENING
from assets.text.languages.calendar import full_names

MONTHS = tuple(month[:3].title() for month in full_names("month", "en"))
NO_DATE = Markup('<span class="none">no date</span>')
NOT_KNOWN = Markup('<span class="none">not known</span>')

RELATIONS = {
    "same": "the same words",
    "spelling": "spelled differently",
    "fragment": "a part of it",
    "variant": "small edits",
    "reworded": "other words",
    "altered": "altered",
    "uncredited": "in the text, credited to nobody",
}
SYMBOLS = {
    "same": "●", "spelling": "●", "fragment": "◐", "variant": "◕", "reworded": "○", "altered": "✕", "uncredited": "◌",
}  # fmt: skip


def day(at: date | datetime | None) -> Markup:
    """A day as readers write it; the machine's form in ``datetime``."""
    if at is None:
        return NO_DATE
    return Markup(f'<time datetime="{at.isoformat()[:10]}">{_day(at)}</time>')


def moment(at: datetime | None, precision: str | None) -> Markup:
    """A time in UTC, or only its day or its month where no more is known."""
    if at is not None and precision == "month":
        return Markup(f'<time datetime="{at.isoformat()[:7]}">{MONTHS[at.month - 1]} {at.year}</time>')
    if at is None or precision != "second":
        return day(at)
    exact = at.isoformat()[:16]
    return Markup(f'<time datetime="{exact}Z">{_day(at)}, {exact[11:]}</time>')


def delay(hours: float | None, at: datetime | None, first: datetime | None) -> str:
    """How long after the first printing: in hours where both times are known, in days where only the days are."""
    if hours is not None:
        if hours == 0:
            return "first"
        if hours < 1:
            return f"+{hours * 60:.0f} min"
        return f"+{hours:.1f} h" if hours < 48 else f"+{hours / 24:.1f} days"
    if at is None or first is None:
        return "–"
    days = (at.date() - first.date()).days
    return "same day" if days == 0 else f"+{days} day{'' if days == 1 else 's'}"


def delay_hours(hours: float | None, at: datetime | None, first: datetime | None) -> float:
    """What a delay is sorted by; an unknown one comes last."""
    if hours is not None:
        return round(hours, 3)
    return 1e9 if at is None or first is None else 24.0 * (at.date() - first.date()).days


def percent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.0f} %"


def count(n: int) -> str:
    return f"{n:,}"


def plural(n: int, one: str, many: str | None = None) -> str:
    """``1 outlet``, ``1,200 outlets``."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def shortened(text: str, length: int = 160) -> str:
    """At most ``length`` code points, cut between words."""
    return text if len(text) <= length else text[: length - 1].rsplit(" ", 1)[0] + "…"


def passage(opening: str) -> str:
    """The part of a link behind the page that leads to these words of it: a text fragment, which browsers mark.

    A text fragment matches whole words within one block; a cut last word would keep it from being found.
    """
    words = opening if len(opening) <= OPENING else opening[:OPENING].rsplit(" ", 1)[0]
    return f"#:~:text={quote(words, safe='').replace('-', '%2D')}"


def outward(url: str | None) -> Markup:
    """A link to the original page; anything but an http address of a host is not a link."""
    if not url:
        return Markup("")
    try:
        parts = urlsplit(url)
    except ValueError:
        return Markup("")
    if parts.scheme not in ("http", "https") or not parts.netloc:
        return Markup("")
    return Markup(f' <a class="out" rel="noopener noreferrer nofollow" href="{escape(url)}">original</a>')


@cache
def strip(n: int, of: int) -> Markup:
    """A row of dots, the first ``n`` filled; a reader who cannot see it has the numbers beside it."""
    if not 0 < of <= 24:
        return bar(n / of if of else 0)
    dots = "".join(f'<circle cx="{6 + 12 * at}" cy="6" r="4" class="{"on" if at < n else "off"}"/>' for at in range(of))
    return Markup(f'<svg class="strip" width="{12 * of}" height="12" aria-hidden="true">{dots}</svg>')


def bar(share: float | None) -> Markup:
    """A share as a bar of a hundred units."""
    width = round(100 * min(1.0, max(0.0, share or 0.0)), 1)
    return Markup(
        f'<svg class="bar" width="100" height="8" aria-hidden="true"><rect class="off" width="100" height="8"/>'
        f'<rect class="on" width="{width}" height="8"/></svg>'
    )


def _day(at: date | datetime) -> str:
    return f"{at.day} {MONTHS[at.month - 1]} {at.year}"


def speaker(speaker_id: str | None, name: str | None, root: str) -> Markup:
    """A speaker's name, linked where there is a page."""
    if speaker_id:
        return Markup(f'<a href="{root}speakers/{escape(speaker_id)}.html">{escape(name)}</a>')
    return escape(name) if name else NOT_KNOWN


def written(rows: Sequence[str]) -> Markup:
    """Rows that :func:`rows_of` made, a line each."""
    return Markup("\n".join([*rows, ""]))


FILTERS = {
    "bar": bar,
    "count": count,
    "day": day,
    "moment": moment,
    "outward": outward,
    "passage": passage,
    "percent": percent,
    "plural": plural,
    "relation": RELATIONS.get,
    "shortened": shortened,
    "speaker": speaker,
    "strip": strip,
    "symbol": SYMBOLS.get,
    "written": written,
}
"""Named as templates use them."""

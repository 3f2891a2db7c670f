"""How values are written; what a spreadsheet gets; what the charts and the order of a matrix hold."""

import csv
import io
import itertools
from datetime import date, datetime, timedelta

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from assets.report import formats
from assets.report.charts import bars_over_time
from assets.report.formats import delay, delay_hours, moment, outward, passage, percent, shortened, strip
from assets.report.search import as_script
from assets.report.seriation import seriated
from assets.report.spreadsheet import harmless, write_csv
from assets.report.written import columns

FIRST = datetime(2026, 9, 7, 8, 0)


@pytest.mark.parametrize(
    ("hours", "at", "shown"),
    [
        (0.0, FIRST, "first"),
        (0.25, FIRST, "+15 min"),
        (2.5, FIRST, "+2.5 h"),
        (60.0, FIRST, "+2.5 days"),
        (None, datetime(2026, 9, 7), "same day"),
        (None, datetime(2026, 9, 8), "+1 day"),
        (None, datetime(2026, 9, 9), "+2 days"),
        (None, None, "–"),
    ],
)
def test_a_delay_is_only_as_exact_as_the_dates(hours: float | None, at: datetime | None, shown: str) -> None:
    assert delay(hours, at, FIRST) == shown


def test_delays_sort_by_time_and_unknown_ones_last() -> None:
    known = [delay_hours(2.5, FIRST, FIRST), delay_hours(None, datetime(2026, 9, 9), FIRST)]
    assert [*known, delay_hours(None, None, FIRST)] == [2.5, 48.0, 1e9]


@pytest.mark.parametrize(
    ("at", "precision", "shown"),
    [
        (FIRST, "second", "7 Sep 2026, 08:00"),
        (FIRST, "day", "7 Sep 2026"),
        (FIRST, "month", ">Sep 2026<"),
        (None, "none", "no date"),
    ],
)
def test_a_day_has_no_time(at: datetime | None, precision: str, shown: str) -> None:
    assert shown in moment(at, precision)
    assert (":" in moment(at, precision)) == (precision == "second")


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:x",
        "data:text/html,x",
        "//host/x",
        "http:",
        "ftp://h/x",
        "https://[",
        "",
        None,
    ],
)
def test_only_web_addresses_become_links(url: str | None) -> None:
    assert outward(url) == ""


def test_a_web_address_cannot_leave_its_attribute() -> None:
    assert '"><script>' not in outward('https://h.example/"><script>')


@pytest.mark.parametrize(
    "value",
    ["=1+1", "+cmd", "-2+3", "@SUM(A1)", "\t=1", "  =1", "＝1", "\r=1"],
)
def test_formulas_are_text_in_a_spreadsheet(value: str) -> None:
    assert harmless(value) == "'" + value


@pytest.mark.parametrize("value", ["-3", "+1.5 h", "12 %", "+2 days", "a=b", "7"])
def test_numbers_and_words_stay_as_they_are(value: str) -> None:
    assert harmless(value) == value


def test_csv_quotes_what_needs_it() -> None:
    out = io.StringIO()
    write_csv(out, pl.DataFrame({"a": ['x,"y"', "=1"], "b": [None, 2]}))
    assert out.getvalue() == '\ufeffa,b\r\n"x,""y""",\r\n\'=1,2\r\n'


@given(
    st.lists(
        st.tuples(
            st.none() | st.text(st.sampled_from('ab,"=+ \t\r\né')),
            st.none() | st.integers(-9999, 9999),
            st.none() | st.floats(allow_nan=False),
            st.none() | st.booleans(),
            st.none() | st.datetimes(),
        )
    )
)
def test_a_column_at_a_time_csv_is_what_a_writer_of_rows_makes(rows: list[tuple[object, ...]]) -> None:
    schema = {
        "words, of all": pl.String,
        "n": pl.Int32,
        "share": pl.Float64,
        "known": pl.Boolean,
        "at": pl.Datetime("us"),
    }
    frame = pl.DataFrame(rows, schema, orient="row")
    out, expected = io.StringIO(), io.StringIO()
    write_csv(out, frame)
    expected.write("\ufeff")
    writer = csv.writer(expected, lineterminator="\r\n")
    writer.writerow(frame.columns)
    writer.writerows([harmless(cell) if isinstance(cell, str) else cell for cell in row] for row in frame.iter_rows())
    assert out.getvalue() == expected.getvalue()


def test_a_script_file_holds_no_tag_and_no_line_separator() -> None:
    script = as_script("e0", ["</script><script>", "\u2028\u2029"])
    assert b"<" not in script
    assert "\u2028".encode() not in script


def test_small_parts() -> None:
    assert percent(None) == "–"
    assert percent(0.125) == "12 %"
    assert shortened("one two three", 9) == "one two…"
    assert strip(2, 3).count('class="on"') == 2
    assert "<circle" not in strip(3, 90)


@pytest.mark.parametrize(
    ("days", "period", "n_bars"),
    [(1, "day", 1), (62, "day", 62), (63, "week", 10), (900, "month", 31), (20_000, "year", 56)],
)
def test_a_chart_has_at_most_sixty_two_bars_and_loses_none(days: int, period: str, n_bars: int) -> None:
    first = date(1980, 1, 1)
    counted = [(first + timedelta(days=at), ("direct", "partial")[at % 2], 1) for at in range(days)]
    chart = bars_over_time("Quotations", ("direct", "partial"), counted)
    assert chart is not None
    assert chart.period == period
    assert len(chart.bars) <= 62
    assert abs(len(chart.bars) - n_bars) <= 1
    assert sum(sum(bar.counts) for bar in chart.bars) == days


def test_a_chart_reaches_to_the_end_of_the_calendar() -> None:
    chart = bars_over_time("Quotations", ("direct",), [(date.max, "direct", 1), (date(9990, 1, 1), "direct", 1)])
    assert chart is not None
    assert sum(sum(bar.counts) for bar in chart.bars) == 2


def test_no_days_give_no_chart() -> None:
    assert bars_over_time("Quotations", ("direct",), []) is None


def cost(rows: list[list[int]], order: list[int]) -> int:
    return sum(abs(a - b) for i, j in itertools.pairwise(order) for a, b in zip(rows[i], rows[j], strict=True))


def test_rows_of_a_block_end_up_together() -> None:
    rows = [[3, 3, 0, 0], [0, 0, 3, 3], [3, 3, 0, 0], [0, 0, 3, 3], [3, 3, 1, 0]]
    order = seriated(rows)
    assert {frozenset(order[:3]), frozenset(order[3:])} == {frozenset({0, 2, 4}), frozenset({1, 3})}


@given(st.integers(0, 5).flatmap(lambda n: st.lists(st.lists(st.integers(0, 3), min_size=n, max_size=n), max_size=9)))
def test_the_order_holds_every_row_once_and_no_turned_stretch_would_shorten_it(rows: list[list[int]]) -> None:
    order = seriated(rows)
    assert sorted(order) == list(range(len(rows)))
    if len(rows) > 2:
        turned = [
            [*order[:left], *reversed(order[left:right]), *order[right:]]
            for left, right in itertools.combinations(range(1, len(rows) + 1), 2)
        ]
        assert cost(rows, order) <= min(cost(rows, other) for other in turned)


@pytest.mark.parametrize(
    ("opening", "link"),
    [
        ("the harbour", "#:~:text=the%20harbour"),
        ("Mid-week, she said & left", "#:~:text=Mid%2Dweek%2C%20she%20said%20%26%20left"),
        ("a" * 78 + " cut off", "#:~:text=" + "a" * 78),
    ],
    ids=["plain", "what separates the parts of a fragment is encoded", "no cut word at the end"],
)
def test_a_passage_is_named_by_its_first_words(opening: str, link: str) -> None:
    assert passage(opening) == link


WORDS = st.text(alphabet="ab <>&\"'\n\u00a0é😀", max_size=14)
TIMES = st.none() | st.datetimes(datetime(1000, 1, 1), datetime(9000, 1, 1)).map(lambda at: at.replace(microsecond=0))


def column(values: list, kind: type[pl.DataType] | pl.DataType, written: pl.Expr) -> list[str | None]:
    return pl.DataFrame({"value": values}, schema={"value": kind}).select(written).to_series().to_list()


@given(values=st.lists(WORDS, min_size=1))
def test_a_column_of_texts_is_shortened_and_escaped_as_one_is(values: list[str]) -> None:
    assert column(values, pl.String, columns.shortened_column("value", 7)) == [
        str(escape(formats.shortened(value, 7))) for value in values
    ]


@given(times=st.lists(st.tuples(TIMES, st.sampled_from(["second", "day", "month", "none", None])), min_size=1))
def test_a_column_of_times_is_written_as_one_is(times: list[tuple[datetime | None, str | None]]) -> None:
    frame = pl.DataFrame(times, schema={"at": pl.Datetime("us"), "precision": pl.String}, orient="row")
    assert frame.select(columns.moment_column("at", "precision")).to_series().to_list() == [
        str(formats.moment(*time)) for time in times
    ]


@given(values=st.lists(st.integers(0, 999_999_999), min_size=1))
def test_a_column_of_counts_is_written_as_one_is(values: list[int]) -> None:
    assert column(values, pl.Int32, columns.count_column("value")) == [formats.count(value) for value in values]


@given(values=st.lists(st.none() | st.floats(0, 1), min_size=1))
def test_a_column_of_shares_is_written_as_one_is_and_empty_where_there_is_none(values: list[float | None]) -> None:
    assert column(values, pl.Float64, columns.percent_column("value")) == [
        "" if value is None else formats.percent(value) for value in values
    ]


@given(
    speakers=st.lists(st.tuples(st.none() | st.sampled_from(["p1", "p<2"]), st.none() | WORDS.filter(bool)), min_size=1)
)
def test_a_column_of_speakers_is_written_as_one_is(speakers: list[tuple[str | None, str | None]]) -> None:
    frame = pl.DataFrame(speakers, schema={"id": pl.String, "name": pl.String}, orient="row")
    assert frame.select(columns.speaker_column("id", "name", "../")).to_series().to_list() == [
        str(formats.speaker(speaker_id, name, "../")) for speaker_id, name in speakers
    ]


@pytest.mark.parametrize(
    ("counts", "values"),
    [
        ([3, 0, 12], ["3", "", "12"]),
        ([999, 1000, 1234], ["999", "1,000", "1,234"]),
        ([20_218, 19_876], ["20,218", "19,876"]),
        ([999, *[1000] * 28, 1234], [*[""] * 29, "1,234"]),
        ([1234, *[7] * 28, 1234], ["1,234", *[""] * 29]),
        ([1_234_567], ["1,234,567"]),
    ],
)
def test_numbers_over_bars_have_separators_and_never_run_into_each_other(counts: list[int], values: list[str]) -> None:
    chart = bars_over_time(
        "Quotations", ("direct",), [(date(2026, 9, 1 + at), "direct", n) for at, n in enumerate(counts)]
    )
    assert chart
    assert [bar.value for bar in chart.bars] == values


@given(st.lists(st.one_of(st.none(), st.dates(date(1000, 1, 1)))))
def test_a_column_of_days_is_written_as_one_is(days: list[date | None]) -> None:
    assert column(days, pl.Date, columns.day_column("value")) == [str(formats.day(day)) for day in days]

"""Dates as records, exports and pages state them, language by language."""

from datetime import date, datetime

import polars as pl
import pytest
from babel import localedata
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from assets.documents.readers.shared.stated_date import is_date_line
from assets.text.dates.reading import date_in, date_length, printed_date, read_date
from assets.text.dates.timestamp import Context, Timestamp, with_known_days
from assets.text.languages.calendar import full_names, names, numbers
from training.calendar_names import LOCALES, OUT, rows

MARCH_4 = date(2026, 3, 4)


def shown(stamp: Timestamp | None) -> str | None:
    """A day, a month or an instant in UTC, as far as it is known."""
    return stamp.at.isoformat()[: {"second": 19, "day": 10, "month": 7}[stamp.precision]] if stamp else None


# Basque writes its months in cases that CLDR has no names for; Thai short months hold full stops.
@pytest.mark.parametrize("locale", [locale for locale in LOCALES if locale != "eu"])
def test_every_language_is_read_as_its_own_calendar_writes_it(locale: str) -> None:
    localedata._cache.clear()
    context = Context(language=locale.split("_")[0])
    for width in ("full", "long") if locale == "th" else ("full", "long", "medium"):
        for month in range(1, 13):
            for day in (1, 4, 23):
                stated = format_date(date(2026, month, day), width, locale=locale)
                assert shown(read_date(stated, context)) == f"2026-{month:02}-{day:02}", stated


@pytest.mark.parametrize(
    "text",
    [
        # English
        "March 4, 2026", "4 March 2026", "4th March 2026", "4th of March, 2026", "Mar. 4, 2026", "4-Mar-26", "04MAR2026", "04Mar2026", "4 Mar 26", "March 4, '26",
        "4/Mar/2026", "Mar-04-2026", "2026 Mar 4", "Wed, 4 Mar 2026", "Weds 4 Mar 2026", "WEDNESDAY, MARCH 4, 2026",
        "Wednesday 4th March 2026, 7.12am", "March 4, 2026 at 7:12 p.m.", "Wed Mar  4 07:12:00 2026", "Published: March 4, 2026",
        # German
        "4. März 2026", "Mittwoch, 4. März 2026, 17:05 Uhr", "Mi., 04.03.2026 - 18:42", "4. Maerz 2026", "4. Mrz. 2026", "04. MÄRZ 2026",
        "Mittwoch, den 4. März 2026, um 18.42 Uhr", "Stand: 4.3.2026", "4. 3. 2026",
        "4. März 2026 Mittwoch",
        # French
        "4 mars 2026", "le 4 mars 2026", "mercredi 4 mars 2026 à 18h42", "4 mars 2026 à 7 h 12", "Publié le 4 mars 2026", "4 MARS 2026",
        # Spanish, Portuguese, Catalan, Italian
        "4 de marzo de 2026", "miércoles, 4 de marzo del 2026", "Publicado: 4 de marzo de 2026", "4 marzo 2026", "4-mar-2026",
        "4 de março de 2026", "quarta-feira, 4 de março de 2026 às 18h42", "4 de mar. de 2026", "4 de març de 2026",
        "mercoledì 4 marzo 2026, ore 18.42", "4 MARZO 2026",
        # Dutch and the north
        "4 maart 2026", "woensdag 4 maart 2026 om 18:42", "4 mrt. 2026", "den 4 mars 2026 kl. 18.42", "4. marts 2026", "4. mars 2026",
        "keskiviikko 4. maaliskuuta 2026", "4.3.2026 klo 18.42",
        # The Slavic languages
        "4 marca 2026", "4 marca 2026 r.", "środa, 4 marca 2026", "4. března 2026", "4. marca 2026", "4 марта 2026 г.", "4 марта 2026, 18:42",
        "середа, 4 березня 2026 р.", "4 сакавіка 2026", "4. ožujka 2026.", "sreda, 4. mart 2026.", "4. март 2026.", "4. marec 2026",
        "4 март 2026 г.",
        # Hungarian, Romanian, the Baltic languages, Greek, Turkish, Albanian
        "2026. március 4.", "2026. március 4., szerda 18:42", "4 martie 2026", "4. märts 2026", "2026. gada 4. marts", "2026 m. kovo 4 d.",
        "4 Μαρτίου 2026", "4ης Μαρτίου 2026", "4-го марта 2026", "2026 m. kovo mėn. 4 d.", "2026. gads 4. marts", "4 ΜΑΡΤΙΟΥ 2026", "4 Mart 2026 Çarşamba",
        # Right to left
        "4 مارس 2026", "٤ مارس ٢٠٢٦", "الأربعاء 4 آذار 2026", "۴ مارس ۲۰۲۶", "4 במרץ 2026", "יום רביעי, 4 במרץ 2026",
        # East and south-east Asia
        "2026年3月4日", "2026年03月04日(水) 18時42分", "令和8年3月4日", "２０２６年３月４日", "2026년 3월 4일", "2026. 3. 4. 오후 6:42", "2026.03.04",
        "2026 年 3 月 4 日 星期三", "ngày 4 tháng 3 năm 2026", "4 Maret 2026", "Rabu, 4 Maret 2026 18.42 WIB", "4 มีนาคม 2569", "4 मार्च 2026",
        # Numbers, machines, spreadsheets
        "2026-03-04", "2026/03/04", "20260304", "20260304071200", "2026-03-04T07:12", "46085", "46085.3", "04.03.26", "date 2026-03-04 herald / world",
    ],
)  # fmt: skip
def test_the_fourth_of_march_is_known_in_any_form(text: str) -> None:
    stamp = read_date(text)
    assert shown(stamp and Timestamp(datetime(stamp.at.year, stamp.at.month, stamp.at.day), "day")) == "2026-03-04"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("January 11, 2018 Thursday, Late Edition - Final", "2018-01-11"),
        ("Thursday, January 11, 2018, Late Edition - Final", "2018-01-11"),
        ("October 12, 2004, Tuesday,, FINAL EDITION", "2004-10-12"),
        ("November 5, 2002 Tuesday Final Edition", "2002-11-05"),
        ("November 5, Tuesday, 2002", "2002-11-05"),
        ("March 4, 2026 Wednesday 1st Edition", "2026-03-04"),
        ("March 4, 2026 Wednesday (Final)", "2026-03-04"),
        ("Edition 2; National Edition, 4 March 2026", "2026-03-04"),
        ("July 12, 2018 Thursday, The Estmere Star on the Web", "2018-07-12"),
        ("Samstag, 7. März 2026, Ausgabe Berlin", "2026-03-07"),
        ("Samstag 7. März 2026; Ausgabe 56", "2026-03-07"),
        ("Page A12, March 4, 2026", "2026-03-04"),
        ("04 Mar 2026: A.3.", "2026-03-04"),
        # An issue of several days came on the first of them.
        ("3-4 March 2026", "2026-03-03"),
        ("7./8. März 2026", "2026-03-07"),
        ("March 4-5, 2026", "2026-03-04"),
        ("28 February - 6 March 2026", "2026-02-28"),
        ("Dec. 29 - Jan. 4, 2026", "2025-12-29"),
        # Of several dates, the one that isn't an update's.
        ("Published 4 March 2026, updated 5 March 2026 07:12 GMT", "2026-03-04"),
        ("Updated 5 March 2026 | Published 4 March 2026", "2026-03-04"),
        ("Updated 5 March 2026", "2026-03-05"),
    ],
)
def test_edition_words_and_other_words_stand_around_a_date(text: str, day: str) -> None:
    assert shown(read_date(text)) == day


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("March 2026", "2026-03"), ("MAR 2026", "2026-03"), ("März 2026", "2026-03"), ("marzo de 2026", "2026-03"), ("март 2026", "2026-03"),
        ("maaliskuu 2026", "2026-03"), ("2026. március", "2026-03"), ("2026年3月", "2026-03"), ("2026년 3월", "2026-03"), ("2026-03", "2026-03"),
        ("03/2026", "2026-03"), ("3.2026", "2026-03"), ("Issue 12, March 2026", "2026-03"), ("No. 3, March 2026", "2026-03"),
        ("Heft 12, März 2026", "2026-03"),
    ],
)  # fmt: skip
def test_a_month_is_a_month(text: str, month: str) -> None:
    assert shown(read_date(text)) == month


@pytest.mark.parametrize(
    "text",
    [
        None, "", "yesterday", "3 hours ago", "gestern", "Spring 2026", "Frühjahr 2026", "2026", "March 15", "4 March", "31 February 2026", "2026-13-45",
        "20260399", "13/2026", "Jan-Feb 2026", "January/February 2026", "Week 10 2026", "Q1 2026", "March 4, 1526", "12", "999999", "no date",
        "4² March 2026",  # a digit that is not a decimal one
        "4 listopada 2026",  # October in Croatian, November in Polish
    ],
)  # fmt: skip
def test_what_is_no_certain_date_is_not_read(text: str | None) -> None:
    assert read_date(text) is None


@pytest.mark.parametrize(
    ("text", "instant", "offset"),
    [
        ("2026-03-04T07:12:00Z", "2026-03-04T07:12:00", 0),
        ("2026-03-04T07:12:00.000+01:00", "2026-03-04T06:12:00", 60),
        ("2026-03-04 07:12:00+00", "2026-03-04T07:12:00", 0),
        ("20260304T071200Z", "2026-03-04T07:12:00", 0),
        ("20260304071200+0100", "2026-03-04T06:12:00", 60),
        ("D:20260304071200+01'00'", "2026-03-04T06:12:00", 60),
        ("Wed Mar 04 07:12:00 +0000 2026", "2026-03-04T07:12:00", 0),
        ("4. März 2026 Mittwoch 6:12 AM GMT+1", "2026-03-04T05:12:00", 60),
        ("4 mars 2026 mercredi 6:12 AM GMT", "2026-03-04T06:12:00", 0),
        ("Mar. 04, 2026, 06:12 ET", "2026-03-04T11:12:00", -300),
        ("Rabu, 04 Mar 2026 18:42 WIB", "2026-03-04T11:42:00", 420),
        ("Wed, 04 Mar 2026 07:12:00 +0100", "2026-03-04T06:12:00", 60),
        ("Wed Mar 04 2026 07:12:00 GMT+0100 (Central European Standard Time)", "2026-03-04T06:12:00", 60),
        ("Wed Mar  4 07:12:00 UTC 2026", "2026-03-04T07:12:00", 0),
        ("May 31, 2019 Friday 22:45 EST", "2019-06-01T03:45:00", -300),
        ("Mar 4, 2026 5:30 PM EST", "2026-03-04T22:30:00", -300),
        ("March 4, 2026 12:05 AM GMT", "2026-03-04T00:05:00", 0),
        ("March 4, 2026, 7:12 p.m. ET", "2026-03-05T00:12:00", -300),
        ("July 4, 2026, 7:12 p.m. ET", "2026-07-04T23:12:00", -240),
        ("4. März 2026, 18.42 Uhr MEZ", "2026-03-04T17:42:00", 60),
        ("4 марта 2026, 18:42 МСК", "2026-03-04T15:42:00", 180),
        ("4 March 2026 0712 GMT", "2026-03-04T07:12:00", 0),
        ("2026年3月4日 午後6時42分 JST", "2026-03-04T09:42:00", 540),
        ("4/3/2026 18:42 (GMT+7), Thứ tư", None, None),
        ("Thứ tư, 4 tháng 3 năm 2026, 18:42 (GMT+7)", "2026-03-04T11:42:00", 420),
        ("1772608320", "2026-03-04T07:12:00", 0),
        ("1772608320000", "2026-03-04T07:12:00", 0),
        ("1772608320.0", "2026-03-04T07:12:00", 0),
        # A time without a zone, or with a name that several zones share, only says the day.
        ("March 4, 2026 at 7:12 AM CST", None, None),
        ("4 March 2026 10:22 IST", None, None),
        ("4 mars 2026 à 18h42 et modifié", None, None),
        ("4 March 2026 18:42", None, None),
        # The time of an update is not that of the publication.
        ("Published 4 March 2026. Updated 5 March 2026 07:12 GMT", None, None),
    ],
)
def test_a_time_with_a_zone_is_an_instant(text: str, instant: str | None, offset: int | None) -> None:
    stamp = read_date(text)
    if instant is None:
        assert stamp is None or stamp.precision == "day"
    else:
        assert (shown(stamp), stamp and stamp.offset) == (instant, offset)


@pytest.mark.parametrize(
    ("name", "country", "offset"),
    [("IST", "IN", 330), ("IST", "IL", 120), ("CST", "US", -360), ("CST", "CN", 480), ("BST", "GB", 60)],
)
def test_a_shared_zone_is_the_countrys(name: str, country: str, offset: int) -> None:
    stamp = read_date(f"4 March 2026 10:22 {name}", Context(country=country))
    assert stamp is not None
    assert stamp.offset == offset


@pytest.mark.parametrize(
    ("text", "context", "day"),
    [
        # Nothing tells.
        ("03/04/2026", Context(), None),
        ("03-04-2026", Context(), None),
        ("3/4/26", Context(), None),
        ("03/04/2026", Context(language="en"), None),
        ("03/04/2026", Context(country="CA", language="en"), None),
        # Both readings agree, or one is impossible.
        ("05/05/2026", Context(), "2026-05-05"),
        ("23/02/2026", Context(), "2026-02-23"),
        ("02/23/2026", Context(), "2026-02-23"),
        # The column, the country, the language, the clock, the weekday.
        ("03/04/2026", Context(order="mdy"), "2026-03-04"),
        ("03/04/2026", Context(order="dmy"), "2026-04-03"),
        ("03/04/26", Context(order="dmy"), "2026-04-03"),
        ("03/04/2026", Context(order="dmy", country="US"), "2026-04-03"),
        ("03/04/2026", Context(country="US"), "2026-03-04"),
        ("03/04/2026", Context(country="GB"), "2026-04-03"),
        ("03/04/2026", Context(language="es"), "2026-04-03"),
        ("03/04/2026 7:12 AM", Context(), "2026-03-04"),
        ("03/04/2026 7:12 AM", Context(country="AU"), "2026-04-03"),
        ("Wednesday, 03/04/2026", Context(), "2026-03-04"),
        ("Friday, 03/04/2026", Context(country="US"), "2026-04-03"),
        # Between full stops the day comes first, unless the column shows otherwise.
        ("03.04.2026", Context(country="US"), "2026-04-03"),
        ("03.04.2026", Context(order="mdy"), "2026-03-04"),
        # The year may come first.
        ("26-03-04", Context(), None),
        ("26.03.04", Context(language="ko"), "2026-03-04"),
        ("4 listopada 2026", Context(language="hr"), "2026-10-04"),
        ("4 listopada 2026", Context(language="pl"), "2026-11-04"),
        ("srijeda 4. listopada 2026", Context(), "2026-10-04"),
    ],
)
def test_day_and_month_are_told_apart_by_evidence_or_not_at_all(text: str, context: Context, day: str | None) -> None:
    assert shown(read_date(text, context)) == day


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("By Ada Brook · 4 March 2026 · 5 min read", "2026-03-04"),
        ("The wall was closed in the storm of 12 June 2025, and again on 4 March 2026. " * 4, "2025-06-12"),
        # A page prints months and short years of other things too.
        ("Archive: March 2026", None),
        ("Room 4-Mar-26", None),
        ("Copyright 2026", None),
    ],
)
def test_a_line_of_a_page_prints_a_full_date(line: str, day: str | None) -> None:
    assert shown(printed_date(line)) == day


@pytest.mark.parametrize(
    ("line", "length"), [("Posted 03/04/2026", 10), ("on 4 March 2026 at", 12), ("In 2026 we", 0), ("4 March", 0)]
)
def test_a_printed_date_is_seen_even_where_it_cannot_be_read(line: str, length: int) -> None:
    assert date_length(line) == length


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Le Val, no. 23 · mercredi 4 mars 2026 · p. 12", "4 mars 2026"),
        ("Averley Courier; Averley [Averley]. 04 Mar 2026: A.3.", "04 Mar 2026"),
        ("vendredi 1er mai 2026", "1er mai 2026"),
        ("2026-03-04T10:00", "2026-03-04"),
        ("The ferry of 12 June 2025 sank. " * 9, "12 June 2025"),
        ("Mayor sees 12 boats 2026", None),
        ("March 2026", None),
        ("4 March", None),
    ],
)
def test_a_printed_date_is_given_as_it_is_written(line: str, date: str | None) -> None:
    assert date_in(line) == date


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("4. März 2026 Mittwoch", True),
        ("March 4, 2026 Wednesday 6:42 PM GMT", True),
        ("2026年3月4日 星期三", True),
        ("5 марта 2026 г.", True),
        ("March 2026", True),
        ("marzo de 2026, p. 4", True),
        ("2026年3月", True),
        ("The march 2026 was long", False),
        ("What the harbour board said on 4 March 2026", False),
        ("Boats 12, 2026", False),
        ("Wednesday", False),
    ],
)
def test_a_line_that_is_a_date_is_told_from_one_that_names_one(line: str, expected: bool) -> None:
    assert is_date_line(line) is expected


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=200))
def test_no_text_breaks_the_reader(text: str) -> None:
    for stamp in (read_date(text), printed_date(text)):
        assert stamp is None or stamp.at.year >= 1900 or stamp.precision == "second"


@given(st.lists(st.sampled_from(["4", "03", "፬", "²", "2026", "26", "/", ".", "-", ", ", " ", "March", "märz", "Wednesday", "7:12", "EST", "年", "月", "th", "'"]), max_size=9))  # fmt: skip
def test_what_looks_like_a_date_breaks_nothing_either(parts: list[str]) -> None:
    stamp = read_date("".join(parts))
    assert stamp is None or 1900 <= stamp.at.year <= 2100


@given(st.datetimes(datetime(1970, 1, 1), datetime(2049, 12, 31)))
def test_iso_dates_come_back_as_they_went_in(at: datetime) -> None:
    at = at.replace(microsecond=0)
    assert read_date(f"{at.isoformat()}Z") == Timestamp(at, "second", 0)
    assert shown(read_date(at.date().isoformat())) == at.date().isoformat()
    assert shown(read_date(at.strftime("%d.%m.%Y"))) == at.date().isoformat()


def test_a_month_orders_nothing() -> None:
    at = [datetime(2026, 3, 4, 7), datetime(2026, 3, 4), datetime(2026, 3, 1), None]
    articles = pl.DataFrame({"published_at": at, "published_precision": ["second", "day", "month", "none"]})
    assert with_known_days(articles)["published_at"].to_list() == [*at[:2], None, None]


def test_the_table_of_names_is_what_its_script_makes() -> None:
    made = "".join(f"{language},{kind},{number},{forms}\n" for language, kind, number, forms in rows())
    assert OUT.read_text(encoding="utf-8") == "language,kind,number,names\n" + made


def test_names_are_found_without_accents_and_in_capitals() -> None:
    assert numbers("month")["aout"]["fr"] == 8
    assert full_names("weekday", "de")[2] == "mittwoch"
    assert "sept" in names("month", "en")

"""Writes ``assets/text/languages/calendar.csv``: the names of months and weekdays by language.

usage: python -m training.calendar_names

From Unicode CLDR through babel, which is needed here only, so that a run reads one small file and a new version of CLDR
changes no date unseen; with the short forms that the press prints and CLDR lacks (``PRESS``).
"""

import csv
from pathlib import Path

from babel import Locale, localedata

OUT = Path(__file__).resolve().parent.parent / "assets" / "text" / "languages" / "calendar.csv"
# Variants of a language with names of their own: Austria's January, the Levant's and the Maghreb's months.
LOCALES = (
    "en", "de", "de_AT", "fr", "fr_CA", "es", "es_MX", "es_AR", "it", "pt", "pt_PT", "nl", "pl", "ru", "uk", "be", "cs", "sk", "hu", "ro",
    "sv", "da", "nb", "nn", "fi", "is", "el", "tr", "az", "ar", "ar_LB", "ar_IQ", "ar_DZ", "ar_MA", "he", "fa", "ur", "hi", "bn", "ja", "ko",
    "zh", "hr", "bs", "sr", "sr_Latn", "sl", "mk", "bg", "sq", "et", "lv", "lt", "ca", "gl", "eu", "ga", "id", "ms", "fil", "sw", "af", "vi",
    "th", "ka", "hy", "kk",
)  # fmt: skip
# (language, month): more forms; a full stop at the end is never written here.
PRESS: dict[tuple[str, int], str] = {
    ("en", 9): "sept",
    ("de", 1): "jän jänner", ("de", 2): "feber", ("de", 3): "mrz maerz mär", ("de", 9): "sept",
    ("fr", 1): "jan", ("fr", 2): "fév fev févr", ("fr", 3): "mar", ("fr", 4): "avr", ("fr", 7): "juil jul", ("fr", 9): "sep sept",
    ("es", 1): "ene", ("es", 9): "sept set setiembre", ("es", 12): "dic",
    ("it", 9): "set sett", ("pt", 9): "set",
    ("nl", 3): "mrt maa", ("nl", 9): "sept", ("sv", 9): "sept", ("nb", 9): "sept", ("da", 9): "sept",
    ("ru", 2): "фев", ("ru", 9): "сен сент", ("ru", 11): "ноя нояб",
    ("tr", 1): "oca", ("id", 8): "ags agt agu", ("id", 10): "okt", ("ms", 3): "mac",
}  # fmt: skip
PRESS_DAYS: dict[tuple[str, int], str] = {
    ("en", 2): "tues", ("en", 3): "weds", ("en", 4): "thur thurs",
    ("pt", 1): "segunda", ("pt", 2): "terça", ("pt", 3): "quarta", ("pt", 4): "quinta", ("pt", 5): "sexta",
    ("de", 6): "sonnabend",
}  # fmt: skip


def names(locale: Locale, table: str, number: int) -> set[str]:
    """What a month or a weekday is called, in running text and by itself, in full and in short."""
    forms = getattr(locale, table)
    return {
        forms[context][width][number].strip(". ").lower()
        for context in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
    }


def usable(name: str) -> bool:
    """Names of letters; Japanese "3月" and Vietnamese "tháng 3" are numbers, which the reader of dates knows."""
    return len(name) > 1 and "." not in name and not any(character.isdigit() for character in name)


def rows() -> list[tuple[str, str, int, str]]:
    """(language, kind, number, names): months from January, 1, weekdays from Monday, 1, as in ISO 8601."""
    found: dict[tuple[str, str, int], set[str]] = {}
    for code in LOCALES:
        # What babel has loaded of one language fills the next one's gaps unless that is loaded afresh.
        localedata._cache.clear()
        locale = Locale.parse(code)
        for kind, table, numbers, first in (("month", "months", range(1, 13), 0), ("weekday", "days", range(7), 1)):
            for number in numbers:
                found.setdefault((locale.language, kind, number + first), set()).update(names(locale, table, number))
    for kind, more in (("month", PRESS), ("weekday", PRESS_DAYS)):
        for (language, number), forms in more.items():
            found[language, kind, number].update(forms.split())
    return [
        (language, kind, number, "|".join(sorted(filter(usable, forms))))
        for (language, kind, number), forms in sorted(found.items())
        if any(map(usable, forms))
    ]


def main() -> None:
    """Write the table."""
    with OUT.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("language", "kind", "number", "names"))
        writer.writerows(rows())


if __name__ == "__main__":
    main()

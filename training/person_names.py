"""Given names with their gender, and surnames, from the locale lists of Faker: ``python training/person_names.py``.

Writes assets/entities/names/given_names.csv and surnames.csv; needs ``pip install faker==40.54.0`` (MIT licence), which nothing else
in the project does. Taken are single words in Latin script, also without their diacritics. A given name is ``m`` or ``f`` where
at least three times as many lists say that as say the other, else ``u``.
"""

import csv
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from faker.providers import person

FOLDER = Path(__file__).resolve().parents[1] / "assets" / "entities" / "names"
GIVEN = re.compile(r"(?:first|middle)_(?:\w+_)?names?(?:_(?P<gender>female|male))?(?:_(?!pairs)\w+)?")
SURNAME = re.compile(r"(?:\w+_)?last_(?:\w+_)?names?(?:_(?!pairs)\w+)?")
MARKS = frozenset("'’-")


def locale_lists(is_taken: Callable[[str], bool]) -> Iterator[tuple[str, frozenset[str]]]:
    """Name and entries of every list of names of every locale, of single words those that ``is_taken``."""
    for module in iter_modules(person.__path__):
        provider = import_module(f"{person.__name__}.{module.name}").Provider
        for name in sorted(vars(provider)):
            yield name, frozenset(filter(is_taken, filter(_is_name, _strings(getattr(provider, name)))))


def _strings(values: object) -> Iterator[str]:
    if isinstance(values, str):
        yield values.strip()
    elif isinstance(values, (list, tuple, set, frozenset, dict)):
        for value in values:
            yield from _strings(value)


def _is_name(text: str) -> bool:
    letters = [character for character in text if character not in MARKS]
    return len(text) > 1 and text[0].isupper() and all(c.isalpha() for c in letters)


def _is_latin(text: str) -> bool:
    return any("LATIN" in unicodedata.name(c) for c in text)


def _folded(name: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))


def given_names_and_surnames(is_taken: Callable[[str], bool] = _is_latin) -> tuple[dict[str, str], list[str]]:
    """Given names to ``m``, ``f`` or ``u``, and surnames, of the lists' words those that ``is_taken``."""
    votes: dict[str, Counter[str]] = {}
    surnames: set[str] = set()
    for list_name, names in locale_lists(is_taken):
        both = names | set(map(_folded, names))
        if given := GIVEN.fullmatch(list_name):
            for name in both:
                votes.setdefault(name, Counter())[given["gender"] or "either"] += 1
        elif SURNAME.fullmatch(list_name):
            surnames |= both
    gender = {
        name: "m"
        if _mostly(count["male"], count["female"])
        else "f"
        if _mostly(count["female"], count["male"])
        else "u"
        for name, count in votes.items()
    }
    return gender, sorted(surnames)


def _mostly(one: int, other: int) -> bool:
    return one > 0 and one >= 3 * other


def write(path: Path, header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def main() -> None:
    gender, surnames = given_names_and_surnames()
    write(FOLDER / "given_names.csv", ("name", "gender"), sorted(gender.items()))
    write(FOLDER / "surnames.csv", ("name",), ((name,) for name in surnames))


if __name__ == "__main__":
    main()

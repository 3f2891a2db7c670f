"""No list of words is written twice: whoever adds a word to a class adds it for all rooms."""

import ast
import re
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import pytest

from assets.text.languages.calendar import numbers
from pipeline.project import ROOT
from pipeline.reference import read_list

FEWEST = 8
"""Words of the shorter of two lists that are held against each other."""
MOST_SHARED = 0.6
"""Of the shorter list, in the longer one."""

_WORD = r"[^\W\d_][\w'’.-]*"
_LIST_IN_TEXT = re.compile(r"[\w\s'’.©-]+")
_ALTERNATIVES = re.compile(rf"{_WORD}(?:\|{_WORD})+")


# Lists of one group may share words, for the reason before them.
GROUPS = {
    "names of kinds of lines, no words of a text": {
        "articles/lines/story/brief:BOILERPLATE", "articles/lines/context:_SECTION", "articles/lines/lexicon:_TRAINED",
        "articles/lines/reasons:_ORDER", "articles/lines/reasons:_REASON_OF", "articles/lines/story/turns:LABELS",
        "articles/schema:LINE_REASONS",
    },
    "elements of HTML, each list for another question": {
        "articles/html/blocks:TAG_FLAGS", "articles/html/features:TAGS", "documents/readers/shared/markup:_BLOCKS",
    },
    "codes of languages, no words of a text": {"articles/html/quotes:MARKS", "search/terms:STEMMERS"},
    "names of columns, no words of a text": {"statements/credit:settled", "statements/join:joined"},
    "names of fields, no words of a text": {
        "documents/readers/exports/proquest:_LABELS", "documents/readers/shared/unknown_bundle:_LABELS",
    },
    "the words that the shipped model of lines was trained with, by kind; to change them is to train it again": {
        "articles/lines/lexicon:_TRAINED", "articles/html/blocks:CLASS_WORDS", "articles/html/reasons:_BY_WORDS",
        "articles/html/units:POST_BOILERPLATE", "articles/lines/roles:TIME_NOTE", "articles/lines/wires:WIRES",
    },
    "patterns over the words around a name or a quotation, each for another question than the classes whose words they have": {
        "entities/articles/kinds_in_text:_ORGANISATION_BEHIND", "quotes/attribution/wordings:BEFORE",
        "quotes/attribution/wordings:SMALL_IN_TITLES", "quotes/attribution/wordings:WORK", "quotes/resolution/pronouns:ASKS", "quotes/resolution/documents:DOCUMENTS",
        "quotes/resolution/documents:ISSUES", "quotes/resolution/grammar:CLAUSE", "quotes/resolution/grammar:OF",
        "quotes/resolution/nominals:ISSUED", "quotes/resolution/nominals:ORGANISATIONS", "quotes/tokens/lexicon:_WORDS", "statements/occasion:NEW_CLAUSE",
        "text/languages/en:LANGUAGE", "titles.csv", "reporting_verbs.csv",
    },
    "abbreviations, each with what it stands for": {
        "quotes/resolution/posts:ABBREVIATED", "text/languages/en:LANGUAGE", "titles.csv",
    },
    "two exceptions from the closed classes: what the ranker does not take for one, and what tells wordings apart": {
        "quotes/tokens/lexicon:_NOT_FUNCTION", "text/words:_TELLING",
    },
}  # fmt: skip


class WordList(NamedTuple):
    """Where a list is written: file and the name it is given, where it has one."""

    place: str
    words: frozenset[str]


def strings_in(nodes: Sequence[ast.expr | None]) -> list[str]:
    """The strings, if all are strings."""
    found = [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    return found if len(found) == len(nodes) else []


def words_of(node: ast.AST) -> list[list[str]]:
    """Word lists that a node writes: a collection, keys or values of a dict, ``words("…")``, alternatives of a pattern."""
    if isinstance(node, ast.Tuple | ast.List | ast.Set):
        return [strings_in(list(node.elts))]
    if isinstance(node, ast.Dict):
        values = [strings_in([value]) for value in node.values]
        return [
            strings_in(node.keys),
            *(value[0].split() for value in values if value and _LIST_IN_TEXT.fullmatch(value[0])),
        ]
    if isinstance(node, ast.Call) and node.args and getattr(node.func, "id", "") == "words":
        return [value.split() for value in strings_in(node.args)]
    if (
        isinstance(node, ast.Call)
        and getattr(node.func, "attr", "") == "split"
        and isinstance(node.func, ast.Attribute)
    ):
        return [value.split() for value in strings_in([node.func.value])]
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [found.split("|") for found in _ALTERNATIVES.findall(node.value)]
    return []


def lists_in(source: str, file: str) -> Iterator[WordList]:
    tree = ast.parse(source)
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for statement in tree.body:
        target = statement.targets[0] if isinstance(statement, ast.Assign) else getattr(statement, "target", None)
        name = getattr(target or statement, "id", getattr(statement, "name", ""))
        for node in ast.walk(statement):
            for found in words_of(node) if id(node) not in told else []:
                words = frozenset(word.lower().rstrip(".") for word in found)
                if len(words) >= FEWEST:
                    yield WordList(f"{file}:{name}", words)


def doubles(lists: list[WordList]) -> Iterator[tuple[str, str, list[str]]]:
    """Pairs of lists that share too much, and what they share."""
    for one, other in combinations(lists, 2):
        shared = one.words & other.words
        if len(shared) > MOST_SHARED * min(len(one.words), len(other.words)):
            yield one.place, other.place, sorted(shared)


def lists_in_files() -> Iterator[WordList]:
    """Lists that are files: titles, verbs with their forms, months and weekdays in all languages."""
    yield WordList("titles.csv", frozenset(row["title"] for row in read_list("titles")))
    verbs = read_list("reporting_verbs")
    yield WordList("reporting_verbs.csv", frozenset(form for row in verbs for form in row.values() if form))
    yield WordList("calendar.csv", frozenset(numbers("month")) | frozenset(numbers("weekday")))


@pytest.fixture(scope="module")
def written() -> list[WordList]:
    files = sorted((ROOT / "assets").rglob("*.py"))
    in_code = [found for path in files for found in lists_in(path.read_text("utf-8"), _named(path))]
    return [*in_code, *lists_in_files()]


def _named(path: Path) -> str:
    return str(path.relative_to(ROOT / "assets").with_suffix(""))


def allowed(one: str, other: str) -> set[str]:
    """The reasons for which two lists may share words."""
    return {reason for reason, group in GROUPS.items() if {one, other} <= group}


def test_no_list_is_written_twice(written: list[WordList]) -> None:
    assert [pair for pair in doubles(written) if not allowed(*pair[:2])] == []


def test_no_exception_outlives_its_reason(written: list[WordList]) -> None:
    used = {(reason, place) for *pair, _ in doubles(written) for reason in allowed(*pair) for place in pair}
    assert {(reason, place) for reason, group in GROUPS.items() for place in group} - used == set()


WRITTEN = [
    ("a tuple", 'A = ("ash", "birch", "elm", "fir", "hazel", "larch", "oak", "pine")'),
    ("keys of a dict", 'A = {"ash": 1, "birch": 2, "elm": 3, "fir": 4, "hazel": 5, "larch": 6, "oak": 7, "pine": 8}'),
    ("values of a dict", 'A = {"tree": "ash birch elm fir hazel larch oak pine"}'),
    ("a text that is split", 'A = "ash birch elm fir hazel larch oak pine".split()'),
    ("the words of a text", 'A = words("ash birch elm fir hazel larch oak pine")'),
    ("alternatives of a pattern", 'A = re.compile(r"(?:ash|birch|elm|fir|hazel|larch|oak|pine)\\b")'),
    ("alternatives in a pattern with parts", 'A = rf"{START}(?:ash|birch|elm|fir|hazel|larch|oak|pine)"'),
    ("within a function", 'def a():\n    return ["ash", "birch", "elm", "fir", "hazel", "larch", "oak", "pine"]'),
    ("with capitals and stops", 'A = ["Ash.", "Birch", "Elm", "Fir", "Hazel", "Larch", "Oak", "Pine"]'),
]


@pytest.mark.parametrize("source", [source for _, source in WRITTEN], ids=[name for name, _ in WRITTEN])
def test_a_second_list_is_found_however_it_is_written(source: str) -> None:
    other = 'TREES = words("ash birch elm fir hazel yew willow rowan maple")'
    found = [*lists_in(source, "one"), *lists_in(other, "two")]
    assert [shared for _, _, shared in doubles(found)] == [["ash", "birch", "elm", "fir", "hazel"]]


@pytest.mark.parametrize(
    "source",
    [
        '"""Ash birch elm fir hazel larch oak pine."""',
        'A = words("ash birch elm")',
        'A = words("ash birch elm fir larch oak pine spruce")',
    ],
    ids=["a docstring", "a short list", "half of the words"],
)
def test_what_is_no_second_list(source: str) -> None:
    other = 'TREES = words("ash birch elm fir hazel yew willow rowan maple")'
    assert list(doubles([*lists_in(source, "one"), *lists_in(other, "two")])) == []

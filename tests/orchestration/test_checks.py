"""Checks that look only at what changed find what checks of everything find."""

from datetime import datetime
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assets.articles.schema import ARTICLES
from assets.entities.schema import MENTIONS
from assets.sources.schema import ARTICLE_SOURCES, SOURCES
from orchestration.checks import RULES as ALL_RULES
from orchestration.checks import keys_unique, offsets_hold, outcome, values_declared
from orchestration.tables import TABLES
from pipeline.bookkeeping import CHECKED
from pipeline.schema import Column, Table
from pipeline.warehouse import Warehouse

BODY = "The mayor’s ferry left Averley Quay at nine."
RULES = (offsets_hold(MENTIONS), keys_unique(MENTIONS))


def span(article: str, start: int, end: int, text: str | None = None) -> dict[str, object]:
    shown = BODY[start:end] if text is None else text
    return {"article_id": article, "entity_id": "e", "start": start, "end": end, "text": shown, "kind": "place"}


PLAIN = {"text": "x", "text[]": [], "integer": 0, "integer[]": [], "bigint": 0, "bigint[]": [], "double": 0.5, "boolean": False,
         "timestamp": datetime(2026, 9, 8)}  # fmt: skip


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    warehouse = Warehouse(tmp_path / "build.duckdb", TABLES)
    warehouse.prepare()
    return warehouse


def put(warehouse: Warehouse, bodies: dict[str, str], spans: list[dict[str, object]]) -> None:
    """Make the tables hold these articles and mentions, whatever else an article must have."""
    with warehouse.transaction() as transaction:
        for path in (ARTICLES.path, MENTIONS.path):
            transaction.execute(f"DROP TABLE {path}")
        articles = pl.DataFrame([*bodies.items()], schema={"article_id": pl.String, "body": pl.String}, orient="row")
        for path, rows in (
            (ARTICLES.path, articles),
            (MENTIONS.path, pl.DataFrame(spans, schema=MENTIONS.polars_schema)),
        ):
            with transaction.visible(rows) as given_rows:
                transaction.execute(f"CREATE TABLE {path} AS FROM {given_rows}")


def passed(warehouse: Warehouse) -> dict[str, bool]:
    with warehouse.transaction() as transaction:
        return {rule.name: outcome(transaction, rule).passed for rule in RULES}


RIGHT = [span("a", 4, 11), span("a", 24, 36), span("b", 24, 36)]
SHIFTED, DOUBLED = [*RIGHT[:2], span("b", 25, 37, "Averley Quay")], [*RIGHT, RIGHT[0]]


@pytest.mark.parametrize(
    ("bodies", "spans", "found"),
    [
        ({"a": BODY, "b": BODY}, SHIFTED, "offsets_hold"),
        ({"a": BODY, "b": f"Late: {BODY}"}, RIGHT, "offsets_hold"),
        ({"a": BODY}, RIGHT, "offsets_hold"),
        ({"a": BODY, "b": BODY}, DOUBLED, "key_unique"),
    ],
    ids=[
        "a mention moved",
        "a body changed under its mentions",
        "an article went and its mentions stayed",
        "a row twice",
    ],
)
def test_what_becomes_wrong_after_it_was_right_is_found_each_time(
    warehouse: Warehouse, bodies: dict[str, str], spans: list[dict[str, object]], found: str
) -> None:
    put(warehouse, {"a": BODY, "b": BODY}, RIGHT)
    assert all(passed(warehouse).values())
    put(warehouse, bodies, spans)
    for _ in range(2):
        assert [name for name, holds in passed(warehouse).items() if not holds] == [found]
    put(warehouse, {"a": BODY, "b": BODY}, RIGHT)
    assert all(passed(warehouse).values())


def test_what_was_found_right_is_not_looked_at_again(warehouse: Warehouse) -> None:
    put(warehouse, {"a": BODY, "b": BODY}, RIGHT)
    passed(warehouse)
    put(warehouse, {"a": BODY, "b": BODY}, [*RIGHT, span("b", 0, 3)])
    with warehouse.transaction() as transaction:
        outcome(transaction, RULES[0])
        assert transaction.query("SELECT item_id FROM changed_items")["item_id"].to_list() == ["b"]
        assert transaction.scalar(f"SELECT count(*) FROM {CHECKED.path} WHERE rule = ?", [RULES[0].path]) == 2


SPANS = st.lists(
    st.tuples(
        st.sampled_from("abc"), st.integers(0, 40), st.integers(0, 4), st.sampled_from([None, None, None, "quay"])
    ),
    max_size=6,
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(states=st.lists(st.tuples(st.sets(st.sampled_from("abc")), SPANS), min_size=1, max_size=5))
def test_each_time_the_outcome_is_that_of_a_look_at_everything(
    states: list[tuple[set[str], list[tuple[str, int, int, str | None]]]], warehouse: Warehouse
) -> None:
    for articles, spans in states:
        rows = [span(article, start, start + length, text) for article, start, length, text in spans]
        put(warehouse, dict.fromkeys(sorted(articles), BODY), rows)
        found = passed(warehouse)
        keys = [(row["article_id"], row["start"], row["end"]) for row in rows]
        assert found["key_unique"] == (len(set(keys)) == len(keys))
        assert found["offsets_hold"] == all(
            row["article_id"] in articles and BODY[row["start"] : row["end"]] == row["text"] for row in rows
        )


CLOSED = [(table, column) for table in TABLES for column in table.columns if column.values]


@pytest.mark.parametrize(("table", "column"), CLOSED, ids=lambda part: getattr(part, "path", getattr(part, "name", "")))
def test_a_value_outside_its_closed_list_stops_the_run(warehouse: Warehouse, table: Table, column: Column) -> None:
    """Whichever table it stands in: the constraint that the database would have is a check of ours."""
    looking = [
        rule for rule in ALL_RULES if rule.name == "values_declared" and f"FROM {table.path} " in rule.violations
    ]
    assert len(looking) == 1
    (rule,) = looking
    for value, holds in ((column.values[0], True), ("something else", False)):
        given = {other.name: PLAIN[other.type] if not other.values else other.values[0] for other in table.columns}
        with warehouse.transaction() as transaction:
            transaction.replace(table, pl.DataFrame([{**given, column.name: value}], schema=table.polars_schema))
            found = outcome(transaction, rule)
        assert found.passed == holds
    assert rule.spec.blocking
    assert "something else" in str(found.metadata["examples"])


def test_nothing_is_no_value_outside_the_list(warehouse: Warehouse) -> None:
    with warehouse.transaction() as transaction:
        assert outcome(transaction, values_declared(SOURCES, ARTICLE_SOURCES)).passed

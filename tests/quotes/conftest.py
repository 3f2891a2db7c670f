"""Articles and names for the tests of quotations; every person and place in them is invented."""

from collections.abc import Callable, Sequence

import polars as pl
import pytest

MENTIONS = {
    "article_id": pl.String,
    "start": pl.Int32,
    "end": pl.Int32,
    "text": pl.String,
    "kind": pl.String,
    "name": pl.String,
}


def articles_of(bodies: Sequence[str]) -> pl.DataFrame:
    rows = [(f"a{number:03}", "gazette", "", body, "en") for number, body in enumerate(bodies)]
    return pl.DataFrame(rows, schema=["article_id", "source_id", "title", "body", "language"], orient="row")


def no_mentions() -> pl.DataFrame:
    return pl.DataFrame(schema=MENTIONS)


@pytest.fixture(scope="session")
def read() -> Callable[..., list[dict[str, object]]]:
    """A body as its quotations; names may be given as (name as printed, kind, full name)."""
    from assets.quotes.extract import extract_quotes

    def run(body: str, names: Sequence[tuple[str, str, str]] = ()) -> list[dict[str, object]]:
        rows = []
        for printed, kind, full in names:
            start = body.find(printed)
            while start >= 0:
                rows.append(("a000", start, start + len(printed), printed, kind, full))
                start = body.find(printed, start + 1)
        mentions = pl.DataFrame(rows, schema=MENTIONS, orient="row")
        return extract_quotes(articles_of([body]), mentions).to_dicts()

    return run

"""How well the labelled sets are grouped; each floor is what the mission asks for, or what was reached."""

from pathlib import Path

import polars as pl
import pytest
from gold_sets import GoldSet, Score, kursk, pairs_of, polnear, sample, score

from assets.statements.group import GroupedStatements, group_statements


def grouped(gold: GoldSet) -> GroupedStatements:
    return group_statements(gold.quotes, gold.articles, gold.stories)


def test_five_reports_of_one_event(shared: Path) -> None:
    gold = kursk(shared)
    result = grouped(gold)
    reached = score(gold.labels, result)
    assert reached.true == 87
    assert reached.precision >= 0.98
    assert reached.recall >= 0.92
    assert (reached.altered_right, reached.altered_found) == (6, 6)
    statement = dict(result.statement_quotes.join(gold.labels, on="quote_id").select("ref", "statement_id").iter_rows())
    assert statement["002:17"] not in {statement[ref] for ref in ("001:13", "002:16", "003:12")}


@pytest.mark.parametrize("left_out", ["000", "001", "002", "003", "004"])
def test_no_report_depends_on_another(shared: Path, left_out: str) -> None:
    """Without any one of the reports, the rest are grouped as precisely, and nobody else is accused."""
    gold = kursk(shared)
    kept = gold.quotes.filter(pl.col("article_id") != left_out)
    result = group_statements(kept, gold.articles, gold.stories)
    reached = score(gold.labels.join(kept, on="quote_id", how="semi"), result)
    assert reached.precision >= 0.98
    assert reached.altered_right == reached.altered_found


def test_the_sample_corpus() -> None:
    gold = sample()
    reached: Score = score(gold.labels, grouped(gold))
    assert reached.precision >= 0.99
    assert reached.recall >= 0.95
    assert reached.altered_right >= 7
    assert reached.altered_found == reached.altered_right


@pytest.mark.parametrize("seed", range(6))
def test_nobody_is_accused_when_half_of_the_articles_are_not_there(seed: int) -> None:
    gold = sample()
    articles = gold.articles["article_id"].sample(fraction=0.5, seed=seed)
    kept = gold.quotes.filter(pl.col("article_id").is_in(articles.implode()))
    result = group_statements(kept, gold.articles, gold.stories)
    reached = score(gold.labels.join(kept, on="quote_id", how="semi"), result)
    assert reached.precision >= 0.98
    assert reached.altered_right == reached.altered_found


def test_seven_outlets_on_one_campaign(shared: Path) -> None:
    gold = polnear(shared)
    result = grouped(gold)
    article = dict(gold.quotes.select("quote_id", "article_id").iter_rows())
    found, true = (
        {pair for pair in pairs if article[pair[0]] != article[pair[1]]}
        for pairs in (pairs_of(result.statement_quotes, "statement_id"), pairs_of(gold.labels, "statement"))
    )
    assert len(found & true) / len(found) >= 0.96
    assert len(found & true) / len(true) >= 0.72
    assert result.statement_quotes.filter(relation="altered").is_empty()

"""What ``verbatim search`` asks the published warehouse: the texts that hold the words and are of whom, when and what was asked."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from difflib import get_close_matches
from typing import Any, Literal

import duckdb
import polars as pl

from assets.search.excerpt import WORD
from assets.search.terms import fold, stems
from orchestration.cli.command import UsageError

Part = Literal["quotes", "articles", "statements"]
PHRASE = re.compile(r'["“”„]([^"“”„]+)["“”„]')
# The text that is searched, and the id, by what is searched.
TEXT = {
    "quotes": "quotes.text",
    "statements": "statements.text",
    "articles": "concat_ws(chr(10), articles.title, articles.body)",
}
ID = {"quotes": "quotes.quote_id", "statements": "statements.statement_id", "articles": "articles.article_id"}
# Each article with its quotations, the statements that they print and who made these.
PLACES = """
    FROM core.articles AS articles
    JOIN core.sources AS outlets ON articles.source_id = outlets.source_id
    LEFT JOIN core.quotes AS quotes ON articles.article_id = quotes.article_id
    LEFT JOIN core.statement_quotes AS printings ON quotes.quote_id = printings.quote_id
    LEFT JOIN core.statements AS statements ON printings.statement_id = statements.statement_id
    LEFT JOIN core.entities AS speakers ON statements.speaker_id = speakers.entity_id
"""
COLUMNS = {
    "quotes": "any_value(outlets.name) AS outlet, any_value(articles.published_at) AS published_at, "
    "any_value(articles.published_precision) AS published_precision, "
    "any_value(coalesce(speakers.name, quotes.speaker_name, quotes.speaker_text)) AS speaker, any_value(quotes.kind) AS kind, "
    "any_value(quotes.pre) AS pre, any_value(quotes.text) AS text, any_value(quotes.post) AS post, "
    "any_value(articles.article_id) AS article_id, any_value(articles.url) AS url",
    "statements": "list_sort(list(DISTINCT outlets.name)) AS outlets, "
    "arg_min(articles.published_at, articles.published_at) AS published_at, "
    "arg_min(articles.published_precision, articles.published_at) AS published_precision, "
    "any_value(speakers.name) AS speaker, any_value(statements.text) AS text",
    "articles": "any_value(outlets.name) AS outlet, any_value(articles.published_at) AS published_at, "
    "any_value(articles.published_precision) AS published_precision, any_value(articles.title) AS title, "
    "any_value(articles.body) AS text, any_value(articles.url) AS url",
}


@dataclass
class Wanted:
    """What the places must be besides holding the words: SQL conditions and the values in them."""

    conditions: list[str] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)

    def add(self, condition: str, name: str, value: object) -> None:
        self.conditions.append(condition)
        self.values[name] = value

    @property
    def where(self) -> str:
        return " AND ".join(self.conditions) or "true"


def known_words(connection: duckdb.DuckDBPyConnection, words: str) -> str:
    """The words, each that no text has in this form by what it has in common with its other forms."""
    asked: list[str] = connection.execute("SELECT search.asked(?)", [words]).fetchall()[0][0]
    if not asked:
        raise UsageError("name at least one word to search for")
    languages = [
        row[0] for row in connection.execute("SELECT DISTINCT language FROM core.articles ORDER BY 1").fetchall()
    ]
    known: list[str] = []
    unknown: list[str] = []
    for word in asked:
        forms = [word, *dict.fromkeys(stem for language in languages for stem in stems([word], language))]
        there = {
            row[0]
            for row in connection.execute(
                "SELECT word FROM search.words WHERE word IN $forms UNION SELECT term FROM search.words WHERE term IN $forms",
                {"forms": forms},
            ).fetchall()
        }
        chosen = next((form for form in forms if form in there), None)
        (known if chosen else unknown).append(chosen or word)
    if unknown:
        raise UsageError(f"no text has the word{'s' if len(unknown) > 1 else ''} {', '.join(map(repr, unknown))}")
    return " ".join(known)


def forms_of(connection: duckdb.DuckDBPyConnection, words: str) -> frozenset[str]:
    """All words, folded, that these find."""
    rows = connection.execute(
        "SELECT word FROM search.words WHERE term IN (SELECT term FROM search.words "
        "WHERE list_contains(search.asked($words), word) OR list_contains(search.asked($words), term))",
        {"words": words},
    ).fetchall()
    return frozenset(row[0] for row in rows)


def phrases_of(words: str) -> list[list[str]]:
    """The words, folded, of each phrase that stands in quotation marks."""
    phrases = [[fold(word) for word in WORD.findall(phrase)] for phrase in PHRASE.findall(words)]
    return [phrase for phrase in phrases if phrase]


def wanted(
    connection: duckdb.DuckDBPyConnection,
    part: Part,
    words: str,
    speaker: str | None,
    outlet: str | None,
    since: datetime | None,
    kinds: Sequence[str],
) -> Wanted:
    asked = Wanted()
    if speaker:
        asked.add("statements.speaker_id IN $speakers", "speakers", _speakers(connection, speaker))
    if outlet:
        asked.add("articles.source_id IN $outlets", "outlets", _outlets(connection, outlet))
    if since:
        asked.add("articles.published_at >= $since", "since", since)
    if kinds:
        asked.add("quotes.kind IN $kinds", "kinds", list(kinds))
    for number, phrase in enumerate(phrases_of(words)):
        in_order = r"[^\p{L}\p{N}_]+".join(map(re.escape, phrase))
        pattern = rf"(^|[^\p{{L}}\p{{N}}_]){in_order}($|[^\p{{L}}\p{{N}}_])"
        asked.add(f"regexp_matches(search.folded({TEXT[part]}), $phrase_{number})", f"phrase_{number}", pattern)
    return asked


def _speakers(connection: duckdb.DuckDBPyConnection, name: str) -> list[str]:
    rows = connection.execute(
        "SELECT entity_id, name, aliases FROM core.entities WHERE entity_id IN (SELECT speaker_id FROM core.statements) ORDER BY name"
    ).fetchall()
    meant = [row[0] for row in rows if any(fold(name) in fold(known) for known in (row[1], *row[2]))]
    return meant or _nobody("speaker", name, [row[1] for row in rows])


def _outlets(connection: duckdb.DuckDBPyConnection, name: str) -> list[str]:
    rows = connection.execute("SELECT source_id, name FROM core.sources WHERE kind = 'outlet' ORDER BY name").fetchall()
    meant = [row[0] for row in rows if name == row[0] or fold(name) in fold(row[1])]
    return meant or _nobody("outlet", name, [row[1] for row in rows])


def _nobody(what: str, name: str, known: Sequence[str]) -> list[str]:
    near = get_close_matches(name, known, n=3, cutoff=0.5)
    raise UsageError(f"no {what} is called {name!r}" + (f"; near it are {', '.join(near)}" if near else ""))


def hits(connection: duckdb.DuckDBPyConnection, part: Part, words: str, any_word: bool, asked: Wanted) -> pl.DataFrame:
    """The texts found, the best first."""
    return connection.execute(
        f"SELECT any_value(found.score) AS score, found.id, {COLUMNS[part]} {_found(part)} WHERE {asked.where} "
        "GROUP BY found.id ORDER BY score DESC, found.id",
        {"part": part, "words": words, "any_word": any_word, **asked.values},
    ).pl()


def counts(
    connection: duckdb.DuckDBPyConnection, part: Part, words: str, any_word: bool, asked: Wanted
) -> list[tuple[str, int]]:
    """How many of them each outlet printed, most first."""
    return connection.execute(
        f"SELECT outlets.name, count(DISTINCT found.id) AS n {_found(part)} WHERE {asked.where} "
        "GROUP BY outlets.name ORDER BY n DESC, outlets.name",
        {"part": part, "words": words, "any_word": any_word, **asked.values},
    ).fetchall()


def _found(part: Part) -> str:
    return f"{PLACES} JOIN search.matches($part, $words, any_word := $any_word) AS found ON found.id = {ID[part]}"

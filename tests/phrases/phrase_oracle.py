"""Closed phrases by their definition alone: all phrases of all lines, compared as sets of articles, by the plainest means."""

import re
from collections import defaultdict
from collections.abc import Iterator

import polars as pl

from assets.phrases.closed import ClosedPhrases
from pipeline.ids import stable_id

Article = tuple[str, str, str]  # article_id, source_id, body
Phrase = tuple[str, ...]
Place = tuple[str, int, int]  # article_id, start, end

FEWEST_TOKENS = 5
FEWEST_ARTICLES = 2


def frame(articles: list[Article]) -> pl.DataFrame:
    schema = {"article_id": pl.String, "source_id": pl.String, "body": pl.String}
    return pl.DataFrame(articles, schema=schema, orient="row")


def printed(*bodies: str) -> list[Article]:
    """Articles a0, a1 … by outlets of their own."""
    return [(f"a{number}", f"outlet {number}", body) for number, body in enumerate(bodies)]


def closed_by_definition(articles: list[Article]) -> dict[Phrase, list[Place]]:
    """Every closed phrase with its places."""
    places: dict[Phrase, list[Place]] = defaultdict(list)
    for article_id, _, body in articles:
        for line in lines(body):
            for first in range(len(line)):
                for after in range(first + FEWEST_TOKENS, len(line) + 1):
                    phrase = tuple(form for form, _, _ in line[first:after])
                    places[phrase].append((article_id, line[first][1], line[after - 1][2]))
    alike: dict[frozenset[str], list[Phrase]] = defaultdict(list)
    for phrase, found in places.items():
        standing_in = frozenset(article_id for article_id, _, _ in found)
        if len(standing_in) >= FEWEST_ARTICLES:
            alike[standing_in].append(phrase)
    closed: dict[Phrase, list[Place]] = {}
    for phrases in alike.values():
        inside_longer: set[Phrase] = set()
        for phrase in sorted(phrases, key=len, reverse=True):
            # A part of a phrase that is itself inside a longer one is in that longer one too.
            if phrase not in inside_longer:
                closed[phrase] = places[phrase]
                inside_longer |= set(parts(phrase))
    return closed


def lines(body: str) -> Iterator[list[tuple[str, int, int]]]:
    """(form, start, end) of the tokens of each line."""
    begin = 0
    for line in body.split("\n"):
        yield [(m.group().casefold(), begin + m.start(), begin + m.end()) for m in re.finditer(r"\w+", line)]
        begin += len(line) + 1


def parts(phrase: Phrase) -> Iterator[Phrase]:
    """Every shorter phrase within."""
    for first in range(len(phrase)):
        for after in range(first + FEWEST_TOKENS, len(phrase) + 1):
            if after - first < len(phrase):
                yield phrase[first:after]


def assert_exact(found: ClosedPhrases, articles: list[Article]) -> int:
    """Both tables are what the definition gives, to the row; returns how many phrases that is."""
    outlet = {article_id: source_id for article_id, source_id, _ in articles}
    expected = {" ".join(phrase): places for phrase, places in closed_by_definition(articles).items()}
    phrases = [
        (
            stable_id(text),
            text,
            len(text.split(" ")),
            len({article_id for article_id, _, _ in places}),
            len({outlet[article_id] for article_id, _, _ in places}),
            len(places),
        )
        for text, places in expected.items()
    ]
    assert found.phrases.rows() == sorted(phrases)
    occurrences = [(stable_id(text), *place) for text, places in expected.items() for place in places]
    assert found.occurrences.rows() == sorted(occurrences)
    return len(phrases)

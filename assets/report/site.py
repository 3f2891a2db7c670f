"""The report as files: one page per statement, outlet, speaker and article, an overview, phrases, a matrix, a search index."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
from jinja2 import Environment, PackageLoader, StrictUndefined

from assets.report.marked_text import Span, marked_paragraphs, marked_wording
from assets.report.tables import ReportTables

Row = dict[str, Any]
MATRIX_STATEMENTS = 60
OVERVIEW_ROWS = 12
TEMPLATES = Environment(
    loader=PackageLoader("assets.report"),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=StrictUndefined,
)


def write_site(tables: ReportTables, folder: Path) -> int:
    """Write all pages into ``folder`` (made anew by the caller); returns how many there are."""
    site = Site(tables)
    shutil.copytree(Path(__file__).with_name("static"), folder / "static")
    n_pages = 0
    for page in site.pages():
        path = folder / page.path
        path.parent.mkdir(parents=True, exist_ok=True)
        root = "../" * page.path.count("/")
        html = TEMPLATES.get_template(page.template).render(page.content, root=root, title=page.title)
        path.write_text(html, encoding="utf-8")
        n_pages += 1
    search = f"window.searchIndex = {_script(site.search_index())};\n"
    (folder / "search.js").write_text(search, encoding="utf-8")
    return n_pages


@dataclass(frozen=True)
class Page:
    """One page: where it stands, by which template, its title and what the template shows."""

    path: str
    template: str
    title: str
    content: Row


class Site:
    """The tables by what pages ask for: rows by statement, by outlet, by speaker, by article."""

    def __init__(self, tables: ReportTables) -> None:
        self.tables = tables
        self.sources = {row["source_id"]: row for row in tables.sources.iter_rows(named=True)}
        self.articles = {row["article_id"]: row for row in tables.articles.iter_rows(named=True)}
        self.entities = {row["entity_id"]: row for row in tables.entities.iter_rows(named=True)}
        self.quotes = {row["quote_id"]: row for row in tables.quotes.iter_rows(named=True)}
        self.statements = {row["statement_id"]: row for row in tables.statements.iter_rows(named=True)}
        self.statement_of = dict(tables.statement_quotes.select("quote_id", "statement_id").iter_rows())
        self.coverage = grouped(tables.quote_coverage, "statement_id")
        self.quotes_of_article = grouped(tables.quotes, "article_id")
        self.mentions_of_article = grouped(tables.mentions, "article_id")
        self.removed_of_article = grouped(tables.removed_lines, "article_id")
        self.articles_of_outlet = grouped(tables.articles, "source_id")
        self.speakers_of_outlet = grouped(tables.speaker_coverage, "outlet_id")
        self.outlets_of_speaker = grouped(tables.speaker_coverage, "speaker_id")
        self.quotes_of_speaker = grouped(tables.quotes.filter(pl.col("speaker_id").is_not_null()), "speaker_id")
        self.altered_of_outlet = grouped(tables.altered_quotes, "outlet_id")
        self.syndication = {row["article_id"]: row for row in tables.syndication.iter_rows(named=True)}

    def pages(self) -> Iterator[Page]:
        yield Page("index.html", "overview.html", "Overview", self.overview())
        yield Page("statements.html", "statements.html", "Statements", {"statements": self.statement_rows()})
        yield Page("coverage.html", "coverage.html", "Coverage", self.matrix())
        yield Page("phrases.html", "phrases.html", "Repeated phrases", {"phrases": self.phrases()})
        for statement_id in self.coverage:
            yield Page(f"statements/{statement_id}.html", "statement.html", "Statement", self.statement(statement_id))
        for outlet in self.tables.outlet_coverage.iter_rows(named=True):
            yield Page(f"outlets/{outlet['outlet_id']}.html", "outlet.html", outlet["outlet"], self.outlet(outlet))
        for speaker_id in self.outlets_of_speaker:
            name = self.entities[speaker_id]["name"]
            yield Page(f"speakers/{speaker_id}.html", "speaker.html", name, self.speaker(speaker_id))
        for article_id, article in self.articles.items():
            title = article["title"] or "Untitled"
            yield Page(f"articles/{article_id}.html", "article.html", title, self.article(article))

    def overview(self) -> Row:
        tables = self.tables
        days = tables.articles["published_at"].drop_nulls().dt.date()
        rejects = tables.rejects.group_by("reason").agg(pl.len().alias("n"), pl.col("path").sort().str.join(", "))
        return {
            "counts": [
                ("articles", tables.articles.height),
                ("outlets", tables.outlet_coverage.height),
                ("quotations", tables.quotes.height),
                ("statements", tables.statements.height),
            ],
            "first_day": days.min(),
            "last_day": days.max(),
            "widest": self.statement_rows()[:OVERVIEW_ROWS],
            "altered": self.altered(tables.altered_quotes.rows(named=True)),
            "outlets": tables.outlet_coverage.rows(named=True),
            "rejects": rejects.sort("reason").rows(named=True),
        }

    def statement_rows(self) -> list[Row]:
        """Statements printed between marks, the most widely carried first."""
        rows = []
        for statement_id, coverage in self.coverage.items():
            carried = [row for row in coverage if row["carried"]]
            rows.append(
                {
                    **self.statements[statement_id],
                    "speaker": coverage[0]["speaker"],
                    "n_carried": len(carried),
                    "n_possible": len(coverage),
                    "n_wordings": len({row["wording"] for row in carried}),
                }
            )
        return sorted(rows, key=lambda row: (-row["n_carried"], -len(row["text"]), row["statement_id"]))

    def statement(self, statement_id: str) -> Row:
        statement, coverage = self.statements[statement_id], self.coverage[statement_id]
        carried = [
            {
                **row,
                "marked": marked_wording(statement["text"], row["wording"]),
                "article": self.articles[row["article_id"]],
                "quote": self.quotes[row["quote_id"]],
            }
            for row in coverage
            if row["carried"]
        ]
        return {
            "statement": statement,
            "speaker": coverage[0]["speaker"],
            "carried": carried,
            "left_out": [row for row in coverage if not row["carried"]],
            "fullest": max(carried, key=lambda row: (row["quote"]["n_words"], row["quote_id"]))["quote"],
        }

    def outlet(self, outlet: Row) -> Row:
        outlet_id = outlet["outlet_id"]
        rows = [row for rows in self.coverage.values() for row in rows if row["outlet_id"] == outlet_id]
        alone = {
            key for key, rows in self.coverage.items() if sum(row["carried"] for row in rows) == 1 and len(rows) > 1
        }
        articles = sorted(
            self.articles_of_outlet.get(outlet_id, []), key=lambda row: (str(row["published_at"]), row["article_id"])
        )
        return {
            "outlet": outlet,
            "source": self.sources[outlet_id],
            "articles": [{**row, "copied": self.syndication.get(row["article_id"])} for row in articles],
            "speakers": sorted(
                self.speakers_of_outlet.get(outlet_id, []), key=lambda row: (-row["n_words"], row["speaker"])
            ),
            "alone": [row for row in rows if row["carried"] and row["statement_id"] in alone],
            "left_out": [row for row in rows if not row["carried"]],
            "altered": self.altered(self.altered_of_outlet.get(outlet_id, [])),
        }

    def speaker(self, speaker_id: str) -> Row:
        quotes = [
            {**quote, "article": self.articles[quote["article_id"]], "outlet": self.sources[quote["source_id"]]["name"]}
            for quote in self.quotes_of_speaker.get(speaker_id, [])
        ]
        for quote in quotes:
            statement_id = self.statement_of.get(quote["quote_id"])
            quote["statement_id"] = statement_id if statement_id in self.coverage else None
        quotes.sort(key=lambda quote: (str(quote["article"]["published_at"]), quote["article_id"], quote["start"]))
        return {"speaker": self.entities[speaker_id], "outlets": self.outlets_of_speaker[speaker_id], "quotes": quotes}

    def article(self, article: Row) -> Row:
        article_id = article["article_id"]
        spans = [self.quote_span(quote) for quote in self.quotes_of_article.get(article_id, [])]
        spans += [self.name_span(mention) for mention in self.mentions_of_article.get(article_id, [])]
        quotes = [
            {**quote, "statement_id": self.statement_of.get(quote["quote_id"])}
            for quote in self.quotes_of_article.get(article_id, [])
        ]
        return {
            "article": article,
            "outlet": self.sources[article["source_id"]],
            "agency": self.sources.get(article["agency_id"]),
            "copied": self.syndication.get(article_id),
            "paragraphs": marked_paragraphs(article["body"], spans),
            "quotes": quotes,
            "with_page": set(self.coverage),
            "removed": self.removed_of_article.get(article_id, []),
        }

    def quote_span(self, quote: Row) -> Span:
        speaker = quote["speaker_name"] or quote["speaker_text"] or "speaker not known"
        return Span(
            quote["start"], quote["end"], quote["kind"], None, f"{speaker} ({quote['kind']})", f"q-{quote['quote_id']}"
        )

    def name_span(self, mention: Row) -> Span:
        entity = self.entities[mention["entity_id"]]
        page = f"../speakers/{entity['entity_id']}.html" if entity["entity_id"] in self.outlets_of_speaker else None
        return Span(mention["start"], mention["end"], "entity", page, f"{entity['name']} ({entity['kind']})")

    def altered(self, rows: list[Row]) -> list[Row]:
        return [
            {**row, "marked": marked_wording(row["usual_wording"] or row["wording"], row["wording"])} for row in rows
        ]

    def matrix(self) -> Row:
        """Statements × outlets; outlets by how much they carry, statements by how widely they are carried."""
        statements = self.statement_rows()[:MATRIX_STATEMENTS]
        shown = {row["statement_id"] for row in statements}
        cells = {(row["statement_id"], row["outlet_id"]): row for key in shown for row in self.coverage[key]}
        carried_by = {
            outlet: sum(row["carried"] for (_, other), row in cells.items() if other == outlet)
            for outlet in {outlet for _, outlet in cells}
        }
        outlets = sorted(carried_by, key=lambda outlet: (-carried_by[outlet], outlet))
        return {
            "statements": statements,
            "outlets": [self.sources[outlet] for outlet in outlets],
            "cells": cells,
            "shared": self.tables.shared_text.rows(named=True),
            "names": {key: source["name"] for key, source in self.sources.items()},
            "daily": self.tables.quotes_daily.rows(named=True),
        }

    def phrases(self) -> list[Row]:
        places = grouped(self.tables.phrase_places, "phrase_id")
        return [
            {**row, "places": [self.articles[place["article_id"]] for place in places[row["phrase_id"]]]}
            for row in self.tables.repeated_phrases.iter_rows(named=True)
        ]

    def search_index(self) -> list[list[str]]:
        """What the search box finds: (what it is, its words, its page)."""
        found = [["statement", row["text"], f"statements/{row['statement_id']}.html"] for row in self.statement_rows()]
        found += [["speaker", self.entities[key]["name"], f"speakers/{key}.html"] for key in self.outlets_of_speaker]
        found += [
            ["outlet", row["outlet"], f"outlets/{row['outlet_id']}.html"]
            for row in self.tables.outlet_coverage.iter_rows(named=True)
        ]
        return found


def grouped(frame: pl.DataFrame, key: str) -> dict[str, list[Row]]:
    """Rows by the value of a column, both in the order of the frame."""
    groups: dict[str, list[Row]] = {}
    for row in frame.iter_rows(named=True):
        groups.setdefault(row[key], []).append(row)
    return groups


def _script(value: object) -> str:
    """JSON that is safe inside a script file, whatever the texts hold."""
    return (
        json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        .replace("<", "\\u003c")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029")
    )

"""How long the report takes at 50,000 articles, on how much memory, and how large what a reader opens is.

    python -m benchmarks.report [articles] [workers]

The tables are made up: outlets that share stories, statements that some of them carry, speakers of a few of whom much is
said. Nothing is read from disk but the package itself.
"""

import resource
import shutil
import sys
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path

import duckdb
import numpy as np
import polars as pl

from assets.report.site import write_site
from pipeline.warehouse import Transaction
from pipeline.workers import map_batches

OUTLETS, ARTICLES_PER_STORY, STATEMENTS_PER_STORY, QUOTES_PER_ARTICLE, NAMES_PER_ARTICLE = 100, 5, 12, 7, 12
WORDS = 450
START = datetime(2026, 1, 1)


def made_up(n_articles: int) -> dict[str, pl.DataFrame]:
    """Tables of ``n_articles`` with about as many quotations, names and shared statements as news has."""
    random = np.random.default_rng(1)
    vocabulary = np.array([f"w{number}" for number in range(30_000)])
    n_speakers = max(20, n_articles // 10)
    article = np.arange(n_articles)
    story, outlet = article // ARTICLES_PER_STORY, random.integers(0, OUTLETS, n_articles)
    article_ids, outlet_ids = _ids("a", article), _ids("o", np.arange(OUTLETS))
    at = [START + timedelta(minutes=int(minute)) for minute in story * 3 + random.integers(0, 600, n_articles)]
    common = np.minimum(random.zipf(1.3, n_articles * WORDS), 30_000).reshape(n_articles, WORDS) - 1
    bodies = [_body(vocabulary[row]) for row in common]
    articles = pl.DataFrame(
        {
            "article_id": article_ids,
            "source_id": outlet_ids[outlet],
            "agency_id": pl.Series([None] * n_articles, dtype=pl.String),
            "url": [f"https://outlet{o}.example/{a}" for o, a in zip(outlet, article, strict=True)],
            "title": [body[:60] for body in bodies],
            "authors": [["A Writer"]] * n_articles,
            "published_at": at,
            "published_precision": np.where(article % 5, "second", "day"),
            "dateline": pl.Series([None] * n_articles, dtype=pl.String),
            "language": ["en"] * n_articles,
            "supported": [True] * n_articles,
            "body": bodies,
            "n_words": [WORDS] * n_articles,
        }
    )
    sources = pl.DataFrame(
        {
            "source_id": outlet_ids,
            "name": [f"Outlet {number}" for number in range(OUTLETS)],
            "kind": ["outlet"] * OUTLETS,
            "domain": [f"outlet{number}.example" for number in range(OUTLETS)],
            "country": ["XM"] * OUTLETS,
        }
    )
    speaker_ids = _ids("p", np.arange(n_speakers))
    entities = pl.DataFrame(
        {
            "entity_id": speaker_ids,
            "name": [f"Speaker {number}" for number in range(n_speakers)],
            "kind": ["person"] * n_speakers,
            "aliases": [[f"Speaker {number}", f"S {number}"] for number in range(n_speakers)],
            "wikidata_id": pl.Series([None] * n_speakers, dtype=pl.String),
        }
    )
    # Quotations: each prints a statement of its article's story; the first of a story are printed most often.
    of_article = np.repeat(article, QUOTES_PER_ARTICLE)
    rank = np.minimum(random.geometric(0.18, of_article.size), STATEMENTS_PER_STORY * 3) - 1
    statement = story[of_article] * STATEMENTS_PER_STORY * 3 + rank
    speaker = np.minimum(random.zipf(1.6, statement.max() + 1), n_speakers) - 1
    start = (random.integers(0, WORDS - 40, of_article.size)) * 3
    texts = pl.DataFrame({"article_id": article_ids[of_article], "start": start}).join(
        articles.select("article_id", "body"), on="article_id", maintain_order="left"
    )
    quotes = pl.DataFrame(
        {
            "quote_id": _ids("q", np.arange(of_article.size)),
            "article_id": article_ids[of_article],
            "source_id": outlet_ids[outlet[of_article]],
            "start": start,
            "end": start + 90,
            "text": texts.select(pl.col("body").str.slice(pl.col("start"), 90))["body"],
            "kind": np.array(["direct", "partial", "indirect"])[random.integers(0, 3, of_article.size)],
            "speaker_text": ["Speaker"] * of_article.size,
            "speaker_start": start + 92,
            "speaker_end": start + 99,
            "speaker_name": [f"Speaker {number}" for number in speaker[statement]],
            "speaker_id": speaker_ids[speaker[statement]],
            "rule": ["said_after"] * of_article.size,
            "confidence": random.random(of_article.size),
            "speaker_confidence": random.random(of_article.size),
            "paragraph": [0] * of_article.size,
            "n_words": [20] * of_article.size,
        }
    ).sort("article_id", "start", "quote_id")
    statement_quotes = pl.DataFrame(
        {
            "statement_id": _ids("s", statement),
            "quote_id": _ids("q", np.arange(of_article.size)),
            "relation": np.array(["same", "fragment", "spelling"])[random.integers(0, 3, of_article.size)],
        }
    ).sort("statement_id", "quote_id")
    named = np.repeat(article, NAMES_PER_ARTICLE)
    name_start = random.integers(0, WORDS * 3, named.size)
    mentions = pl.DataFrame(
        {
            "article_id": article_ids[named],
            "entity_id": speaker_ids[np.minimum(random.zipf(1.6, named.size), n_speakers) - 1],
            "start": name_start,
            "end": name_start + 8,
        }
    ).sort("article_id", "start", "entity_id")
    removed_lines = pl.DataFrame(
        {
            "article_id": article_ids[np.repeat(article, 8)],
            "line_no": np.tile(np.arange(8), n_articles),
            "text": ["Subscribe to our newsletter"] * (8 * n_articles),
            "reason": ["newsletter"] * (8 * n_articles),
        }
    )
    return {
        "core.articles": articles,
        "core.sources": sources,
        "core.quotes": quotes,
        "core.mentions": mentions,
        "core.entities": entities,
        "core.removed_lines": removed_lines,
        **_derived(articles, quotes, statement_quotes, entities, sources, pl.Series(story), statement),
    }


def _derived(
    articles: pl.DataFrame,
    quotes: pl.DataFrame,
    statement_quotes: pl.DataFrame,
    entities: pl.DataFrame,
    sources: pl.DataFrame,
    story: pl.Series,
    statement: np.ndarray,
) -> dict[str, pl.DataFrame]:
    names = sources.select(outlet_id="source_id", outlet="name")
    speakers = entities.select(speaker_id="entity_id", speaker="name")
    printings = (
        statement_quotes.join(quotes, on="quote_id")
        .rename({"source_id": "outlet_id"})
        .join(articles.select("article_id", "published_at", "url"), on="article_id")
    )
    statements = (
        printings.sort("statement_id", "quote_id")
        .group_by("statement_id", maintain_order=True)
        .agg(pl.col("text").first(), pl.col("speaker_id").first(), first_published_at=pl.col("published_at").min())
    )
    stories = articles.select("article_id", outlet_id="source_id", story=story)
    story_of = (
        printings.join(stories.select("article_id", "story"), on="article_id")
        .group_by("statement_id")
        .agg(pl.col("story").first())
    )
    possible = story_of.join(stories.group_by("story", "outlet_id").agg(n_story_articles=pl.len()), on="story").drop(
        "story"
    )
    best = printings.sort("quote_id").unique(["statement_id", "outlet_id"], keep="first", maintain_order=True)
    coverage = (
        possible.join(
            best.select(
                "statement_id",
                "outlet_id",
                "quote_id",
                "article_id",
                "kind",
                "relation",
                "published_at",
                "url",
                wording="text",
            ),
            on=["statement_id", "outlet_id"],
            how="left",
        )
        .join(statements.select("statement_id", "speaker_id", "first_published_at"), on="statement_id")
        .join(speakers, on="speaker_id")
        .join(names, on="outlet_id")
        .with_columns(
            carried=pl.col("quote_id").is_not_null(),
            n_printings=pl.lit(1),
            hours_after_first=(pl.col("published_at") - pl.col("first_published_at")).dt.total_seconds() / 3600,
        )
        .sort("statement_id", "outlet_id")
    )
    empty = pl.Series([], dtype=pl.String)
    story_id = pl.format("t{}", "story")
    n_of = {"n_direct": pl.len(), "n_partial": pl.lit(0), "n_indirect": pl.lit(0), "n_articles": pl.len()}
    return {
        "core.statements": statements.join(story_of, on="statement_id").with_columns(story_id=story_id).drop("story"),
        "core.stories": stories.select("article_id", story_id=story_id),
        "core.alert_rules": pl.DataFrame({"rule": empty, "watch": empty}),
        "marts.alerts": pl.DataFrame(
            dict.fromkeys(
                (
                    "alert_id",
                    "rule",
                    "watch",
                    "outlet_id",
                    "outlet",
                    "speaker_id",
                    "speaker",
                    "text",
                    "statement_id",
                    "quote_id",
                    "article_id",
                    "url",
                ),
                empty,
            )
        ).with_columns(n_others=pl.lit(1), published_at=pl.lit(START)),
        "core.statement_quotes": statement_quotes,
        "raw.rejects": pl.DataFrame({"path": empty, "record_no": [], "reason": empty, "detail": empty, "n_bytes": []}),
        "marts.quote_coverage": coverage,
        "marts.outlet_coverage": coverage.group_by("outlet_id", "outlet")
        .agg(
            n_articles=pl.lit(500),
            n_statements_possible=pl.len(),
            n_statements_carried=pl.col("carried").sum(),
            share_carried=pl.col("carried").mean(),
            n_exclusives=pl.lit(7),
            n_altered_quotes=pl.lit(0),
            share_wire=pl.lit(0.2),
        )
        .sort("outlet_id"),
        "marts.altered_quotes": pl.DataFrame(
            dict.fromkeys(
                (
                    "quote_id",
                    "statement_id",
                    "article_id",
                    "outlet_id",
                    "outlet",
                    "speaker",
                    "wording",
                    "usual_wording",
                    "evidence",
                ),
                empty,
            )
        ).with_columns(n_other_outlets=pl.lit(1), published_at=pl.lit(START)),
        "marts.repeated_phrases": pl.DataFrame(
            {"phrase_id": empty, "phrase": empty, "kind": empty, "first_outlet": empty}
        ).with_columns(
            n_tokens=pl.lit(1),
            n_occurrences=pl.lit(1),
            n_articles=pl.lit(1),
            n_outlets=pl.lit(1),
            first_published_at=pl.lit(START),
        ),
        "core.phrase_occurrences": pl.DataFrame({"phrase_id": empty, "article_id": empty, "start": [], "end": []}),
        "marts.speaker_coverage": quotes.rename({"source_id": "outlet_id"})
        .group_by("outlet_id", "speaker_id")
        .agg(n_quotes=pl.len(), **n_of, n_words=pl.col("n_words").sum(), share_of_words=pl.lit(0.1))
        .join(speakers, on="speaker_id")
        .join(names, on="outlet_id")
        .sort("speaker_id", "outlet_id"),
        "marts.syndication": pl.DataFrame(
            dict.fromkeys(
                ("article_id", "outlet_id", "outlet", "title", "origin_article_id", "origin_outlet", "agency"), empty
            )
        ).with_columns(
            shared_share=pl.lit(0.5),
            n_shared_tokens=pl.lit(90),
            hours_after_origin=pl.lit(1.0),
            published_at=pl.lit(START),
        ),
        "marts.quotes_daily": printings.group_by("outlet_id", published_on=pl.col("published_at").dt.date())
        .agg(n_articles=pl.col("article_id").n_unique(), n_quotes=pl.len(), n_statements=pl.len())
        .join(names, on="outlet_id")
        .sort("published_on", "outlet_id"),
        "core.article_pairs": pl.DataFrame(
            {"article_a": empty, "article_b": empty, "n_shared_tokens": [], "containment_a": [], "containment_b": []}
        ),
        "reference.spelling_variants": pl.DataFrame({"variant": ["w7", "w90"], "spelling": ["w8", "w91"]}),
    }


def _ids(kind: str, numbers: np.ndarray) -> np.ndarray:
    return np.array([f"{kind}{number:015x}" for number in numbers.tolist()])


def _body(words: np.ndarray) -> str:
    return "\n".join(" ".join(words[at : at + 40]) for at in range(0, len(words), 40))


def memory(kind: str) -> float:
    """Linux's count for this process, in MB."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith(f"{kind}:")).split()[1]) / 1024


def database(tables: dict[str, pl.DataFrame]) -> Transaction:
    connection = duckdb.connect()
    for path, rows in tables.items():
        connection.execute(f"CREATE SCHEMA IF NOT EXISTS {path.split('.')[0]}")
        connection.register("rows", rows.to_arrow())
        connection.execute(f"CREATE TABLE {path} AS FROM rows")
    return Transaction(connection)


def main(n_articles: int, workers: int) -> None:
    tables = made_up(n_articles)
    rows = {path: table.height for path, table in tables.items()}
    n_speakers = tables["marts.speaker_coverage"]["speaker_id"].n_unique()
    print(
        f"{n_articles:,} articles, {rows['core.quotes']:,} quotations, {rows['core.statements']:,} statements, "
        f"{rows['marts.quote_coverage']:,} rows of coverage, {n_speakers:,} speakers"
    )
    warehouse = database(tables)
    del tables
    Path("/proc/self/clear_refs").write_text("5")  # the peak that counts is the report's, not that of making tables up
    made = memory("VmRSS")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        began, began_cpu = time.perf_counter(), time.process_time()
        report = write_site(
            warehouse, folder, map_batches=lambda function, batches, _: map_batches(function, batches, workers)
        )
        n_pages = report.n_pages
        took, own_cpu = time.perf_counter() - began, time.process_time() - began_cpu
        children = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = own_cpu + children.ru_utime + children.ru_stime
        files = [path for path in folder.rglob("*") if path.is_file()]
        sizes = {str(path.relative_to(folder)): path.stat().st_size for path in files}
        first = sum(sizes[path] for path in ("index.html", "static/report.css", "static/report.js"))
        search = {path: size for path, size in sizes.items() if path.startswith("search/")}
        pages = {path: size for path, size in sizes.items() if path.endswith(".html")}
        largest = max(pages, key=lambda path: pages[path])
        print(
            f"{n_pages:,} pages in {took:.1f} s with {workers} workers ({cpu:.1f} s of CPU, {own_cpu:.1f} s before and after)"
        )
        print(f"memory: {made:,.0f} MB when it began, with the tables; {memory('VmHWM'):,.0f} MB at its peak")
        print(
            f"the first page loads {first / 1000:.0f} kB; the largest page, {largest}, has {pages[largest] / 1000:.0f} kB"
        )
        again = folder.with_name(f"{folder.name}-again")
        again.mkdir()
        began, began_cpu = time.perf_counter(), time.process_time()
        n_written = write_site(warehouse, again, last=report.site).n_written
        print(
            f"the same again: {n_written} pages written, the others linked, in {time.perf_counter() - began:.1f} s "
            f"({time.process_time() - began_cpu:.1f} s of CPU)"
        )
        shutil.rmtree(again)
        print(
            f"search: {len(search):,} files, the largest {max(search.values()) / 1000:.0f} kB; all files {sum(sizes.values()) / 1e6:,.0f} MB"
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 50_000, int(sys.argv[2]) if len(sys.argv) > 2 else 2)

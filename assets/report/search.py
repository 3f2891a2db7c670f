"""The search index, in files so small that a page loads only what a query needs.

Words stand in sorted order, cut into shards; the directory names each shard's first word, so that the page finds the
shards of a prefix. A shard maps a word to the numbers of the entries that hold it, the most important entry first, and
entries stand by number in blocks. The files are scripts, because a page opened from disk may load nothing else.
"""

from collections.abc import Iterator
from pathlib import Path

import orjson
import polars as pl

from assets.report.tables import Database

ENTRIES_PER_BLOCK = 100
SHARD_BYTES = 48_000
MOST_PLACES = 1_000
"""Entries kept of a word: a word that stands in more of them finds the most important."""
SHOWN = 160


ENTRIES = """
SELECT kind, text, words, address FROM (
    SELECT 0 AS part, 'outlet' AS kind, outlet AS text, outlet AS words, 'outlets/' || outlet_id || '.html' AS address,
        row_number() OVER (ORDER BY outlet, outlet_id) AS rank
    FROM marts.outlet_coverage
    UNION ALL
    SELECT 1, 'speaker', name, concat_ws(' ', name, array_to_string(aliases, ' ')), 'speakers/' || entity_id || '.html',
        row_number() OVER (ORDER BY n_quotes DESC, entity_id)
    FROM report_speakers
    UNION ALL
    SELECT 2, 'statement', text, text, address, rank FROM report_statements
) ORDER BY part, rank
"""
"""Everything that can be found, in the order of its number; speakers and outlets before statements."""


def folded(words: pl.Expr) -> pl.Expr:
    """Words as the search compares them: lower case, without accents."""
    return words.str.normalize("NFKD").str.replace_all(r"\p{M}", "").str.to_lowercase()


def write_search(database: Database, folder: Path) -> int:
    """Write the index into ``folder``; returns how many files."""
    found = database.query(ENTRIES).with_row_index("number")
    places = (
        found.select("number", word=folded(pl.col("words")).str.extract_all(r"[\p{L}\p{N}]+").list.unique())
        .explode("word", empty_as_null=False)
        .group_by("word")
        .agg(pl.col("number").sort().head(MOST_PLACES))
        .sort("word")
    )
    blocks = found.select("kind", pl.col("text").str.slice(0, SHOWN), "address")
    for number, block in enumerate(blocks.iter_slices(ENTRIES_PER_BLOCK)):
        _write(folder / f"entries-{number}.js", f"e{number}", block.rows())
    starts = []
    for number, (start, shard) in enumerate(shards(places)):
        starts.append(start)
        _write(folder / f"words-{number}.js", f"w{number}", shard)
    _write(folder / "words.js", "words", starts)
    ids = database.query("SELECT statement_id, address FROM report_statements ORDER BY statement_id")
    firsts = []
    for number, part in enumerate(ids.iter_slices(ENTRIES_PER_BLOCK * 5)):
        firsts.append(part["statement_id"][0])
        _write(folder / f"statements-{number}.js", f"s{number}", dict(part.rows()))
    _write(folder / "statements.js", "statements", firsts)
    return -(-found.height // ENTRIES_PER_BLOCK) + len(starts) + len(firsts) + 2


def shards(places: pl.DataFrame) -> Iterator[tuple[str, dict[str, list[int]]]]:
    """Consecutive words with their entries, about ``SHARD_BYTES`` of script each, with the first word."""
    size = pl.col("word").str.len_bytes() + pl.col("number").list.len() * 6 + 6
    cut = places.with_columns(at=(size.cum_sum() - size) // SHARD_BYTES)
    for shard in cut.partition_by("at", maintain_order=True, include_key=False):
        yield shard["word"][0], dict(shard.rows())


def as_script(key: str, value: object) -> bytes:
    """A call that hands ``value`` to the page's script; safe in any script, whatever the texts hold."""
    text = orjson.dumps(value).replace(b"<", b"\\u003c")
    text = text.replace("\u2028".encode(), b"\\u2028").replace("\u2029".encode(), b"\\u2029")
    return b'verbatim.have("' + key.encode() + b'",' + text + b");\n"


def _write(path: Path, key: str, value: object) -> None:
    path.write_bytes(as_script(key, value))

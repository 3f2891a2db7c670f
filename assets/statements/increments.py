"""How statements change with the chapters that have come, changed or gone.

A chapter is put together by itself. Those of its printings that are not as they were then meet those of other chapters, and only what
has other words or other printings than before, or meets others, is described anew. Whether two printings meet depends on them and on how many hold the keys that they share; so
where that number crosses what a key may have, its other holders are looked at again, too; and all that print a saying, which belongs
to whom most articles credit it.
"""

import polars as pl

from assets.articles.schema import ARTICLES
from assets.quotes.schema import QUOTES
from assets.statements.across import candidates, met, united
from assets.statements.changes.difference import Difference, difference
from assets.statements.encoder import Encoder
from assets.statements.group import described, with_groups
from assets.statements.meeting import most_holders
from assets.statements.schema import (
    ARTICLE_CHAPTERS,
    CHAPTER_PAIRS,
    CHAPTER_PRINTINGS,
    CHAPTER_QUOTES,
    STATEMENT_QUOTES,
    STATEMENTS,
    WORD_EDITS,
)
from assets.statements.within import Within, within
from assets.statements.wording import word_edits
from assets.stories.schema import STORIES
from assets.text.dates.timestamp import with_known_days
from pipeline.changes import Changed, portions_by_size
from pipeline.warehouse import Transaction

AT_ONCE = 50_000
"""Quotations; a longer chapter is done alone."""

QUOTES_READ = (
    'SELECT quote_id, article_id, source_id, start, "end", paragraph, text, kind, pre, post, '
    "coalesce(speaker_confidence, confidence) AS confidence, speaker_id, "
    f"speaker_name, speaker_text FROM {QUOTES.path}"
)
ARTICLES_READ = f"SELECT article_id, published_at, published_precision FROM {ARTICLES.path}"
STATE = "(hash(quotes, articles) >> 1)::BIGINT"
PRINTED = "quote_id, text, kind, source_id, speaker_id, story_id, published_at, published_precision"
"""What of a quotation its statement is described by, beside where it was put."""
CHAPTERS = (
    f"SELECT chapter AS item_id, sum({STATE})::VARCHAR AS input FROM ({QUOTES_READ}) AS quotes "
    f"JOIN ({ARTICLES_READ}) AS articles USING (article_id) JOIN {ARTICLE_CHAPTERS.path} USING (article_id) GROUP BY chapter"
)
"""Chapters in which something was said, and a hash of all that their statements hang on."""


def change_statements(transaction: Transaction, changed: Changed, encoder: Encoder | None) -> None:
    """Bring everything up to date with the chapters that have come, changed or gone."""
    before = _told(transaction, changed.touched) if not changed.is_all else None
    changed.clear(transaction, {CHAPTER_QUOTES: "chapter", CHAPTER_PRINTINGS: "chapter"})
    for portion in portions_by_size(_sizes(transaction, changed.come), AT_ONCE):
        told = within(_quotes(transaction, "chapter", portion["item"].to_frame("chapter")), encoder)
        transaction.insert(CHAPTER_QUOTES, told.quotes)
        transaction.insert(CHAPTER_PRINTINGS, told.printings)
    if before is None:
        for table in (CHAPTER_PAIRS, STATEMENTS, STATEMENT_QUOTES, WORD_EDITS):
            transaction.execute(f"DELETE FROM {table.path}")
        _meet(transaction, transaction.read(CHAPTER_PRINTINGS, ["quote_id"])["quote_id"])
        every = transaction.query(f"SELECT DISTINCT statement FROM {CHAPTER_QUOTES.path} ORDER BY statement")
        _describe(transaction, every["statement"], encoder)
        return
    differing = difference(before, _told(transaction, changed.come))
    others = [_crossing(transaction, differing.keys), _retold(transaction, differing)]
    wanted = pl.concat([differing.printings, *others]).unique()
    pairs_before = _drop_pairs(transaction, wanted)
    pairs = pl.concat([pairs_before, _meet(transaction, wanted)]).unique(keep="none")
    touched = pl.concat([pairs["statement_a"], pairs["statement_b"], differing.statements]).unique()
    reached = _reached(transaction, touched.rename("statement"))
    _clear(transaction, pl.concat([differing.lost, _quotes_of(transaction, reached)]).unique())
    _describe(transaction, reached, encoder)


def _told(transaction: Transaction, chapters: pl.Series) -> Within:
    """What these chapters come to, as it was last written."""
    quotes, printings = (
        _among(transaction, f"SELECT * FROM {table.path} %", "chapter", chapters)
        for table in (CHAPTER_QUOTES, CHAPTER_PRINTINGS)
    )
    return Within(quotes, printings)


def _quotes(transaction: Transaction, column: str, given: pl.DataFrame, columns: str = "*") -> pl.DataFrame:
    """Quotations with story and time of publication, where a frame names their ``column``."""
    with transaction.visible(given) as wanted:
        return with_known_days(
            transaction.query(
                f"SELECT {columns} FROM (SELECT *, {STATE} AS state FROM ({QUOTES_READ}) AS quotes JOIN ({ARTICLES_READ}) AS articles "
                f"USING (article_id)) JOIN {STORIES.path} USING (article_id) "
                f"JOIN {ARTICLE_CHAPTERS.path} USING (article_id) SEMI JOIN {wanted} USING ({column}) ORDER BY quote_id"
            )
        )


def _sizes(transaction: Transaction, chapters: pl.Series) -> pl.DataFrame:
    """How many quotations each chapter has: item, n."""
    said = f"FROM {QUOTES.path} JOIN {ARTICLE_CHAPTERS.path} USING (article_id) % GROUP BY chapter ORDER BY chapter"
    return _among(transaction, f"SELECT chapter AS item, count(*) AS n {said}", "chapter", chapters)


def _among(transaction: Transaction, select: str, column: str, values: pl.Series) -> pl.DataFrame:
    """The answer to a query, of those rows only whose ``column`` has one of the values: they take the place of ``%``."""
    with transaction.visible(values.to_frame(column)) as given:
        return transaction.query(select.replace("%", f"SEMI JOIN {given} USING ({column})"))


def _quotes_of(transaction: Transaction, statements: pl.Series) -> pl.Series:
    return _among(transaction, f"SELECT quote_id FROM {CHAPTER_QUOTES.path} %", "statement", statements)["quote_id"]


def _crossing(transaction: Transaction, moved: pl.DataFrame) -> pl.Series:
    """The holders of keys (key, and by how many more it is held) that too many printings share now and did not, or the other way round."""
    with transaction.visible(moved) as given:
        return transaction.query(
            f"WITH held AS (SELECT quote_id, unnest(keys) AS key FROM {CHAPTER_PRINTINGS.path}), "
            f"affected AS (SELECT * FROM held SEMI JOIN {given} USING (key)), "
            "counted AS (SELECT key, count(*) AS n_now FROM affected GROUP BY key), "
            f"crossing AS (SELECT key FROM counted JOIN {given} USING (key) "
            f"WHERE (n_now > {most_holders('key')}) != (n_now - n > {most_holders('key')})) "
            "SELECT DISTINCT quote_id FROM affected SEMI JOIN crossing USING (key) ORDER BY quote_id"
        )["quote_id"]


def _retold(transaction: Transaction, differing: Difference) -> pl.Series:
    """All printings of what may be a saying and differs somewhere: to whom it belongs, may now be seen otherwise."""
    said = f"SELECT DISTINCT saying FROM {CHAPTER_PRINTINGS.path} % WHERE saying IS NOT NULL"
    now = _among(transaction, said, "quote_id", differing.printings)["saying"]
    sayings = pl.concat([now, differing.gone.printings["saying"].drop_nulls()]).unique()
    return _among(transaction, f"SELECT quote_id FROM {CHAPTER_PRINTINGS.path} %", "saying", sayings)["quote_id"]


def _drop_pairs(transaction: Transaction, printings: pl.Series) -> pl.DataFrame:
    """Take away the pairs of these printings."""
    with transaction.visible(printings.to_frame("quote_id")) as given:
        concerned = f"printing_a IN (SELECT quote_id FROM {given}) OR printing_b IN (SELECT quote_id FROM {given})"
        pairs = transaction.query(f"SELECT * FROM {CHAPTER_PAIRS.path} WHERE {concerned} ORDER BY ALL")
        transaction.execute(f"DELETE FROM {CHAPTER_PAIRS.path} WHERE {concerned}")
    return pairs


def _meet(transaction: Transaction, wanted: pl.Series) -> pl.DataFrame:
    """Compare these printings with those of other chapters that share a key; says which pairs print the same."""
    with transaction.visible(wanted.to_frame("quote_id")) as given:
        held = transaction.query(
            f"WITH held AS (SELECT quote_id, chapter, unnest(keys) AS key FROM {CHAPTER_PRINTINGS.path}), "
            f"wanted AS (SELECT DISTINCT key FROM held SEMI JOIN {given} USING (quote_id)) "
            "SELECT quote_id, chapter, list(key) AS keys FROM held SEMI JOIN wanted USING (key) GROUP BY ALL ORDER BY quote_id"
        )
    pairs = candidates(held, wanted)
    in_pairs = pl.concat([pairs["a"], pairs["b"]]).unique()
    with transaction.visible(in_pairs.to_frame("quote_id")) as given:
        printings = transaction.query(
            f"SELECT * EXCLUDE (keys) FROM {CHAPTER_PRINTINGS.path} JOIN (SELECT quote_id, text FROM {QUOTES.path}) "
            f"USING (quote_id) SEMI JOIN {given} USING (quote_id) ORDER BY quote_id"
        )
        saying = transaction.query(
            f"SELECT quote_id, speaker_id, hours, doubt, saying, n_articles FROM {CHAPTER_PRINTINGS.path} WHERE saying IN "
            f"(SELECT saying FROM {CHAPTER_PRINTINGS.path} SEMI JOIN {given} USING (quote_id)) ORDER BY quote_id"
        )
        places = transaction.query(
            f"SELECT printing, quote_id, text, pre, post, speaker_name FROM {CHAPTER_QUOTES.path} JOIN {QUOTES.path} "
            f"USING (quote_id) WHERE printing IN (SELECT quote_id FROM {CHAPTER_PRINTINGS.path} "
            f"SEMI JOIN {given} USING (quote_id) WHERE saying IS NOT NULL) ORDER BY quote_id"
        )
    found = met(pairs, printings, saying, places)
    transaction.insert(CHAPTER_PAIRS, found)
    return found


def _reached(transaction: Transaction, statements: pl.Series) -> pl.Series:
    """These statements of chapters and all that they have met, directly or through others."""
    reached = frontier = statements
    while len(frontier):
        with transaction.visible(frontier.to_frame("statement")) as given:
            ends = transaction.query(
                f"SELECT statement_b AS statement FROM {CHAPTER_PAIRS.path} WHERE statement_a IN (SELECT statement FROM {given}) "
                f"UNION SELECT statement_a FROM {CHAPTER_PAIRS.path} WHERE statement_b IN (SELECT statement FROM {given})"
            )["statement"]
        frontier = ends.filter(~ends.is_in(reached.implode()))
        reached = pl.concat([reached, frontier])
    return reached


def _describe(transaction: Transaction, statements: pl.Series, encoder: Encoder | None) -> None:
    """Write the statements that these, of chapters, come to."""
    with transaction.visible(statements.to_frame("statement")) as given:
        placed = transaction.query(
            f"SELECT * FROM {CHAPTER_QUOTES.path} SEMI JOIN {given} USING (statement) ORDER BY quote_id"
        )
        pairs = transaction.query(
            f"SELECT * FROM {CHAPTER_PAIRS.path} WHERE statement_a IN (SELECT statement FROM {given})"
        )
    in_pairs = pl.concat([pairs["printing_a"], pairs["printing_b"]]).unique()
    with transaction.visible(in_pairs.to_frame("quote_id")) as given:
        printings = transaction.query(
            f"SELECT quote_id, doubt, statement, voice, part, is_given FROM {CHAPTER_PRINTINGS.path} SEMI JOIN {given} USING (quote_id)"
        )
    placed = with_groups(placed, united(pairs, printings))
    sizes = placed.group_by("group").len("n").sort("group")
    for portion in portions_by_size(sizes, AT_ONCE):
        members = placed.join(portion.select("group"), on="group", how="semi")
        quotes = _quotes(transaction, "quote_id", members.select("quote_id"), PRINTED)
        found = described(quotes.join(members, on="quote_id"), encoder.name if encoder else "")
        transaction.insert(STATEMENTS, found.statements)
        transaction.insert(STATEMENT_QUOTES, found.statement_quotes)
        differing = (
            found.statement_quotes.filter(pl.col("relation") != "same")
            .join(found.statements.select("statement_id", reference="text"), on="statement_id")
            .join(quotes.select("quote_id", wording="text"), on="quote_id")
        )
        transaction.insert(WORD_EDITS, word_edits(differing))


def _clear(transaction: Transaction, quotes: pl.Series) -> None:
    """Drop the statements of some quotations, all of whose other quotations are given as well."""
    with transaction.visible(quotes.to_frame("quote_id")) as given:
        transaction.execute(
            f"DELETE FROM {STATEMENTS.path} WHERE statement_id IN "
            f"(SELECT statement_id FROM {STATEMENT_QUOTES.path} SEMI JOIN {given} USING (quote_id))"
        )
        for table in (STATEMENT_QUOTES, WORD_EDITS):
            transaction.execute(f"DELETE FROM {table.path} WHERE quote_id IN (SELECT quote_id FROM {given})")

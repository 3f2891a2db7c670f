"""Conditions that must hold before anything is published; each stops the run when it does not, or warns where that is said."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import dagster as dg

from assets.articles.schema import ARTICLES, DATE_ORDERS, NON_ARTICLES
from assets.corrections.schema import CORRECTIONS, QUOTE_CORRECTIONS
from assets.documents.schema import DOCUMENTS, DUPLICATES, FILES, REJECTS, SIGHTINGS
from assets.entities.schema import ARTICLE_ENTITIES, ARTICLE_MENTIONS, MENTIONS
from assets.phrases.schema import PHRASE_OCCURRENCES, PHRASES
from assets.quotes.corrections import MEANT
from assets.quotes.schema import ARTICLE_QUOTES, QUOTES
from assets.sources.schema import ARTICLE_SOURCES, SOURCES
from assets.statements.schema import STATEMENT_QUOTES
from assets.stories.schema import STORIES
from orchestration.tables import PUBLIC_TABLES, PUBLIC_TABLES_BY_STEP
from pipeline.bookkeeping import CHECKED
from pipeline.resources import Pipeline
from pipeline.schema import Table
from pipeline.specs import WAREHOUSE_POOL, asset_key, markdown_table
from pipeline.warehouse import Transaction

EXAMPLES = 5
STATES = "item_states"
"""All items (item_id, state) that a rule is about; while it is asked."""
CHANGED = "changed_items"
"""Those of them that were not found to be right as they are."""


@dataclass(frozen=True)
class Rule:
    """A condition on a table: it holds where the SQL ``violations`` gives no row.

    Where it holds item by item, ``states`` is SQL that gives (item_id, state) of each; ``state`` is a hash of all that
    decides. Then ``violations`` looks only at the items named in ``CHANGED``: an item that is as it was when it was found to
    be right still is.
    """

    name: str
    table: Table
    description: str
    violations: str
    also_after: tuple[Table, ...] = ()
    states: str = ""
    only_warns: bool = False

    @property
    def path(self) -> str:
        return f"{self.table.path}:{self.name}"

    @property
    def spec(self) -> dg.AssetCheckSpec:
        return dg.AssetCheckSpec(
            self.name,
            asset=asset_key(self.table),
            description=self.description,
            blocking=not self.only_warns,
            additional_deps=[asset_key(other) for other in self.also_after],
        )


def checks_after(step: str, rules: Sequence[Rule]) -> dg.AssetChecksDefinition:
    """The blocking checks of the tables that ``step`` writes: one look at the database, one result per rule."""
    by_key = {rule.spec.key: rule for rule in rules}

    @dg.multi_asset_check(
        name=f"{step}_checks", specs=[rule.spec for rule in rules], can_subset=True, pool=WAREHOUSE_POOL
    )
    def checks(
        context: dg.AssetCheckExecutionContext, pipeline: dg.ResourceParam[Pipeline]
    ) -> Iterator[dg.AssetCheckResult]:
        with pipeline.warehouse.transaction() as transaction:
            for key in sorted(context.selected_asset_check_keys):
                yield outcome(transaction, by_key[key])

    return checks


def outcome(transaction: Transaction, rule: Rule) -> dg.AssetCheckResult:
    if rule.states:
        transaction.execute(
            f"CREATE OR REPLACE TEMP TABLE {STATES} AS SELECT item_id, state::VARCHAR AS state FROM ({rule.states})"
        )
        transaction.execute(
            f"CREATE OR REPLACE TEMP TABLE {CHANGED} AS FROM {STATES} "
            f"ANTI JOIN (SELECT item_id, state FROM {CHECKED.path} WHERE rule = ?) USING (item_id, state)",
            [rule.path],
        )
    n = int(transaction.scalar(f"SELECT count(*) FROM ({rule.violations})"))
    if rule.states and not n:
        note_as_right(transaction, rule)
    metadata: dict[str, dg.MetadataValue[Any] | int] = {"violations": n}
    if n:
        metadata["examples"] = dg.MetadataValue.md(
            markdown_table(transaction.query(f"SELECT * FROM ({rule.violations}) LIMIT {EXAMPLES}"))
        )
    severity = dg.AssetCheckSeverity.WARN if rule.only_warns else dg.AssetCheckSeverity.ERROR
    return dg.AssetCheckResult(
        passed=n == 0, asset_key=asset_key(rule.table), check_name=rule.name, metadata=metadata, severity=severity
    )


def note_as_right(transaction: Transaction, rule: Rule) -> None:
    """Note the items that were looked at, and forget those that are gone."""
    transaction.execute(
        f"DELETE FROM {CHECKED.path} WHERE rule = ? AND (item_id IN (SELECT item_id FROM {CHANGED}) "
        f"OR item_id NOT IN (SELECT item_id FROM {STATES}))",
        [rule.path],
    )
    transaction.execute(f"INSERT INTO {CHECKED.path} SELECT ?, item_id, state FROM {CHANGED}", [rule.path])


def keys_unique(table: Table) -> Rule:
    """Rows that share a key with an article in it belong to the same article: such a table is checked article by article.

    Keys are compared where their hashes are the same: to group by one number takes a third of the time.
    """
    key = ", ".join(f'"{column}"' for column in table.key)
    by_article = len(table.key) > 1 and "article_id" in table.key
    looked_at = f"{table.path} SEMI JOIN {CHANGED} ON article_id = item_id" if by_article else table.path
    return Rule(
        "key_unique",
        table,
        f"Nothing is there twice: no two rows share {key}.",
        f"SELECT {key}, count(*) AS n FROM {looked_at} WHERE hash({key}) IN "
        f"(SELECT hash({key}) FROM {looked_at} GROUP BY ALL HAVING count(*) > 1) GROUP BY ALL HAVING count(*) > 1",
        states=f"SELECT article_id AS item_id, hash(count(*), sum(hash({key}))) AS state FROM {table.path} GROUP BY ALL"
        if by_article
        else "",
    )


def values_declared(table: Table, *own: Table) -> Rule:
    """A closed list of values stays closed: in the table, and in those of the pipeline's own that it is made from."""
    closed = [(of, column) for of in (table, *own) for column in of.columns if column.values]
    return Rule(
        "values_declared",
        table,
        f"Nothing but a value from its closed list stands in {', '.join(dict.fromkeys(column.name for _, column in closed))}.",
        " UNION ALL ".join(
            f'SELECT \'{of.path}.{column.name}\' AS "column", "{column.name}" AS value, count(*) AS n FROM {of.path} '
            f'WHERE NOT list_contains({list(column.values)}, "{column.name}") GROUP BY ALL'
            for of, column in closed
        ),
    )


MADE_FROM = {
    CORRECTIONS: (QUOTE_CORRECTIONS,),
    ARTICLES: (DATE_ORDERS,),
    MENTIONS: (ARTICLE_MENTIONS, ARTICLE_ENTITIES),
    QUOTES: (ARTICLE_QUOTES,),
    SOURCES: (ARTICLE_SOURCES,),
}
"""The pipeline's own tables with closed lists of values, by the public table that is checked together with them."""


def has_closed_list(table: Table) -> bool:
    return any(column.values for column in table.columns)


def offsets_hold(table: Table) -> Rule:
    """The text of a span is the text at its offsets."""
    return Rule(
        "offsets_hold",
        table,
        "Every quotation and name stands in its article word for word where the table says: body[start:end] is the text, "
        "counted in Unicode code points.",
        # Spans and bodies of other articles are left out before texts are cut from bodies, which takes long.
        f'SELECT span.article_id, span.start, span."end", span.text '
        f"FROM (FROM {table.path} SEMI JOIN {CHANGED} ON article_id = item_id) AS span "
        f"LEFT JOIN (SELECT article_id, body FROM {ARTICLES.path} SEMI JOIN {CHANGED} ON article_id = item_id) AS article "
        'USING (article_id) WHERE substring(article.body, span.start + 1, span."end" - span.start) IS DISTINCT FROM span.text',
        states="SELECT article_id AS item_id, hash(body, n, h) AS state FROM (SELECT article_id, count(*) AS n, "
        f'sum(hash(start, "end", text)) AS h FROM {table.path} GROUP BY ALL) LEFT JOIN (SELECT article_id, body '
        f"FROM {ARTICLES.path}) USING (article_id)",
    )


accounting = Rule(
    "nothing_lost",
    DOCUMENTS,
    "No file got lost: documents, duplicates and rejects add up to everything that was seen.",
    f"SELECT * FROM (SELECT (SELECT count(*) FROM {DOCUMENTS.path}) AS documents, "
    f"(SELECT count(*) FROM {DUPLICATES.path}) AS duplicates, (SELECT count(*) FROM {REJECTS.path}) AS rejects, "
    f"(SELECT coalesce(sum(n_seen), 0) FROM {FILES.path}) AS seen) WHERE documents + duplicates + rejects <> seen",
    also_after=(DUPLICATES, REJECTS),
)

every_document_judged = Rule(
    "every_document_judged",
    ARTICLES,
    "Each document is an article, or core.non_articles says why it is none.",
    f"SELECT document_id FROM {DOCUMENTS.path} ANTI JOIN (SELECT document_id FROM {ARTICLES.path} "
    f"UNION ALL SELECT document_id FROM {NON_ARTICLES.path}) USING (document_id)",
    also_after=(NON_ARTICLES,),
)

corrections_found = Rule(
    "corrections_found",
    QUOTES,
    "Each correction of an outlet or of a quotation still finds the file or the quotation that it is about.",
    f"SELECT number, action, item, words, made_by FROM {CORRECTIONS.path} AS made WHERE "
    f"(action = 'outlet' AND NOT EXISTS (SELECT path FROM {SIGHTINGS.path} WHERE path = regexp_replace(made.item, ', record \\d+$', '') "
    "OR starts_with(path, regexp_replace(made.item, ', record \\d+$', '') || '!'))) "
    f"OR (number IN (SELECT number FROM {QUOTE_CORRECTIONS.path}) AND number NOT IN (SELECT number FROM ({MEANT})))",
    also_after=(CORRECTIONS,),
    only_warns=True,
)

every_quote_is_a_printing = Rule(
    "every_quote_is_a_printing",
    STATEMENT_QUOTES,
    "Each quotation belongs to exactly one statement, so that none is counted twice or left out.",
    f"SELECT quote_id FROM {QUOTES.path} ANTI JOIN {STATEMENT_QUOTES.path} USING (quote_id)",
)

every_article_in_a_story = Rule(
    "every_article_in_a_story",
    STORIES,
    "Each article belongs to exactly one story, so that who left something out can be told.",
    f"SELECT article_id FROM {ARTICLES.path} ANTI JOIN {STORIES.path} USING (article_id)",
)

phrases_counted = Rule(
    "phrases_counted",
    PHRASE_OCCURRENCES,
    "Each repeated phrase is found in the articles as often as its count says, and no phrase that is not there is found.",
    "SELECT phrase_id, n_occurrences, found FROM "
    f"(SELECT phrase_id, count(*) AS found FROM {PHRASE_OCCURRENCES.path} GROUP BY phrase_id) "
    f"FULL JOIN {PHRASES.path} USING (phrase_id) WHERE found IS DISTINCT FROM n_occurrences",
    also_after=(PHRASES,),
)

RULES = (
    *(keys_unique(table) for table in PUBLIC_TABLES),
    *(values_declared(table, *MADE_FROM.get(table, ())) for table in PUBLIC_TABLES if has_closed_list(table)),
    *(offsets_hold(table) for table in (MENTIONS, QUOTES)),
    accounting,
    every_document_judged,
    corrections_found,
    every_quote_is_a_printing,
    every_article_in_a_story,
    phrases_counted,
)
CHECKS = [
    checks_after(step, [rule for rule in RULES if rule.table in tables])
    for step, tables in PUBLIC_TABLES_BY_STEP.items()
]

"""``codebook.md``: what a person has to know of the exported tables."""

from collections.abc import Iterator, Sequence

from orchestration.export.descriptor import data_version
from orchestration.export.files import Resource, TableFormat
from orchestration.export.relations import Field, Relation

COMMON = (
    "Offsets (`start`, `end`) count Unicode code points from 0 into `core.articles.body`. Times are UTC. What is not known "
    "is null or `unknown`, never a guess. Rows stand in the order of the key."
)
IN_FORMAT: dict[TableFormat, str] = {
    "parquet": "Compressed with Zstandard; a null is a null.",
    "csv": "UTF-8 with commas; times as 2026-09-07T18:42:00Z, lists as JSON. An empty cell is a null, except in a text "
    "column that is never null, where it is an empty text.",
    "jsonl": "One JSON object a line; times as 2026-09-07T18:42:00Z.",
}
READ: dict[TableFormat, tuple[str, ...]] = {
    "parquet": (
        'polars.read_parquet("core.quotes.parquet")',
        'pandas.read_parquet("core.quotes.parquet")',
        'arrow::read_parquet("core.quotes.parquet")  # R',
    ),
    "csv": (
        'frictionless::read_resource(frictionless::read_package("datapackage.json"), "core.quotes")  # R',
        'frictionless.Package("datapackage.json").get_resource("core.quotes").read_rows()  # Python',
        'pandas.read_csv("core.quotes.csv")',
    ),
    "jsonl": ('polars.read_ndjson("core.quotes.jsonl")', 'pandas.read_json("core.quotes.jsonl", lines=True)'),
}
NO_LICENCE = (
    "No licence was stated when this was exported. The articles' texts belong to their publishers: quoting, counting and "
    "republishing them is a matter of the law where you are."
)


def codebook(resources: Sequence[Resource], format: TableFormat, title: str, licence: str | None) -> str:
    return "\n".join(_lines(resources, format, title, licence)) + "\n"


def _lines(resources: Sequence[Resource], format: TableFormat, title: str, licence: str | None) -> Iterator[str]:
    yield from (f"# {title}: codebook", "")
    n_rows = sum(resource.n_rows for resource in resources)
    yield from (
        f"{len(resources)} tables, {n_rows:,} rows, exported by Verbatim; version {data_version(resources)}.",
        "",
    )
    yield from (f"Licence of the data: {licence}." if licence else NO_LICENCE, "")
    yield from (COMMON, "", IN_FORMAT[format], "")
    yield from ("```", *READ[format], "```", "")
    yield from ("| table | rows | what a row is |", "|---|--:|---|")
    for resource in resources:
        relation = resource.relation
        yield f"| [{relation.name}](#{anchor(relation.name)}) | {resource.n_rows:,} | {_cell(relation.description)} |"
    for resource in resources:
        yield from _table(resource)


def anchor(heading: str) -> str:
    """The address that Markdown gives to a heading."""
    return heading.replace(".", "")


def _table(resource: Resource) -> Iterator[str]:
    relation = resource.relation
    key = ", ".join(f"`{name}`" for name in relation.key)
    yield from ("", f"## {relation.name}", "")
    yield from (f"{relation.description} File: `{resource.path}`. Key: {key}.", "")
    yield from ("| column | type | null | meaning |", "|---|---|---|---|")
    for field in relation.fields:
        yield f"| `{field.name}` | {field.type} | {'no' if field.required else 'yes'} | {_cell(_meaning(relation, field))} |"


def _meaning(relation: Relation, field: Field) -> str:
    values = f" One of: {', '.join(field.values)}." if field.values else ""
    homes = [reference for reference in relation.references if reference.column == field.name]
    return field.description + values + "".join(f" Refers to `{home.table}.{home.home}`." for home in homes)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")

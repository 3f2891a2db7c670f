"""What ``core.sources`` holds."""

from pipeline.schema import Column, Table

KNOWN_BY = ("list", "name", "site", "unknown")

SOURCES = Table(
    "core",
    "sources",
    "one row per outlet or news agency that an article names, or has and does not name",
    (
        Column("source_id", "text", "Stable id: a slug of the name or site; for an outlet that nothing names, 'unknown-' with its host or with the id of its one document."),
        Column("name", "text", "Name as it is usually written; for an outlet that nothing names, 'unknown' with its host or file."),
        Column("kind", "text", "What it is.", values=("outlet", "agency")),
        Column("domain", "text", "Registered domain of its site, or its place on a host that serves many.", nullable=True),
        Column("country", "text", "ISO 3166 alpha-2 code.", nullable=True),
        Column("known_by", "text", "What tells it: the lists in seeds/reference; its name on a page, in a record or a manifest; the site alone; or nothing, and then it is one outlet per host, or per document, merged with no other.", values=KNOWN_BY),
    ),
    key=("source_id",),
)  # fmt: skip

ARTICLE_SOURCES = Table(
    "work",
    "article_sources",
    "one row per document and source that it names, as it names it",
    (Column("document_id", "text", "The document."), *SOURCES.columns),
    key=("document_id", "source_id"),
)

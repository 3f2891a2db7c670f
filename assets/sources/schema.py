"""What ``core.sources`` holds."""

from pipeline.schema import Column, Table

SOURCES = Table(
    "core",
    "sources",
    "one row per outlet or news agency that an article names",
    (
        Column("source_id", "text", "Stable id: a slug of the name; 'unknown' for articles whose outlet could not be told."),
        Column("name", "text", "Name as it is usually written."),
        Column("kind", "text", "What it is.", values=("outlet", "agency")),
        Column("domain", "text", "Registered domain of its site.", nullable=True),
        Column("country", "text", "ISO 3166 alpha-2 code.", nullable=True),
    ),
    key=("source_id",),
)  # fmt: skip

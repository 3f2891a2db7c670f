"""What ``raw.documents`` and ``raw.rejects`` hold."""

from pipeline.bookkeeping import INTERNAL_SCHEMA
from pipeline.schema import Column, Table

FORMATS = (
    "text", "html", "mhtml", "email", "mbox", "docx", "pdf", "rtf", "epub", "json", "jsonl", "csv", "spreadsheet", "parquet",
    "lexisnexis", "factiva", "europresse", "proquest", "warc", "feed", "newsml", "nitf", "ninjs",
)  # fmt: skip

CONTENT_TYPES = ("html", "text", "body", "excerpt")

REASONS = (
    "unreadable", "empty", "binary", "oversize", "wordless", "missing_text", "malformed_record", "damaged", "unsupported",
    "archive_limit", "unsafe_path", "unsafe_markup", "not_news", "unknown_bundle", "manifest_without_file", "malformed_manifest",
    "crashed",
)  # fmt: skip

DOCUMENTS = Table(
    "raw",
    "documents",
    "one row per document found: a file, or one record of a file that holds many",
    (
        Column("document_id", "text", "Hash of the document's bytes (and of the manifest row that overrides it); the same bytes give the same id everywhere."),
        Column("path", "text", "Where it was found, relative to the folder that was read; members of an archive after '!'."),
        Column("record_no", "integer", "Position in its file, from 0; 0 for a file that is one document."),
        Column("format", "text", "How it was read.", values=FORMATS),
        Column("n_bytes", "bigint", "Size of the document in bytes."),
        Column("encoding", "text", "Character encoding it was decoded from."),
        Column("url", "text", "Address it came from, where the file or the manifest states one.", nullable=True),
        Column("outlet_hint", "text", "Outlet that the record or the manifest names.", nullable=True),
        Column("title_hint", "text", "Headline that the record or the manifest gives.", nullable=True),
        Column("published_hint", "text", "Publication date as the record or the manifest writes it.", nullable=True),
        Column("authors_hint", "text[]", "Authors that the record or the manifest names; empty where it names none."),
        Column("content_type", "text", "What the content is: a page's markup, pasted text with its boilerplate, a body as the publisher delivers it, or only an excerpt of one (a feed's summary, a cut text).", values=CONTENT_TYPES),
        Column("hints_from", "text", "Who gave the hints: the record itself or a manifest row; null where there are none.", nullable=True, values=("record", "manifest")),
        Column("content", "text", "The document itself, decoded; line ends are line feeds."),
        Column("ingested_at", "timestamp", "Modification time of the file it is in (UTC): a fact about the file, so that reruns are equal."),
    ),
    key=("document_id",),
)  # fmt: skip

REJECTS = Table(
    "raw",
    "rejects",
    "one row per file or record that was seen and not taken",
    (
        Column("path", "text", "Where it was found, relative to the folder that was read."),
        Column("record_no", "integer", "Position in its file; -1 where the whole file was rejected."),
        Column("reason", "text", "Why it was not taken, from a closed list.", values=REASONS),
        Column("detail", "text", "What exactly was wrong and what to do about it."),
        Column("n_bytes", "bigint", "Size of what was rejected in bytes."),
        Column("seen_at", "timestamp", "Modification time of the file (UTC)."),
    ),
    key=("path", "record_no"),
)  # fmt: skip

DUPLICATES = Table(
    "raw",
    "duplicates",
    "one row per further place at which a document was found",
    (
        Column("document_id", "text", "The document, whose row in raw.documents names the first place."),
        Column("path", "text", "Where it was found again."),
        Column("record_no", "integer", "Position in that file."),
        Column("n_bytes", "bigint", "Size in bytes."),
    ),
    key=("path", "record_no"),
)  # fmt: skip


FILES = Table(
    INTERNAL_SCHEMA,
    "files",
    "one row per file read",
    (
        Column("path", "text", "Where it was found."),
        Column("fingerprint", "text", "Hash of its size, its time, its manifest and the reader's version."),
        Column("n_seen", "bigint", "Documents and records found in it, taken or not."),
    ),
    key=("path",),
)

SIGHTINGS = Table(
    INTERNAL_SCHEMA,
    "sightings",
    "one row per place at which a document was found",
    (
        Column("document_id", "text", "The document."),
        Column("path", "text", "The file."),
        Column("record_no", "integer", "Position in the file."),
        Column("n_bytes", "bigint", "Size in bytes."),
        Column("ingested_at", "timestamp", "Modification time of the file (UTC)."),
    ),
    key=("document_id", "path", "record_no"),
)


FOLDERS = Table(
    INTERNAL_SCHEMA,
    "folders",
    "one row per folder, or file by itself, that was given to read",
    (
        Column("place", "text", "Where it lies: free of links, absolute or, in the data folder, relative to that."),
        Column("label", "text", "What it is called in the tables."),
    ),
    key=("place",),
)

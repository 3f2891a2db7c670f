"""What ``core.articles`` and ``core.removed_lines`` hold."""

from pipeline.schema import Column, Table

PUBLISHED_FROM = ("jsonld", "meta", "text", "manifest", "record", "guess")
LINE_REASONS = (
    "navigation", "dateline", "newsletter", "advertisement", "related", "share", "credit", "caption", "byline", "date",
    "title", "subhead", "summary", "disclaimer", "comments", "footer", "repeated", "markup", "other",
)  # fmt: skip
LINE_ROLES = ("paragraph", "subhead", "question", "turn", "quotation", "signature", "post", "post_author")

ARTICLES = Table(
    "core",
    "articles",
    "one row per document that is an article",
    (
        Column("article_id", "text", "Stable id: a hash of the document id."),
        Column("document_id", "text", "The document it was read from."),
        Column("source_id", "text", "The outlet that published it (core.sources)."),
        Column("agency_id", "text", "The agency whose copy it prints, where credited (core.sources).", nullable=True),
        Column("agency_evidence", "text", "Where the credit stood; 'outlet' where the agency's own site published it.", nullable=True, values=("dateline", "credit", "byline", "jsonld", "outlet", "shared_text")),
        Column("url", "text", "Address of the page.", nullable=True),
        Column("title", "text", "Headline.", nullable=True),
        Column("authors", "text[]", "Names of people in the byline; never an agency or a desk."),
        Column("credited", "text[]", "Names in the byline that are not people: an agency, a desk, the outlet."),
        Column("published_at", "timestamp", "When it was published (UTC); the first moment of the day or of the month where no more is known.", nullable=True),
        Column("published_precision", "text", "How exactly that is known: to the second, the day or the month, or not at all.", values=("second", "day", "month", "none")),
        Column("published_from", "text", "Where the date was read.", nullable=True, values=PUBLISHED_FROM),
        Column("published_offset", "integer", "Minutes by which the clock that the time was written in is ahead of UTC: the outlet's own day is that of published_at plus this.", nullable=True),
        Column("published_unread", "text", "A date that the page, the record or the manifest states and that could not be read: day and month cannot be told apart, or it is not a full date.", nullable=True),
        Column("modified_at", "timestamp", "When it was last changed (UTC), where the page says so.", nullable=True),
        Column("dateline", "text", "Place that opens the story, as printed; what was there is cut from the body.", nullable=True),
        Column("language", "text", "ISO 639-1 code of the body."),
        Column("supported", "boolean", "Whether that language is one in which speakers are found (docs/languages.md): otherwise its quotations have none."),
        Column("body", "text", "The story, one paragraph per line; offsets in every other table count Unicode code points into it."),
        Column("line_roles", "text[]", "What each line of the body is, as the page sets it apart: a question set in bold, a turn of a transcript, a block quotation and its signature, an embedded post and its author. Each is one of: " + ", ".join(LINE_ROLES) + "."),
        Column("is_excerpt", "boolean", "Only a part of the story is there: a summary, a text cut by a service, a teaser above an offer to subscribe."),
        Column("n_words", "integer", "Words in the body."),
        Column("corrected", "boolean", "Whether a person has said what its outlet is (core.corrections)."),
    ),
    key=("article_id",),
)  # fmt: skip

REMOVED_LINES = Table(
    "core",
    "removed_lines",
    "one row per line of the page that the cleaner left out of the body",
    (
        Column("article_id", "text", "The article it was removed from."),
        Column("line_no", "integer", "Line of the page's text, from 0."),
        Column("text", "text", "The line, or the part of it that is not in the body (a dateline, a credit after the last words)."),
        Column("reason", "text", "What the line was taken for.", values=LINE_REASONS),
    ),
    key=("article_id", "line_no"),
)  # fmt: skip

NON_ARTICLES = Table(
    "core",
    "non_articles",
    "one row per document in which no article was found",
    (
        Column("document_id", "text", "The document."),
        Column("reason", "text", "Why it is not an article.", values=("wordless", "not_news", "crashed")),
        Column("detail", "text", "What was found instead, and what to do about it."),
    ),
    key=("document_id",),
)  # fmt: skip

DOUBTFUL_LINES = Table(
    "work",
    "doubtful_lines",
    "one row per line that is boilerplate if other stories of its outlet carry it too",
    (
        Column("document_id", "text", "The document it is in."),
        Column("line", "text", "The line, spaces folded."),
        Column("above", "text", "Of one of the last lines of a story: the beginning of the lines above its end.", nullable=True),
    ),
    key=("document_id", "line"),
)  # fmt: skip

REPEATED_LINES = Table(
    "work",
    "repeated_lines",
    "one row per document that has doubtful lines which other stories of its outlet carry too",
    (
        Column("document_id", "text", "The document."),
        Column("repeated_lines", "text[]", "These lines, sorted."),
    ),
    key=("document_id",),
)

DATE_ORDERS = Table(
    "work",
    "date_orders",
    "one row per document whose numeric date comes with others that show which number is the day",
    (
        Column("document_id", "text", "The document."),
        Column("date_order", "text", "Day before month or month before day.", values=("dmy", "mdy")),
    ),
    key=("document_id",),
)

LEFT_OUT = Table(
    "work",
    "left_out",
    "one row per document that ended each process that worked on it",
    (
        Column("document_id", "text", "The document."),
        Column("version", "text", "Version of the code that did."),
        Column("what", "text", "What it was looking for."),
    ),
    key=("document_id",),
)

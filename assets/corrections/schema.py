"""What ``core.corrections`` holds."""

from pipeline.bookkeeping import INTERNAL_SCHEMA
from pipeline.schema import Column, Table

OF_ENTITIES = ("merge", "split", "rename", "ignore", "identify")
OF_QUOTES = ("speaker", "not-a-quote")
ACTIONS = (*OF_ENTITIES, "outlet", *OF_QUOTES)

CORRECTIONS = Table(
    "core",
    "corrections",
    "one row per correction that people have made",
    (
        Column("number", "integer", "The number that `verbatim fix list` gives it; the older ones come first."),
        Column("action", "text", "What was corrected: who is who, the outlet of a file, the speaker of a quotation, or that it is one.", values=ACTIONS),
        Column("item", "text", "What it is about: the name of an entity, a file, or the id of a quotation."),
        Column("article_id", "text", "The article, of a quotation or where a name is split off in one only.", nullable=True),
        Column("words", "text", "The words of the quotation.", nullable=True),
        Column("start", "integer", "First code point of the quotation in the article's body, when it was corrected.", nullable=True),
        Column("found", "text", "What Verbatim had found: the outlet, or the speaker; null where it had found none, or where that was not noted.", nullable=True),
        Column("corrected", "text", "What is right: a name, an outlet, a speaker, a Wikidata item; null where there is none, as of what is no quotation.", nullable=True),
        Column("made_by", "text", "Who made it.", nullable=True),
        Column("made_at", "timestamp", "When (UTC); the first moment of the day where no more is known.", nullable=True),
        Column("why", "text", "The reason that was given.", nullable=True),
    ),
    key=("number",),
)  # fmt: skip

OUTLET_CORRECTIONS = Table(
    INTERNAL_SCHEMA,
    "outlet_corrections",
    "one row per document whose outlet was corrected",
    (
        Column("document_id", "text", "The document."),
        Column("outlet", "text", "The name of its outlet."),
    ),
    key=("document_id",),
)

QUOTE_CORRECTIONS = Table(
    INTERNAL_SCHEMA,
    "quote_corrections",
    "one row per correction of a quotation",
    (
        Column("number", "integer", "That of the correction."),
        Column("action", "text", "What was corrected.", values=OF_QUOTES),
        Column("quote_id", "text", "The quotation."),
        Column("article_id", "text", "The article that prints it."),
        Column("words", "text", "Its words, by which it is found where its id is no longer there."),
        Column("speaker", "text", "Who said it; null where nobody is named.", nullable=True),
        Column("kind", "text", "Whether that is a person, an organisation or a place.", nullable=True),
    ),
    key=("number",),
)

"""What ``core.quotes`` holds."""

from pipeline.bookkeeping import INTERNAL_SCHEMA
from pipeline.schema import Column, Table

QUOTES = Table(
    "core",
    "quotes",
    "one row per quotation as printed",
    (
        Column("quote_id", "text", "Stable id: a hash of article, place and kind."),
        Column("article_id", "text", "The article that prints it."),
        Column("source_id", "text", "The outlet that prints it."),
        Column("ordinal", "integer", "Position among the article's quotations, from 0."),
        Column("start", "integer", "First code point in the body, inside the quotation marks."),
        Column("end", "integer", "Code point after the last one."),
        Column("text", "text", "The words as printed: body[start:end]."),
        Column("kind", "text", "direct: a sentence between marks; partial: a fragment between marks in the reporter's sentence; block: a post or statement set apart without marks; indirect: reported without marks.", values=("direct", "partial", "block", "indirect")),
        Column("speaker_text", "text", "Who is credited, as printed.", nullable=True),
        Column("speaker_start", "integer", "First code point of that mention.", nullable=True),
        Column("speaker_end", "integer", "Code point after it.", nullable=True),
        Column("speaker_kind", "text", "What the mention is.", values=("name", "pronoun", "nominal", "none")),
        Column("speaker_name", "text", "Full name the mention stands for within the article.", nullable=True),
        Column("speaker_id", "text", "The entity it stands for (core.entities).", nullable=True),
        Column("cue", "text", "The word that reports the speech.", nullable=True),
        Column("cue_start", "integer", "First code point of the cue.", nullable=True),
        Column("cue_end", "integer", "Code point after it.", nullable=True),
        Column("rule", "text", "How the speaker was found; unread where the language of the article is not supported."),
        Column("confidence", "double", "Calibrated probability, 0 to 1, that the words are credited, and to that mention; unknown in a language that is not supported.", nullable=True),
        Column("speaker_confidence", "double", "Calibrated probability, 0 to 1, that speaker_name is right: mention and name together.", nullable=True),
        Column("paragraph", "integer", "Line of the body it starts on, from 0."),
        Column("n_words", "integer", "Words in it."),
        Column("pre", "text", "Up to 100 code points before it."),
        Column("post", "text", "Up to 100 code points after it."),
        Column("corrected", "boolean", "Whether a person has said who speaks (core.corrections)."),
    ),
    key=("quote_id",),
)  # fmt: skip


ARTICLE_QUOTES = Table(
    INTERNAL_SCHEMA,
    "article_quotes",
    "quotations before their speakers are known across the corpus",
    QUOTES.columns,
    QUOTES.key,
)

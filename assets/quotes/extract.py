"""Articles in, ``core.quotes`` out: every quotation in marks, every block and every report of speech, with its speaker."""

import re

import polars as pl

from assets.ids import stable_id
from assets.quotes.marks import MarkedSpan, find_marked_spans
from assets.quotes.schema import QUOTES

CONTEXT = 100  # code points of the body kept before and after a quotation
NAME = r"(?:(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen)\.? )?[A-Z][\w'’.-]+(?: (?:(?:de|la|van|von|bin|al) )?[A-Z][\w'’.-]+){0,3}"
PERSON = rf"(?P<speaker>{NAME}|[Hh]e|[Ss]he|[Tt]hey|[Ii]t|(?:[Tt]he|[Aa]n?) [\w’'-]+(?: [\w’'-]+)??)"
CUE = r"(?P<cue>said|says|told|added|wrote|asked|stated|tweeted|posted|remarked|according to|explained|warned|called|described)"
SAID_AFTER = re.compile(
    rf"\W{{0,4}}(?:{PERSON} {CUE}\b|{CUE.replace('cue', 'cue2')} {PERSON.replace('speaker', 'speaker2')})"
)
SAID_BEFORE = re.compile(rf"{PERSON}[^.?!“\"]{{0,80}}? {CUE}\b[^.?!“\"]{{0,80}}$")
WORD = re.compile(r"\w[\w'’-]*")


def extract_quotes(articles: pl.DataFrame, mentions: pl.DataFrame) -> pl.DataFrame:
    """Quotations of ``articles`` (article_id, source_id, title, body, language) as a ``core.quotes`` frame.

    ``mentions`` (article_id, start, end, text, kind, name) helps to tell who is named; it may be empty. ``speaker_id`` is
    left null: ``assets.quotes.speakers.attach_speakers`` fills it. Rows come sorted by article and place.
    """
    rows: list[dict[str, object]] = []
    for article_id, source_id, body in (
        articles.select("article_id", "source_id", "body").sort("article_id").iter_rows()
    ):
        rows.extend(_quotes_of(article_id, source_id, body))
    return QUOTES.frame(rows)


def _quotes_of(article_id: str, source_id: str, body: str) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for span in find_marked_spans(body):
        if span.level:
            continue
        speaker, cue = _said_by(body, span)
        n_words = len(WORD.findall(body, span.start, span.end))
        kind = "direct" if n_words > 3 and (body[span.start].isupper() or body[span.end - 1] in ",.?!") else "partial"
        rows.append(
            {
                "quote_id": stable_id(article_id, span.start, kind),
                "article_id": article_id,
                "source_id": source_id,
                "ordinal": len(rows),
                "start": span.start,
                "end": span.end,
                "text": body[span.start : span.end],
                "kind": kind,
                "speaker_text": body[speaker[0] : speaker[1]] if speaker else None,
                "speaker_start": speaker[0] if speaker else None,
                "speaker_end": speaker[1] if speaker else None,
                "speaker_kind": "name" if speaker else "none",
                "speaker_name": body[speaker[0] : speaker[1]] if speaker else None,
                "speaker_id": None,
                "cue": body[cue[0] : cue[1]] if cue else None,
                "cue_start": cue[0] if cue else None,
                "cue_end": cue[1] if cue else None,
                "rule": "beside" if speaker else "none",
                "confidence": 0.5,
                "paragraph": body.count("\n", 0, span.start),
                "n_words": n_words,
                "pre": body[max(0, span.start - CONTEXT) : span.start],
                "post": body[span.end : span.end + CONTEXT],
            }
        )
    return rows


def _said_by(body: str, span: MarkedSpan) -> tuple[tuple[int, int] | None, tuple[int, int] | None]:
    match = SAID_AFTER.match(body, span.outer_end)
    if match:
        which = "speaker" if match.group("speaker") else "speaker2"
        return match.span(which), match.span("cue" if which == "speaker" else "cue2")
    line_start = body.rfind("\n", 0, span.outer_start) + 1
    match = SAID_BEFORE.search(body, max(line_start, span.outer_start - 200), span.outer_start)
    return (match.span("speaker"), match.span("cue")) if match else (None, None)

"""Articles in, ``core.quotes`` out: every quotation in marks, every block and every report of speech, with its speaker."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from assets.ids import stable_id
from assets.quotes.blocks import Block, find_blocks
from assets.quotes.candidates import (
    INDEFINITE_PRONOUN,
    K_COLON,
    NAME,
    NAME_POSSESSIVE,
    NOMINAL,
    Candidates,
    find_candidates,
)
from assets.quotes.features import pair_features
from assets.quotes.indirect import find_indirect
from assets.quotes.lexicon import ACCORDING, PREPOSITION, REPORT, SAY, lexicon
from assets.quotes.marks import MarkedSpan, mark_positions, pair_marks
from assets.quotes.naming import articles_with_names
from assets.quotes.ranker import Decisions, decide, ranker
from assets.quotes.resolve import Resolver, Speaker
from assets.quotes.schema import QUOTES
from assets.quotes.stream import LOWER, Stream, read_stream

CONTEXT = 100  # code points of the body kept before and after a quotation
BATCH = 256  # articles that are arrays at the same time
CREDITED_FROM = 0.5  # probability that somebody is credited, from which on a span is a quotation
# How a speaker was found: the mention stands before or after the words in their sentence, before a colon, after
# "according to", in another sentence (a run of quotations), in a post's author line, before a turn, with a report.
RULES = ("said_before", "said_after", "colon", "according_to", "run", "post", "transcript", "indirect")
BLOCK_CHANCE = 0.9  # no labelled set tells; a block carries its author's name
HEADING_LENGTH = 90  # code points; longer lines are paragraphs whatever they end with
LINE_END = re.compile(r"[.?!,:;…][)\]\"”’'»*]*$|[)\]—–-]$")
WORD = re.compile(r"\w[\w'’-]*")
SPEAKER_KINDS = {NAME: "name", NAME_POSSESSIVE: "name", NOMINAL: "nominal", INDEFINITE_PRONOUN: "nominal"}


@dataclass(frozen=True)
class _Mention:
    """A chosen candidate: offsets in its body, type, place among sentences, and its cue."""

    start: int
    end: int
    type: int
    sentence: int
    paragraph: int
    cue: tuple[int, int] | None
    rule: str


def extract_quotes(articles: pl.DataFrame, mentions: pl.DataFrame) -> pl.DataFrame:
    """Quotations of ``articles`` (article_id, source_id, title, body, language) as a ``core.quotes`` frame.

    ``mentions`` (article_id, start, end, text, kind, name) tells who is named and by which full name; where an article has
    none, capitalised runs take their place. ``speaker_id`` is left null: ``assets.quotes.speakers.attach_speakers`` fills
    it. Rows come sorted by article and place.
    """
    rows = articles.select("article_id", "source_id", "body").sort("article_id")
    frames = [_extract_batch(rows.slice(begin, BATCH), mentions) for begin in range(0, len(rows), BATCH)]
    return pl.concat(frames) if frames else QUOTES.empty()


def _extract_batch(articles: pl.DataFrame, mentions: pl.DataFrame) -> pl.DataFrame:
    bodies: list[str] = [body or "" for body in articles["body"]]
    ids: list[str] = articles["article_id"].to_list()
    sources: list[str] = articles["source_id"].to_list()
    marked = _marked(bodies)
    lengths = np.cumsum([0, *(len(body) + 1 for body in bodies)])
    spans = np.array(
        [
            (span.start + offset, span.end + offset, span.outer_start + offset, span.outer_end + offset)
            for found, offset in zip(marked, lengths.tolist(), strict=False)
            for span in found
        ],
        dtype=np.int64,
    ).reshape(-1, 4)
    marks = np.array([(s.single, s.continues, s.repaired) for found in marked for s in found], np.int8).reshape(-1, 3)
    model = ranker()
    stream = read_stream(bodies, spans, lexicon())
    candidates, classes = find_candidates(stream, model.common)
    pairs = pair_features(stream, candidates, classes, marks)
    decisions = decide(candidates, pairs, model)
    named = articles_with_names(bodies, ids, stream, candidates, mentions)
    chosen = np.where(
        decisions.rows >= 0, pairs.candidates[np.maximum(decisions.rows, 0)] if len(pairs.candidates) else -1, -1
    )
    chances = np.interp(decisions.speaker, *model.calibration)
    candidate_offsets = stream.starts[candidates.starts], stream.ends[candidates.ends - 1]
    rows: list[dict[str, object]] = []
    q = 0
    for number, body in enumerate(bodies):
        found = marked[number]
        rows.extend(
            _article_rows(
                ids[number], sources[number], body, found, range(q, q + len(found)), chosen, decisions, stream, candidates, classes,
                Resolver(named[number]), int(lengths[number]), chances, candidate_offsets,
            )
        )  # fmt: skip
        q += len(found)
    return QUOTES.frame(rows)


def _marked(bodies: Sequence[str]) -> list[list[MarkedSpan]]:
    """The outermost marked spans of each body; the marks of the batch are looked for at once."""
    codes = np.frombuffer("\n".join([*bodies, ""]).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    bounds = np.cumsum([0, *(len(body) + 1 for body in bodies)])
    places = mark_positions(codes)
    cuts = np.searchsorted(places, bounds)
    return [
        [span for span in pair_marks(body, (places[cuts[i] : cuts[i + 1]] - bounds[i]).tolist()) if span.level == 0]
        for i, body in enumerate(bodies)
    ]


def _article_rows(
    article_id: str, source_id: str, body: str, marked: Sequence[MarkedSpan], numbers: range, chosen: NDArray[np.int64],
    decisions: Decisions, stream: Stream, candidates: Candidates, classes: NDArray[np.uint8], resolver: Resolver, offset: int,
    chances: NDArray[np.float64], candidate_offsets: tuple[NDArray[np.int32], NDArray[np.int32]],
) -> list[dict[str, object]]:  # fmt: skip
    rows: list[dict[str, object]] = []
    blocks = find_blocks(body)
    previous: _Mention | None = None
    for span, q in zip(marked, numbers, strict=True):
        if decisions.nobody[q] >= CREDITED_FROM or chosen[q] < 0 or _is_heading(body, span):
            continue
        if any(span.outer_start < block.end and span.outer_end > block.start for block in blocks):
            continue
        mention = _mention(int(chosen[q]), int(stream.places[q]), offset, stream, candidates, classes)
        speaker = resolver.resolve(mention.start, mention.end, mention.type, mention.sentence, mention.paragraph)
        resolver.spoke(speaker, int(stream.paragraph[stream.places[q]]))
        kind = _kind(body, span, stream, q, mention, previous)
        rows.append(_row(article_id, source_id, body, span.start, span.end, kind, mention, speaker, float(chances[q])))
        previous = mention
    for block in blocks:
        mention = _Mention(block.speaker_start, block.speaker_end, NAME, 0, 0, None, block.rule)
        speaker = resolver.resolve(mention.start, mention.end, NAME, 0, 0)
        rows.append(_row(article_id, source_id, body, block.start, block.end, "block", mention, speaker, BLOCK_CHANCE))
    rows.extend(
        _reports(article_id, source_id, body, marked, blocks, resolver, offset, stream, candidates, candidate_offsets)
    )
    rows.sort(key=lambda row: (row["start"], row["end"], row["kind"]))
    for ordinal, row in enumerate(rows):
        row["ordinal"] = ordinal
    return rows


def _reports(
    article_id: str, source_id: str, body: str, marked: Sequence[MarkedSpan], blocks: Sequence[Block], resolver: Resolver,
    offset: int, stream: Stream, candidates: Candidates, candidate_offsets: tuple[NDArray[np.int32], NDArray[np.int32]],
) -> list[dict[str, object]]:  # fmt: skip
    """Rows of indirect speech; its speakers are resolved as those of quotations are.

    ``candidate_offsets`` are the first and last code points of all candidates, in offsets of the batch.
    """
    candidate_starts, candidate_ends = candidate_offsets
    rows: list[dict[str, object]] = []
    for report in find_indirect(body, [(span.outer_start, span.outer_end) for span in marked]):
        if any(report.start < block.end and report.end > block.start for block in blocks):
            continue
        cue = (report.cue_start, report.cue_end)
        if report.speaker_start is None or report.speaker_end is None:
            rows.append(
                _row(
                    article_id,
                    source_id,
                    body,
                    report.start,
                    report.end,
                    "indirect",
                    None,
                    Speaker(None, "none", 0.0),
                    report.confidence,
                    cue,
                )
            )
            continue
        # Of the arrays' own type: for a wider one numpy would convert the whole array at each look-up.
        speaker_start, speaker_end = np.int32(report.speaker_start + offset), np.int32(report.speaker_end + offset)
        token = max(int(np.searchsorted(stream.starts, speaker_start, side="right")) - 1, 0)
        first = int(np.searchsorted(candidate_ends, speaker_start, side="right"))
        last = int(np.searchsorted(candidate_starts, speaker_end))
        kind, start, end = NOMINAL, report.speaker_start, report.speaker_end
        if first < last:
            kind = int(candidates.types[first])
            start, end = int(candidate_starts[first]) - offset, int(candidate_ends[first]) - offset
        mention = _Mention(
            report.speaker_start,
            report.speaker_end,
            kind,
            int(stream.sentence[token]),
            int(stream.paragraph[token]),
            cue,
            "indirect",
        )
        speaker = resolver.resolve(start, end, kind, mention.sentence, mention.paragraph)
        rows.append(
            _row(article_id, source_id, body, report.start, report.end, "indirect", mention, speaker, report.confidence)
        )
    return rows


def _is_heading(body: str, span: MarkedSpan) -> bool:
    """Whether the span stands in a headline, subhead or key point: a short line that does not end as sentences do."""
    start = body.rfind("\n", 0, span.outer_start) + 1
    end = body.find("\n", span.outer_end)
    line = body[start : end if end >= 0 else len(body)].strip()
    return len(line) <= HEADING_LENGTH and not LINE_END.search(line)


def _kind(body: str, span: MarkedSpan, stream: Stream, q: int, mention: _Mention, previous: _Mention | None) -> str:
    """Direct where the marks hold a sentence, or the rest of one that the cue cut in two; partial inside the reporter's."""
    place = int(stream.places[q])
    before = body[: span.outer_start].rstrip()[-1:] if span.outer_start else ""
    first = body[span.start]
    if before and (before.isalnum() or before in "’'s)"):
        cue_right_before = place > 0 and bool(stream.bits[place - 1] & SAY)
        return "direct" if cue_right_before and (first.isupper() or not first.isalpha()) else "partial"
    if first.isupper() or not first.isalpha() or span.continues:
        return "direct"
    return "direct" if before in ",—–-" and previous is not None and body[span.end - 1] in ".?!" else "partial"


def _mention(
    c: int, place: int, offset: int, stream: Stream, candidates: Candidates, classes: NDArray[np.uint8]
) -> _Mention:
    """Where the candidate stands, with the cue that ties it to the quotation at token ``place`` and the rule it shows."""
    start, end, head = int(candidates.starts[c]), int(candidates.ends[c]), int(candidates.heads[c])
    after, before = int(candidates.verb_after[c]), int(candidates.verb_before[c])
    cue: tuple[int, int] | None = None
    rule = "said"
    same_sentence = stream.sentence[head] == stream.sentence[place] or (
        stream.paragraph[head] == stream.paragraph[place] and abs(place - head) < 12
    )
    if start > 1 and stream.bits[start - 1] & PREPOSITION and stream.hashes[start - 2] == ACCORDING:
        cue, rule = (start - 2, start - 1), "according_to"
    elif before >= 0 and stream.bits[before] & SAY and stream.kinds[before] == LOWER:
        cue = (before, before)
    elif after >= 0 and stream.bits[after] & REPORT:
        cue = (after, after)
    elif before >= 0 and stream.bits[before] & REPORT:
        cue = (before, before)
    elif after >= 0:
        cue = (after, after)
    if not same_sentence:
        rule = "run"
    elif place > 0 and classes[place - 1] == K_COLON:
        rule = "colon"
    elif rule == "said":
        rule = "said_after" if head > place else "said_before"
    return _Mention(
        int(stream.starts[start]) - offset,
        int(stream.ends[end - 1]) - offset,
        int(candidates.types[c]),
        int(stream.sentence[head]),
        int(stream.paragraph[head]),
        (int(stream.starts[cue[0]]) - offset, int(stream.ends[cue[1]]) - offset) if cue else None,
        rule,
    )


def _row(
    article_id: str, source_id: str, body: str, start: int, end: int, kind: str, mention: _Mention | None, speaker: Speaker,
    chance: float, cue: tuple[int, int] | None = None,
) -> dict[str, object]:  # fmt: skip
    cue = mention.cue if mention else cue
    return {
        "quote_id": stable_id(article_id, start, kind),
        "article_id": article_id,
        "source_id": source_id,
        "ordinal": 0,
        "start": start,
        "end": end,
        "text": body[start:end],
        "kind": kind,
        "speaker_text": body[mention.start : mention.end] if mention else None,
        "speaker_start": mention.start if mention else None,
        "speaker_end": mention.end if mention else None,
        "speaker_kind": SPEAKER_KINDS.get(mention.type, "pronoun") if mention else "none",
        "speaker_name": speaker.name,
        "speaker_id": None,
        "cue": body[cue[0] : cue[1]] if cue else None,
        "cue_start": cue[0] if cue else None,
        "cue_end": cue[1] if cue else None,
        "rule": mention.rule if mention else "indirect",
        "confidence": chance,
        "paragraph": body.count("\n", 0, start),
        "n_words": len(WORD.findall(body, start, end)),
        "pre": body[max(0, start - CONTEXT) : start],
        "post": body[end : end + CONTEXT],
    }

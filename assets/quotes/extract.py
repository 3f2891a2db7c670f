"""Articles in, ``core.quotes`` out: every quotation in marks, every block and every report of speech, with its speaker."""

from collections.abc import Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

from assets.quotes.attribution.attribute import IN_POST, IN_TRANSCRIPT, Attributions, attribute
from assets.quotes.attribution.candidates import find_candidates
from assets.quotes.attribution.decisions import settle
from assets.quotes.attribution.features import pair_features
from assets.quotes.attribution.kinds import BLOCK, DIRECT, DIRECT_IN_RUN, PARTIAL
from assets.quotes.attribution.mention_types import NAME
from assets.quotes.attribution.ranker import decide, ranker
from assets.quotes.indirect.reports import reports_of
from assets.quotes.languages.extract import extract_by_rules
from assets.quotes.marks.blocks import find_blocks
from assets.quotes.marks.glyphs import mark_positions
from assets.quotes.marks.lines import Block
from assets.quotes.marks.spans import MarkedSpan, pair_marks
from assets.quotes.resolution.naming import articles_with_names
from assets.quotes.resolution.resolver import Resolver
from assets.quotes.resolution.speakers import name_speakers
from assets.quotes.rows import NO_SPAN, FoundQuote, Mention, frame_of, shifted
from assets.quotes.schema import QUOTES
from assets.quotes.tokens.lexicon import lexicon
from assets.quotes.tokens.stream import Stream, joined, read_stream

ENGLISH = "en"
BATCH = 256  # articles that are arrays at the same time
BLOCK_CHANCE = 0.9  # no labelled set tells; a block carries its author's name
ANSWER_CHANCE = 0.6  # the same; who is interviewed is the person that the article names most before
BLOCK_RULES = {"post": IN_POST, "transcript": IN_TRANSCRIPT}


def extract_quotes(articles: pl.DataFrame, mentions: pl.DataFrame) -> pl.DataFrame:
    """Quotations of ``articles`` (article_id, source_id, title, body, language) as a ``core.quotes`` frame.

    ``mentions`` (article_id, start, end, text, kind, name) tells who is named and by which full name; where an article has
    none, capitalised runs take their place. ``speaker_id`` is left null: ``assets.quotes.resolution.entities.attach_speakers`` fills
    it. Rows come sorted by article and place. English articles go to the trained model, those of other languages to rules.
    """
    rows = articles.select("article_id", "source_id", "title", "body", "language").sort("article_id")
    english, others = rows.filter(pl.col("language") == ENGLISH), rows.filter(pl.col("language") != ENGLISH)
    frames = [
        extract(rows.slice(begin, BATCH), mentions)
        for rows, extract in ((english, _extract_batch), (others, extract_by_rules))
        for begin in range(0, len(rows), BATCH)
    ]
    return pl.concat(frames).sort("article_id", "ordinal") if frames else QUOTES.empty()


def _extract_batch(articles: pl.DataFrame, mentions: pl.DataFrame) -> pl.DataFrame:
    bodies: list[str] = [body or "" for body in articles["body"]]
    ids: list[str] = articles["article_id"].to_list()
    codes, offsets = joined(bodies)
    marked = _marked(bodies, codes, offsets)
    spans = np.array(
        [
            (span.start + offset, span.end + offset, span.outer_start + offset, span.outer_end + offset)
            for found, offset in zip(marked, offsets.tolist(), strict=False)
            for span in found
        ],
        dtype=np.int64,
    ).reshape(-1, 4)
    marks = np.array([(s.single, s.continues, s.repaired) for found in marked for s in found], np.int8).reshape(-1, 3)
    model = ranker()
    stream = read_stream(codes, offsets, spans, lexicon())
    candidates, classes = find_candidates(stream, model.common)
    pairs = pair_features(stream, candidates, classes, marks)
    decisions = decide(candidates, pairs, model)
    chosen = np.full(len(spans), -1, np.int64)
    chosen[decisions.credited] = pairs.candidates[decisions.rows[decisions.credited]]
    settled = settle(
        bodies,
        stream,
        candidates,
        classes,
        spans,
        marks[:, 1],
        chosen,
        np.interp(decisions.speaker, *model.calibration),
    )
    attributions = attribute(stream, candidates, classes, spans, marks[:, 1], settled.chosen)
    settled.correct(stream, attributions)
    credited = (settled.chosen >= 0) & ~attributions.headings
    blocks = [find_blocks(body) for body in bodies]
    resolvers = [
        Resolver(article, title or "")
        for article, title in zip(
            articles_with_names(bodies, ids, stream, candidates, mentions), articles["title"], strict=True
        )
    ]
    found = _credited(spans, credited, attributions, settled.chances, blocks, stream)
    found += [_of_block(number, block) for number, its in enumerate(blocks) for block in its]
    reports = [
        report for report in reports_of(stream, spans, candidates) if not _within(blocks[report.article], *report.span)
    ]
    found = _of_one_mouth(found, reports) + reports
    return frame_of(
        name_speakers(found, resolvers), bodies, ids, articles["source_id"].to_list(), stream.codes, stream.offsets
    )


def _marked(bodies: Sequence[str], codes: NDArray[np.uint32], offsets: NDArray[np.int64]) -> list[list[MarkedSpan]]:
    """The outermost marked spans of each body; the marks of the batch are looked for at once."""
    places = mark_positions(codes)
    cuts = np.searchsorted(places, offsets)
    return [
        [span for span in pair_marks(body, (places[cuts[i] : cuts[i + 1]] - offsets[i]).tolist()) if span.level == 0]
        for i, body in enumerate(bodies)
    ]


def _credited(
    spans: NDArray[np.int64], credited: NDArray[np.bool_], attributions: Attributions, chances: NDArray[np.float64],
    blocks: Sequence[Sequence[Block]], stream: Stream,
) -> list[FoundQuote]:  # fmt: skip
    """The quotations in marks that somebody is credited with, in reading order; those in blocks are the block's."""
    quotes = np.flatnonzero(credited)
    places = stream.places[quotes]
    articles = stream.article[places]
    offsets = stream.offsets[articles]
    a = attributions
    found: list[FoundQuote] = []
    previous = -1  # article of the quotation before
    for (
        number, start, end, outer_start, outer_end, kind, m_start, m_end, m_type, sentence, m_paragraph, cue_start, cue_end,
        rule, chance, paragraph,
    ) in zip(
        articles.tolist(), *((spans[quotes, k] - offsets).tolist() for k in range(4)), a.kinds[quotes].tolist(),
        (a.starts[quotes] - offsets).tolist(), (a.ends[quotes] - offsets).tolist(), a.types[quotes].tolist(),
        a.sentences[quotes].tolist(), a.paragraphs[quotes].tolist(), shifted(a.cue_starts[quotes], offsets),
        shifted(a.cue_ends[quotes], offsets), a.rules[quotes].tolist(), chances[quotes].tolist(),
        stream.paragraph[places].tolist(), strict=True,
    ):  # fmt: skip
        if blocks[number] and _within(blocks[number], outer_start, outer_end):
            continue
        if kind == DIRECT_IN_RUN:
            kind = DIRECT if previous == number else PARTIAL
        previous = number
        mention = Mention(m_start, m_end, m_type, sentence, m_paragraph)
        found.append(FoundQuote(
            number, (start, end), kind, (m_start, m_end), mention, paragraph, (cue_start, cue_end), rule, chance
        ))  # fmt: skip
    return found


def _of_one_mouth(quotes: Sequence[FoundQuote], reports: Sequence[FoundQuote]) -> list[FoundQuote]:
    """The quotations, where a fragment is whose the surer report around it is; of reports within each other the outer one's."""
    around: dict[int, list[FoundQuote]] = {}
    for report in sorted(reports, key=lambda one: (one.span[0] - one.span[1], one.span)):
        around.setdefault(report.article, []).append(report)
    return [_as_reported(quote, around.get(quote.article, ())) for quote in quotes]


def _as_reported(quote: FoundQuote, reports: Sequence[FoundQuote]) -> FoundQuote:
    if quote.kind != PARTIAL or quote.confidence is None:
        return quote
    for report in reports:
        within = report.span[0] <= quote.span[0] and quote.span[1] <= report.span[1] + 1
        sure = (report.confidence or 0.0) > quote.confidence and report.mention.start >= 0
        modifier = report.mention.end < quote.mention.start  # Analysts at Tidewater: the report is the analysts'
        if within and sure and (modifier or not _overlap(report.speaker, quote.speaker)):
            return quote._replace(speaker=report.mention[:2], mention=report.mention, cue=report.cue)
    return quote


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _of_block(number: int, block: Block) -> FoundQuote:
    mention = Mention(block.speaker_start, block.speaker_end, NAME, 0, 0)
    chance = ANSWER_CHANCE if block.speaker_start < 0 else BLOCK_CHANCE
    return FoundQuote(
        number, (block.start, block.end), BLOCK, (block.speaker_start, block.speaker_end), mention, 0, NO_SPAN,
        BLOCK_RULES[block.rule], chance, block.name,
    )  # fmt: skip


def _within(blocks: Sequence[Block], start: int, end: int) -> bool:
    """Whether the range touches a block, whose words the block's own row tells."""
    return any(start < block.end and end > block.start for block in blocks)

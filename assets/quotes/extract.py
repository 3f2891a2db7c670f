"""Articles in, ``core.quotes`` out: every quotation in marks, every block and every report of speech, with its speaker."""

from collections.abc import Sequence

import numpy as np
import polars as pl
from numpy.typing import NDArray

from assets.quotes.attribution.attribute import IN_POST, IN_REPORT, IN_TRANSCRIPT, Attributions, attribute
from assets.quotes.attribution.candidates import Candidates, find_candidates
from assets.quotes.attribution.features import pair_features
from assets.quotes.attribution.kinds import BLOCK, DIRECT, DIRECT_IN_RUN, INDIRECT, PARTIAL
from assets.quotes.attribution.mention_types import NAME, NOMINAL
from assets.quotes.attribution.ranker import decide, ranker
from assets.quotes.indirect.model import load_tagger
from assets.quotes.languages.extract import extract_by_rules
from assets.quotes.marks.blocks import Block, find_blocks
from assets.quotes.marks.glyphs import mark_positions
from assets.quotes.marks.spans import MarkedSpan, pair_marks
from assets.quotes.resolution.naming import articles_with_names
from assets.quotes.resolution.resolver import Resolver
from assets.quotes.rows import FoundQuote, frame_of
from assets.quotes.schema import QUOTES
from assets.quotes.tokens.characters import character_flags, trim_edges
from assets.quotes.tokens.lexicon import lexicon
from assets.quotes.tokens.stream import Stream, joined, read_stream

ENGLISH = "en"
BATCH = 256  # articles that are arrays at the same time
BLOCK_CHANCE = 0.9  # no labelled set tells; a block carries its author's name
ANSWER_CHANCE = 0.6  # the same; who is interviewed is the person that the article names most before
BLOCK_RULES = {"post": IN_POST, "transcript": IN_TRANSCRIPT}
NO_SPAN = (-1, -1)


def extract_quotes(articles: pl.DataFrame, mentions: pl.DataFrame) -> pl.DataFrame:
    """Quotations of ``articles`` (article_id, source_id, title, body, language) as a ``core.quotes`` frame.

    ``mentions`` (article_id, start, end, text, kind, name) tells who is named and by which full name; where an article has
    none, capitalised runs take their place. ``speaker_id`` is left null: ``assets.quotes.resolution.entities.attach_speakers`` fills
    it. Rows come sorted by article and place. English articles go to the trained model, those of other languages to rules.
    """
    rows = articles.select("article_id", "source_id", "body", "language").sort("article_id")
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
    credited = decisions.credited
    chosen = np.full(len(spans), -1, np.int64)
    chosen[credited] = pairs.candidates[decisions.rows[credited]]
    attributions = attribute(stream, candidates, classes, spans, marks[:, 1], chosen)
    credited &= ~attributions.headings
    chances = np.interp(decisions.speaker, *model.calibration)
    blocks = [find_blocks(body) for body in bodies]
    resolvers = [Resolver(article) for article in articles_with_names(bodies, ids, stream, candidates, mentions)]
    rows: list[FoundQuote] = []
    _add_marked(rows, spans, credited, attributions, chances, blocks, resolvers, stream)
    for number, found in enumerate(blocks):
        for block in found:
            if block.speaker_start < 0:
                name, chance = resolvers[number].interviewee(found[0].start), ANSWER_CHANCE
            else:
                name = resolvers[number].resolve(block.speaker_start, block.speaker_end, NAME, 0, 0).name
                chance = BLOCK_CHANCE
            rows.append(FoundQuote(
                number, (block.start, block.end), BLOCK, (block.speaker_start, block.speaker_end), NAME, name, NO_SPAN,
                BLOCK_RULES[block.rule], chance,
            ))  # fmt: skip
    _add_reports(rows, spans, blocks, resolvers, stream, candidates)
    return frame_of(rows, bodies, ids, articles["source_id"].to_list(), stream.codes, stream.offsets)


def _marked(bodies: Sequence[str], codes: NDArray[np.uint32], offsets: NDArray[np.int64]) -> list[list[MarkedSpan]]:
    """The outermost marked spans of each body; the marks of the batch are looked for at once."""
    places = mark_positions(codes)
    cuts = np.searchsorted(places, offsets)
    return [
        [span for span in pair_marks(body, (places[cuts[i] : cuts[i + 1]] - offsets[i]).tolist()) if span.level == 0]
        for i, body in enumerate(bodies)
    ]


def _add_marked(
    rows: list[FoundQuote], spans: NDArray[np.int64], credited: NDArray[np.bool_], attributions: Attributions,
    chances: NDArray[np.float64], blocks: Sequence[Sequence[Block]], resolvers: Sequence[Resolver], stream: Stream,
) -> None:  # fmt: skip
    """Rows of the quotations in marks that somebody is credited with, in reading order."""
    quotes = np.flatnonzero(credited)
    places = stream.places[quotes]
    articles = stream.article[places]
    offsets = stream.offsets[articles]
    a = attributions
    previous = -1  # article of the quotation before
    for (
        number, start, end, outer_start, outer_end, kind, m_start, m_end, m_type, sentence, m_paragraph, cue_start, cue_end,
        rule, chance, paragraph,
    ) in zip(
        articles.tolist(), *((spans[quotes, k] - offsets).tolist() for k in range(4)), a.kinds[quotes].tolist(),
        (a.starts[quotes] - offsets).tolist(), (a.ends[quotes] - offsets).tolist(), a.types[quotes].tolist(),
        a.sentences[quotes].tolist(), a.paragraphs[quotes].tolist(), _shifted(a.cue_starts[quotes], offsets),
        _shifted(a.cue_ends[quotes], offsets), a.rules[quotes].tolist(), chances[quotes].tolist(),
        stream.paragraph[places].tolist(), strict=True,
    ):  # fmt: skip
        if blocks[number] and _within(blocks[number], outer_start, outer_end):
            continue
        resolver = resolvers[number]
        speaker = resolver.resolve(m_start, m_end, m_type, sentence, m_paragraph)
        resolver.spoke(speaker, paragraph)
        if kind == DIRECT_IN_RUN:
            kind = DIRECT if previous == number else PARTIAL
        previous = number
        rows.append(FoundQuote(
            number, (start, end), kind, (m_start, m_end), m_type, speaker.name, (cue_start, cue_end), rule, chance
        ))  # fmt: skip


def _add_reports(
    rows: list[FoundQuote], spans: NDArray[np.int64], blocks: Sequence[Sequence[Block]], resolvers: Sequence[Resolver], stream: Stream,
    candidates: Candidates,
) -> None:  # fmt: skip
    """Rows of indirect speech; its speakers are resolved as those of quotations are."""
    trimmed = trim_edges(stream.codes, spans[:, 2], spans[:, 3], character_flags())
    places, confidence = load_tagger().tag(stream.codes, stream.offsets, trimmed)
    articles = np.searchsorted(stream.offsets, places[:, 0], side="right") - 1
    offsets = stream.offsets[articles]
    start, end = places[:, 4], places[:, 5]
    token = stream.tokens_at(articles, start)
    # The first candidate that the source overlaps tells what it is; a source without one is a phrase.
    candidate_starts, candidate_ends = stream.starts[candidates.starts], stream.ends[candidates.ends - 1]
    first = np.searchsorted(candidate_ends, start, side="right")
    known = np.flatnonzero(first < len(candidate_starts))
    known = known[candidate_starts[first[known]] < end[known]]
    types = np.full(len(places), NOMINAL)
    types[known] = candidates.types[first[known]]
    start, end = start.copy(), end.copy()
    start[known], end[known] = candidate_starts[first[known]], candidate_ends[first[known]]
    local = [_shifted(places[:, k], offsets) for k in range(6)]
    for (
        number, begin, stop, cue_start, cue_end, m_start, m_end, c_start, c_end, kind, sentence, paragraph, sure
    ) in zip(
        articles.tolist(), *local, (start - offsets).tolist(), (end - offsets).tolist(), types.tolist(),
        stream.sentence[token].tolist(), stream.paragraph[token].tolist(), confidence.tolist(), strict=True,
    ):  # fmt: skip
        if blocks[number] and _within(blocks[number], begin, stop):
            continue
        name = None
        if m_start >= 0:
            name = resolvers[number].resolve(c_start, c_end, kind, sentence, paragraph).name
        rows.append(FoundQuote(
            number, (begin, stop), INDIRECT, (m_start, m_end), kind, name, (cue_start, cue_end), IN_REPORT, round(sure, 4)
        ))  # fmt: skip


def _shifted(places: NDArray[np.int64], offsets: NDArray[np.int64]) -> list[int]:
    """Places of the batch as places of their body; -1 stays."""
    shifted: list[int] = np.where(places >= 0, places - offsets, -1).tolist()
    return shifted


def _within(blocks: Sequence[Block], start: int, end: int) -> bool:
    """Whether the range touches a block, whose words the block's own row tells."""
    return any(start < block.end and end > block.start for block in blocks)

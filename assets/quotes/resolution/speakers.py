"""Names the speakers of a batch, article by article in reading order: who spoke before tells whom a pronoun stands for."""

from collections.abc import Callable, Sequence

from assets.quotes.attribution.kinds import BLOCK
from assets.quotes.resolution.article_names import Article, Speaker
from assets.quotes.resolution.resolver import Resolver
from assets.quotes.resolution.sureness import sureness
from assets.quotes.rows import FoundQuote, in_order

on_named: Callable[[Article, FoundQuote, Speaker], None] | None = None
"""Told of every quotation outside blocks and its speaker: training listens."""


def name_speakers(found: Sequence[FoundQuote], resolvers: Sequence[Resolver]) -> list[FoundQuote]:
    """The quotations with the names of their speakers; ``resolvers`` has one for each article of the batch."""
    asked: dict[int, str | None] = {}  # who is interviewed, by article
    named: list[FoundQuote] = []
    for quote in sorted(found, key=in_order):
        resolver = resolvers[quote.article]
        if quote.kind == BLOCK:
            named.append(_of_block(quote, resolver, asked))
            continue
        if quote.mention.start < 0:
            named.append(quote)
            continue
        speaker = resolver.resolve(quote.mention)
        resolver.spoke(speaker, quote.paragraph, max(quote.span[1], quote.mention.end))
        if on_named is not None:
            on_named(resolver.article, quote, speaker)
        name = speaker.full_name
        if name is not None and quote.confidence is not None:
            mention = resolver.article.body[quote.mention.start : quote.mention.end]
            sure = round(sureness(speaker, mention, quote.confidence, quote.rule), 4)
            quote = quote.of(name, sure)
        named.append(quote)
    return named


def _of_block(quote: FoundQuote, resolver: Resolver, asked: dict[int, str | None]) -> FoundQuote:
    """A block carries the name of who wrote or spoke it, so that it is as sure as the block; an answer is its guest's."""
    if quote.mention.start < 0:
        if quote.article not in asked:
            asked[quote.article] = resolver.interviewee(quote.span[0])
        name = asked[quote.article]
    else:
        name = resolver.resolve(quote.mention).full_name
        if quote.name is not None:
            name = _of_turn(quote.name, name)
    return quote.of(name, None if name is None else quote.confidence)


def _of_turn(label: str, known: str | None) -> str:
    """The name of a turn's label: that of the person whom the article otherwise names by it, else the label itself."""
    same = known is not None and known.split(" ")[-1].lower() == label.split(" ")[-1].lower() and not known.isupper()
    return known if known is not None and same and len(known) > len(label) else label

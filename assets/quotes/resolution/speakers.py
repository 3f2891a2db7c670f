"""Names the speakers of a batch, article by article in reading order: who spoke before tells whom a pronoun stands for."""

from collections.abc import Sequence

from assets.quotes.attribution.kinds import BLOCK
from assets.quotes.resolution.resolver import Resolver
from assets.quotes.rows import FoundQuote


def name_speakers(found: Sequence[FoundQuote], resolvers: Sequence[Resolver]) -> list[FoundQuote]:
    """The quotations with the names of their speakers; ``resolvers`` has one for each article of the batch."""
    named: list[FoundQuote] = []
    for quote in sorted(found, key=lambda quote: (quote.article, quote.span, quote.kind)):
        resolver = resolvers[quote.article]
        if quote.mention.start < 0:
            name = resolver.interviewee(quote.span[0]) if quote.kind == BLOCK else None
            named.append(quote._replace(name=name))
            continue
        speaker = resolver.resolve(quote.mention)
        if quote.kind != BLOCK:
            resolver.spoke(speaker, quote.paragraph, max(quote.span[1], quote.mention.end))
        named.append(quote._replace(name=speaker.full_name))
    return named

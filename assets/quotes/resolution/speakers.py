"""Names the speakers of a batch, article by article in reading order: who spoke before tells whom a pronoun stands for."""

from collections.abc import Sequence

from assets.quotes.attribution.kinds import BLOCK
from assets.quotes.resolution.resolver import Resolver
from assets.quotes.rows import FoundQuote


def name_speakers(found: Sequence[FoundQuote], resolvers: Sequence[Resolver]) -> list[FoundQuote]:
    """The quotations with the names of their speakers; ``resolvers`` has one for each article of the batch."""
    named: list[FoundQuote] = []
    asked: dict[int, str | None] = {}  # who is interviewed, by article
    for quote in sorted(found, key=lambda quote: (quote.article, quote.span, quote.kind)):
        resolver = resolvers[quote.article]
        if quote.name is not None:
            named.append(quote._replace(name=_of_turn(quote.name, resolver.resolve(quote.mention).full_name)))
            continue
        if quote.mention.start < 0:
            asked.setdefault(quote.article, resolver.interviewee(quote.span[0]))
            named.append(quote._replace(name=asked[quote.article] if quote.kind == BLOCK else None))
            continue
        speaker = resolver.resolve(quote.mention)
        if quote.kind != BLOCK:
            resolver.spoke(speaker, quote.paragraph, max(quote.span[1], quote.mention.end))
        named.append(quote._replace(name=speaker.full_name))
    return named


def _of_turn(label: str, known: str | None) -> str:
    """The name of a turn's label: that of the person whom the article otherwise names by it, else the label itself."""
    same = known is not None and known.split(" ")[-1].lower() == label.split(" ")[-1].lower() and not known.isupper()
    return known if known is not None and same and len(known) > len(label) else label

"""Which organisation or group it and they stand for: that of the sentence before, not one named anywhere."""

from assets.quotes.resolution.acronyms import spelled_out
from assets.quotes.resolution.article_names import DESCRIPTION, Article, Named, Speaker
from assets.quotes.resolution.nominals import nominal

REACH = 5  # sentences that a pronoun may look back
LEAST = -2.5
SURE = 0.8  # score from which whoever is named outweighs who spoke last
GROUPS = frozenset(("thing", "nominal", "issuer", DESCRIPTION))


def thing(article: Article, place: int, sentence: int, paragraph: int, plural: bool) -> Speaker:
    """It, they: who spoke last if that was not a person, else the nearest organisation or group that is a subject."""
    best: tuple[float, Named] | None = None
    for named in _before(article, place, sentence, plural):
        value = _score(named, sentence)
        value -= 1.0 if named.kind == "place" else 0.0
        if article.last is not None and article.last.name == named.name:
            value += 1.0
        if best is None or value > best[0]:
            best = (value, named)
    last = article.last if article.last is not None and article.last.how in GROUPS else None
    if last is not None and (best is None or best[0] < SURE):
        return Speaker(last.name, last.how, 0.6)
    if best is not None and best[0] > LEAST:
        named = best[1]
        if named.kind == "group":
            text = article.body[named.start : named.end]
            group = nominal(article, named.start, named.end, text, named.type, named.sentence, named.paragraph)
            return group if group.how in GROUPS else Speaker(text, DESCRIPTION, group.chance)
        return Speaker(spelled_out(article.body, named.name), "thing", 0.5)
    if article.last is not None and plural:
        return Speaker(article.last.name, article.last.how, 0.3)
    return Speaker(None, "thing", 0.0)


def _before(article: Article, place: int, sentence: int, plural: bool) -> list[Named]:
    """Organisations, places and groups of the sentences before, the nearest first; one in capitals is in "it", many in "they"."""
    found = []
    for rows in (article.named, article.groups):
        for named in rows:
            if named.start >= place:
                break
            near = sentence - named.sentence <= REACH
            if (
                near
                and named.kind != "person"
                and not named.quoted
                and not named.aside
                and (plural or not named.plural)
            ):
                found.append(named)
    return sorted(found, key=lambda named: -named.start)


def _score(named: Named, sentence: int) -> float:
    return (
        -0.5 * (sentence - named.sentence)
        + (1.0 if named.subject else 0.0)
        + (0.5 if named.first else 0.0)
        - (0.5 if named.possessive else 0.0)
    )

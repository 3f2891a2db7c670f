"""Which organisation or group it and they stand for."""

from assets.quotes.resolution.acronyms import spelled_out
from assets.quotes.resolution.article_names import Article, Speaker

THING_REACH = 5  # sentences that a pronoun may look back


def thing(article: Article, place: int, sentence: int, paragraph: int, plural: bool) -> Speaker:
    """It, they: who spoke last if that was not a person, else the nearest organisation that is a subject."""
    index = article.index_before(place)
    best: tuple[float, str] | None = None
    while index >= 0:
        named = article.named[index]
        index -= 1
        distance = sentence - named.sentence
        if distance > THING_REACH:
            break
        if named.kind == "person" or named.quoted or named.aside:
            continue
        value = (
            -0.5 * distance
            + (1.0 if named.subject else 0.0)
            + (0.5 if named.first else 0.0)
            - (0.5 if named.possessive else 0.0)
        )
        value -= 1.0 if named.kind == "place" else 0.0
        if article.last is not None and article.last.name == named.name:
            value += 1.0
        if best is None or value > best[0]:
            best = (value, named.name)
    if article.last is not None and article.last.how in ("thing", "nominal") and (best is None or best[0] < 0.8):
        return Speaker(article.last.name, article.last.how, 0.6)
    if best is not None and best[0] > -2.5:
        return Speaker(spelled_out(article.body, best[1]), "thing", 0.5)
    if article.last is not None and plural:
        return Speaker(article.last.name, "thing", 0.3)
    return Speaker(None, "thing", 0.0)

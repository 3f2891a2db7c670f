"""Whom a pronoun stands for: he and she for a person, it and they for an organisation or a group."""

from assets.quotes.resolution.acronyms import spelled_out
from assets.quotes.resolution.article_names import Article, Speaker

PEOPLE = frozenset(("name", "pronoun", "role"))
REACH = 14  # sentences that a pronoun may look back
THING_REACH = 5


def person(article: Article, place: int, sentence: int, paragraph: int, wanted: str) -> Speaker:
    """The person a pronoun stands for: gender must not contradict; nearness, subjects and recent speakers count.

    ``wanted`` is m, f, or empty for a description that tells no gender.
    """
    stop = article.index_before(place) + 1
    scores: dict[str, float] = {}
    seen: set[str] = set()
    last = article.last.name if article.last is not None and article.last.how in PEOPLE else None
    introduced = False
    index = stop - 1
    while index >= 0:
        named = article.named[index]
        index -= 1
        distance = sentence - named.sentence
        if distance > REACH:
            break
        if named.kind != "person" or named.quoted or named.name in seen or named.aside:
            continue
        seen.add(named.name)
        found = article.gender(named.name)
        if found and wanted and found != wanted:
            continue
        if distance == 0:
            value = 0.8 if named.subject and not named.possessive else -0.9
        else:
            value = -0.4 * min(distance, 6) - 0.3 * min(paragraph - named.paragraph, 4)
            value += 0.6 if named.subject else 0.0
            value += 0.4 if named.first else 0.0
            value += 0.8 if named.said else 0.0
            value += 0.7 if named.paragraph == paragraph and named.subject else 0.0
            value -= 0.3 if named.possessive else 0.0
        value += 0.9 if found and found == wanted else 0.0
        value += 0.25 * min(article.counts[named.name], 6) ** 0.5
        value += 0.3 if " " in named.name else 0.0
        introduced = introduced or (named.said and named.name != last and named.paragraph > article.last_paragraph)
        scores[named.name] = value
    if last in scores:
        # Who spoke last goes on speaking, unless the reporter has let somebody else speak since.
        scores[last] += 0.3 if introduced else 1.2
    if last is not None and last not in seen and article.gender(last) in ("", wanted):
        scores[last] = -1.0
    if not scores:
        for named in article.named[stop : stop + 6]:
            if wanted and named.kind == "person" and not named.quoted and article.gender(named.name) in ("", wanted):
                return Speaker(named.name, "pronoun", 0.4)
        if article.last is not None and article.last.how == "nominal" and wanted:
            return Speaker(article.last.name, "nominal", 0.4)
        return Speaker(None, "pronoun", 0.0)
    ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    margin = ranked[0][1] - ranked[1][1] if len(ranked) > 1 else 2.0
    return Speaker(ranked[0][0], "pronoun", 1 / (1 + 2.718281828 ** -(0.6 + 1.2 * margin)))


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

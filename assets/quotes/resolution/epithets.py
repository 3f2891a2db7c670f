"""Whom a description stands for that fits somebody just spoken of: the affable proprietor, the 39-year-old, the Norwegian."""

import re

from assets.entities.names.offices import of_a_people
from assets.quotes.resolution.article_names import DESCRIPTION, Article, Speaker
from assets.quotes.resolution.pronouns import person as person_of
from assets.quotes.resolution.word_classes import class_bits
from assets.quotes.tokens.lexicon import FEMALE, MALE, PLURAL, POST, ROLE, SOURCE

DESCRIBES = re.compile(r"\b(?:[Tt]he|[Aa]n?) (?:[a-z0-9][\w-]* ){0,2}$")  # before a demonym that is nobody's surname
AGENT = re.compile(r"(?:er|or|ist|ian|eer|ant|ee|man|woman|star|native|champion)$")  # who does or is something
OF_AGE = re.compile(r"\d+-year-old$")
LIKELY = 0.6  # chance from which a description is the person that the pronoun in its place would be


def epithet(article: Article, start: int, words: list[str], sentence: int, paragraph: int) -> Speaker | None:
    """The affable proprietor, the 39-year-old: a description of somebody the article has just spoken of."""
    head = words[-1].lower()
    bits = class_bits(head)
    gender = "m" if bits & MALE else "f" if bits & FEMALE else ""
    tells = len(words) > 2 or gender != ""
    of_person = not bits & (SOURCE | PLURAL | POST) and (
        bits & ROLE != 0 or gender != "" or AGENT.search(head) is not None
    )
    if not (tells and of_person) and not any(OF_AGE.match(word) for word in words):
        return None
    return _just_spoken_of(article, start, sentence, paragraph, gender)


def one_of_a_people(article: Article, start: int, end: int, sentence: int, paragraph: int) -> Speaker | None:
    """The Norwegian, the young Dane: somebody the article has just spoken of, else a description; None where it may be a name."""
    text = article.body[start:end]
    gender = of_a_people(text)
    if gender is None or not DESCRIBES.search(article.body[max(0, start - 20) : start]):
        return None
    described = Speaker(text, DESCRIPTION, 0.7)
    return (
        described if gender == "plural" else _just_spoken_of(article, start, sentence, paragraph, gender) or described
    )


def _just_spoken_of(article: Article, start: int, sentence: int, paragraph: int, gender: str) -> Speaker | None:
    person = person_of(article, start, sentence, paragraph, gender)
    likely = person.name is not None and person.chance > LIKELY and person.how != DESCRIPTION
    return Speaker(person.name, "epithet", person.chance, person.rivals) if likely else None

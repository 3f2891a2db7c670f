"""Whom a description stands for that fits somebody just spoken of: the affable proprietor, the 39-year-old, the Norwegian."""

import re

from assets.entities.names.offices import of_a_people
from assets.quotes.resolution.article_names import DESCRIPTION, Article, Speaker
from assets.quotes.resolution.pronouns import person as person_of
from assets.quotes.resolution.word_classes import class_bits
from assets.quotes.tokens.lexicon import FEMALE, MALE, PLURAL, POST, ROLE, SOURCE

DESCRIBES = re.compile(r"\b(?:[Tt]he|[Aa]n?) (?:[a-z0-9][\w-]* ){0,2}$")  # before a demonym that is nobody's surname
AGENT = re.compile(r"(?:er|or|ist|ian|eer|ant|ee|man|woman|star|native|champion)$")  # who does or is something
OF_AGE = re.compile(r"(\d+)-year-old$")
# Ida Roe, 58, / Ida Roe (58) / Ida Roe, aged 58 / Ida Roe, who is 58; the 58-year-old pilot Ida Roe.
AGE_AFTER = re.compile(r"(?:, | \(|, aged |, who (?:is|turned) )(\d{1,3})(?=[,.;)—]|\Z)")
AGE_BEFORE = re.compile(r"(\d{1,3})-year-old(?: [\w’'-]+){0,4} $")
AGE_REACH = 60  # code points before a name
# The first and the last year of whoever is called so.
OF_DECADE = {
    "teen": (13, 19), "teenager": (13, 19), "sexagenarian": (60, 69), "septuagenarian": (70, 79), "octogenarian": (80, 89),
    "nonagenarian": (90, 99), "centenarian": (100, 120),
}  # fmt: skip
LIKELY = 0.6  # chance from which a description is the person that the pronoun in its place would be


def epithet(article: Article, start: int, words: list[str], sentence: int, paragraph: int) -> Speaker | None:
    """The affable proprietor, the 39-year-old: a description of somebody the article has just spoken of."""
    head = words[-1].lower()
    bits = class_bits(head)
    gender = "m" if bits & MALE else "f" if bits & FEMALE else ""
    age = next(((int(match[1]),) * 2 for match in map(OF_AGE.match, words) if match), OF_DECADE.get(head))
    ages = _ages(article) if age is not None else {}
    of_age = [name for name, known in ages.items() if age is not None and age[0] <= known <= age[1]]
    if of_age:
        return Speaker(of_age[0], "role", 0.7) if len(of_age) == 1 else None
    tells = len(words) > 2 or gender != ""
    of_person = not bits & (SOURCE | PLURAL | POST) and (
        bits & ROLE != 0 or gender != "" or AGENT.search(head) is not None
    )
    if not (tells and of_person) and age is None:
        return None
    person = _just_spoken_of(article, start, sentence, paragraph, gender)
    # Whose age the article gives is nobody of another age.
    return None if person is not None and person.name in ages else person


def _ages(article: Article) -> dict[str, int]:
    """Ages by the names of the people beside whom the article gives them."""
    found: dict[str, int] = {}
    for named in article.named:
        if named.kind != "person" or named.name in found:
            continue
        line = article.body.rfind("\n", 0, named.start) + 1
        age = AGE_AFTER.match(article.body, named.end) or AGE_BEFORE.search(
            article.body[max(line, named.start - AGE_REACH) : named.start]
        )
        if age is not None:
            found[named.name] = int(age[1])
    return found


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

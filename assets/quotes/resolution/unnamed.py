"""Whom the article does not name, and goes on to call he or she: A porter denied it. "No," he said."""

import re

from assets.quotes.resolution.article_names import Article, Named
from assets.text.languages.registry import language

_EN = language("en")
ONE_OF_MANY = ("a", "an", "one", "another")
"""What such a person is brought in by; the porter is somebody whom the article has spoken of."""
REACH = 2  # sentences that a pronoun may look back, within its paragraph
# A porter resigned after he …; not: A porter came late, he said.
SUBORDINATE = re.compile(rf"\b(?:{'|'.join(sorted(_EN.subordinators))}) $")
LONGEST_CONJUNCTION = 9
# A mother who did not want to be named: the article talked to her.
ANONYMOUS = re.compile(
    r",? who (?:did not|didn['’]t|declined|refused|asked|wished|wanted|would not)[^.!?\n]{0,60}\b(?:names?|named|identified|anonymous|anonymity)\b"
)
# An aide to Senator Ida Roe: whom the phrase goes on to name is not the subject.
COMPLEMENT = re.compile(rf" (?:{'|'.join(sorted(_EN.prepositions))})(?: [\w.’'-]+){{0,3}} ")


def before(article: Article, place: int, sentence: int, paragraph: int, wanted: str) -> Named | None:
    """Who said something last without a name, or opens the sentence of a subordinate he or she (``wanted``: m or f), unless
    somebody of the pronoun's gender is named as a subject since."""
    index = len(article.unnamed) - 1
    while index >= 0 and article.unnamed[index].start >= place:
        index -= 1
    if index < 0:
        return None
    one = article.unnamed[index]
    if one.paragraph != paragraph or sentence - one.sentence > REACH or one.gender not in ("", wanted):
        return None
    depends = one.sentence == sentence and SUBORDINATE.search(article.body, max(0, place - LONGEST_CONJUNCTION), place)
    if not (one.said or depends or ANONYMOUS.match(article.body, one.end)):
        return None
    for named in article.named[article.index_before(one.start) + 1 : article.index_before(place) + 1]:
        is_subject = named.subject and not (named.possessive or named.quoted or named.aside)
        is_subject = is_subject and not COMPLEMENT.fullmatch(article.body, one.end, named.start)
        if named.kind == "person" and is_subject and article.gender(named.name) in ("", wanted):
            return None
    return one

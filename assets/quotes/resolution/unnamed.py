"""Whom the article does not name, and goes on to call he or she: A porter denied it. "No," he said."""

from assets.quotes.resolution.article_names import Article, Named

ONE_OF_MANY = ("a", "an", "one", "another")
"""What such a person is brought in by; the porter is somebody whom the article has spoken of."""
REACH = 2  # sentences that a pronoun may look back, within its paragraph


def before(article: Article, place: int, sentence: int, paragraph: int, wanted: str) -> Named | None:
    """Who said something last without a name, unless somebody of the pronoun's gender (m or f) is named as a subject since."""
    index = len(article.unnamed) - 1
    while index >= 0 and article.unnamed[index].start >= place:
        index -= 1
    if index < 0:
        return None
    one = article.unnamed[index]
    is_near = one.paragraph == paragraph and sentence - one.sentence <= REACH
    if not is_near or one.gender not in ("", wanted):
        return None
    for named in article.named[article.index_before(one.start) + 1 : article.index_before(place) + 1]:
        is_subject = named.subject and not (named.possessive or named.quoted or named.aside)
        if named.kind == "person" and is_subject and article.gender(named.name) in ("", wanted):
            return None
    return one

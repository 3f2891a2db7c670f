"""Small words of bylines and credits: of the languages with a file of words, and here those of others."""

from assets.text.languages.language import words
from assets.text.languages.page_words import page_words

# Before the name of the author.
BY = words("af av by") | page_words("by")
# Between two names.
AND = words("and og och") | page_words("and")
# What a credit can be for.
PICTURE = words("photo picture") | page_words("pictures")
# Before a colon and the name of the author.
AUTHOR = words("author authors") | page_words("authors")


def either(listed: frozenset[str]) -> str:
    """A pattern for any of the words, to go between brackets."""
    return "|".join(sorted(listed))

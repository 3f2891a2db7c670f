"""Small words of bylines and credits, in the languages of the news pages known here."""

from assets.text.languages.language import words

# Before the name of the author.
BY = words("af av by di door par por przez von")
# Between two names.
AND = words("and e en et och og und y")
# What a credit can be for.
PICTURE = words("bild foto illustration image imagen photo picture")


def either(listed: frozenset[str]) -> str:
    """A pattern for any of the words, to go between brackets."""
    return "|".join(sorted(listed))

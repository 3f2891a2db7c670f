"""Lines with which the exports of press archives end an article."""

import re

from assets.documents.readers.exports import nexis_words

# The word for document in any language of the interface, then the source's code, the day and a running number.
FACTIVA = re.compile(
    r"^\s*(?:AN\s+)?[^\W\d_]{2,12}\s+[A-Za-z][A-Za-z0-9]{2,11}(?:19|20)\d\d[01]\d[0-3]\d[a-z][a-z0-9]{5,12}\s*$"
)
# The kind, day, source and number of an article: news·20260304·ABC·0123.
EUROPRESSE = re.compile(
    r"^\s*(?:(?:Référence|Reference|N° de document|Document)\s?: ?)?[a-z]+[·•][12]\d{7}[·•][A-Z0-9]+[·•]\S+\s*$", re.I
)


def ends_article(line: str) -> bool:
    """Whether a line ends an article in the exports of any of these archives."""
    return any(end.match(line) for end in (nexis_words.END, FACTIVA, EUROPRESSE))

"""Names as printed, bare of titles, and the fullest form that an article gives for a surname."""

import re
from functools import lru_cache

from assets.entities.names.titles import leading_titles
from assets.text.languages.name_parts import GENERATIONS
from assets.text.languages.registry import language

_TENURE = "|".join(sorted(language("en").tenure))
# Before a title, and no part of it.
BEFORE_TITLE = re.compile(
    rf"(?:(?:the|an?|democratic|republican|labour|conservative|liberal|u\.?s\.?|us|uk|eu|{_TENURE})(?:[ -]+|$))+", re.I
)
ROYAL = re.compile(r"(?:king|queen|pope|prince|princess|saint)\s+\S+(?:\s+[IVX]+)?$", re.I)
SPACES = re.compile(r"\s+")


def clean(text: str) -> str:
    """One line, without a possessive at the end or a stray mark."""
    text = SPACES.sub(" ", text).strip(" ,;:.—–-\"“”‘'’")
    return text[:-2] if text.endswith(("'s", "’s")) else text


@lru_cache(maxsize=100_000)
def without_title(name: str) -> str:
    """The name without titles before it; a lone royal or papal name keeps its title."""
    name = clean(name)
    if ROYAL.match(name):
        return name
    words = BEFORE_TITLE.sub("", name, count=1).split() if BEFORE_TITLE.match(name) else name.split()
    titles = leading_titles(words)
    bare = " ".join(words[titles:]) if titles else ""
    return bare if bare and bare[0].isupper() else name


def full_names(runs: list[tuple[str, str]]) -> list[str]:
    """The fullest form in the article for each (name, kind) of it, in order; for articles that come without mentions."""
    stripped = [without_title(name) if kind == "person" else clean(name) for name, kind in runs]
    by_last: dict[str, dict[str, int]] = {}
    by_first: dict[str, dict[str, int]] = {}
    for name in stripped:
        words = name.split(" ")
        if 1 < len(words) <= 5:
            last = words[-2] if words[-1].rstrip(".").lower() in GENERATIONS and len(words) > 2 else words[-1]
            for table, word in ((by_last, last), (by_first, words[0])):
                forms = table.setdefault(word, {})
                forms[name] = forms.get(name, 0) + 1
    resolved: list[str] = []
    for name in stripped:
        if " " in name:
            resolved.append(name)
            continue
        known = by_last.get(name) or by_first.get(name) or {name: 1}
        resolved.append(max(known, key=lambda form: (known[form], len(form))))
    return resolved

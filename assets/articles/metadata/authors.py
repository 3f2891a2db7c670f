"""The people in a byline: no desk, no agency, no outlet, no job title."""

import re
from collections.abc import Iterable
from typing import Any

from lxml import etree

from assets.articles.html.page import Page
from assets.sources.names import fold_name
from assets.sources.registry import Registry
from assets.text.languages.bylines import AND, AUTHOR, BY, PICTURE, either
from assets.text.languages.name_parts import JOINTS, PARTICLES

OPENING = re.compile(
    rf"^\W*(?:(?:additional )?(?:reporting|writing|written|story|words|text|reported) by|{either(BY)}|da|od|autor(?:in|en|es)?|author|text|tekst)(?:\s*:\s*|\s+)|^\W*(?:{either(AUTHOR)})\s*:\s*",
    re.IGNORECASE,
)
IN_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
# What follows the names of a byline as printed: a day, a time, an address, a bar.
AFTER_NAMES = re.compile(r"\d|\bStand\b|\||•|·|—| - |@|https?:|www\.")
SPLIT = re.compile(rf"\s*(?:,|;|/|\||&|、|・|\n|\s(?:{either(AND)}|i|with|mit|for)\s)\s*")
KOREAN_REPORTER = re.compile(r"\s*(?:기자|특파원|논설위원|記者)$")
NOT_A_NAME = re.compile(
    r"[\d@_:©<>\[\]{}\"“”?!…]|\.\w{2,4}$|"
    r"\b(?:staff|reporters?|correspondents?|editor|editorial|editors|desk|team|newsroom|news|agency|agencies|agenturen|press|presse|"
    r"admin|redaktion|red|redaktör|redacción|redacció|redazione|redaction|rédaction|redakcja|redakce|contributors?|writers?|journalists?|journalist|"
    r"bureau|media|online|digital|web|guest|authors?|autor|service|services|wire|tv|radio|times|post|herald|tribune|gazette|magazine|journal|zeitung|"
    r"nachrichten|noticias|limited|ltd|inc|gmbh|image|images|getty|photo|foto|archive|unknown|anonymous|website|company|corporation|foundation|"
    r"university|professor|profesorius|director|minister|president|ceo|senior|chief|special|by|the|of|for|your|read|more|follow|share|updated|published|copyright|profile)\b",
    re.IGNORECASE,
)
SPACED_SCRIPT = re.compile(r"[\u0590-\u0dff]")  # without capitals, but with spaces between the words of a name
JOB = re.compile(
    r"\b(?:reporters?|correspondents?|writers?|journalists?|columnist|photographers?|contributors?|professor|profesorius|director|"
    r"minister|president|ceo|redakteur(?:in)?|korrespondent(?:in)?|reporter(?:in)?|journalistin|autor(?:in)?|jurnalis|editor)\b",
    re.IGNORECASE,
)
# Ada Roe wIda Doe: two words of a name on either side.
ARABIC_AND = re.compile(r"([\u0621-\u064a]{2,} [\u0621-\u064a]{2,}) و([\u0621-\u064a]{2,} [\u0621-\u064a]{2,})")
PICTURE_CREDIT = re.compile(rf"\W*(?:{either(PICTURE)}|credit)\w*\b", re.IGNORECASE)
SMALL_NAME_WORDS = PARTICLES | JOINTS
BYLINE_CLASS = re.compile(r"author|byline|by-line|autor(?!ef)|person-link|verfasser|redakteur|signature", re.IGNORECASE)
NOT_BYLINE_CLASS = re.compile(
    r"comment|quote|bio\b|related|card|teaser|image|photo|footer|social|newsletter|box", re.IGNORECASE
)
NAMES_USED = etree.XPath("//@class | //@id", smart_strings=False)
AUTHOR_META = re.compile(r"(?:^|[.:_-])(?:authors?|byl|creator)$")
ADDRESS = re.compile(r"https?:|www\.|@|\d{5}")
MAX_BYLINE = 140
MAX_NAMES = 12


def is_person(name: str, registry: Registry, site: frozenset[str], single: bool = True) -> bool:
    """True for what can be a person's name: one to five words with capitals, no outlet, agency or job.

    ``site`` holds folded names of the page's site; ``single`` allows a name of one word.
    """
    words = name.split()
    if not 1 <= len(words) <= 5 or len(name) > 50 or NOT_A_NAME.search(name):
        return False
    cased = name[0].lower() != name[0].upper()
    if len(words) == 1 and (
        (cased and (name.isupper() or len(name) < 4)) or (not single and (cased or SPACED_SCRIPT.match(name)))
    ):
        return False
    if cased and not all(
        word[0] != word[0].lower()
        or word.lower() in SMALL_NAME_WORDS
        or not word[0].isalpha()
        or "'" in word
        or "’" in word
        for word in words
    ):
        return False
    folded = fold_name(name)
    if not folded or folded in registry.by_name or folded in registry.credits:
        return False
    squeezed = folded.replace(" ", "")
    return not any(squeezed == own.replace(" ", "") or own in folded.split() for own in site)


def people(
    entries: Iterable[str], registry: Registry, site: frozenset[str] = frozenset(), single: bool = True
) -> list[str]:
    """The persons among byline entries, in order, once each; an entry may hold several."""
    found: dict[str, str] = {}
    for entry in entries:
        if "http" in entry or "www." in entry or entry.startswith("("):
            continue
        plain = OPENING.sub("", IN_BRACKETS.sub(" ", " ".join(entry.split())))
        parts = [OPENING.sub("", " ".join(part.split())).strip(" .,-–") for part in SPLIT.split(_spaced(plain))]
        names = [KOREAN_REPORTER.sub("", part) for part in parts if part]
        # Beside an outlet or a job, one word is likelier a place: "Marlow Radio, Marlow, England".
        alone = single and (len(names) == 1 or all(is_person(name, registry, site) for name in names))
        for name in names:
            if name and is_person(name, registry, site, alone):
                found.setdefault(fold_name(name), name)
    return list(found.values())[:MAX_NAMES]


def _spaced(byline: str) -> str:
    """The Arabic "and", which is written together with the name after it, as a word; not in a name that begins with its letter."""
    return ARABIC_AND.sub(r"\1 و \2", byline)


def linked_authors(value: Any, page: Page) -> list[str]:
    """Author names in a JSON-LD ``author``: text, an object, a reference or a list; organisations are left out."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return [name for item in value for name in linked_authors(item, page)]
    if not isinstance(value, dict):
        return []
    if "name" not in value and "familyName" not in value:
        known = page.by_id.get(str(value.get("@id")), {})
        return linked_authors(known, page) if "name" in known else []
    if "organization" in str(value.get("@type", "")).lower():
        return []
    if "name" not in value:
        return [f"{value.get('givenName', '')} {value['familyName']}"]
    names = linked_authors(value["name"], page)
    # "Family, Given" is one person, where a comma separates two single words.
    return [
        f"{name.split(', ')[1]} {name.split(', ')[0]}"
        if re.fullmatch(r"[\w'’-]+, [\w'’.-]+(?: [\w'’.-]+)?", name)
        else name
        for name in names
    ]


def named_entries(page: Page) -> list[str]:
    """Everything that the page's JSON-LD, else its meta tags, name as author, people or not."""
    value = page.article.get("author")
    nodes = value if isinstance(value, list) else [value]
    names = [node.get("name") if isinstance(node, dict) else node for node in nodes]
    return [name for name in names if isinstance(name, str) and name.strip()] or meta_authors(page)


def credited_names(entries: Iterable[str], authors: Iterable[str], site: frozenset[str] = frozenset()) -> list[str]:
    """What a byline names beside its people: agencies, desks, outlets; no jobs, addresses and numbers.

    The site's own name (folded, in ``site``) beside people only says where it was published.
    """
    people_names = {fold_name(author) for author in authors}
    own = site if people_names else frozenset()
    found: dict[str, str] = {}
    for entry in entries:
        if "http" in entry or "www." in entry:
            continue
        plain = OPENING.sub("", " ".join(IN_BRACKETS.sub(" ", entry).split()))
        parts = [part.strip() for part in SPLIT.split(plain)]
        if not any(fold_name(KOREAN_REPORTER.sub("", part)) in people_names for part in parts):
            parts = [plain]
        else:
            parts = [part for part in parts if not JOB.search(part)]
        for part in parts:
            folded = fold_name(part)
            known = folded in people_names or fold_name(KOREAN_REPORTER.sub("", part)) in people_names or folded in own
            if folded and not known and not ADDRESS.search(part) and any(char.isalpha() for char in part):
                found.setdefault(folded, part)
    return list(found.values())[:MAX_NAMES]


def meta_authors(page: Page) -> list[str]:
    """Contents of the page's author meta tags."""
    return [
        value
        for name, values in page.meta.items()
        if AUTHOR_META.search(name) and "twitter" not in name
        for value in values
    ]


def printed_bylines(page: Page) -> list[str]:
    """Short texts of elements that are marked as byline, in page order; names in elements of their own get a comma."""
    found = []
    marks = sorted({name for name in set(NAMES_USED(page.tree)) if BYLINE_CLASS.search(name)})
    tests = [f"@class=$n{number} or @id=$n{number}" for number in range(len(marks))]
    expression = "//*[" + " or ".join(["@rel='author'", "@itemprop='author'", *tests]) + "]"
    for element in page.tree.xpath(expression, **{f"n{number}": name for number, name in enumerate(marks)}):
        get = element.get
        names = f"{get('class') or ''} {get('id') or ''}"
        if NOT_BYLINE_CLASS.search(names) or element.tag in ("meta", "script", "link", "body", "html"):
            continue
        pieces = [piece for text in element.itertext() if (piece := " ".join(text.split()))]
        text = ", ".join(pieces)
        if pieces and len(text) <= MAX_BYLINE and not PICTURE_CREDIT.match(text):
            found.append(AFTER_NAMES.split(text, maxsplit=1)[0])
    return found


def named_authors(page: Page, registry: Registry, site: frozenset[str]) -> list[str]:
    """The people that a page's JSON-LD, else its meta tags, name as its authors."""
    return people(linked_authors(page.article.get("author"), page), registry, site) or people(
        meta_authors(page), registry, site
    )


def printed_authors(page: Page, registry: Registry, site: frozenset[str]) -> list[str]:
    """The people in the byline that a page prints."""
    agencies = {source.source_id for entry in named_entries(page) if (source := registry.agency(entry))}
    for byline in printed_bylines(page):
        # On a page of agency copy, a byline that does not name the agency is another story's.
        if agencies and not any(registry.agency(part) for part in SPLIT.split(byline)):
            continue
        named = people([byline], registry, site, single=False)
        if named:
            return named
    return []

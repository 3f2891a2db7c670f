"""What the words right around a name say of it: that it owns what follows, is the subject in apposition, is a person."""

import re
from collections.abc import Sequence

from assets.quotes.resolution.article_names import Named
from assets.quotes.resolution.word_classes import class_bits
from assets.quotes.tokens.lexicon import FEMALE, MALE

POSSESSIVE = ("'s", "’s")
TELLING = frozenset("'’,")  # a name before any other character is what it seems
GENITIVE = re.compile(r"['’]s\b|(?<=s)['’](?=\s)")
# Her sister, Ida Roe, / The mayor of Hull Bay, Ida Roe, / Quill's lawyer, Ida Roe,: nothing but a noun phrase before the name.
DETERMINER = r"(?:the|th(?:at|is)|an?|his|her|their|its|our|my|one of [\w’']+|(?:[A-Z][\w.’'-]*[ ])*[A-Z][\w.-]*['’]s?)"
WORD = r"[\w’'.-]+"
LEAD = re.compile(
    rf"\W*(?i:{DETERMINER}) (?P<noun>{WORD}(?: {WORD}){{0,7}}?)(?: (?:of|for|at|in|from|on) [^,]+)?(?:, (?:aged )?\d\d)?, (?:{WORD} ){{0,3}}$"
)
CLAUSE = re.compile(r"(?:,|;) (?:but|and|while|yet|though|as|when|because) |; ")
LONGEST_LEAD = 90
OPENING = re.compile(r"\W*[A-Z]\w+(?:ing|ed)\b[^,.;\n]*, ")  # Speaking on Monday, the mayor, Ida Roe, …
PERSONAL = re.compile(r",? who(?:['’]s|se|m)?\b")

CALLED = re.compile(
    r"\b\w*(?:man|woman|boy|girl|er|or|ist|ant|ent|child|kid),? (?:who (?:goes|went) by the (?:nick)?name(?: of)?|(?:nick)?named|called|"
    r"known (?:only )?as|who gave (?:his|her|their) name (?:only )?as) [“\"‘']?$"
)
# Her husband, Dale,
KIN = re.compile(r"(?:\b[Hh]is|\b[Hh]er|\b[Tt]heir|['’]s) (?:\w+ )?(?P<noun>[a-z][\w-]*), $")
KIN_REACH = 50
IN_PHRASE = re.compile(
    r"(?<!ccording)(?: by| of| from| with| for| to| in| at| on| against| under| near| about| beside) $"
)
LONGEST_PREPOSITION = 20
OF = re.compile(r"\b(?:of|in|at|for|from|to|with|by|near|the|and) (?:the )?$")
CALLED_REACH, CALLED_ENDS = 60, 16  # code points before a name: what CALLED may span, and the words it ends with


# From Ida Roe, Hull Bay: a line of its own. A fixed first character is found many times faster than the beginning of a line.
BYLINE = re.compile(
    r"\n[ \t]*(?:[Bb]y|BY|From|FROM|(?:Words|Story|Report|Reporting|Text) by):? [^.!?“”\"\n]{2,60}(?=\n|\Z)"
)


def as_grammar_has_it(body: str, named: Sequence[Named], leads: Sequence[int]) -> list[Named]:
    """The names of an article, where the grammar around them corrects what their place in the sentence told.

    ``leads`` are the offsets at which the sentences of the names begin.
    """
    calls = "called" in body or "name" in body or "known" in body
    named = _with_bylines(body, named)
    people = {one.name for one in named if one.kind != "person" and _is_person(body, one, calls)}
    return [
        _corrected(body, one, lead, one.name in people, calls)
        if body[one.end : one.end + 1] in TELLING or one.name in people or body.endswith(POSSESSIVE, one.start, one.end)
        else one
        for one, lead in zip(named, leads, strict=True)
    ]


def _is_person(body: str, one: Named, calls: bool) -> bool:
    """A man called Pebble; Pebble, who …: of a place that may be said after a comma of somebody who lives there.

    ``calls`` says whether anybody is called something in the body.
    """
    if (
        one.kind == "organisation"
        and body.startswith((" who", ", who"), one.end)
        and PERSONAL.match(body, one.end)
        and not OF.search(body[max(0, one.start - 10) : one.start])
    ):
        return True
    if body[one.end : one.end + 1] in TELLING and body.endswith((", ", ", \n"), 0, one.start):
        kin = KIN.search(body[max(0, one.start - KIN_REACH) : one.start])
        if kin is not None and _gender(kin["noun"]):
            return True
    return calls and _is_called(body, one)


def _is_called(body: str, one: Named) -> bool:
    """Whether the words before the name say that somebody is called so."""
    words = body[max(0, one.start - CALLED_ENDS) : one.start]
    if "called" not in words and "name" not in words and "known" not in words:
        return False
    return CALLED.search(body[max(0, one.start - CALLED_REACH) : one.start]) is not None


def _with_bylines(body: str, named: Sequence[Named]) -> list[Named]:
    """The names, those in a byline flagged as aside."""
    lines = [(line.start(), line.end() - 1) for line in BYLINE.finditer(f"\n{body}")]
    if not lines:
        return list(named)
    return [
        one._replace(aside=True) if any(start < one.start and one.end <= end for start, end in lines) else one
        for one in named
    ]


def _corrected(body: str, one: Named, lead: int, is_person: bool, calls: bool) -> Named:
    if is_person:
        one = one._replace(kind="person")
    after = body[one.end : one.end + 1]
    if (after in "'’" and GENITIVE.match(body, one.end)) or body.endswith(POSSESSIVE, one.start, one.end):
        return one._replace(possessive=True, subject=False, first=False, said=False)
    if calls and _is_called(body, one):
        return one._replace(subject=True, first=True)
    if after == "," and one.first and IN_PHRASE.search(body[max(0, one.start - LONGEST_PREPOSITION) : one.start]):
        return one._replace(subject=False, first=False)  # Under questions by Ida Roe, he …
    # The lead ends with the comma before the name, or the few words after it.
    if after != "," or "," not in body[max(lead, one.start - LONGEST_LEAD) : one.start]:
        return one
    opening = OPENING.match(body, lead, one.start)
    lead = opening.end() if opening else lead
    clause = max((match.end() for match in CLAUSE.finditer(body, lead, one.start)), default=lead)
    apposed = LEAD.match(body[clause : one.start]) if 0 < one.start - clause <= LONGEST_LEAD else None
    if apposed is None:
        return one
    return one._replace(subject=True, first=True, gender=_gender(apposed["noun"].rsplit(" ", 1)[-1]))


def _gender(noun: str) -> str:
    """m, f, or empty: what wife, spokesman and the like say of their bearer."""
    bits = class_bits(noun.lower())
    return "m" if bits & MALE else "f" if bits & FEMALE else ""

"""What the wording around a quotation tells: who signs a paragraph of its own, and words between marks that nobody has said.

The line before it says from whom it is, or a dash and a name follow. Nobody said titles of works, mottos, what somebody only seemed to
think or never had cause to say.
"""

import re

from assets.text.languages.language import words
from assets.text.languages.name_parts import SMALL_WORDS

WORD = rf"(?:[A-ZÀ-ÖØ-Þ][\w.'’-]*|{SMALL_WORDS})"
NAME = rf"(?P<name>[A-ZÀ-ÖØ-Þ][\w.'’-]*(?:[ \u00a0]{WORD}){{0,6}})"
POST = r"(?:,[^\n“”\"]{1,100})?"
# From the desk of Ida Roe, port warden. / And from Chairwoman Ida Roe:
FROM = re.compile(
    rf"[ \t]*(?:(?:and|also|next),? )?from (?:the (?:desk|office|pen|pulpit) of )?(?-i:{NAME}){POST}[ \t]*[.:–—-]?[ \t]*$",
    re.I,
)
# — Ida Roe, port warden
SIGNED = re.compile(rf"[ \t\u00a0]*(?:[-–—―]{{1,3}})[ \t\u00a0]*{NAME}{POST}[ \t\u00a0]*\.?[ \t\u00a0]*$")


def signer(body: str, start: int, end: int) -> tuple[int, int] | None:
    """The place of the name that signs the marked words ``body[start:end]``, None where they are not a paragraph or not signed."""
    line = body.rfind("\n", 0, start) + 1
    if body[line:start].strip():
        return None
    stop = _line_end(body, end)
    rest = body[end:stop]
    if rest.strip(" \t\u00a0."):
        return _place(SIGNED.fullmatch(rest), end)
    below = _next_line(body, stop)
    above = _line_above(body, line)
    return _place(FROM.fullmatch(body[slice(*above)]), above[0]) or _place(
        SIGNED.fullmatch(body[slice(*below)]), below[0]
    )


def _place(match: re.Match[str] | None, offset: int) -> tuple[int, int] | None:
    return (offset + match.start("name"), offset + match.end("name")) if match else None


def _line_end(body: str, place: int) -> int:
    end = body.find("\n", place)
    return len(body) if end < 0 else end


def _line_above(body: str, line: int) -> tuple[int, int]:
    """The last line with text before the one that begins at ``line``."""
    end = line
    while end > 0 and body[end - 1].isspace():
        end -= 1
    return body.rfind("\n", 0, end) + 1, end


def _next_line(body: str, stop: int) -> tuple[int, int]:
    start = stop
    while start < len(body) and body[start].isspace():
        start += 1
    return start, _line_end(body, start)


# Ida Roe went on about “…”
TALKS = re.compile(
    r"(?:(?:went|goes|ran|runs|kept|droned|drones|rambled|rambles) on|talk(?:s|ed)|speaks|spoke|rag(?:es|ed)|rant(?:s|ed)|rav(?:es|ed)|"
    r"jok(?:es|ed)|boast(?:s|ed)|brag(?:s|ged)|complain(?:s|ed)|grumbl(?:es|ed)|warn(?:s|ed)|mus(?:es|ed)) (?:about|of|against) $"
)
TALK_REACH = 24


def talks_about(body: str, start: int) -> int | None:
    """Where the verb begins that is right before the marked words at ``start`` and says who talks about them, None where none is."""
    if not body.endswith((" about ", " of ", " against "), max(0, start - TALK_REACH), start):
        return None
    match = TALKS.search(body, max(0, start - TALK_REACH), start)
    return match.start() if match else None


REACH = 100  # code points before and after the marks
WORK = (
    "book|novel|memoir|autobiography|biography|album|song|film|movie|play|poem|essay|exhibition|exhibit|show|series|podcast|"
    "single|documentary|painting|sculpture|collection|sequel|episode|chapter|column|programme|program|magazine|pamphlet|opera|"
    "musical|game|app|brochure|trilogy|anthem|hymn|ballad|thriller|drama|comedy|sitcom|biopic"
)
# Wednesday on HTV’s “Harbour Tonight”, her memoir, “The Long Quay”, on “Harbour Tonight”, his 1994 “Pact of the Ports”, during a
# “Harbour Forum”
BEFORE_TITLE = re.compile(
    rf"(?:\b(?:{WORK}),?|\b[A-Z][\w.&]*['’]s|\b[Oo]n|\b(?:1[89]|20)\d\d|\b(?:[Dd]uring|[Aa]t) (?:an?|the|its|his|her|their|this))[ \u00a0]$"
)
LONGEST_TITLE = 80
# (Applause.), [laughter]
SCENE = re.compile(r"\W*(?:\([^\W\d_][^()\n]*\)|\[[^\W\d_][^\[\]\n]*\])\W*")
LONGEST_SCENE = 30
TITLE_WORD = re.compile(r"[^\W\d_][\w'’&-]*")
SMALL_IN_TITLES = words("a an and as at but by for from in is it of on or the to vs with")
MOTTO = "motto|mantra|catchphrase|tagline|credo|maxim|watchword|strapline|slogan|battle cry"
SEEMS = r"(?:seem|appear)(?:s|ed) to (?:think|say|ask|wonder|suggest|be (?:thinking|saying|asking))"
# What stands before words of nobody: how it ends, one of the words that it has, and the whole. Few quotations have such an end and such
# a word before them, and only those are worth the search.
BEFORE = tuple(
    (endings, has, re.compile(rf"{pattern}[ ,:]*$", re.I))
    for endings, has, pattern in (
        (
            ("called", "titled", "entitled", "named"),
            tuple(WORK.split("|")),
            rf"\b(?:{WORK})\b[^.!?“”\"\n]{{0,25}}\b(?:called|titled|entitled|named)",
        ),
        (
            ("is", "was", "been", "remains", "became"),
            tuple(MOTTO.split("|")),
            rf"\b(?:{MOTTO})\b[^.!?“”\"\n]{{0,40}}\b(?:is|was|has (?:\w+ )?been|remains|became)",
        ),
        (
            ("think", "say", "ask", "wonder", "suggest", "thinking", "saying", "asking"),
            ("seem", "appear"),
            rf"\b{SEEMS}",
        ),
        (
            ("known as", "referred to as"),
            ("ly ", "better ", "also ", "otherwise ", "sometimes "),
            r"\b(?:popularly|locally|commonly|widely|better|also|otherwise|formerly|colloquially|generally|sometimes) "
            r"(?:known|referred to) as",
        ),
        (
            ("to say",),
            ("occasion", "reason", "need", "cause", "call"),
            r"\b(?:never|not|n['’]t|no) (?:\w+ ){0,2}(?:occasion|reason|need|cause|call) to say",
        ),
        (
            ("says", "said", "say"),
            ("nobody", "no one"),
            r"\b(?:nobody|no one) (?:ever |would |will |could )?(?:says|said|say)",
        ),
    )
)
AFTER = re.compile(rf"\s*(?:[\w'’.-]+ ){{1,9}}?{SEEMS}\b")


# Theresa “Tess” Ojukwu
NICKNAME_BEFORE = re.compile(r"(?:^|[ \n\u00a0])[^\W\d_a-z][\w.'’-]*[ \u00a0]$")
NICKNAME = re.compile(r"\W?(?:[Tt]he )?[^\W\d_a-z][\w'’-]*(?: [^\W\d_a-z][\w'’-]*)?\W?")
SURNAME_AFTER = re.compile(r"[ \u00a0][^\W\d_a-z][\w'’-]+")
LONGEST_NICKNAME = 30


def is_nobodys(body: str, start: int, end: int) -> bool:
    """Whether the words around the marks ``body[start:end]`` say that nobody has said what is between them."""
    if body[start - 1 : start] == "=":  # the value of an attribute in what is left of a page's markup
        return True
    if end - start <= LONGEST_SCENE and SCENE.fullmatch(body, start, end):
        return True
    line = body.rfind("\n", max(0, start - REACH), start) + 1
    before = body[max(line, start - REACH) : start]
    if end - start <= LONGEST_TITLE and _in_title_case(body[start:end]) and BEFORE_TITLE.search(before):
        return True
    after = body[end : end + REACH].split("\n", 1)[0]
    if (
        end - start <= LONGEST_NICKNAME
        and NICKNAME_BEFORE.search(before)
        and SURNAME_AFTER.match(after)
        and NICKNAME.fullmatch(body[start:end])
    ):
        return True
    words_before = before.rstrip(" ,:").lower()
    for endings, has, pattern in BEFORE:
        if words_before.endswith(endings) and any(word in words_before for word in has) and pattern.search(before):
            return True
    may_seem = "seem" in after or "appear" in after
    return may_seem and AFTER.match(after) is not None


def _in_title_case(marked: str) -> bool:
    """Two words or more, each with a capital but for the small ones between."""
    first = TITLE_WORD.search(marked)
    if first is None or not first[0][0].isupper():
        return False
    found = TITLE_WORD.findall(marked)
    return (
        len(found) > 1
        and found[-1][0].isupper()
        and all(word[0].isupper() or word in SMALL_IN_TITLES for word in found)
    )

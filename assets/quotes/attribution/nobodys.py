"""Words between marks that nobody has said: titles of works, mottos, what somebody only seemed to think or never had cause to say."""

import re

REACH = 100  # code points before and after the marks
WORK = (
    "book|novel|memoir|autobiography|biography|album|song|film|movie|play|poem|essay|exhibition|exhibit|show|series|podcast|"
    "single|documentary|painting|sculpture|collection|sequel|episode|chapter|column|programme|program|magazine|pamphlet|opera|"
    "musical|game|app|brochure|trilogy"
)
MOTTO = "motto|mantra|catchphrase|tagline|credo|maxim|watchword|strapline|slogan|battle cry"
SEEMS = r"(?:seem|appear)(?:s|ed) to (?:think|say|ask|wonder|suggest|be (?:thinking|saying|asking))"
BEFORE = re.compile(
    rf"(?:\b(?:{WORK})\b[^.!?“”\"\n]{{0,25}}\b(?:called|titled|entitled|named)|"
    rf"\b(?:{MOTTO})\b[^.!?“”\"\n]{{0,40}}\b(?:is|was|has (?:\w+ )?been|remains|became)|"
    rf"\b{SEEMS}|"
    r"\b(?:never|not|n['’]t|no) (?:\w+ ){0,2}(?:occasion|reason|need|cause|call) to say|"
    r"\b(?:nobody|no one) (?:ever |would |will |could )?(?:says|said|say))[ ,:]*$",
    re.I,
)
ENDINGS = (
    "called", "titled", "named", "is", "was", "been", "remains", "became", "think", "say", "ask", "wonder", "suggest", "thinking",
    "saying", "asking", "says", "said",
)  # fmt: skip
"""How what ``BEFORE`` finds ends: few quotations have that before them, and only those are worth the search."""
AFTER = re.compile(rf"\s*(?:[\w'’.-]+ ){{1,9}}?{SEEMS}\b")


def is_nobodys(body: str, start: int, end: int) -> bool:
    """Whether the words around the marks ``body[start:end]`` say that nobody has said what is between them."""
    line = body.rfind("\n", max(0, start - REACH), start) + 1
    before = body[max(line, start - REACH) : start]
    after = body[end : end + REACH].split("\n", 1)[0]
    ends_so = before.rstrip(" ,:").lower().endswith(ENDINGS)
    return bool((ends_so and BEFORE.search(before)) or AFTER.match(after))

"""Who speaks where a document is said to: whoever issued it."""

import re
from functools import cache
from itertools import chain

from assets.quotes.resolution.article_names import Article, Named
from assets.text.languages.language import words
from assets.text.languages.verbs import finite_verbs_of_saying

DOCUMENTS = words("""
    statement statements release releases email emails e-mail letter letters post posts tweet tweets message messages memo
    memorandum report reports filing filings complaint lawsuit suit petition affidavit indictment motion brief document
    documents paper papers notice bulletin newsletter communique communiqué dossier note notes blog op-ed editorial essay
    study survey poll findings review audit finding advert ad caption entry video clip speech transcript manifesto
    declaration resolution decision ruling verdict order submission testimony rulebook book code guidelines guidance policy
    page website site booklet brochure leaflet flyer plaque sign label data figures statistics minutes record records
""")
# From the ministry, by Ida Roe, obtained from Ida Roe; of is as often the matter as the author.
BY = re.compile(
    r"[^.,;:!?\n“”\"]{0,40}?\b(?:(?<!obtained )(?<!seen )(?<!viewed )(?<!reviewed )(?<!received )by|(?<!obtained )from)\s+(?:the\s+)?$"
)
UNLISTED = re.compile(
    r"[^.,;:!?\n“”\"]{0,40}?\b(?:(?<!obtained )(?<!seen )(?<!viewed )(?<!reviewed )by|(?<!obtained )from)\s+(?:the\s+)?(?P<name>[A-Z][\w’'-]+(?: (?:of |for |and )?[A-Z][\w’'-]+)+)"
)
CLAIMS = frozenset(("lawsuit", "suit", "complaint", "petition"))
SUES = re.compile(
    r"(?:,[^,.;\n]{1,60},)? (?:(?:is|are|was|were) suing|sues?|sued|(?:has |have )?filed "
    rf"(?:suit|(?:a|the) (?:\w+ )?(?:{'|'.join(sorted(CLAIMS))})))\b"
)
REACH = 60  # code points after the document within which its author is named
INTRODUCED = 40  # code points before the author within which the document may be named
ISSUES = re.compile(
    r"\b(?:issued|released|published|wrote|posted|sent|shared|signed|filed|put out|circulated|tweeted)\b[^.!?\n]{0,60}$"
)


def issuer(article: Article, start: int, end: int, sentence: int) -> str | None:
    """The person or organisation behind the document at ``body[start:end]``, None where the article does not say."""
    head = article.body[start:end].split(" ")[-1]
    return (
        _owner(article, start, end)
        or _author_after(article, end)
        or (_sued(article, start) if head.lower() in CLAIMS else None)
        or _who_says_so(article, start, sentence)
        or _who_issued(article, start, sentence, head)
    )


def _speaks(named: Named) -> bool:
    return named.kind != "place" and not named.quoted and not named.aside


def _owner(article: Article, start: int, end: int) -> str | None:
    """The ministry's statement."""
    index = article.index_before(end)
    if index < 0:
        return None
    named = article.named[index]
    near = named.start >= start or (named.possessive and start - named.end <= 3)
    return named.name if near and named.possessive and _speaks(named) else None


def _author_after(article: Article, end: int) -> str | None:
    """A statement from the ministry, a letter by Ida Roe."""
    first = article.index_before(end) + 1
    for named in article.named[first : first + 2]:
        between = article.body[end : named.start]
        if named.start - end > REACH or named.start < end:
            continue
        if _speaks(named) and BY.match(between):
            return named.name
    match = UNLISTED.match(article.body, end)
    return str(match["name"]) if match else None


def _who_says_so(article: Article, start: int, sentence: int) -> str | None:
    """In a statement, the ministry said; the ministry said in a statement: the subject of the sentence."""
    near = article.index_before(start)
    for index in chain(range(near, max(near - 4, -1), -1), range(near + 1, min(near + 4, len(article.named)))):
        named = article.named[index]
        between = article.body[start : named.start] if index > near else ""
        opens = named.subject and (index <= near or between.endswith((", ", ", the ")))
        # The lawsuit says Ida Roe took it: it speaks, not she.
        says = named.said and not _speaking_verb().search(between)
        if named.sentence == sentence and _speaks(named) and (says or opens):
            return named.name
    return None


@cache
def _speaking_verb() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(finite_verbs_of_saying())})\b")


def _sued(article: Article, start: int) -> str | None:
    """Who went to court before the lawsuit is spoken of."""
    for index in range(article.index_before(start), -1, -1):
        named = article.named[index]
        if named.subject and _speaks(named) and SUES.match(article.body, named.end):
            return named.name
    return None


def _who_issued(article: Article, start: int, sentence: int, head: str) -> str | None:
    """The ministry issued a statement on Monday; in a statement, the ministry refused. The statement said: the subject of the
    sentence before."""
    for index in range(article.index_before(start), -1, -1):
        named = article.named[index]
        if sentence - named.sentence > 2:
            return None
        if named.sentence < sentence and named.subject and _speaks(named):
            before = article.body[max(0, named.start - INTRODUCED) : start]
            same = re.search(rf"\b{re.escape(head)}\b", before) is not None
            return named.name if same or ISSUES.search(article.body[named.end : start].split("\n")[0]) else None
    return None

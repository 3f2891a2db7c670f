"""Blocks of a page that belong together, whatever each is scored: posts, quotations with who said them, pull quotes."""

import re
from collections.abc import Iterator, Sequence, Set
from itertools import groupby

from assets.articles.html.blocks import CLASS_WORDS, FIRST_CLASS_BIT, TAG_FLAGS, Block
from assets.articles.html.features import squeeze
from assets.text.languages.bylines import BY, either

SET_APART = TAG_FLAGS["blockquote"] | TAG_FLAGS["aside"] | next(
    1 << (FIRST_CLASS_BIT + bit) for bit, (name, _) in enumerate(CLASS_WORDS) if name == "box"
)  # fmt: skip
SIGNATURE = re.compile(r"(?:[—–―]|--?)\s?[^\W\d_a-z][^\n]{1,110}$")
LONGEST_SIGNATURE = 120
# — Ada Quill (@adaquill), @adaquill, A post shared by Ada Quill, Posted by Ada Quill on Monday
POST_AUTHOR = re.compile(
    r"(?:[—–―]|--?)\s?[^\n]{2,100}$|@[\w.]+$"
    r"|(?:a post shared|posted|post|(?:ein )?beitrag(?: geteilt)?|gepostet|publi(?:é|cado|cato)|una publicación (?:compartida|de)|une publication partagée|un post condiviso|geplaatst|een bericht gedeeld|post udostępniony|opublikowan\w+|um post compartilhado) "
    rf"(?:{either(BY)}|da|de)\b",
    re.IGNORECASE,
)
HANDLE = re.compile(r"\(@[\w.]+\)")
NEAR = 2  # blocks: a caption or a note on the embedding may come between a post and the story
SENTENCE_END = re.compile(r"[.!?…。！？][\"”’“»›」』)\]]*$")
PIECE_END = re.compile(r"(?<=[.!?…。！？])\s*[\"”’“»›」』)]*\s*")
SHORTEST_PIECE = 8  # letters and digits of a part of a pull quote that say where it was pulled from
# What an embedding code says of itself.
POST_BOILERPLATE = re.compile(
    r"(?:view|see|ver|voir|zobacz|bekijk|visualizza|sieh dir|veja)\b.{0,40}\b(?:on|auf|en|sur|su|op|na|no|w)\b.{0,12}\b(?:instagram|twitter|x|facebook|tiktok|threads|bluesky|mastodon|telegram)\b.{0,20}"
    r"|(?:pic\.(?:twitter|x)\.com/|https?://)\S*|\[(?:image or embed|contains quote post or other embedded content)\]|(?:post by|from) @\S+|♬.*",
    re.IGNORECASE,
)  # fmt: skip
QUESTION = re.compile(r"[?？؟][\"”’»]*$")
LEAST_QUESTIONS = 2
HEADINGS = frozenset(("h2", "h3", "h4", "h5", "h6"))


def complete(blocks: Sequence[Block], kept: Sequence[int]) -> list[int]:
    """The kept blocks, with those that belong to them and without the pull quotes whose words they hold anyway."""
    inside = set(kept)
    for _, members in _groups(blocks, "post"):
        words = [number for number in members if not POST_BOILERPLATE.fullmatch(blocks[number].text)]
        is_near = _is_above(inside, members) and _is_below(inside, members)
        is_near = is_near or any(number in inside for number in words)
        inside.difference_update(members)
        if is_near and len(words) > len(authors(blocks, words)):
            inside.update(words)
    for _, members in _groups(blocks, "quotation"):
        signed = signatures(blocks, members)
        if _is_above(inside, members) and _is_below(inside, members) and 0 < len(signed) < len(members):
            inside.update(members)
        elif any(number in inside for number in members):
            inside.update(signed)
        if members[-1] in inside:
            inside.update(_signature_below(blocks, members))
    return sorted(inside - _pull_quotes(blocks, sorted(inside)))


def _is_above(inside: Set[int], members: Sequence[int]) -> bool:
    """Does the story end right above these blocks, not counting a picture's caption?"""
    return any(number in inside for number in range(members[0] - NEAR, members[0]))


def _is_below(inside: Set[int], members: Sequence[int]) -> bool:
    """Does the story go on right below these blocks?"""
    return any(number in inside for number in range(members[-1] + 1, members[-1] + 1 + NEAR))


def _signature_below(blocks: Sequence[Block], members: Sequence[int]) -> list[int]:
    """The paragraph below a quotation that is its signature: a dash and a name."""
    below = members[-1] + 1
    is_one = below < len(blocks) and not (blocks[below].quotation or blocks[below].post)
    return [below] if is_one and SIGNATURE.match(blocks[below].text) else []


def authors(blocks: Sequence[Block], members: Sequence[int]) -> list[int]:
    """Which blocks of a post name its author."""
    found = [number for number in members if POST_AUTHOR.match(blocks[number].text)]
    return found or (signatures(blocks, members) if members else [])


def signatures(blocks: Sequence[Block], members: Sequence[int]) -> list[int]:
    """Which blocks of a quotation say whose words it is: its source, or a short last block that is not a sentence."""
    found = [number for number in members if blocks[number].cites and len(blocks[number].text) <= LONGEST_SIGNATURE]
    last = blocks[members[-1]].text
    if found or len(last) > LONGEST_SIGNATURE:
        return found
    is_name = len(members) > 1 and not SENTENCE_END.search(last) and last[0].isupper()
    return [members[-1]] if is_name or SIGNATURE.match(last) else []


def block_roles(blocks: Sequence[Block], kept: Sequence[int]) -> list[str]:
    """What each kept block is, as the page sets it apart: one of ``schema.LINE_ROLES``."""
    roles = dict.fromkeys(kept, "paragraph")
    bold = [number for number in kept if blocks[number].bold_chars >= 0.9 * len(blocks[number].text)]
    asked = [number for number in bold if QUESTION.search(blocks[number].text)]
    for number in kept:
        block = blocks[number]
        if block.tag in HEADINGS or (number in bold and not SENTENCE_END.search(block.text)):
            roles[number] = "subhead"
    if len(asked) >= LEAST_QUESTIONS:
        for number in bold:
            if asked[0] <= number <= asked[-1] and SENTENCE_END.search(blocks[number].text):
                roles[number] = "question"
    for _, members in _groups(blocks, "quotation"):
        shown = [number for number in members if number in roles]
        if shown:
            signed = signatures(blocks, shown) + [n for n in _signature_below(blocks, members) if n in roles]
            is_post = any(HANDLE.search(blocks[number].text) for number in signed)
            roles.update(dict.fromkeys(shown, "post" if is_post else "quotation"))
            roles.update(dict.fromkeys(signed, "post_author" if is_post else "signature"))
    for _, members in _groups(blocks, "post"):
        shown = [number for number in members if number in roles]
        roles.update(dict.fromkeys(shown, "post"))
        roles.update(dict.fromkeys(authors(blocks, shown), "post_author"))
    return [roles[number] for number in kept]


def _groups(blocks: Sequence[Block], kind: str) -> Iterator[tuple[int, list[int]]]:
    """Numbers of the blocks of each post or quotation of a page."""
    for key, members in groupby(range(len(blocks)), lambda number: getattr(blocks[number], kind)):
        if key:
            yield key, list(members)


def _pull_quotes(blocks: Sequence[Block], kept: Sequence[int]) -> set[int]:
    """Kept blocks set apart whose words are all in the story's own paragraphs too."""
    apart = [number for number in kept if blocks[number].flags & SET_APART and not blocks[number].post]
    if not apart:
        return set()
    story = "\n".join(squeeze(blocks[number].text) for number in kept if number not in set(apart))
    pulled = set()
    for number in apart:
        pieces = [piece for part in PIECE_END.split(blocks[number].text) if (piece := squeeze(part))]
        if max(map(len, pieces), default=0) >= SHORTEST_PIECE and all(piece in story for piece in pieces):
            pulled.add(number)
    return pulled

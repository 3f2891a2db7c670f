"""From line scores to the story: what the lines around a line, and marks that no statistics need, say about it."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from assets.articles.lines.lexicon import LEXICON
from assets.articles.lines.repeats import QUOTE_MARK
from assets.articles.lines.roles import PICTURE_CREDIT, STORY_END
from assets.articles.lines.story.lists import keep_lists
from assets.articles.lines.story.threads import thread_start
from assets.articles.lines.story.turns import is_attributed, is_stage_direction, turns
from assets.articles.lines.wires import WIRES
from assets.text.capitals import CAPITALS

KEEP, KEEP_QUOTED, KEEP_BETWEEN = 0.0, -1.3, -1.2
STRONG = 1.0
LAST_WORDS, LAST_REACH = -3.0, 2  # log odds and lines up to which a quotation below the story is its last paragraph
DIALOGUE_LINES = 8  # at most, of which the model thinks little
# “Word for word?”  “Word for word,” Blanks replied.
SPOKEN = re.compile(r"[\"“„«»「『].+[.,!?…。！？][\"”“»«」』](?:\s[^\"“”„«»「」『』]+[.!?])?$")
LAST_PARAGRAPH, LAST_LENGTH, LAST_PARAGRAPHS = -1.8, 60, 3
ONLY_PROSE, PROSE_LENGTH = -3.0, 150
MIN_QUOTED_LENGTH = 40
ISLAND_GAP, ISLAND_SHARE = 20, 0.15
LIST_REACH, MIN_LIST, LIST_ENDED_SHARE, MIN_ENDED = 16, 6, 0.25, 4
ENDED = re.compile(r"(?:(?<![.…])[.!?。！？।؟:：]|[.!?。！？][\"'”’»“)\]」』])$|[,;]$")
OTHER_GAPS, OTHER_AFTER = ((8, 0.05), (15, 0.12)), 600
LONG_WORD = re.compile(r"\w{6,}|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2}")
SENTENCE = re.compile(r"[.!?…。！？।؟][\"'”’»“)\]」』]*$")
LABEL_WORDS = frozenset(
    " ".join(LEXICON[kind] for kind in ("related", "newsletter", "share", "advertisement", "comments")).split()
)
POST_AUTHOR = re.compile(r"^[—–―-]{1,2}\s?.{2,80}\(@\w{1,30}\)")
DATELINE = re.compile(
    rf"^(?:[{CAPITALS}][{CAPITALS}.'’ /-]{{2,30}}(?:,\s[\w. ]{{2,20}})?\s?(?:[(/][^)/]{{2,40}}[)/]\.?\s?)?(?:\.?[—–-]{{1,2}}\s?|:\s)"
    rf"|(?:[{CAPITALS}][\w'’-]++ ?){{1,3}}(?:,\s[\w. ]{{2,20}})?\s?\((?:{'|'.join(WIRES)}|APA|CNN)\b[^)]{{0,20}}\)"
    rf"|(?:[{CAPITALS}][\w'’-]++ ?){{1,2}}:\s[{CAPITALS}])"
)


class Story(NamedTuple):
    """Which paragraphs are kept, and the roles that deciding it gave to some of them."""

    keep: list[bool]
    roles: dict[int, str]


def decide_story(paragraphs: Sequence[str], scores: Sequence[float], title_at: int | None) -> Story:
    """``scores`` are the log odds of the model, one per paragraph; ``title_at`` is the paragraph of the headline."""
    keep = [
        score > KEEP or (score > KEEP_QUOTED and len(line) >= MIN_QUOTED_LENGTH and QUOTE_MARK.search(line) is not None)
        for line, score in zip(paragraphs, scores, strict=True)
    ]
    roles: dict[int, str] = {}
    if not any(keep):
        _keep_only_prose(paragraphs, scores, keep)
    _fill_gaps(keep, scores)
    _open_at_title(paragraphs, keep, title_at)
    _end_at_credit(paragraphs, keep, roles)
    _end_at_comments(paragraphs, keep, roles)
    _drop_headline_lists(paragraphs, keep)
    _drop_islands(paragraphs, keep)
    _drop_other_stories(paragraphs, keep)
    _name_captions(paragraphs, keep, roles)
    _open_at_dateline(paragraphs, keep, roles)
    _keep_posts(paragraphs, keep, roles)
    _keep_turns(paragraphs, keep, roles)
    _keep_dialogue(paragraphs, scores, keep, roles)
    _keep_last_paragraphs(paragraphs, scores, keep, roles)
    _keep_last_words(paragraphs, scores, keep, roles)
    keep_lists(paragraphs, keep, _is_label)
    return Story(keep, roles)


def _keep_only_prose(paragraphs: Sequence[str], scores: Sequence[float], keep: list[bool]) -> None:
    """Of a page among whose menus the model is sure of nothing, what reads like a paragraph is the story."""
    for number, line in enumerate(paragraphs):
        keep[number] = (
            scores[number] > ONLY_PROSE and len(line) >= PROSE_LENGTH and SENTENCE.search(line[-4:]) is not None
        )


def _fill_gaps(keep: list[bool], scores: Sequence[float]) -> None:
    """A doubtful line between two sure ones of the story stays."""
    for number in range(1, len(keep) - 1):
        if (
            not keep[number]
            and scores[number] > KEEP_BETWEEN
            and scores[number - 1] > STRONG
            and scores[number + 1] > STRONG
        ):
            keep[number] = True


def _open_at_title(paragraphs: Sequence[str], keep: list[bool], title_at: int | None) -> None:
    """Nothing above the headline is the story, if most of the story is below it."""
    if title_at is None:
        return
    above = sum(len(line) for line, kept in zip(paragraphs[:title_at], keep, strict=False) if kept)
    below = sum(len(line) for line, kept in zip(paragraphs[title_at:], keep[title_at:], strict=True) if kept)
    if below > above:
        keep[: title_at + 1] = [False] * (title_at + 1)


def _end_at_credit(paragraphs: Sequence[str], keep: list[bool], roles: dict[int, str]) -> None:
    """An agency's closing credit ends its story, if most of the story is before it."""
    lengths = [len(line) if kept else 0 for line, kept in zip(paragraphs, keep, strict=True)]
    total = sum(lengths)
    for number, line in enumerate(paragraphs):
        if line[:1] in "(R" and STORY_END.match(line) and 2 * sum(lengths[:number]) > total > 0:
            keep[number:] = [False] * (len(keep) - number)
            roles[number] = "credit"
            return


def _end_at_comments(paragraphs: Sequence[str], keep: list[bool], roles: dict[int, str]) -> None:
    """Readers' comments end the story, however long they are."""
    start = thread_start(paragraphs, keep)
    if start is not None:
        keep[start:] = [False] * (len(keep) - start)
        roles.update(dict.fromkeys(range(start, len(keep)), "comments"))


def _is_label(line: str) -> bool:
    """Whether a heading is of something that stands below stories and is not of them."""
    return not LABEL_WORDS.isdisjoint(line.lower().replace(":", " ").split())


def _drop_headline_lists(paragraphs: Sequence[str], keep: list[bool]) -> None:
    """Among many kept lines hardly one of which ends a sentence, none is a paragraph: a list of headlines."""
    kept = [number for number, flag in enumerate(keep) if flag]
    ended = [ENDED.search(paragraphs[number][-3:]) is not None for number in kept]
    if sum(ended) < MIN_ENDED or len(kept) - sum(ended) < MIN_LIST // 2:
        return
    for at, number in enumerate(kept):
        around = [
            other
            for other in range(max(0, at - LIST_REACH), min(len(kept), at + LIST_REACH + 1))
            if abs(kept[other] - number) <= LIST_REACH
        ]
        if len(around) >= MIN_LIST and sum(ended[other] for other in around) < LIST_ENDED_SHARE * len(around):
            keep[number] = False


def _stretches(keep: Sequence[bool], reach: int) -> list[list[int]]:
    """Kept lines in groups: at most ``reach`` lines from one to the next."""
    groups: list[list[int]] = []
    for number, kept in enumerate(keep):
        if kept:
            if groups and number - groups[-1][-1] <= reach:
                groups[-1].append(number)
            else:
                groups.append([number])
    return groups


def _drop_islands(paragraphs: Sequence[str], keep: list[bool]) -> None:
    """Small groups of lines far from the rest of the story are teasers, biographies, legal notes."""
    groups = _stretches(keep, ISLAND_GAP)
    if len(groups) < 2:
        return
    sizes = [sum(len(paragraphs[number]) for number in group) for group in groups]
    for group, size in zip(groups, sizes, strict=True):
        if size < ISLAND_SHARE * max(sizes):
            for number in group:
                keep[number] = False


def _drop_other_stories(paragraphs: Sequence[str], keep: list[bool]) -> None:
    """A group of lines below the story that shares hardly a longer word with it is the next story of an endless page."""
    groups = _stretches(keep, OTHER_GAPS[0][0])
    if len(groups) < 2:
        return
    known: set[str] = set()
    size, last = 0, 0
    for group in groups:
        text = " ".join([paragraphs[number] for number in group])
        words = LONG_WORD.findall(text.lower())
        shared = sum(word in known for word in words) / max(1, len(words))
        gap = group[0] - last
        if size > OTHER_AFTER and any(gap >= reach and shared < share for reach, share in OTHER_GAPS):
            for number in group:
                keep[number] = False
            continue
        known.update(words)
        size, last = size + len(text), group[-1]


def _name_captions(paragraphs: Sequence[str], keep: list[bool], roles: dict[int, str]) -> None:
    """The line above a bare picture credit is that picture's caption; so is one above it that opens with the same words."""
    for number in range(1, len(paragraphs)):
        if not keep[number - 1] or len(paragraphs[number]) > 60 or not PICTURE_CREDIT.match(paragraphs[number]):
            continue
        roles[number] = "credit"
        keep[number] = False
        caption = number - 1
        if len(paragraphs[caption]) > 300 or QUOTE_MARK.search(paragraphs[caption]):
            continue
        keep[caption] = False
        roles[caption] = "caption"
        if caption and keep[caption - 1] and paragraphs[caption].split()[:3] == paragraphs[caption - 1].split()[:3]:
            keep[caption - 1] = False
            roles[caption - 1] = "caption"


def _open_at_dateline(paragraphs: Sequence[str], keep: list[bool], roles: dict[int, str]) -> None:
    """Lines above the dateline that aren't sentences are captions or labels."""
    kept = [number for number, flag in enumerate(keep) if flag][:4]
    opening = next((number for number in kept if DATELINE.match(paragraphs[number])), None)
    if opening is not None:
        roles[opening] = "dateline"
        for number in kept:
            if number < opening and not SENTENCE.search(paragraphs[number][-4:]):
                keep[number] = False
                roles[number] = "caption"


def _keep_posts(paragraphs: Sequence[str], keep: list[bool], roles: dict[int, str]) -> None:
    """The author line of an embedded post stays with the post above it."""
    for number in range(1, len(paragraphs)):
        if keep[number - 1] and POST_AUTHOR.match(paragraphs[number]):
            keep[number] = True
            roles[number - 1], roles[number] = "post", "post_author"


def _keep_turns(paragraphs: Sequence[str], keep: list[bool], roles: dict[int, str]) -> None:
    """In a transcript of which the model knows a part, short turns stay, and what was done between them."""
    spoken = turns(paragraphs)
    if not any(keep[number] for number in spoken):
        return
    for number in spoken:
        keep[number] = True
        roles[number] = "turn"
    for number in range(spoken[0], spoken[-1] + 1):
        keep[number] = keep[number] or is_stage_direction(paragraphs[number])


def _keep_dialogue(
    paragraphs: Sequence[str], scores: Sequence[float], keep: list[bool], roles: Mapping[int, str]
) -> None:
    """Between two paragraphs of the story, lines that are all somebody's words are its dialogue, however short."""
    gap: list[int] | None = None
    for number, line in enumerate(paragraphs):
        if keep[number]:
            for said in gap or ():
                keep[said] = True
            gap = []
        elif gap is not None:
            is_said = number not in roles and scores[number] >= LAST_WORDS and SPOKEN.match(line)
            gap = [*gap, number] if is_said and len(gap) < DIALOGUE_LINES else None


def _keep_last_words(
    paragraphs: Sequence[str], scores: Sequence[float], keep: list[bool], roles: Mapping[int, str]
) -> None:
    """A quotation with who said it, right below the story, is its end and no teaser, unless the model is sure.

    So are the lines of a dialogue above it, which need not say again who speaks.
    """
    last = max((number for number, kept in enumerate(keep) if kept), default=None)
    if last is None:
        return
    waiting: list[int] = []
    others = 0
    for number in range(last + 1, min(len(keep), last + 1 + DIALOGUE_LINES)):
        line = paragraphs[number]
        if number in roles or scores[number] < LAST_WORDS or not SENTENCE.search(line[-4:]):
            return
        is_spoken = SPOKEN.match(line) is not None
        others += not is_spoken
        if others > LAST_REACH:
            return
        if is_attributed(line):
            for said in (*waiting, number):
                keep[said] = True
            waiting = []
        elif is_spoken:
            waiting.append(number)


def _keep_last_paragraphs(
    paragraphs: Sequence[str], scores: Sequence[float], keep: list[bool], roles: Mapping[int, str]
) -> None:
    """A paragraph right below the story is its end, where the model is not sure and is sure of the line after it."""
    last = max((number for number, kept in enumerate(keep) if kept), default=None)
    if last is None:
        return
    for number in range(last + 1, min(len(keep), last + 1 + LAST_PARAGRAPHS)):
        is_sentence = len(paragraphs[number]) >= LAST_LENGTH and SENTENCE.search(paragraphs[number][-4:])
        if number in roles or scores[number] < LAST_PARAGRAPH or not is_sentence:
            return
        keep[number] = True

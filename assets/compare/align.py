"""Two token sequences aligned passage by passage; every token of either stands in exactly one passage.

The runs that both have in the same order come from a shortest edit script (as of `diff`). Short ones between unlike text are
chance ("of the") and no passage of their own. What lies between two runs is compared line by line, since an article is
rewritten, cut and added to by paragraphs.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from rapidfuzz.distance import Indel, LCSseq

Kind = Literal["shared", "changed", "left out", "added", "moved"]
SHORTEST_RUN = 4
"""Tokens in a row that both must have for a shared passage."""
SHORT_CHANGE = 6
"""Tokens up to which whatever stands between two shared passages is a change and needs no likeness."""
LEAST_ALIKE = 0.4
"""Likeness (0 to 1, by the shortest edit script) from which a line is another one changed."""
SHORTEST_MOVE = 8
"""Tokens in a row that stand elsewhere in the other text for a moved passage."""


class Text(NamedTuple):
    """A text as token codes, and whether each token opens a line."""

    codes: Sequence[int]
    opens: Sequence[bool]


class Passage(NamedTuple):
    """Tokens ``a[a_start:a_end]`` beside tokens ``b[b_start:b_end]``; one side is empty where only the other has them.

    A moved passage is two: the words where one text has them, and where the other does.
    """

    kind: Kind
    a_start: int
    a_end: int
    b_start: int
    b_end: int

    @property
    def n_a(self) -> int:
        return self.a_end - self.a_start

    @property
    def n_b(self) -> int:
        return self.b_end - self.b_start


_MIRRORED: dict[Kind, Kind] = {"left out": "added", "added": "left out"}


def align(a: Text, b: Text) -> list[Passage]:
    """The passages in the order of both texts. ``align(b, a)`` is the same seen from the other side."""
    # An edit script prefers one of several as short; by a fixed order of the texts both sides are told the same.
    if (b.codes, b.opens) < (a.codes, a.opens):
        return [_mirrored(passage) for passage in align(b, a)]
    joined = _joined(_with_moves(a, b, list(_in_order(a, b))))
    # Changes side by side can be none together, where only the line's end stands elsewhere.
    return list(_joined(_shared_if_same(a, b, passage) for passage in joined))


def _shared_if_same(a: Text, b: Text, passage: Passage) -> Passage:
    same = passage.kind == "changed" and list(a.codes[passage.a_start : passage.a_end]) == list(
        b.codes[passage.b_start : passage.b_end]
    )
    return passage._replace(kind="shared") if same else passage


def _mirrored(passage: Passage) -> Passage:
    kind, a_start, a_end, b_start, b_end = passage
    return Passage(_MIRRORED.get(kind, kind), b_start, b_end, a_start, a_end)


def _in_order(a: Text, b: Text) -> Iterator[Passage]:
    at_a = at_b = 0
    for run in _whole_lines(a, b, _runs(a, b)):
        yield from _between(a, b, (at_a, run.a_start), (at_b, run.b_start))
        yield run
        at_a, at_b = run.a_end, run.b_end
    yield from _between(a, b, (at_a, len(a.codes)), (at_b, len(b.codes)))


def _runs(a: Text, b: Text) -> list[Passage]:
    return [
        Passage("shared", run.src_start, run.src_end, run.dest_start, run.dest_end)
        for run in LCSseq.opcodes(a.codes, b.codes)
        if run.tag == "equal" and run.src_end - run.src_start >= SHORTEST_RUN
    ]


def _whole_lines(a: Text, b: Text, runs: list[Passage]) -> Iterator[Passage]:
    """The runs without first and last words of other lines ("The") where more than a few words stand between two runs."""
    ends = Passage("shared", 0, 0, 0, 0), Passage("shared", len(a.codes), len(a.codes), len(b.codes), len(b.codes))
    for before, run, after in zip([ends[0], *runs], runs, [*runs[1:], ends[1]], strict=False):
        opening = [at for at in range(1, run.n_a) if a.opens[run.a_start + at] and b.opens[run.b_start + at]]
        first, last = 0, run.n_a
        if opening and opening[0] < SHORTEST_RUN and _far(before, run):
            first = opening[0]
        if opening and run.n_a - opening[-1] < SHORTEST_RUN and _far(run, after):
            last = opening[-1]
        if first < last:
            yield Passage("shared", run.a_start + first, run.a_start + last, run.b_start + first, run.b_start + last)


def _far(run: Passage, after: Passage) -> bool:
    return max(after.a_start - run.a_end, after.b_start - run.b_end) > SHORT_CHANGE


Span = tuple[int, int]


def _between(a: Text, b: Text, in_a: Span, in_b: Span) -> Iterator[Passage]:
    """What lies between two shared runs."""
    if in_a[0] == in_a[1] or in_b[0] == in_b[1]:
        yield from _apart(in_a, in_b)
    elif max(in_a[1] - in_a[0], in_b[1] - in_b[0]) <= SHORT_CHANGE:
        yield Passage("changed", *in_a, *in_b)
    else:
        at_a, at_b = in_a[0], in_b[0]
        for line_a, line_b in _alike_lines(a, b, _lines(a, in_a), _lines(b, in_b)):
            yield from _apart((at_a, line_a[0]), (at_b, line_b[0]))
            yield Passage("changed", *line_a, *line_b)
            at_a, at_b = line_a[1], line_b[1]
        yield from _apart((at_a, in_a[1]), (at_b, in_b[1]))


def _apart(in_a: Span, in_b: Span) -> Iterator[Passage]:
    if in_a[0] < in_a[1]:
        yield Passage("left out", *in_a, in_b[0], in_b[0])
    if in_b[0] < in_b[1]:
        yield Passage("added", in_a[1], in_a[1], *in_b)


def _lines(text: Text, span: Span) -> list[Span]:
    starts = [span[0], *(at for at in range(span[0] + 1, span[1]) if text.opens[at])]
    return list(zip(starts, [*starts[1:], span[1]], strict=True))


def _alike_lines(a: Text, b: Text, lines_a: list[Span], lines_b: list[Span]) -> list[tuple[Span, Span]]:
    """The pairs of lines, in the order of both, that are alike and have most tokens in common."""
    best = [[0] * (len(lines_b) + 1) for _ in range(len(lines_a) + 1)]
    common: dict[tuple[int, int], int] = {}
    for i, line_a in enumerate(lines_a):
        for j, line_b in enumerate(lines_b):
            common[i, j] = _in_common(a.codes[slice(*line_a)], b.codes[slice(*line_b)])
            best[i + 1][j + 1] = max(best[i][j + 1], best[i + 1][j], best[i][j] + common[i, j])
    pairs: list[tuple[Span, Span]] = []
    i, j = len(lines_a), len(lines_b)
    while i and j:
        if best[i][j] == best[i - 1][j]:
            i -= 1
        elif best[i][j] == best[i][j - 1]:
            j -= 1
        else:
            i, j = i - 1, j - 1
            pairs.append((lines_a[i], lines_b[j]))
    return pairs[::-1]


def _in_common(line_a: Sequence[int], line_b: Sequence[int]) -> int:
    """Tokens that two lines have in common in the same order; 0 where they are not alike."""
    alike = Indel.normalized_similarity(line_a, line_b) >= LEAST_ALIKE
    return int(LCSseq.similarity(line_a, line_b)) if alike else 0


def _with_moves(a: Text, b: Text, passages: list[Passage]) -> Iterator[Passage]:
    """Runs that only one text seems to have and that the other has elsewhere, cut out as moved."""
    gone = [passage for passage in passages if passage.kind == "left out"]
    come = [passage for passage in passages if passage.kind == "added"]
    moves = _moves(a, b, gone, come)
    in_a = sorted((start, start + length) for start, _, length in moves)
    in_b = sorted((start, start + length) for _, start, length in moves)
    for passage in passages:
        if passage.kind == "left out":
            for kind, start, end in _cut("left out", passage.a_start, passage.a_end, in_a):
                yield Passage(kind, start, end, passage.b_start, passage.b_end)
        elif passage.kind == "added":
            for kind, start, end in _cut("added", passage.b_start, passage.b_end, in_b):
                yield Passage(kind, passage.a_start, passage.a_end, start, end)
        else:
            yield passage


def _moves(a: Text, b: Text, gone: Sequence[Passage], come: Sequence[Passage]) -> list[tuple[int, int, int]]:
    """(start in a, start in b, length) of runs of both, the first found wins a token; none overlaps another."""
    if not gone:
        return []
    places: dict[tuple[int, ...], list[tuple[int, int]]] = {}
    for passage in come:
        for at in range(passage.b_start, passage.b_end - SHORTEST_MOVE + 1):
            places.setdefault(tuple(b.codes[at : at + SHORTEST_MOVE]), []).append((at, passage.b_end))
    if not places:
        return []
    taken: set[int] = set()
    found: list[tuple[int, int, int]] = []
    for passage in gone:
        at = passage.a_start
        while at <= passage.a_end - SHORTEST_MOVE:
            longest = (0, 0)
            for start, limit in places.get(tuple(a.codes[at : at + SHORTEST_MOVE]), []):
                length = _run(a, b, at, start, min(passage.a_end - at, limit - start), taken)
                longest = max(longest, (length, -start))
            length, start = longest[0], -longest[1]
            if length >= SHORTEST_MOVE:
                found.append((at, start, length))
                taken |= set(range(start, start + length))
                at += length
            else:
                at += 1
    return found


def _run(a: Text, b: Text, at: int, start: int, limit: int, taken: set[int]) -> int:
    length = 0
    while length < limit and a.codes[at + length] == b.codes[start + length] and start + length not in taken:
        length += 1
    return length


def _cut(kind: Kind, start: int, end: int, moved: Sequence[Span]) -> Iterator[tuple[Kind, int, int]]:
    at = start
    for first, last in moved:
        if start <= first and last <= end:
            if at < first:
                yield kind, at, first
            yield "moved", first, last
            at = last
    if at < end:
        yield kind, at, end


def _joined(passages: Iterable[Passage]) -> Iterator[Passage]:
    """Neighbours that are the same kind of passage as one; moved ones may go to different places."""
    last: Passage | None = None
    for passage in passages:
        if last and passage.kind == last.kind and passage.kind != "moved":
            last = last._replace(a_end=passage.a_end, b_end=passage.b_end)
            continue
        if last:
            yield last
        last = passage
    if last:
        yield last

"""The lines of a page, the paragraphs they make, and what each line of the input is."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from assets.articles.lines.named import named_lines
from assets.articles.lines.roles import CREDIT_ENDS, cut_credit
from assets.articles.lines.wrap import unwrapped


class LineRole(NamedTuple):
    """What one line of the input is.

    ``cut`` is the credit at the end of a kept line that did not go into the body; ``reason`` says why a line, or that
    piece of it, is not in the body, and is None for what is kept and for blank lines.
    """

    line_no: int
    text: str
    keep: bool
    role: str
    reason: str | None
    cut: str = ""


class Named(NamedTuple):
    """A line that says itself why it is not of the story."""

    span: tuple[int, int]
    text: str
    reason: str


class PageLines:
    """The lines of a text and the paragraphs they make; those that say themselves that they are not of the story are apart."""

    def __init__(self, text: str) -> None:
        self.lines = text.splitlines()
        spans, paragraphs = unwrapped(self.lines)
        reasons = named_lines(paragraphs)
        told = zip(spans, paragraphs, reasons, strict=True)
        self.named = [Named((start, end), text, reason) for (start, end), text, reason in told if reason]
        self.spans = [span for span, reason in zip(spans, reasons, strict=True) if not reason]
        self.paragraphs = [paragraph for paragraph, reason in zip(paragraphs, reasons, strict=True) if not reason]
        self.cuts: dict[int, str] = {}
        for number, paragraph in enumerate(self.paragraphs):
            if paragraph[-1] in CREDIT_ENDS:
                # A glued credit goes first: without it the line ends like the sentence it is.
                self.paragraphs[number], cut = cut_credit(paragraph)
                if cut:
                    self.cuts[number] = cut

    def filled(self, start: int, end: int) -> Sequence[int]:
        """The lines of a span that are not blank."""
        return (start,) if end - start == 1 else [number for number in range(start, end) if self.lines[number].strip()]

    def named_as(self, reason: str) -> Iterator[str]:
        """The lines that say themselves that they are of a kind."""
        return (line.text for line in self.named if line.reason == reason)

    def named_roles(self) -> dict[int, LineRole]:
        """What the lines of the input are that say so themselves."""
        return {
            number: LineRole(number, self.lines[number], False, line.reason, line.reason)
            for line in self.named
            for number in self.filled(*line.span)
        }

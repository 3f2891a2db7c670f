"""Press archives export to PDF too: the lines of the pages are put together to the text export that they are."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from assets.documents.readers.exports import factiva, lexisnexis, proquest
from assets.documents.readers.exports.nexis_words import PAGE_NUMBER
from assets.documents.readers.exports.office_export import JUDGED_CHARACTERS, export_source
from assets.documents.readers.shared.paragraphs import join_wrapped, width_of
from assets.documents.source import Source

_RUNNING = 2  # lines at the top and at the bottom of a page that may run through the pages


class _Kind(NamedTuple):
    """One press archive: how to know its exports, the lines between articles, and lines that open with one of its labels."""

    is_export: Callable[[str], bool]
    is_between: Callable[[str], bool]
    is_labelled: Callable[[str], bool]


_KINDS = (
    _Kind(proquest.is_proquest, proquest.is_between, proquest.is_labelled),
    _Kind(lexisnexis.is_lexisnexis, lexisnexis.is_between, lexisnexis.is_labelled),
    _Kind(factiva.is_factiva, factiva.is_between, factiva.is_labelled),
)


def pdf_export(source: Source, pages: Sequence[Sequence[str]]) -> Source | None:
    """The text of a PDF as a source of its own, where it is a known export."""
    lines = without_running_lines(pages)
    head = "\n".join(lines)[:JUDGED_CHARACTERS]
    kind = next((kind for kind in _KINDS if kind.is_export(head)), None)
    return export_source(source, "\n".join(_laid_out(lines, kind))) if kind else None


def without_running_lines(pages: Sequence[Sequence[str]]) -> list[str]:
    """The lines of all pages without page numbers, and without the headers and footers that run through them.

    The first of equal headers stays: it is the headline where an article begins.
    """
    stripped = [[line.strip() for line in page if line.strip() and not PAGE_NUMBER.match(line)] for page in pages]
    kept: list[str] = []
    for before, lines, after in zip([[], *stripped], stripped, [*stripped[1:], []], strict=False):
        headers = set(before[:_RUNNING])
        footers = {*before[-_RUNNING:], *after[-_RUNNING:]}
        first_of_bottom = max(len(lines) - _RUNNING, 1)
        kept += [
            line for place, line in enumerate(lines)
            if not (place < _RUNNING and line in headers) and not (place >= first_of_bottom and line in footers)
        ]  # fmt: skip
    return kept


def _laid_out(lines: Sequence[str], kind: _Kind) -> list[str]:
    """The lines as a text export has them: an article's opening as it is, then a blank line between paragraphs."""
    width = width_of(lines)
    laid_out: list[str] = []
    below: list[str] = []

    def close() -> None:
        for paragraph in join_wrapped(below, width, kind.is_labelled):
            laid_out.extend(("", paragraph))
        below.clear()

    for line in lines:
        if kind.is_between(line):
            close()
            laid_out += ["", line, ""]
        elif below or kind.is_labelled(line):
            below.append(line)
        else:
            laid_out.append(line)
    close()
    return laid_out

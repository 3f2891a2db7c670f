"""Pages without the text of articles, for those who may not republish it: quotations, headlines and counts stay."""

from collections.abc import Callable
from pathlib import PurePosixPath
from typing import Any

from lxml import html

LONGEST_PHRASE = 12
"""Words of a repeated phrase that are kept: a phrase may be a whole copied article."""
LEFT_OUT = ("comparisons",)
"""Folders that hold nothing but articles' text."""
NOTE = "This copy of the report holds the quotations of the article and not its text."

Tree = Any
"""An element of lxml, which has no types."""


def without_text(path: PurePosixPath, content: bytes) -> bytes | None:
    """The file as it may be given away; ``None`` where nothing of it may."""
    if path.parts[0] in LEFT_OUT:
        return None
    if path.suffix != ".html":
        return content
    tree = html.document_fromstring(content, parser=html.HTMLParser(encoding="utf-8"))
    for change in CHANGES:
        change(tree)
    return bytes(html.tostring(tree, doctype="<!doctype html>", encoding="utf-8"))


def _quotations_only(tree: Tree) -> None:
    for body in tree.xpath("//div[@class='body']"):
        for paragraph in body.xpath("./p"):
            kept = paragraph.xpath(".//mark[@id] | .//a[@class='carried']")
            for child in list(paragraph):
                paragraph.remove(child)
            paragraph.text = None
            for element in kept:
                element.tail = " "
                paragraph.append(element)
            if not kept:
                body.remove(paragraph)
        note = html.fragment_fromstring(f'<p class="note">{NOTE}</p>')
        body.insert(0, note)


def _no_removed_lines(tree: Tree) -> None:
    for details in tree.xpath("//details[.//table[@data-name='removed-lines']]"):
        details.getparent().remove(details)


def _no_context(tree: Tree) -> None:
    for paragraph in tree.xpath("//p[@class='around']"):
        for element in (*paragraph.xpath("preceding-sibling::h2[1]"), paragraph):
            element.getparent().remove(element)


def _short_phrases(tree: Tree) -> None:
    for cell in tree.xpath("//table[@data-name='phrases']/tbody/tr/th"):
        words = cell.text_content().split()
        for child in list(cell):
            cell.remove(child)
        cell.text = " ".join(words[:LONGEST_PHRASE]) + ("…" if len(words) > LONGEST_PHRASE else "")


def _links_that_lead_somewhere(tree: Tree) -> None:
    for link in tree.xpath("//a[@href]"):
        address = link.get("href")
        if any(f"{folder}/" in address for folder in LEFT_OUT):
            link.drop_tag()
        elif ":~:text=" in address:
            # The words that the address would look for are not there.
            link.set("href", address.partition("#")[0])


CHANGES: tuple[Callable[[Tree], None], ...] = (
    _quotations_only,
    _no_removed_lines,
    _no_context,
    _short_phrases,
    _links_that_lead_somewhere,
)

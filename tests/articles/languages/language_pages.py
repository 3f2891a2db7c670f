"""Pages of invented papers in each language, written line by line: what is story, headline and boilerplate, and what is known of it.

``. `` a line that goes, ``= `` the headline, ``> `` a line of the story, whose dateline stands between brackets at its beginning.
"""

import html
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).parent / "pages"
FACTS = ("title", "authors", "agency", "dateline", "published")


@dataclass
class WrittenPage:
    """A page and what should be found in it; ``lines`` are pairs of mark and text."""

    language: str
    what: str
    facts: dict[str, str] = field(default_factory=dict)
    lines: list[tuple[str, str]] = field(default_factory=list)

    @property
    def body(self) -> str:
        return "\n".join(_without_dateline(line) for mark, line in self.lines if mark == ">")

    @property
    def pasted(self) -> str:
        return "\n".join(_printed(line) if mark == ">" else line for mark, line in self.lines)

    @property
    def markup(self) -> str:
        """The same page as HTML, built as papers build theirs."""
        title_at = next(number for number, (mark, _) in enumerate(self.lines) if mark == "=")
        story = [number for number, (mark, _) in enumerate(self.lines) if mark == ">"]
        texts = [html.escape(_printed(line) if mark == ">" else line, quote=False) for mark, line in self.lines]
        menu = "".join(f'<li><a href="/{number}">{text}</a></li>' for number, text in enumerate(texts[:title_at]))
        head = "".join(f"<div>{text}</div>" for text in texts[title_at + 1 : story[0]])
        body = "".join(
            f"<p>{text}</p>" if number in story else f'<p><strong><a href="/{number}">{text}</a></strong></p>'
            for number, text in enumerate(texts[: story[-1] + 1])
            if number >= story[0]
        )
        credit = f"<p>{texts[story[-1] + 1]}</p>"
        below = "".join(
            f'<li><a href="/{number}">{text}</a></li>' for number, text in enumerate(texts[story[-1] + 2 :])
        )
        return (
            f'<!DOCTYPE html><html lang="{self.language}"><head><meta charset="utf-8"><title>{texts[title_at]}</title></head><body>'
            f'<header><nav><ul>{menu}</ul></nav></header><main><article><h1>{texts[title_at]}</h1><div class="meta">{head}</div>'
            f'<div class="text">{body}{credit}</div></article></main><footer><ul>{below}</ul></footer></body></html>'
        )


def _printed(line: str) -> str:
    return line.removeprefix("[").replace("]", "", 1) if line.startswith("[") else line


def _without_dateline(line: str) -> str:
    return line.partition("] ")[2] if line.startswith("[") else line


def written_pages() -> Iterator[WrittenPage]:
    for path in sorted(FOLDER.glob("*.txt")):
        for part in path.read_text(encoding="utf-8").split("\n\n"):
            page = None
            for line in part.splitlines():
                mark, _, text = line.partition(" ")
                if mark == "#":
                    page = WrittenPage(path.stem, text)
                elif page is None:
                    raise ValueError(f"{path.name}: a page begins with '# '")
                elif mark in (".", "=", ">"):
                    page.lines.append((mark, text))
                else:
                    page.facts[mark.removesuffix(":")] = text
            if page is None or set(page.facts) - set(FACTS):
                raise ValueError(f"{path.name}: a page without name, or with a fact that is none of {FACTS}")
            yield page

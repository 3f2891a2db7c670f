"""The marks that ``<q>`` stands for, by the language of the page."""

import re

# Opening and closing marks, outer and inner, by language; the first is for all others.
MARKS: dict[str, tuple[str, str, str, str]] = {
    "": ("“", "”", "‘", "’"),
    "de": ("„", "“", "‚", "‘"),
    "de-ch": ("«", "»", "‹", "›"),
    "fr": ("«\u00a0", "\u00a0»", "“", "”"),
    "fr-ch": ("«", "»", "‹", "›"),
    "es": ("«", "»", "“", "”"),
    "it": ("«", "»", "“", "”"),
    "pt": ("«", "»", "“", "”"),
    "pt-br": ("“", "”", "‘", "’"),
    "ca": ("«", "»", "“", "”"),
    "pl": ("„", "”", "«", "»"),
    "cs": ("„", "“", "‚", "‘"),
    "sk": ("„", "“", "‚", "‘"),
    "hu": ("„", "”", "»", "«"),
    "ro": ("„", "”", "«", "»"),
    "da": ("»", "«", "›", "‹"),
    "no": ("«", "»", "‘", "’"),
    "nb": ("«", "»", "‘", "’"),
    "nn": ("«", "»", "‘", "’"),
    "sv": ("”", "”", "’", "’"),
    "fi": ("”", "”", "’", "’"),
    "ru": ("«", "»", "„", "“"),
    "uk": ("«", "»", "„", "“"),
    "bg": ("„", "“", "’", "’"),
    "el": ("«", "»", "“", "”"),
    "tr": ("“", "”", "‘", "’"),
    "ja": ("「", "」", "『", "』"),
    "zh-tw": ("「", "」", "『", "』"),
    "ar": ("«", "»", "“", "”"),
}
ANY_MARK = "\"'“”„«»‹›‘’‚「」『』"
Q_TAG = re.compile(r"<(/?)q\b[^>]*>", re.IGNORECASE)
PAGE_LANGUAGE = re.compile(r"<html\b[^>]*?\blang\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)


def marks_of(language: str | None) -> tuple[str, str, str, str]:
    """The marks of a language tag such as ``de``, ``de-CH`` or ``pt_BR``."""
    tag = (language or "").lower().replace("_", "-")
    return MARKS.get(tag) or MARKS.get(tag.split("-")[0]) or MARKS[""]


def with_marks(markup: str) -> str:
    """Markup with quotation marks in place of ``q`` elements."""
    found = PAGE_LANGUAGE.search(markup)
    marks = marks_of(found[1] if found else None)
    depth = 0

    def mark(tag: re.Match[str]) -> str:
        nonlocal depth
        if tag[1]:
            depth = max(0, depth - 1)
            return marks[1 + 2 * (depth % 2)]
        depth += 1
        return marks[2 * ((depth - 1) % 2)]

    return Q_TAG.sub(mark, markup)

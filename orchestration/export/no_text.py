"""Tables without the text of articles, for those who may not pass it on: quotations, headlines and counts stay."""

from collections.abc import Mapping
from dataclasses import replace

from orchestration.export.relations import Field, Relation
from orchestration.sharing.without_text import LONGEST_PHRASE

LEFT_OUT: Mapping[str, frozenset[str]] = {
    "raw.documents": frozenset({"content"}),
    "core.articles": frozenset({"body"}),
    "core.removed_lines": frozenset({"text"}),
    "core.quotes": frozenset({"pre", "post"}),
}
"""Columns that hold an article's text, or what stands around its quotations."""
SHORTENED = frozenset({("core.phrases", "text"), ("marts.repeated_phrases", "phrase"), ("core.corrections", "words")})
"""Columns of which the first words are kept: what articles share may be a whole one, and so may what is no quotation."""
NOTE = "Without the text of articles."


def without_text(relation: Relation) -> Relation:
    """The table as it may be passed on."""
    fields = tuple(field for field in relation.fields if field.name not in LEFT_OUT.get(relation.name, frozenset()))
    return replace(relation, fields=tuple(_shortened(relation.name, field) for field in fields))


def _shortened(table: str, field: Field) -> Field:
    if (table, field.name) not in SHORTENED:
        return field
    words = f"string_split(\"{field.name}\", ' ')"
    first = f"array_to_string({words}[1:{LONGEST_PHRASE}], ' ') || if(len({words}) > {LONGEST_PHRASE}, '…', '')"
    return replace(field, source=first, description=f"{field.description} Its first {LONGEST_PHRASE} words.")

"""``core.articles`` and ``core.removed_lines``: the story in each document, its metadata, and what was cut away.

Grain: a document that is an article; a line that the cleaner left out.
"""

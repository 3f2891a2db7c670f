"""The report: static pages over the published marts.

Grain: one page per overview, statement, outlet, speaker, phrase list and article.
"""

"""``core.statements`` and ``core.statement_quotes``: quotations that print the same words, put together.

Grain: one thing said; one printing of it.
"""

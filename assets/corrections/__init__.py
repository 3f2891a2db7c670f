"""``core.corrections``: what people have said is wrong, by ``verbatim fix`` or in lists of their own, and what is right.

Grain: one correction.
"""

"""``core.phrases`` and ``core.phrase_occurrences``: every closed phrase that articles share.

Grain: one phrase; one place where it occurs.
"""

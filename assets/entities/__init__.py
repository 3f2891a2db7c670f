"""``core.entities`` and ``core.mentions``: the people, organisations and places that the articles name.

Grain: one entity under one name; one place in a body where it is named.
"""

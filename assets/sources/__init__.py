"""``core.sources``: the outlets and agencies that the articles come from.

Grain: one outlet or agency, under one name.
"""

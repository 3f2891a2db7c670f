"""``core.quotes``: every quotation as printed, with its speaker.

Grain: one quotation in one article.
"""

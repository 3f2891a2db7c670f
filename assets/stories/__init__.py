"""``core.stories`` and ``core.article_pairs``: which articles report the same event and which share text.

Grain: one article in its story; one pair of articles.
"""

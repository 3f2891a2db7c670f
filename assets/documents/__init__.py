"""``raw.documents`` and ``raw.rejects``: everything found in the files given, one row per document.

Grain: a file, or one record of a file that holds many. Anything that could not be taken is a reject with a reason.
"""

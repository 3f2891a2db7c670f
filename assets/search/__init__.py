"""The words of quotations, statements and articles, by which the published warehouse is searched.

Grain: ``search.documents`` has a row per text, ``search.words`` one per word and the term it stands for, ``search.postings``
one per such word and text. ``macros.sql`` ranks with them, in plain SQL: any DuckDB can, without an extension.
"""

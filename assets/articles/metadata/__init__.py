"""Headline, authors, date, dateline, agency and outlet of a page or a text."""

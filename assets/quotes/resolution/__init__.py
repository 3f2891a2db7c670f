"""Mention to name: pronouns, surnames, descriptions and acronyms of one article."""

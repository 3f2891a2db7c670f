"""Closed classes of words, by language."""

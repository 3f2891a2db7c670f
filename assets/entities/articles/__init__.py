"""Mentions of one article: corrected tags, and which mentions are the same entity."""

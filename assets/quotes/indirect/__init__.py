"""Reported speech without marks: tokens in, cues, sources and contents out."""

"""The token stream that attribution reads, with word classes."""

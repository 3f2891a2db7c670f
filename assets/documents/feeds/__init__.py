"""Fetching RSS and Atom feeds into the inbox; the only code that uses the network."""

"""Text as such: characters, hashing, tables, tokens, words. Knows no table."""

"""The story of an HTML page: blocks in, kept and removed blocks out."""

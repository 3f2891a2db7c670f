"""The story of pasted text: lines in, kept and removed lines out."""

"""Two articles side by side: what stands in both, what was changed, left out, added or put elsewhere. Makes no table."""

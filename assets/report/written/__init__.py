"""HTML of thousands of pages at once: templates filled and bodies marked a column at a time."""

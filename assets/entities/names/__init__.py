"""Parts and forms of names: given names, surnames, titles, spellings, offices."""

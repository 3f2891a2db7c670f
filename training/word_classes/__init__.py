"""Classes of words for the taggers of names, from dictionaries, frequencies and embeddings."""

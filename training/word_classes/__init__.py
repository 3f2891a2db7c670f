"""Classes of words for the taggers of names in other languages than English, from dictionaries, frequencies and embeddings."""

"""The pages that lay a copy beside the article that it copies."""

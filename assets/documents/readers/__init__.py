"""One reader per file; ``assets/documents/registry.py`` lists them."""

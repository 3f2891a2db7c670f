"""Quotations and their speakers in languages other than English: rules over the words in ``assets/text/languages/*.toml``."""

"""Quotation marks and blocks: text in, spans out."""

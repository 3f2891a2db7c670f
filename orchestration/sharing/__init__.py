"""Giving the report to others: serving it on this machine, and packing it into one file."""

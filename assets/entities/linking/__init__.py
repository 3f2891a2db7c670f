"""Entities of the whole corpus: which names in which articles are one."""

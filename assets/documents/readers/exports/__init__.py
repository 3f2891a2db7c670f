"""Exports of press databases: one file with many articles of many outlets."""

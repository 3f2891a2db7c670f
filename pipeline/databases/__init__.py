"""The kinds of database that can hold the warehouse: one DuckDB file, or a lake of files with a catalog."""

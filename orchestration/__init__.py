"""How the product runs: one file per Dagster concept, and the command line over the same job."""

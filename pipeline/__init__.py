"""How any table is made: schema, warehouse, ledger, workers. Knows no table and no asset."""

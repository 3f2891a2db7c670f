"""Who does the work on batches: processes of this machine, or a cluster of several."""

"""``verbatim fix``: corrections by people who do not edit CSV, kept in ``DATA/reference`` and applied by the next run."""

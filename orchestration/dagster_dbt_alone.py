"""dagster-dbt without dbt in this process, where it takes a second to import and makes the manifest into objects to select all of it.

dagster-dbt looks for dbt once, when it is imported, and does without where dbt is a program of its own (as dbt Fusion is).
Here it is one, too: ``verbatim-dbt``.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def hidden(module: str) -> Iterator[None]:
    """Let a module that nobody has imported yet seem not to be installed."""
    before = sys.modules.get(module)
    sys.modules[module] = before  # type: ignore[assignment]  # None stands for a module that cannot be imported
    try:
        yield
    finally:
        if before is None:
            del sys.modules[module]


with hidden("dbt.version"):
    from dagster_dbt import DagsterDbtTranslator as DagsterDbtTranslator
    from dagster_dbt import DbtCliResource as DbtCliResource
    from dagster_dbt import DbtProject as DbtProject
    from dagster_dbt import dbt_assets as dbt_assets

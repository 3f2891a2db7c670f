"""What dbt-duckdb loads to build in a lake: named in ``dbt_project/profiles.yml``, and imported by nothing else."""

import json
import os
from typing import Any

from dbt.adapters.duckdb.plugins import BasePlugin

from pipeline.databases.lake import ADDRESS_VARIABLE, Address, attach, use


class Plugin(BasePlugin):
    """Attaches the lake before dbt looks for its database; dbt's own way would fetch the extension."""

    def configure_connection(self, conn: Any) -> None:
        attach(conn, Address(*json.loads(os.environ[ADDRESS_VARIABLE])))

    def configure_cursor(self, cursor: Any) -> None:
        use(cursor)

"""What ``workspace.yaml`` and ``dg`` load; importing it parses the dbt project, which the other modules never do."""

from orchestration.definitions import build_defs
from pipeline.settings import load_settings

defs = build_defs(load_settings())

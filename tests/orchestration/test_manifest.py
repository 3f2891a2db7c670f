"""The parsed dbt project in a data folder is whole, or parsed again."""

import json
from pathlib import Path

from orchestration.dbt_manifest import prepare_manifest


def test_a_manifest_of_which_a_full_disk_left_a_part_is_made_again(tmp_path: Path) -> None:
    manifest = prepare_manifest(tmp_path)
    whole = manifest.read_bytes()
    manifest.write_bytes(whole[: len(whole) // 2])
    assert set(json.loads(prepare_manifest(tmp_path).read_bytes())["nodes"]) == set(json.loads(whole)["nodes"])

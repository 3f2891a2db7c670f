"""The manifests of docs/kubernetes.md hang together: versions are those of the lock, what is mounted and named is there."""

import re
from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any

import pytest
import yaml

from pipeline.project import ROOT
from tests.running import verbatim

DOCUMENT = (ROOT / "docs" / "kubernetes.md").read_text(encoding="utf-8")
LOCK = (ROOT / "requirements-image.lock").read_text(encoding="utf-8")
SECRET, JOB, CHART = (yaml.safe_load(text) for text in re.findall(r"```yaml\n(.*?)```", DOCUMENT, re.DOTALL))
CLUSTER = JOB["spec"]["rayClusterSpec"]
HEAD = CLUSTER["headGroupSpec"]["template"]["spec"]
WORKERS = CLUSTER["workerGroupSpecs"][0]["template"]["spec"]
CODE = CHART["dagster-user-deployments"]["deployments"][0]
RUNS = CHART["runLauncher"]["config"]["k8sRunLauncher"]["runK8sConfig"]["podSpecConfig"]
IMAGE = "registry.example.org/verbatim"


def locked(package: str) -> str:
    found = re.search(rf"(?m)^{re.escape(package)}==(\S+)", LOCK)
    assert found is not None
    return found[1]


def test_versions_are_those_of_the_image() -> None:
    assert CLUSTER["rayVersion"] == locked("ray")
    assert f"--version {locked('dagster')} " in DOCUMENT


def containers(*pods: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for pod in pods:
        yield from pod["containers"]


def test_everything_runs_the_image_that_is_built() -> None:
    assert f"--tag {IMAGE}:1 " in DOCUMENT
    assert {container["image"] for container in containers(HEAD, WORKERS)} == {f"{IMAGE}:1"}
    assert (CODE["image"]["repository"], CODE["image"]["tag"]) == (IMAGE, "1")


@pytest.mark.parametrize("pod", [HEAD, WORKERS, {**CODE, "containers": [CODE]}], ids=["head", "workers", "Dagster"])
def test_what_is_mounted_is_there(pod: dict[str, Any]) -> None:
    mounted = [mount["name"] for container in pod["containers"] for mount in container["volumeMounts"]]
    assert sorted(mounted) == sorted(volume["name"] for volume in pod["volumes"])


def test_only_who_holds_the_warehouse_gets_the_secret() -> None:
    name = SECRET["metadata"]["name"]
    assert HEAD["containers"][0]["envFrom"] == [{"secretRef": {"name": name}}]
    assert CODE["envSecrets"] == [{"name": name}]
    assert "envFrom" not in WORKERS["containers"][0]


def test_the_user_of_the_image_may_write_to_the_volume_in_every_pod() -> None:
    user = re.search(r"useradd --uid (\d+)", (ROOT / "Containerfile").read_text(encoding="utf-8"))
    assert user is not None
    for context in (HEAD["securityContext"], CODE["podSecurityContext"], RUNS["securityContext"]):
        assert (context["runAsUser"], context["fsGroup"]) == (int(user[1]), int(user[1]))


def test_what_is_started_exists() -> None:
    program, *command = JOB["spec"]["entrypoint"].split()
    assert program == "verbatim"
    assert verbatim(command[0], "--help").returncode == 0
    flag, module = CODE["dagsterApiGrpcArgs"]
    assert (flag, find_spec(module) is not None) == ("-m", True)

"""Lakes to try things on: in a file and a folder, and in PostgreSQL and S3-compatible storage that the tests start themselves."""

from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from uuid import uuid4

import pytest

from pipeline.databases.lake import Address
from tests.end_to_end.conftest import make_corpus, read_in_one_go
from tests.lake.servers import MissingServerError, Server, lake_on_servers, postgres_server, storage_server
from tests.running import know_sample_outlets

MakeLake = Callable[[], Address]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.lake)
            item.add_marker(pytest.mark.scale)
            if find_spec("duckdb_extension_ducklake") is None:
                item.add_marker(pytest.mark.skip(reason="needs the extra lake"))


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL server of this test run, which the environment names."""
    try:
        with postgres_server() as server, pytest.MonkeyPatch.context() as environment:
            for name, value in server.environment.items():
                environment.setenv(name, value)
            yield server
    except MissingServerError as missing:
        pytest.skip(str(missing))


@pytest.fixture(scope="session")
def storage() -> Iterator[Server]:
    """An S3-compatible server of this test run, whose keys are in the environment."""
    try:
        with storage_server() as server, pytest.MonkeyPatch.context() as environment:
            for name, value in server.environment.items():
                environment.setenv(name, value)
            yield server
    except MissingServerError as missing:
        pytest.skip(str(missing))


@pytest.fixture
def in_files(tmp_path: Path) -> MakeLake:
    """A lake on one machine: a file and a folder."""
    return lambda: Address(str(tmp_path / "lake" / "catalog.ducklake"), str(tmp_path / "lake" / "tables"))


@pytest.fixture
def on_servers(postgres: Server, storage: Server) -> MakeLake:
    """A lake for several machines: a database in PostgreSQL and a bucket."""
    return lambda: lake_on_servers(storage, f"lake_{uuid4().hex[:8]}")


@pytest.fixture(params=["in_files", "on_servers"])
def address(request: pytest.FixtureRequest) -> Address:
    """Each kind of lake."""
    make: MakeLake = request.getfixturevalue(request.param)
    return make()


def data_folder(folder: Path, settings: str) -> Path:
    know_sample_outlets(folder)
    (folder / "verbatim.toml").write_text(settings)
    return folder


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return make_corpus(tmp_path / "inbox")


@pytest.fixture(scope="session")
def in_a_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a DuckDB file into which the corpus was read in one go, by the processes of this machine."""
    return read_in_one_go(tmp_path_factory.mktemp("in-a-file"))

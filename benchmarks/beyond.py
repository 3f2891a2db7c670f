"""What a run costs past one machine: on Ray, on a lake, and on both, against processes and a DuckDB file in the same go.

    python -m benchmarks.beyond 5000 [20000] [--shared ../shared] [--work FOLDER] [--only file+processes lake+ray]

All on loopback: two Ray nodes of one CPU each, PostgreSQL (without fsync) and an S3 server in Python, which costs more than
any real one. For each N and each of the four ways: wall seconds, CPU seconds of the run and of those servers, the most memory
of the run's own process, of all of its processes together and of Ray's; whether all tables are those of the first way; what
the warehouse takes, and of a lake how many files, snapshots and bytes of catalog. Then the same for a hundred articles more.
``--work`` keeps corpora and data, and takes those that are there. Needs Linux and the extras ray and lake.
"""

import argparse
import os
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

import duckdb

from benchmarks.scale import MORE, SAMPLING_SECONDS, Sampler, Usage, make_corpus, measured_run
from pipeline.databases.lake import Address, Lake
from pipeline.settings import load_settings
from pipeline.warehouse import read_only
from tests.cluster.network import FIRST, SECOND, network
from tests.lake.servers import lake_on_servers, postgres_server, settings_text, storage_server

WAYS = ("file+processes", "file+ray", "lake+processes", "lake+ray")
NODES = (FIRST, SECOND)
HASHED = "SELECT count(*), sum(hash(t)::HUGEINT) FROM {} AS t"
"""What two tables of the same rows have in common, in whatever order they are stored."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", type=int, nargs="*", default=[5000])
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--work", type=Path, help="where corpora and data are kept; a temporary folder by default")
    parser.add_argument("--only", nargs="*", choices=WAYS, default=WAYS)
    given = parser.parse_args()
    work = given.work or Path(tempfile.mkdtemp(prefix="verbatim-beyond-"))
    maker = (given.shared / "perf" / "make_corpus.py").resolve()
    try:
        for n in given.sizes:
            corpora = [kept(maker, work / f"corpus-{n}", n), kept(maker, work / f"more-{n}", MORE, seed=2, first=n)]
            first: dict[str, tuple[object, ...]] = {}
            for way in given.only:
                found = measured(way, n, corpora, work / f"data-{n}-{way}")
                differ = [name for name in found | first if first and found.get(name) != first.get(name)]
                print(
                    f"  {len(found)} tables, {'all as in the first way' if not differ else f'DIFFERENT: {differ}'}",
                    flush=True,
                )
                first = first or found
    finally:
        if given.work is None:
            shutil.rmtree(work)


def kept(maker: Path, folder: Path, n: int, *, seed: int = 1, first: int = 0) -> Path:
    return folder if folder.exists() else make_corpus(maker, n, folder, seed=seed, first=first)


def measured(way: str, n: int, corpora: list[Path], data: Path) -> dict[str, tuple[object, ...]]:
    """Run both corpora in one way, print what it cost; the rows of all tables in short."""
    shutil.rmtree(data, ignore_errors=True)
    data.mkdir(parents=True)
    with ExitStack() as servers:
        settings, lake, roots = "", None, {}
        if way.endswith("ray"):
            cluster = servers.enter_context(network(*NODES))
            servers.enter_context(in_environment(cluster.environment))
            settings, roots["ray"] = f'engine = "ray:{cluster.address}"\n', cluster.pids
        if way.startswith("lake"):
            postgres, storage = servers.enter_context(postgres_server()), servers.enter_context(storage_server())
            servers.enter_context(in_environment({**postgres.environment, **storage.environment}))
            lake = lake_on_servers(storage, f"articles_{n}")
            settings += settings_text(lake)
            roots["postgres"], roots["s3"] = [postgres.pid], [os.getpid()]
        (data / "verbatim.toml").write_text(settings)
        for name, corpus in zip((f"{n} articles", f"{MORE} more on {n}"), corpora, strict=True):
            with watched(roots) as beside:
                whole, steps = measured_run(corpus, data)
            print(f"\n{way}, {name}: {whole.wall:.0f} s wall, {whole.cpu:.1f} CPU s of the run", end="")
            print("".join(f", {used.cpu:.1f} {server}" for server, used in beside.items()), end="")
            largest = max(steps, key=lambda step: steps[step].largest)
            print(
                f"; most memory: {whole.largest / 1e9:.2f} GB one ({largest}), {whole.together / 1e9:.2f} GB all",
                end="",
            )
            print(f", {beside['ray'].together / 1e9:.2f} GB ray" if "ray" in beside else "")
            top = sorted(steps, key=lambda step: -steps[step].cpu)[:8]
            print("  " + ", ".join(f"{step} {steps[step].cpu:.1f}" for step in top))
            print("  " + (told_of_lake(lake) if lake else told_of_file(data)), flush=True)
        return in_short(data)


@contextmanager
def in_environment(values: Mapping[str, str]) -> Iterator[None]:
    before = dict(os.environ)
    os.environ.update(values)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


@contextmanager
def watched(roots: dict[str, list[int]]) -> Iterator[dict[str, Usage]]:
    """What these processes, and those below them, use inside the block; complete when it ends."""
    samplers = {name: [Sampler(pid, own_only=name == "s3") for pid in pids] for name, pids in roots.items()}
    threads = [threading.Thread(target=one.watch) for several in samplers.values() for one in several]
    found: dict[str, Usage] = {}
    for thread in threads:
        thread.start()
    # What they used before is known by then.
    time.sleep(2 * SAMPLING_SECONDS)
    start = time.time()
    try:
        yield found
    finally:
        for several in samplers.values():
            for one in several:
                one.ended.set()
        for thread in threads:
            thread.join()
        for name, several in samplers.items():
            used = [one.between(start, time.time()) for one in several]
            found[name] = Usage(own=sum(one.cpu for one in used), together=sum(one.together for one in used))


def told_of_file(data: Path) -> str:
    return f"warehouse {load_settings(data).published.resolve().stat().st_size / 1e6:.0f} MB"


def told_of_lake(address: Address) -> str:
    """Files that are referred to and files that there are, bytes, snapshots, size of the catalog."""
    import boto3

    bucket, prefix = address.data.removeprefix("s3://").split("/", 1)
    client = boto3.client("s3", endpoint_url=address.s3_endpoint, region_name="us-east-1")
    pages = client.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix)
    sizes = [item["Size"] for page in pages for item in page.get("Contents", [])]
    with Lake(address, Path(tempfile.gettempdir())).look() as connection:
        assert connection is not None
        ((n_live, live),) = connection.execute(
            "SELECT sum(file_count), sum(file_size_bytes) FROM ducklake_table_info('lake')"
        ).fetchall()
        ((n_snapshots,),) = connection.execute("SELECT count(*) FROM ducklake_snapshots('lake')").fetchall()
    catalog = size_of_database(address.catalog.rpartition("=")[2])
    return (
        f"{n_live:.0f} files of {live / 1e6:.0f} MB are the lake as it is, {len(sizes)} of {sum(sizes) / 1e6:.0f} MB are kept; "
        f"{n_snapshots} snapshots; catalog {catalog / 1e6:.0f} MB"
    )


def size_of_database(name: str) -> int:
    from pipeline.databases.extensions import load

    with duckdb.connect() as connection:
        load(connection, "postgres_scanner")
        connection.execute("ATTACH 'dbname=postgres' AS server (TYPE postgres)")
        ((size,),) = connection.execute(
            f"SELECT * FROM postgres_query('server', 'SELECT pg_database_size(''{name}'')')"
        ).fetchall()
    return int(size)


def in_short(data: Path) -> dict[str, tuple[object, ...]]:
    with read_only(load_settings(data).published) as connection:
        names = connection.execute(
            "SELECT table_schema || '.' || table_name FROM information_schema.tables "
            "WHERE table_schema IN ('raw', 'core', 'marts') ORDER BY ALL"
        ).fetchall()
        return {name: connection.execute(HASHED.format(name)).fetchall()[0] for (name,) in names}


if __name__ == "__main__":
    main()

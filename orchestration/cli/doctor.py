"""``verbatim doctor``: whether this machine and this data folder are fit for a run, and what a run would read."""

import os
import platform
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

import typer
from packaging.requirements import Requirement
from rich.text import Text

from orchestration.cli.caches import COMPILED, writable
from orchestration.cli.command import RUN_FAILED, Data, screen
from pipeline.engines.choose import THIS_MACHINE, open_engine
from pipeline.engines.node import machine
from pipeline.engines.refusal import EngineError
from pipeline.project import ASSETS
from pipeline.settings import Settings, SettingsError, data_dir, load_settings
from pipeline.warehouse import WarehouseError, sole_writer
from pipeline.workers import Workers

Mark = Literal["ok", "note", "bad"]
MARKS: dict[Mark, tuple[str, str]] = {"ok": ("✓", "green"), "note": ("!", "yellow"), "bad": ("✗", "red")}
GIB = 1 << 30
LITTLE_ROOM, LITTLE_MEMORY = GIB, 2 * GIB
RELEASES = 4
"""Copies of the warehouse that a data folder has at times: what is built, and the versions kept."""
SHOWN = ("dagster", "dbt-core", "duckdb", "polars", "numba")
ENGINES = {
    "spacy": "spacy",
    "gliner": "gliner",
    "embeddings": "sentence_transformers",
    "lake": "duckdb_extension_ducklake",
    "ray": "ray",
}
TRIED = 32
"""Batches that a cluster is given, so that each of its machines has some."""


@dataclass(frozen=True)
class Finding:
    """One line: how it is, what of, and what was found."""

    mark: Mark
    what: str
    found: str


def doctor(data: Data = None) -> None:
    """Check this machine and the data folder before a run.

    Says what a run would read; ends with 1 if something must be mended first.
    """
    fit = True
    for finding in findings(data):
        sign, colour = MARKS[finding.mark]
        screen.print(
            Text.assemble((f"{sign} ", colour), (f"{finding.what:<14}", "bold"), finding.found), soft_wrap=True
        )
        fit &= finding.mark != "bad"
    if not fit:
        raise typer.Exit(RUN_FAILED)


def findings(data: Path | None) -> Iterator[Finding]:
    yield from versions()
    yield memory()
    try:
        settings = load_settings(data)
    except SettingsError as error:
        yield Finding("bad", "settings", str(error))
        settings = Settings(data_dir=data_dir(data))
    else:
        told = f"{settings.n_workers} worker processes, {settings.batch_size} articles a batch"
        yield Finding("ok", "settings", told)
        if settings.engine != THIS_MACHINE:
            yield cluster(settings)
    yield from data_folder(settings)
    yield compiled_code()
    yield engines()
    if settings.lake:
        yield lake(settings)
    if settings.history:
        yield history(settings.history)
    yield warehouse(settings)
    yield waiting(settings)


def versions() -> Iterator[Finding]:
    here = f"{version('verbatim')}, Python {platform.python_version()}, {platform.system()} {platform.machine()}"
    yield Finding("ok", "verbatim", here)
    wrong = [told for line in requires("verbatim") or [] if (told := unmet(Requirement(line)))]
    if wrong:
        yield Finding("bad", "libraries", f"{'; '.join(wrong)}; install the package again")
    else:
        yield Finding("ok", "libraries", ", ".join(f"{name} {version(name)}" for name in SHOWN))


def unmet(needed: Requirement) -> str:
    """What is wrong with a library that is needed; empty where nothing is."""
    if needed.marker and not needed.marker.evaluate({"extra": ""}):
        return ""
    try:
        installed = version(needed.name)
    except PackageNotFoundError:
        return f"{needed.name} is missing"
    fits = needed.specifier.contains(installed, prereleases=True)
    return "" if fits else f"{needed.name} is {installed}, needed is {needed.specifier}"


def memory() -> Finding:
    total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    free = available_memory()
    if free is None:
        return Finding("ok", "memory", f"{total / GIB:.1f} GiB")
    told = f"{free / GIB:.1f} GiB free of {total / GIB:.1f} GiB, {os.cpu_count()} cores"
    if free < LITTLE_MEMORY:
        return Finding("note", "memory", f"{told}; set fewer workers in verbatim.toml if a run is killed")
    return Finding("ok", "memory", told)


def available_memory(file: Path = Path("/proc/meminfo")) -> int | None:
    """Bytes that programs could have, where the system says so."""
    if not file.is_file():
        return None
    facts = dict(line.split(":", 1) for line in file.read_text(encoding="ascii").splitlines() if ":" in line)
    return int(facts["MemAvailable"].split()[0]) * 1024 if "MemAvailable" in facts else None


def data_folder(settings: Settings) -> Iterator[Finding]:
    folder = settings.data_dir
    there = next(parent for parent in (folder, *folder.parents) if parent.exists())
    if not there.is_dir():
        yield Finding("bad", "data folder", f"{there} is a file; name another folder with --data")
        return
    if not os.access(there, os.W_OK | os.X_OK) or (folder.is_dir() and not writable(folder)):
        yield Finding(
            "bad", "data folder", f"{there} may not be written by this user; status, sql and show can read it"
        )
    else:
        yield Finding("ok", "data folder", f"{folder}{'' if folder.exists() else ', which a run will make'}")
    free = shutil.disk_usage(there).free
    built = settings.build.stat().st_size if settings.build.is_file() else 0
    told = f"{free / GIB:.1f} GiB free"
    if free < max(LITTLE_ROOM, RELEASES * built):
        yield Finding(
            "note", "disk", f"{told}; a run may need more: keep_releases in verbatim.toml keeps fewer versions"
        )
    else:
        yield Finding("ok", "disk", told)


def compiled_code() -> Finding:
    folder = Path(os.environ[COMPILED]) if os.environ.get(COMPILED) else ASSETS
    n_kept = sum(1 for _ in folder.rglob("*.nbi"))
    if n_kept:
        return Finding("ok", "compiled code", f"{n_kept} functions kept in {folder}; a run compiles what it misses")
    return Finding("note", "compiled code", f"none is kept in {folder}; the first run compiles, for about a minute")


def engines() -> Finding:
    there = [name for name, module in ENGINES.items() if find_spec(module)]
    return Finding("ok", "extras", ", ".join(there) or f"none of {', '.join(ENGINES)} (none is needed)")


def cluster(settings: Settings) -> Finding:
    """Whether the cluster can be joined and has what this machine has."""
    try:
        with Workers(settings.n_workers) as here, open_engine(settings.engine, here) as engine:
            machines = set(engine.map_batches(machine, range(TRIED)))
    except EngineError as error:
        return Finding("bad", "cluster", str(error))
    return Finding("ok", "cluster", f"{settings.engine} works, on {', '.join(sorted(machines))}")


def warehouse(settings: Settings) -> Finding:
    if not settings.published.exists():
        return Finding("note", "warehouse", "nothing is published yet; `verbatim run` does it")
    size = settings.published.stat().st_size
    told = "a snapshot of the lake" if settings.lake else f"{size / (1 << 20):,.0f} MiB"
    return Finding("ok", "warehouse", f"{settings.published}, {told}")


def lake(settings: Settings) -> Finding:
    """Whether the lake that the settings name can be reached."""
    from pipeline.warehouse import database_of

    catalog, data, _ = settings.lake or ("", "", None)
    try:
        with database_of(settings).look() as connection:
            told = "" if connection else ", which a run will make"
    except WarehouseError as error:
        return Finding("bad", "lake", str(error))
    return Finding("ok", "lake", f"{catalog}, tables in {data}{told}")


def history(named: str) -> Finding:
    """Whether the database of Dagster's history can be reached."""
    try:
        from pipeline.databases.history import connected

        with connected(named):
            return Finding("ok", "history", named)
    except WarehouseError as error:
        return Finding("bad", "history", str(error))


def waiting(settings: Settings) -> Finding:
    """The files of the inbox that the next run would read."""
    from assets.documents.find import find_files
    from assets.documents.intake import unread
    from orchestration.tables import TABLES
    from pipeline.warehouse import Warehouse, database_of

    if settings.lock.exists():
        try:
            with sole_writer(settings.lock):
                pass
        except (WarehouseError, PermissionError):
            return Finding("note", "to be read", "a run is going on")
    if not settings.inbox.is_dir():
        return Finding("note", "to be read", f"nothing: put files into {settings.inbox}, or name them")
    found = list(find_files([settings.inbox]))
    try:
        with Warehouse(database_of(settings), TABLES).look() as transaction:
            new = found if transaction is None else [file for file, _ in unread(transaction, found, settings)]
    except WarehouseError as error:
        return Finding("note", "to be read", f"not known: {error}")
    n_bytes = sum(file.n_bytes for file in new)
    return Finding(
        "ok", "to be read", f"{len(new):,} of {len(found):,} files in {settings.inbox}, {n_bytes / (1 << 20):,.1f} MiB"
    )

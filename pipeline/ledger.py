"""Which work is still to be done: every step's items, each with the version of the code that did it."""

from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path

import polars as pl

from pipeline.bookkeeping import CORPUS_STEPS, LEDGER
from pipeline.ids import stable_id
from pipeline.project import ASSETS, ROOT
from pipeline.reference import lists_version
from pipeline.warehouse import Transaction


def code_version(*rooms: str) -> str:
    """A hash of everything that decides what these rooms find: their code and models, and the lists of words and names."""
    return stable_id(_code_of(*rooms), lists_version())


@cache
def _code_of(*rooms: str) -> str:
    digest = blake2b(digest_size=8)
    files = [ROOT / "pipeline" / "schema.py", ROOT / "pipeline" / "ids.py"]
    for room in ("text", *rooms):
        files += [path for path in (ASSETS / room).rglob("*") if _decides(path)]
    for path in sorted(files):
        digest.update(str(path.relative_to(ROOT)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def library_versions(*packages: str) -> str:
    """The versions of libraries that decide what a step finds, to be part of its ``options``."""
    return "".join(f",{package}=={version(package)}" for package in packages)


def _decides(path: Path) -> bool:
    return path.is_file() and "__pycache__" not in path.parts and path.name != "asset.py"


def differing(transaction: Transaction, step: str, version: str, items: str) -> tuple[pl.DataFrame, pl.Series, int]:
    """What this version of the step has not done as it is now (item_id, version), what it has done and is no longer there,
    and how many items there are where either is anything.

    ``items`` is SQL that gives (item_id, input) for every item there is, and is read once; ``input`` changes when what is
    read of the item does.
    """
    rows = transaction.query(
        f"WITH due AS MATERIALIZED (SELECT item_id, concat(?, ':', input) AS version FROM ({items})), "
        f"done AS (SELECT item_id, version FROM {LEDGER.path} WHERE step = ?) "
        "SELECT item_id, due.version AS version, (SELECT count(*) FROM due) AS n_items FROM due FULL JOIN done USING (item_id) "
        "WHERE due.version IS DISTINCT FROM done.version ORDER BY item_id",
        [version, step],
    )
    todo, lost = rows.drop_nulls("version"), rows.filter(pl.col("version").is_null())
    return todo.drop("n_items"), lost["item_id"], int(rows["n_items"].max() or 0)  # type: ignore[arg-type]


def record(transaction: Transaction, step: str, items: pl.DataFrame) -> None:
    """Note that the step has done these items (item_id, version)."""
    with transaction.visible(items) as given:
        transaction.execute(
            f"DELETE FROM {LEDGER.path} WHERE step = ? AND item_id IN (SELECT item_id FROM {given})", [step]
        )
    transaction.insert(LEDGER, items.with_columns(step=pl.lit(step)))


def record_all(transaction: Transaction, step: str, version: str, items: str) -> None:
    """Note that this version of the step has done all items there are, as they are now, and no other."""
    transaction.execute(f"DELETE FROM {LEDGER.path} WHERE step = ?", [step])
    transaction.execute(
        f"INSERT INTO {LEDGER.path} SELECT item_id, ?, concat(?, ':', input) FROM ({items})", [step, version]
    )


def forget(transaction: Transaction, step: str, items: pl.Series) -> None:
    """Drop what is noted about these items."""
    with transaction.visible(items.to_frame("item_id")) as given:
        transaction.execute(
            f"DELETE FROM {LEDGER.path} WHERE step = ? AND item_id IN (SELECT item_id FROM {given})", [step]
        )


def is_current(transaction: Transaction, step: str, signature: str) -> bool:
    """Whether the step last looked at exactly this."""
    last: str | None = transaction.scalar(f"SELECT signature FROM {CORPUS_STEPS.path} WHERE step = ?", [step])
    return last == signature


def record_corpus(transaction: Transaction, step: str, signature: str) -> None:
    forget_corpus(transaction, step)
    transaction.execute(f"INSERT INTO {CORPUS_STEPS.path} VALUES (?, ?)", [step, signature])


def forget_corpus(transaction: Transaction, step: str) -> None:
    transaction.execute(f"DELETE FROM {CORPUS_STEPS.path} WHERE step = ?", [step])

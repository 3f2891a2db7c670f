"""What a user may set: ``DATA/verbatim.toml``, with sensible values for everything left out.

Only what changes how the pipeline runs belongs here; lists of words and names live in ``seeds/reference``.
"""

import os
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictInt, StrictStr, ValidationError, field_validator

HtmlMode = Literal["accurate", "fast"]
DATA_VARIABLE = "VERBATIM_DATA"
SETTINGS_FILE = "verbatim.toml"
INBOX = "inbox"

Count = Annotated[StrictInt, Field(ge=1)]

POSTGRES, S3 = "postgres:", "s3://"
"""How a lake in PostgreSQL and one on S3-compatible storage are named."""
LAKE_TAKES = (
    'catalog = "postgres:dbname=…" or a file, data = "s3://…" or a folder, and history = "postgres:dbname=…"; passwords and keys '
    "stand in the environment"
)


class SettingsError(ValueError):
    """A setting that cannot be used; the message names the file, the setting and what it takes."""


class LakeSettings(BaseModel):
    """Where the lake is that holds the warehouse in place of a DuckDB file."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    catalog: StrictStr
    """What the tables are: a PostgreSQL database, ``postgres:dbname=verbatim host=…``, or a file for one machine."""
    data: StrictStr
    """Where their rows are: ``s3://BUCKET/FOLDER`` or a folder that all machines see."""
    s3_endpoint: Annotated[StrictStr, Field(pattern=r"^https?://[^@]+$")] | None = None
    """The address of an S3-compatible server other than Amazon's."""
    history: StrictStr | None = None
    """Where Dagster keeps its runs in place of the data folder: a PostgreSQL database of their own, ``postgres:dbname=dagster
    host=…`` (the extra of that name)."""

    @field_validator("history")
    @classmethod
    def _names_a_database(cls, given: str) -> str:
        if not given.startswith(POSTGRES):
            raise ValueError
        return cls._names_a_database_or_a_file(given)

    @field_validator("catalog")
    @classmethod
    def _names_a_database_or_a_file(cls, given: str) -> str:
        rest = given.removeprefix(POSTGRES)
        if "password" in given.lower() or rest.startswith("//") or not rest or _has_scheme(given, POSTGRES):
            raise ValueError
        return given

    @field_validator("data")
    @classmethod
    def _names_a_bucket_or_a_folder(cls, given: str) -> str:
        if not given.removeprefix(S3) or "@" in given.removeprefix(S3).split("/")[0] or _has_scheme(given, S3):
            raise ValueError
        return given

    @property
    def is_in_postgres(self) -> bool:
        return self.catalog.startswith(POSTGRES)

    @property
    def is_on_s3(self) -> bool:
        return self.data.startswith(S3)


def _has_scheme(given: str, allowed: str) -> bool:
    """Whether it is an address of another kind than the one that is allowed; a path is none."""
    return "://" in given.removeprefix(allowed) or (":" in given and not given.startswith((allowed, "/", "~", ".")))


class Settings(BaseModel):
    """Where the data lives and how a run behaves."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    data_dir: Path
    max_file_mb: Count = 64
    """Largest single document that is read, in MiB; a larger one is a reject."""
    max_archive_depth: Count = 3
    """Archives within archives that are opened."""
    max_archive_members: Count = 1_000_000
    """Members of one archive that are read."""
    max_expanded_gb: Count = 256
    """Largest size to which one archive or compressed file may expand, in GiB."""
    html_mode: HtmlMode = "accurate"
    """How pages are cleaned: ``accurate``, or ``fast`` at some loss of quality."""
    entity_engine: StrictStr = "crf"
    """Who finds names: the tagger that ships with the project (``crf``), ``spacy:PIPELINE`` or ``gliner:MODEL``."""
    statement_engine: Annotated[StrictStr, Field(pattern=r"^(words|embeddings(:.+)?)$")] = "words"
    """How printings of the same words are found: by their ``words``, or also by sentence ``embeddings`` (the model of the
    extra of that name) or ``embeddings:FOLDER`` (a model of your own)."""
    workers: Annotated[StrictInt, Field(ge=0)] = 0
    """Processes for extraction; 0 takes one per core."""
    engine: Annotated[StrictStr, Field(pattern=r"^(processes|ray(:\S+:\d+)?)$")] = "processes"
    """Who reads files and extracts: ``processes`` of this machine, or a Ray cluster (the extra of that name): ``ray`` for the
    one that this machine belongs to, else a new one of this machine, ``ray:HOST:PORT`` for the one at that address."""
    batch_size: Count = 128
    """Articles per batch of extraction: what bounds the memory of a worker."""
    keep_releases: Count = 3
    """Published versions kept on disk."""
    mapping: dict[StrictStr, StrictStr] = Field(default_factory=dict)
    """The user's own column names: ``{"text": "their column", "url": "…"}``."""
    warehouse: LakeSettings | None = None
    """A lake in place of a DuckDB file: its ``catalog``, its ``data`` and, where needed, its ``s3_endpoint``."""

    @property
    def inbox(self) -> Path:
        return self.data_dir / INBOX

    @property
    def reference(self) -> Path:
        """The user's own lists of words and names, over those that ship."""
        return self.data_dir / "reference"

    @property
    def alerts(self) -> Path:
        """What the user wants to hear of; need not exist."""
        return self.data_dir / "alerts.toml"

    @property
    def dbt_target(self) -> Path:
        """What dbt writes: the parsed project and the results of runs."""
        return self.data_dir / "dbt-target"

    @property
    def build(self) -> Path:
        """The database that runs write; nobody else opens it."""
        return self.data_dir / "build.duckdb"

    @property
    def lake(self) -> tuple[str, str, str | None] | None:
        """Catalog, data and S3 endpoint of the lake, files and folders in full; ``None`` where there is none."""
        if self.warehouse is None:
            return None
        catalog, data = self.warehouse.catalog, self.warehouse.data
        return (
            catalog if self.warehouse.is_in_postgres else str(self.data_dir / Path(catalog).expanduser()),
            data if self.warehouse.is_on_s3 else str(self.data_dir / Path(data).expanduser()),
            self.warehouse.s3_endpoint,
        )

    @property
    def history(self) -> str | None:
        """The PostgreSQL database of Dagster's history; ``None`` where it is kept in the data folder."""
        return self.warehouse.history if self.warehouse else None

    @property
    def scratch(self) -> Path:
        """Where a lake's queries put aside what does not fit into memory."""
        return self.data_dir / "lake.tmp"

    @property
    def lock(self) -> Path:
        return self.data_dir / ".lock"

    @property
    def published(self) -> Path:
        """What readers open, a database or which snapshot of a lake; a link that moves when a run is published."""
        return self.data_dir / ("warehouse.json" if self.warehouse else "warehouse.duckdb")

    @property
    def report(self) -> Path:
        """The published report; a link that moves together with the database."""
        return self.data_dir / "report"

    @property
    def report_build(self) -> Path:
        """Where a run writes its report before it is published."""
        return self.data_dir / "build-report"

    @property
    def report_state_build(self) -> Path:
        """Where a run writes what the next report needs to know of this one."""
        return self.data_dir / "build-report-state"

    @property
    def dagster_home(self) -> Path:
        return self.data_dir / "dagster"

    @property
    def n_workers(self) -> int:
        return self.workers or os.cpu_count() or 1


def data_dir(chosen: Path | None = None) -> Path:
    """The data folder: the one named, else ``$VERBATIM_DATA``, else ``data/`` here."""
    return (chosen or Path(os.environ.get(DATA_VARIABLE) or "data")).expanduser().resolve()


def load_settings(chosen: Path | None = None) -> Settings:
    """Read the settings of a data folder. Raises :class:`SettingsError` where a value cannot be used."""
    folder = data_dir(chosen)
    file = folder / SETTINGS_FILE
    if not file.exists():
        return Settings(data_dir=folder)
    try:
        given = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{file}: not valid TOML ({error})") from error
    if "data_dir" in given:
        raise SettingsError(f"{file}: data_dir cannot be set here; name the folder with --data or ${DATA_VARIABLE}")
    try:
        return Settings(data_dir=folder, **given)
    except ValidationError as error:
        raise SettingsError(f"{file}: {_explained(error, given)}") from error


TAKES = {
    "html_mode": "accurate or fast",
    "entity_engine": "crf, spacy:PIPELINE or gliner:MODEL",
    "statement_engine": "words, embeddings or embeddings:FOLDER",
    "mapping": 'pairs of role = "column", such as text = "inhalt"',
    "workers": "a whole number of at least 0",
    "engine": "processes, ray or ray:HOST:PORT",
}


def _explained(error: ValidationError, given: dict[str, Any]) -> str:
    """The first thing that is wrong, in one line that says what the setting takes."""
    name = str(error.errors()[0]["loc"][0])
    if name not in Settings.model_fields:
        known = sorted(set(Settings.model_fields) - {"data_dir"})
        return f"unknown setting {name!r}; known are {', '.join(known)}"
    if name == "warehouse":
        # What was given is not repeated: a password may be in it.
        return f"{'.'.join(map(str, error.errors()[0]['loc']))} cannot be used; [warehouse] takes {LAKE_TAKES}"
    return f"{name} is {given[name]!r}; it takes {TAKES.get(name, 'a whole number of at least 1')}"

"""What a user may set: ``DATA/verbatim.toml``, with sensible values for everything left out.

Only what changes how the pipeline runs belongs here; lists of words and names live in ``seeds/reference``.
"""

import os
import re
import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Literal, get_args

HtmlMode = Literal["accurate", "fast"]
DATA_VARIABLE = "VERBATIM_DATA"
SETTINGS_FILE = "verbatim.toml"
INBOX = "inbox"


class SettingsError(ValueError):
    """A setting that cannot be used; the message names the file, the setting and what it takes."""


@dataclass(frozen=True)
class Settings:
    """Where the data lives and how a run behaves."""

    data_dir: Path
    max_file_mb: int = 64
    """Largest single document that is read, in MiB; a larger one is a reject."""
    max_archive_depth: int = 3
    """Archives within archives that are opened."""
    max_archive_members: int = 1_000_000
    """Members of one archive that are read."""
    max_expanded_gb: int = 256
    """Largest size to which one archive or compressed file may expand, in GiB."""
    html_mode: HtmlMode = "accurate"
    """How pages are cleaned: ``accurate``, or ``fast`` at some loss of quality."""
    entity_engine: str = "crf"
    """Who finds names: the tagger that ships with the project (``crf``), ``spacy:PIPELINE`` or ``gliner:MODEL``."""
    statement_engine: str = "words"
    """How printings of the same words are found: by their ``words``, or also by sentence ``embeddings`` (the model of the
    extra of that name) or ``embeddings:FOLDER`` (a model of your own)."""
    workers: int = 0
    """Processes for extraction; 0 takes one per core."""
    batch_size: int = 128
    """Articles per batch of extraction: what bounds the memory of a worker."""
    keep_releases: int = 3
    """Published versions kept on disk."""
    mapping: dict[str, str] = field(default_factory=dict)
    """The user's own column names: ``{"text": "their column", "url": "…"}``."""

    @property
    def inbox(self) -> Path:
        return self.data_dir / INBOX

    @property
    def build(self) -> Path:
        """The database that runs write; nobody else opens it."""
        return self.data_dir / "build.duckdb"

    @property
    def lock(self) -> Path:
        return self.data_dir / ".lock"

    @property
    def published(self) -> Path:
        """The database that readers open; a link that moves when a run is published."""
        return self.data_dir / "warehouse.duckdb"

    @property
    def report(self) -> Path:
        """The published report; a link that moves together with the database."""
        return self.data_dir / "report"

    @property
    def report_build(self) -> Path:
        """Where a run writes its report before it is published."""
        return self.data_dir / "build-report"

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
        return Settings(folder)
    try:
        given = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{file}: not valid TOML ({error})") from error
    return Settings(folder, **{name: _checked(file, name, value) for name, value in given.items()})


def _checked(file: Path, name: str, value: Any) -> Any:
    known = {setting.name: setting.type for setting in fields(Settings) if setting.name != "data_dir"}
    if name not in known:
        raise SettingsError(f"{file}: unknown setting {name!r}; known are {', '.join(sorted(known))}")
    if name == "html_mode":
        if value not in get_args(HtmlMode):
            raise SettingsError(f"{file}: html_mode is {value!r}; it takes {' or '.join(get_args(HtmlMode))}")
    elif name == "entity_engine":
        if not isinstance(value, str):
            raise SettingsError(f"{file}: entity_engine is {value!r}; it takes crf, spacy:PIPELINE or gliner:MODEL")
    elif name == "statement_engine":
        if not isinstance(value, str) or not re.fullmatch(r"words|embeddings(?::.+)?", value):
            raise SettingsError(
                f"{file}: statement_engine is {value!r}; it takes words, embeddings or embeddings:FOLDER"
            )
    elif name == "mapping":
        if not isinstance(value, dict) or not all(isinstance(target, str) for target in value.values()):
            raise SettingsError(f'{file}: [mapping] takes pairs of role = "column", such as text = "inhalt"')
    else:
        lowest = 0 if name == "workers" else 1
        if not isinstance(value, int) or isinstance(value, bool) or value < lowest:
            raise SettingsError(f"{file}: {name} is {value!r}; it takes a whole number of at least {lowest}")
    return value

"""Reads ``DATA/alerts.toml``; an alert that cannot be meant is refused in a line that names it and what it takes."""

import tomllib
from pathlib import Path
from typing import Annotated, Any

import polars as pl
from pydantic import BaseModel, ConfigDict, Field, StrictInt, StringConstraints, ValidationError

from assets.alerts.schema import ALERT_RULES, WATCHES

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, strict=True)]
CARRIED_BY = 3
"""Outlets that must carry what another leaves out, where the alert does not say."""


class AlertsError(ValueError):
    """An alert that cannot be used; the message names the file, the alert and what to write there."""


class Alert(BaseModel):
    """One ``[[alert]]`` of the file."""

    model_config = ConfigDict(extra="forbid")

    name: Text
    watch: Annotated[str, Field(pattern=f"^({'|'.join(WATCHES)})$", strict=True)]
    speaker: Text | None = None
    outlet: Text | None = None
    phrase: Text | None = None
    carried_by: Annotated[StrictInt, Field(ge=1)] | None = None

    @property
    def wrong(self) -> str:
        """What about it cannot be meant; empty where nothing is."""
        if self.watch == "said" and not (self.speaker or self.phrase):
            return 'watch = "said" needs a speaker, a phrase or both'
        if self.watch == "printed" and not self.phrase:
            return 'watch = "printed" needs a phrase'
        if self.watch == "printed" and self.speaker:
            return 'watch = "printed" is about articles and takes no speaker; watch = "said" is about what they say'
        if self.carried_by is not None and self.watch != "left-out":
            return 'carried_by goes with watch = "left-out"'
        return ""


TAKES = {
    "watch": "one of " + ", ".join(WATCHES),
    "carried_by": "a whole number of at least 1",
}


def read_rules(file: Path) -> pl.DataFrame:
    """``ALERT_RULES`` as the file has them; none where there is no file. Raises :class:`AlertsError`."""
    if not file.exists():
        return ALERT_RULES.empty()
    try:
        given = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise AlertsError(f"{file}: not valid TOML ({error})") from error
    entries = given.get("alert", [])
    if set(given) - {"alert"} or not isinstance(entries, list):
        raise AlertsError(f"{file}: each alert begins with a line [[alert]], and nothing stands outside of one")
    alerts = [_alert(file, number, entry) for number, entry in enumerate(entries, start=1)]
    names = [alert.name for alert in alerts]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise AlertsError(f"{file}: two alerts are called {twice!r}; give each a name of its own")
    return ALERT_RULES.frame(_row(alert) for alert in alerts)


def _alert(file: Path, number: int, entry: Any) -> Alert:
    called = f" ({entry['name']})" if isinstance(entry, dict) and isinstance(entry.get("name"), str) else ""
    where = f"{file}: alert {number}{called}"
    try:
        alert = Alert.model_validate(entry)
    except ValidationError as error:
        raise AlertsError(f"{where}: {_explained(error, entry)}") from error
    if alert.wrong:
        raise AlertsError(f"{where}: {alert.wrong}")
    return alert


def _explained(error: ValidationError, entry: Any) -> str:
    first = error.errors()[0]
    if not first["loc"]:
        return "it is no table; begin it with a line [[alert]]"
    name = str(first["loc"][0])
    if name not in Alert.model_fields:
        return f"unknown setting {name!r}; known are {', '.join(Alert.model_fields)}"
    if first["type"] == "missing":
        return f"{name} is missing" + (f"; it takes {TAKES[name]}" if name in TAKES else "")
    return f"{name} is {entry[name]!r}; it takes {TAKES.get(name, 'words between quotation marks')}"


def _row(alert: Alert) -> dict[str, object]:
    row = alert.model_dump()
    row["rule"] = row.pop("name")
    if alert.watch == "left-out" and alert.carried_by is None:
        row["carried_by"] = CARRIED_BY
    return row

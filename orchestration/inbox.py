"""What the inbox sensor remembers between looks; kept short, since Dagster stores it with every look."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from enum import Enum

from assets.documents.find import FoundFile
from pipeline.ids import stable_id

BATCH_FILES = (5000, 500, 50, 5, 1)
"""Most files that one run is asked for, by how many runs have failed on them: so that the one which stops a run is found, and
the others are read. Their names are in the run's configuration; the rest follows when it has ended."""

ATTEMPTS = len(BATCH_FILES)
"""Runs that may fail on a file, as it is, before it is left alone."""

WAITS = (60, 600, 3600, 4 * 3600)
"""Seconds until files are tried again on which one run has failed, two, three, four."""

FRESH_WAIT = 600
"""Most seconds that other files wait after a failed run: its cause may not be in the file."""


class Outcome(Enum):
    """How the run that was asked for ended."""

    DONE = "done"
    FAILED = "failed"
    CANCELED = "canceled"


@dataclass(frozen=True)
class Asked:
    """The run asked for last, until it has ended: its batch, and the files that it reads."""

    batch: str
    files: tuple[str, ...]


@dataclass(frozen=True)
class Failed:
    """How many runs have failed on a file, and until when it waits; files that failed together wait together."""

    n: int
    until: float

    @property
    def given_up(self) -> bool:
        return self.n >= ATTEMPTS


@dataclass(frozen=True)
class InboxState:
    """Files are known by :func:`file_key`, so one that changes is another."""

    seen: frozenset[str] = frozenset()
    """Files that were not read yet at the last look: those which are still the same at this one have settled."""
    asked: Asked | None = None
    failures: Mapping[str, Failed] = field(default_factory=dict)
    """Files still to be read on which runs have failed."""
    failed_in_a_row: int = 0
    last_failed: str = ""
    failed_at: float = 0.0
    wait_until: float = 0.0
    must_finish: bool = False
    """Whether a failed run may have read its files without publishing them: then it is asked for again, files or not."""

    @classmethod
    def from_cursor(cls, cursor: str | None) -> "InboxState":
        """The state as it was left; a fresh one where there is none, or one of an earlier version."""
        try:
            given = json.loads(cursor or "")
        except json.JSONDecodeError:
            return cls()
        if not isinstance(given, dict) or given.get("form") != FORM:
            return cls()
        asked = given["asked"]
        return cls(
            seen=frozenset(given["seen"]),
            asked=Asked(asked["batch"], tuple(asked["files"])) if asked else None,
            failures={key: Failed(n, until) for key, (n, until) in given["failures"].items()},
            failed_in_a_row=given["failed_in_a_row"],
            last_failed=given["last_failed"],
            failed_at=given["failed_at"],
            wait_until=given["wait_until"],
            must_finish=given["must_finish"],
        )

    def cursor(self) -> str:
        failures = {key: (failed.n, failed.until) for key, failed in self.failures.items()}
        state = {**asdict(self), "seen": sorted(self.seen), "failures": failures, "form": FORM}
        return json.dumps(state, sort_keys=True)

    def after_run(self, outcome: Outcome, run_id: str, pending: Collection[str], now: float) -> "InboxState":
        """The run that was asked for has ended; ``pending`` are the files that are to be read now."""
        read = self.asked.files if self.asked else ()
        failures = self._failures_of(pending)
        left = [key for key in read if key in pending]
        if outcome is Outcome.FAILED:
            in_a_row = self.failed_in_a_row + 1
            n_before = max((failures[key].n for key in left if key in failures), default=0)
            n = n_before + 1 if left else in_a_row
            until = now + WAITS[min(n, len(WAITS)) - 1]
            return replace(
                self,
                asked=None,
                failures=failures | dict.fromkeys(left, Failed(n, until)),
                failed_in_a_row=in_a_row,
                last_failed=run_id[:8],
                failed_at=now,
                wait_until=until,
                must_finish=in_a_row < ATTEMPTS,
            )
        # A file that a successful run has not read will not be read by another; a run that a person stopped stays stopped.
        failures |= dict.fromkeys(left, Failed(ATTEMPTS, now))
        return replace(self, asked=None, failures=failures, failed_in_a_row=0, must_finish=False)

    def _failures_of(self, pending: Collection[str]) -> dict[str, Failed]:
        return {key: failed for key, failed in self.failures.items() if key in pending}

    def forgiven(self) -> "InboxState":
        """Somebody's own run has succeeded since: the obstacle may be gone."""
        return replace(self, failures={}, failed_in_a_row=0, wait_until=0.0, must_finish=False)

    def due(self, settled: Sequence[str], now: float) -> list[str]:
        """The files to ask for: some that failed together when their time has come, else all that never failed."""
        again: dict[float, list[str]] = {}
        for key in settled:
            failed = self.failures.get(key)
            if failed and not failed.given_up and not self.waits_for(failed.until, now):
                again.setdefault(failed.until, []).append(key)
        if again:
            group = again[min(again)]
            return group[: BATCH_FILES[self.failures[group[0]].n]]
        if self.failed_in_a_row and self.waits_for(min(self.wait_until, self.failed_at + FRESH_WAIT), now):
            return []
        return [key for key in settled if key not in self.failures][: BATCH_FILES[0]]

    def attempt(self, files: Sequence[str]) -> int:
        """Which attempt at these files a run is, from 1; with none, which attempt to end what a run has begun."""
        return 1 + (
            max((self.failures[key].n for key in files if key in self.failures), default=0)
            if files
            else self.failed_in_a_row
        )

    def finishes_now(self, now: float) -> bool:
        return self.must_finish and not self.waits_for(self.wait_until, now)

    @staticmethod
    def waits_for(until: float, now: float) -> bool:
        """Whether it is too early; a clock that was set back makes nobody wait for longer."""
        return 0 < until - now <= WAITS[-1]

    def looked(self, pending: Collection[str]) -> "InboxState":
        return replace(self, seen=frozenset(pending), failures=self._failures_of(pending))

    def ask(self, batch: str, files: Sequence[str]) -> "InboxState":
        return replace(self, asked=Asked(batch, tuple(files)), seen=self.seen - set(files))

    def why_nothing(self, n_pending: int, n_settled: int, now: float) -> str:
        """Why no run is asked for, as the UI shows it beside the look."""
        n_left = sum(failed.given_up for failed in self.failures.values())
        waiting = [failed.until for failed in self.failures.values() if not failed.given_up]
        waiting += [self.wait_until] if self.must_finish else []
        next_try = min((until - now for until in waiting if self.waits_for(until, now)), default=None)
        reasons = []
        if self.failed_in_a_row >= ATTEMPTS:
            reasons.append(
                f"the last {self.failed_in_a_row} runs failed; see run {self.last_failed}, fix what it names and start a run"
            )
        if next_try is not None:
            reasons.append(f"run {self.last_failed} failed; it is tried again in {next_try:.0f} s")
        if n_left:
            reasons.append(
                f"{n_left} files are left alone after runs that failed on them or did not read them; "
                "change them or start a run by hand"
            )
        if n_pending > n_settled:
            reasons.append(f"{n_pending - n_settled} files are still arriving; they are read when they have settled")
        return "; ".join(reasons) or "nothing new in the inbox"


FORM = 2
"""Version of the cursor's text."""


def file_key(file: FoundFile) -> str:
    """The file as it is now."""
    return stable_id(file.name, file.fingerprint)

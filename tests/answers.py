"""The questions of the README and of docs/questions.md with their answers on the sample corpus.

An answer is the Markdown table right below its SQL. ``python -m tests.answers DATA`` writes what ``DATA`` answers now.
"""

import re
import sys
from pathlib import Path

import polars as pl

from pipeline.project import ROOT
from pipeline.settings import load_settings
from tests.running import published

PAGES = (ROOT / "README.md", ROOT / "docs" / "questions.md")
QUESTION = re.compile(r"(```sql\n(?P<sql>.*?)\n```\n\n)(?P<answer>(?:\|[^\n]*\n)*)\n?", re.DOTALL)


def as_table(frame: pl.DataFrame) -> str:
    lines = ["| " + " | ".join(frame.columns) + " |", "|" + "---|" * frame.width]
    lines += ["| " + " | ".join(_cell(value) for value in row) + " |" for row in frame.iter_rows()]
    return "\n".join(lines) + "\n"


def _cell(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, float):
        return f"{value:.2f}"
    return "" if value is None else str(value).replace("|", "\\|").replace("\n", " ")


def answered(page: str, data: Path) -> str:
    """The page with the answers that the warehouse of a data folder gives."""
    return QUESTION.sub(lambda match: match[1] + as_table(published(data, match["sql"])) + "\n", page)


def main() -> None:
    data = load_settings(Path(sys.argv[1])).data_dir
    for path in PAGES:
        path.write_text(answered(path.read_text(encoding="utf-8"), data), encoding="utf-8")


if __name__ == "__main__":
    main()

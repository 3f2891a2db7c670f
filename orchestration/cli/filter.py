"""``verbatim extract``: a filter from standard input or a file to standard output, without a warehouse."""

import json
import sys
from pathlib import Path
from typing import Annotated, BinaryIO

import typer

from orchestration.cli.caches import keep_compiled_code
from orchestration.cli.command import RUN_FAILED, Data, UsageError, tell
from orchestration.cli.lines import extract_lines
from pipeline.engines.choose import open_engine
from pipeline.reference import use_lists
from pipeline.settings import load_settings
from pipeline.workers import Workers


def extract(
    file: Annotated[str, typer.Argument(metavar="FILE", help="JSONL documents; - reads standard input.")] = "-",
    as_is: Annotated[
        bool, typer.Option("--as-is", help="Take the text as the body, unchanged; offsets refer to it.")
    ] = False,
    fast: Annotated[bool, typer.Option("--fast", help="Clean pages faster, at some loss of quality.")] = False,
    workers: Annotated[
        int, typer.Option(help="Worker processes; 0 takes the number in the settings, else one per core.", min=0)
    ] = 0,
    data: Data = None,
) -> None:
    """Turn JSONL documents into bodies, quotations and names.

    A document is an object with doc_id and text or html; each gives one line with body, metadata, quotes and entities.
    Nothing is stored; the data folder, if there is one, gives its lists of words and names and its settings.
    """
    settings = load_settings(data)
    use_lists(settings.reference)
    keep_compiled_code(tell)
    if file != "-" and not Path(file).is_file():
        raise UsageError(f"{file}: no such file")
    source: BinaryIO = sys.stdin.buffer if file == "-" else Path(file).open("rb")  # noqa: SIM115
    n_errors = 0
    with source, Workers(workers or settings.n_workers) as here, open_engine(settings.engine, here) as engine:
        html_mode = "fast" if fast else settings.html_mode
        for line in extract_lines(source, as_is, html_mode, engine):
            n_errors += b'"error":' in line[:400] and "error" in json.loads(line)
            sys.stdout.buffer.write(line + b"\n")
    sys.stdout.buffer.flush()
    if n_errors:
        tell(f'{n_errors} documents could not be used; their output lines say why under "error"')
        raise typer.Exit(RUN_FAILED)

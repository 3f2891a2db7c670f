"""``verbatim report``: serving the published report on this machine, and packing it into one file."""

from pathlib import Path
from typing import Annotated

import typer

from orchestration.cli.command import Data, UsageError, guarded, screen
from pipeline.settings import load_settings

report = typer.Typer(help="Serve the published report, or pack it into a file.", no_args_is_help=True)


def serve(
    port: Annotated[int, typer.Option(help="Port on 127.0.0.1; 0 takes a free one.", min=0, max=65535)] = 8000,
    data: Data = None,
) -> None:
    """Serve the report on 127.0.0.1, read-only; what is published meanwhile is shown at the next look."""
    from orchestration.sharing.serve import ADDRESS, report_server

    folder = _published(data)
    try:
        server = report_server(folder, port)
    except OSError as error:
        raise UsageError(f"port {port} cannot be used ({error.strerror}); name another with --port") from error
    with server:
        screen.print(f"http://{ADDRESS}:{server.server_address[1]}/  (Ctrl+C ends it)", highlight=False)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            screen.print("ended")


def pack(
    output: Annotated[Path, typer.Argument(metavar="[FILE]", help="Zip file to write.")] = Path("report.zip"),
    no_text: Annotated[
        bool,
        typer.Option("--no-text", help="Leave out the text of articles; quotations, headlines and counts stay."),
    ] = False,
    data: Data = None,
) -> None:
    """Pack the report into one zip file, to be opened without a server or the network."""
    from orchestration.sharing.pack import pack_report

    folder = _published(data)
    if output.is_dir():
        raise UsageError(f"{output} is a folder; name a file")
    n_files = pack_report(folder, output, with_text=not no_text)
    size = output.stat().st_size / (1 << 20)
    screen.print(f"{output}: {n_files:,} files, {size:,.1f} MiB", highlight=False, markup=False, soft_wrap=True)


def _published(data: Path | None) -> Path:
    folder = load_settings(data).report
    if not (folder / "index.html").is_file():
        raise UsageError(f"there is no report at {folder} yet; run `verbatim run` first")
    return folder


for command in (serve, pack):
    report.command()(guarded(command))

"""The report as one zip file, the same bytes for the same report."""

import zipfile
from pathlib import Path, PurePosixPath

from orchestration.sharing.without_text import without_text

EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The first time that a zip can hold; when a page was written is left out, so that bytes are repeatable."""
FOLDER = "report"


def pack_report(report: Path, output: Path, with_text: bool) -> int:
    """Write all files of the report into ``output``, in one step; returns how many."""
    folder = report.resolve()
    part = output.with_name(f"{output.name}.part")
    n_files = 0
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as packed:
        for file in sorted(path for path in folder.rglob("*") if path.is_file()):
            path = PurePosixPath(file.relative_to(folder))
            content = file.read_bytes() if with_text else without_text(path, file.read_bytes())
            if content is None:
                continue
            entry = zipfile.ZipInfo(f"{FOLDER}/{path}", EARLIEST)
            entry.external_attr = 0o644 << 16
            packed.writestr(entry, content, zipfile.ZIP_DEFLATED)
            n_files += 1
    part.replace(output)
    return n_files

"""The published report over HTTP on 127.0.0.1, read-only: each request is answered from the release that is current then."""

import mimetypes
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

ADDRESS = "127.0.0.1"
HOSTS = {ADDRESS, "localhost"}
INDEX = "index.html"


def report_server(report: Path, port: int) -> ThreadingHTTPServer:
    """A server of the folder, which may be a link that moves; port 0 takes a free one."""
    return ThreadingHTTPServer((ADDRESS, port), partial(_Handler, report))


def served_file(report: Path, address: str) -> Path | None:
    """The file of an address; ``None`` where there is none, or where it would lie outside the report."""
    # The link is resolved at each request, so that a page that is published meanwhile is the next one shown.
    folder = report.resolve()
    path = unquote(urlsplit(address).path)
    if "\0" in path:
        return None
    file = (folder / path.lstrip("/")).resolve()
    file = file / INDEX if file.is_dir() else file
    return file if file.is_file() and file.is_relative_to(folder) else None


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "Verbatim"
    sys_version = ""

    def __init__(self, report: Path, *arguments: object) -> None:
        self._report = report
        super().__init__(*arguments)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def _answer(self, with_body: bool) -> None:
        # A page elsewhere could give its own name this address, and read what is served here.
        if self.headers.get("Host", "").rsplit(":", 1)[0] not in HOSTS:
            self._say(HTTPStatus.MISDIRECTED_REQUEST, with_body)
            return
        file = served_file(self._report, self.path)
        if file is None:
            self._say(HTTPStatus.NOT_FOUND, with_body)
            return
        with file.open("rb") as handle:
            content = handle.read()
        status = file.stat()
        tag = f'"{status.st_ino:x}-{status.st_mtime_ns:x}-{status.st_size:x}"'
        known = tag in self.headers.get("If-None-Match", "")
        self.send_response(HTTPStatus.NOT_MODIFIED if known else HTTPStatus.OK)
        self.send_header("ETag", tag)
        # Kept, and asked about each time: a release may be published at any moment.
        self.send_header("Cache-Control", "no-cache")
        self.send_header("X-Content-Type-Options", "nosniff")
        if known:
            self.end_headers()
            return
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if with_body:
            self.wfile.write(content)

    def _say(self, status: HTTPStatus, with_body: bool) -> None:
        content = f"{status.value} {status.phrase}\n".encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if with_body:
            self.wfile.write(content)

    def log_message(self, format: str, *arguments: object) -> None:
        """Nothing: a page asks for many files."""

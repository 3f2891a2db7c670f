"""One HTTP GET with manners: public addresses only, robots.txt, a size limit, a deadline, conditional requests.

The address that was checked is the one connected to, so that a name cannot change its mind in between (DNS rebinding), and
every redirect is checked like the first address. No proxy, cookie or credential is ever sent.
"""

import http.client
import ipaddress
import socket
import ssl
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from urllib.parse import SplitResult, urljoin, urlsplit
from urllib.robotparser import RobotFileParser

Resolve = Callable[[str, int], list[str]]
_REDIRECTS = (301, 302, 303, 307, 308)
_CHUNK_BYTES = 64 * 1024
# RFC 9309: at least 500 KiB of a robots.txt must be read.
_ROBOTS_BYTES = 512 * 1024


@dataclass(frozen=True)
class FetchOptions:
    """Limits of one request: seconds for the whole of it, bytes after decompression, redirects followed; and the seconds
    between two pages of one site, where its robots.txt asks for no more (at most ``max_pause_s``)."""

    timeout_s: float = 20.0
    max_bytes: int = 16 * 1024 * 1024
    max_redirects: int = 5
    pause_s: float = 0.5
    max_pause_s: float = 10.0
    user_agent: str = "verbatim/0.1 (news research)"


@dataclass(frozen=True)
class Fetched:
    """An answer: ``status`` 200 with its content, or 304 with none; ``url`` after redirects, and what a next request tells."""

    url: str
    status: int
    content: bytes = b""
    content_type: str = ""
    etag: str | None = None
    last_modified: str | None = None


class FetchError(ValueError):
    """The address could not or may not be fetched; the message says why."""


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host, by the system's resolver."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchError(f"the host {host} is not known ({error}); check the address") from error
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_public(address: str) -> bool:
    """Whether an address is on the public internet: not this machine, a private network, a link or a multicast group."""
    parsed = ipaddress.ip_address(address.partition("%")[0])
    mapped = parsed.ipv4_mapped if isinstance(parsed, ipaddress.IPv6Address) else None
    parsed = mapped or parsed
    return parsed.is_global and not parsed.is_multicast and not parsed.is_reserved


@dataclass
class Fetcher:
    """Fetches addresses one after another and remembers each site's robots.txt for as long as it lives."""

    options: FetchOptions = field(default_factory=FetchOptions)
    resolve: Resolve = resolve
    may_connect: Callable[[str], bool] = is_public
    _robots: dict[str, RobotFileParser] = field(default_factory=dict)

    def fetch(self, url: str, etag: str | None = None, last_modified: str | None = None) -> Fetched:
        """GET an address; with the marks of an earlier answer only if it has changed since. Raises ``FetchError``."""
        marks = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        headers = {name: value for name, value in marks.items() if value}
        deadline = time.monotonic() + self.options.timeout_s
        for _ in range(self.options.max_redirects + 1):
            if not self.robots(url, deadline).can_fetch(self.options.user_agent, url):
                raise FetchError(f"{url}: the site's robots.txt asks not to fetch this")
            fetched, target = self._get(url, headers, self.options.max_bytes, deadline)
            if target is None:
                if fetched.status not in (200, 304):
                    raise FetchError(f"{url}: the server answered with status {fetched.status}")
                return fetched
            url = target
        raise FetchError(f"{url}: more than {self.options.max_redirects} redirects")

    def pause(self, url: str) -> float:
        """Seconds to wait before the next page of this site."""
        site = "{0.scheme}://{0.netloc}".format(_parts(url))
        asked = self._robots[site].crawl_delay(self.options.user_agent) if site in self._robots else None
        return max(self.options.pause_s, min(float(asked or 0), self.options.max_pause_s))

    def robots(self, url: str, deadline: float) -> RobotFileParser:
        """The rules of the address's site: none where it has no robots.txt, all forbidden where that is unknown (RFC 9309)."""
        parts = _parts(url)
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self._robots:
            rules = RobotFileParser()
            fetched, target = Fetched(url, 0), f"{site}/robots.txt"
            for _ in range(self.options.max_redirects + 1):
                fetched, following = self._get(target, {}, _ROBOTS_BYTES, deadline)
                if following is None:
                    break
                target = following
            if fetched.status >= 500:
                rules.disallow_all = True  # type: ignore[attr-defined]
            rules.parse(fetched.content.decode("utf-8", "replace").splitlines() if fetched.status == 200 else [])
            self._robots[site] = rules
        return self._robots[site]

    def _get(self, url: str, headers: dict[str, str], max_bytes: int, deadline: float) -> tuple[Fetched, str | None]:
        """One request: the answer, and where it redirects to."""
        parts = _parts(url)
        connection = self._connection(parts, url, deadline)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        sent = {"User-Agent": self.options.user_agent, "Accept-Encoding": "gzip", "Connection": "close", **headers}
        try:
            connection.request("GET", path, headers=sent)
            answer = connection.getresponse()
            location = answer.headers.get("Location")
            if answer.status in _REDIRECTS and location:
                return Fetched(url, answer.status), urljoin(url, location)
            content = self._content(answer, url, max_bytes, deadline) if answer.status == 200 else b""
        except (OSError, http.client.HTTPException, UnicodeError, ValueError) as error:
            if isinstance(error, FetchError):
                raise
            raise FetchError(f"{url}: the request failed ({type(error).__name__}: {error})") from error
        finally:
            connection.close()
        fetched = Fetched(url, answer.status, content, answer.headers.get("Content-Type", ""))
        return replace(
            fetched, etag=answer.headers.get("ETag"), last_modified=answer.headers.get("Last-Modified")
        ), None

    def _connection(self, parts: SplitResult, url: str, deadline: float) -> http.client.HTTPConnection:
        host, port = str(parts.hostname), parts.port or (443 if parts.scheme == "https" else 80)
        addresses = self.resolve(host, port)
        refused = [address for address in addresses if not self.may_connect(address)]
        if refused or not addresses:
            raise FetchError(
                f"{url}: the host is at {refused[0] if refused else 'no address'}, which is not in the public internet"
            )
        return _Pinned(host, port, addresses[0], parts.scheme == "https", max(deadline - time.monotonic(), 0.01))

    def _content(self, answer: http.client.HTTPResponse, url: str, max_bytes: int, deadline: float) -> bytes:
        expand = zlib.decompressobj(31) if answer.headers.get("Content-Encoding", "").lower() == "gzip" else None
        pieces: list[bytes] = []
        n_bytes = 0
        while piece := answer.read1(_CHUNK_BYTES):
            if expand is not None:
                piece = expand.decompress(piece, max_bytes + 1)
            n_bytes += len(piece)
            pieces.append(piece)
            if n_bytes > max_bytes:
                raise FetchError(f"{url}: the answer is over {max_bytes} bytes")
            if time.monotonic() > deadline:
                raise FetchError(f"{url}: the answer was not there after {self.options.timeout_s:g} seconds")
        if expand is not None and not expand.eof:
            raise FetchError(f"{url}: the answer breaks off")
        return b"".join(pieces)


class _Pinned(http.client.HTTPConnection):
    """A connection to the very address that was checked, with the host's name for TLS and the Host header."""

    def __init__(self, host: str, port: int, address: str, is_tls: bool, timeout_s: float) -> None:
        super().__init__(host, port, timeout=timeout_s)
        self._address, self._is_tls = address, is_tls
        self.default_port = 443 if is_tls else 80

    def connect(self) -> None:
        self.sock = socket.create_connection((self._address, self.port), self.timeout)
        if self._is_tls:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        raise FetchError(f"{url}: not a web address ({error})") from error
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise FetchError(f"{url}: only http and https addresses are fetched")
    if parts.username is not None or parts.password is not None:
        raise FetchError(f"{url}: an address with a name or password in it is not fetched")
    return parts

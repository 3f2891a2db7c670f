"""Drives a headless Chromium by its debugging protocol: opens pages from disk and reports what they said and asked for."""

import base64
import itertools
import json
import shutil
import subprocess
import tempfile
import time
import urllib.request
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from websockets.sync.client import connect

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage", "--hide-scrollbars",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--remote-debugging-port=0",
    "--remote-allow-origins=*",
)  # fmt: skip
PATIENCE = 30.0


def executable() -> str | None:
    return next(filter(None, map(shutil.which, NAMES)), None)


class Browser:
    """One page of one browser. ``complaints`` are errors of the console, ``requests`` the addresses asked for."""

    def __init__(self, program: str) -> None:
        self.profile = tempfile.TemporaryDirectory(prefix="verbatim-chromium-", ignore_cleanup_errors=True)
        arguments = [program, *FLAGS, f"--user-data-dir={self.profile.name}", "about:blank"]
        self.process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        address = f"http://127.0.0.1:{self._port()}/json/list"
        with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
            page = next(target for target in json.load(answer) if target["type"] == "page")
        self.closing = ExitStack()
        self.socket = self.closing.enter_context(
            connect(page["webSocketDebuggerUrl"], max_size=None, open_timeout=PATIENCE, close_timeout=1)
        )
        self.ids = itertools.count(1)
        self.complaints: list[str] = []
        self.requests: list[str] = []
        self.loaded = False
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.command(f"{domain}.enable")

    def _port(self) -> str:
        file = Path(self.profile.name, "DevToolsActivePort")
        until = time.monotonic() + PATIENCE
        while not (file.exists() and file.read_text()):
            assert time.monotonic() < until, "the browser did not start"
            assert self.process.poll() is None, f"the browser ended with {self.process.returncode}"
            time.sleep(0.05)
        return file.read_text().split("\n")[0]

    def close(self) -> None:
        self.closing.close()
        self.process.terminate()
        self.process.wait(PATIENCE)
        self.profile.cleanup()

    def command(self, method: str, **parameters: Any) -> dict[str, Any]:
        number = next(self.ids)
        self.socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            message = self._receive()
            if message.get("id") == number:
                assert "error" not in message, f"{method}: {message['error']}"
                return message["result"]

    def _receive(self) -> dict[str, Any]:
        message = json.loads(self.socket.recv(timeout=PATIENCE))
        match message.get("method"), message.get("params", {}):
            case "Runtime.exceptionThrown", what:
                self.complaints.append(what["exceptionDetails"].get("exception", {}).get("description", str(what)))
            case "Runtime.consoleAPICalled", {"type": "error" | "warning" | "assert"} as what:
                self.complaints.append(str(what["args"]))
            case "Log.entryAdded", {"entry": {"level": "error" | "warning"} as entry}:
                self.complaints.append(f"{entry['text']} {entry.get('url', '')}")
            case "Network.requestWillBeSent", {"request": {"url": url}}:
                self.requests.append(url)
            case "Page.loadEventFired", _:
                self.loaded = True
        return message

    def open(self, path: Path, fragment: str = "") -> None:
        for url in ("about:blank", path.resolve().as_uri() + fragment):
            self.loaded = False
            self.command("Page.navigate", url=url)
            self._wait_for_load()

    def follow(self, selector: str) -> None:
        """Click a link that leads to another page."""
        self.loaded = False
        self.run(f"document.querySelector({json.dumps(selector)}).click()")
        self._wait_for_load()

    def _wait_for_load(self) -> None:
        while not self.loaded:
            self._receive()

    def run(self, script: str) -> Any:
        """The value of an expression in the page; of a promise, what it comes to."""
        answer = self.command("Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def until(self, condition: str) -> None:
        """Wait until an expression of the page is true."""
        end = time.monotonic() + PATIENCE
        while not self.run(condition):
            assert time.monotonic() < end, f"never came true: {condition}"
            time.sleep(0.02)

    def texts(self, selector: str) -> list[str]:
        """What the elements say, without what is only there for listeners."""
        return self.run(
            f"[...document.querySelectorAll({json.dumps(selector)})].filter(e => e.checkVisibility())"
            ".map(e => e.textContent.trim().replace(/\\s+/g, ' '))"
        )

    def view(self, width: int, height: int = 900, scheme: str = "light", media: str = "") -> None:
        phone = width < 600
        self.command(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=phone
        )
        self.command(
            "Emulation.setEmulatedMedia", media=media, features=[{"name": "prefers-color-scheme", "value": scheme}]
        )

    def picture(self, path: Path) -> None:
        path.write_bytes(base64.b64decode(self.command("Page.captureScreenshot")["data"]))

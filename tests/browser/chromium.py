"""A browser for tests: Chromium, headless, without a network, over its DevTools protocol."""

from __future__ import annotations

import base64
import contextlib
import json
import shutil
import subprocess
import time
import urllib.request
from pathlib import Path
from typing import Any

import websocket

NAMES = ("chromium", "chromium-browser", "google-chrome")
OPTIONS = (
    "--headless=new",
    "--no-sandbox",  # tests may run as root
    "--disable-gpu",
    "--hide-scrollbars",
    "--remote-debugging-port=0",
    "--remote-allow-origins=*",
    "--host-resolver-rules=MAP * ~NOTFOUND",  # no name is found: the network is cut
    "about:blank",
)
KEYS = {"Enter": 13, " ": 32, "Escape": 27, "ArrowDown": 40, "ArrowRight": 39, "+": 187, "0": 48}


def find_chromium() -> str | None:
    """Return the browser's program, None if there is none."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


class Browser:
    """One browser process; `open` gives a fresh page each time."""

    def __init__(self, program: str, profile: Path) -> None:
        command = [program, f"--user-data-dir={profile}", *OPTIONS]
        self._process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self._port = self._wait_for_port(profile / "DevToolsActivePort")

    def _wait_for_port(self, file: Path) -> str:
        for _ in range(300):
            with contextlib.suppress(OSError):
                lines = file.read_text("utf-8").splitlines()
                if len(lines) > 1:
                    return lines[0]
            time.sleep(0.1)
        self._process.kill()
        message = "the browser did not start within 30 s"
        raise RuntimeError(message)

    def open(self, file: Path, *, width: int, height: int, dark: bool = False) -> Page:
        """Open a file from disk in a new page of a size."""
        address = f"http://127.0.0.1:{self._port}/json/new?about:blank"
        request = urllib.request.Request(address, method="PUT")
        with urllib.request.urlopen(request) as answer:  # noqa: S310 - this machine's own
            target = json.load(answer)
        return Page(target["webSocketDebuggerUrl"], file, (width, height), dark=dark)

    def close(self) -> None:
        """End the browser."""
        self._process.terminate()
        self._process.wait(timeout=20)


class Page:
    """A page, with everything it asked for and complained about."""

    def __init__(self, address: str, file: Path, size: tuple[int, int], *, dark: bool) -> None:
        self._socket = websocket.create_connection(address, timeout=30)
        self._number = 0
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self._loaded = False
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")
        size_of = {"width": size[0], "height": size[1], "deviceScaleFactor": 1}
        self.call("Emulation.setDeviceMetricsOverride", **size_of, mobile=size[0] < 600)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.call("Emulation.setEmulatedMedia", features=[scheme])
        self.call("Page.navigate", url=file.as_uri())
        while not self._loaded:
            self._read()
        self.settle()

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Send a command and return its result."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters}
        self._socket.send(json.dumps(message))
        while True:
            answer = self._read()
            if answer.get("id") == self._number:
                assert "error" not in answer, answer
                return answer["result"]

    def _read(self) -> dict[str, Any]:
        message = json.loads(self._socket.recv())
        method, found = message.get("method"), message.get("params", {})
        if method == "Page.loadEventFired":
            self._loaded = True
        elif method == "Network.requestWillBeSent":
            self.requests.append(found["request"]["url"])
        elif (
            method in ("Runtime.exceptionThrown", "Page.javascriptDialogOpening")
            or (method == "Runtime.consoleAPICalled" and found["type"] in ("error", "warning"))
            or (method == "Log.entryAdded" and found["entry"]["level"] in ("error", "warning"))
        ):
            self.complaints.append(json.dumps(found))
        return message

    def run(self, script: str) -> Any:
        """Run JavaScript and return its value, which may be promised."""
        answer = self.call(
            "Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True
        )
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def settle(self) -> None:
        """Let the page lay itself out twice."""
        self.run("new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)))")

    def click(self, selector: str) -> None:
        """Click the middle of the first element of a selector, as a mouse does."""
        x, y = self.run(
            f"(() => {{ const e = document.querySelector({json.dumps(selector)});"
            "e.scrollIntoView({block: 'center'}); const b = e.getBoundingClientRect();"
            "return [b.x + b.width / 2, b.y + b.height / 2] })()"
        )
        self.click_at(x, y)

    def click_at(self, x: float, y: float) -> None:
        """Click a point of the window."""
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)
        self.settle()

    def press(self, key: str) -> None:
        """Press and release a key."""
        code = {"key": key, "windowsVirtualKeyCode": KEYS[key]}
        text = {"text": "\r" if key == "Enter" else key} if len(key) == 1 or key == "Enter" else {}
        self.call("Input.dispatchKeyEvent", type="keyDown", **code, **text)
        self.call("Input.dispatchKeyEvent", type="keyUp", **code)
        self.settle()

    def screenshot(self, file: Path) -> None:
        """Keep a picture of the window."""
        data = self.call("Page.captureScreenshot", format="png")["data"]
        file.write_bytes(base64.b64decode(data))

    def pdf(self) -> bytes:
        """Print the page."""
        printed = self.call("Page.printToPDF", printBackground=True, preferCSSPageSize=True)
        return base64.b64decode(printed["data"])

    def axe(self, script: str) -> list[str]:
        """Return what axe-core finds wrong."""
        self.run(f"{script}; 0")
        rules, found = self.run("axe.run().then(r => [r.passes.length, r.violations])")
        assert rules > 20, "axe has hardly looked"
        return [
            f"{v['id']}: {v['help']}: {n['html'][:150]} {n.get('failureSummary', '')[:200]}"
            for v in found
            for n in v["nodes"]
        ]

    def close(self) -> None:
        """Close the page."""
        with contextlib.suppress(Exception):
            self.call("Page.close")
        self._socket.close()

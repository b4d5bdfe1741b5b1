"""A headless Chromium: takes an address, runs scripts in its page, spoken to over the DevTools protocol's pipe."""

import base64
import fcntl
import json
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
_COMMAND = (
    "chromium",
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--window-size=1400,900",
    "--remote-debugging-pipe",
)
_PATIENCE = 30.0


class LeftError(Exception):
    """The page went away before it could answer."""


class Page:
    def __init__(self, read: int, write: int) -> None:
        self._read, self._write = read, write
        self._buffer, self._sent = b"", 0
        self._session: str | None = None
        target = self.call("Target.createTarget", url="about:blank")
        self._session = self.call("Target.attachToTarget", targetId=target["targetId"], flatten=True)["sessionId"]
        self.call("Page.enable")

    def call(self, method: str, **parameters: Any) -> Any:
        self._sent += 1
        message = {"id": self._sent, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._write, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._message()
            if answer.get("id") == self._sent:
                if "navigated" in answer.get("error", {}).get("message", ""):
                    raise LeftError
                assert "error" not in answer, answer["error"]
                return answer["result"]

    def _message(self) -> Any:
        while b"\0" not in self._buffer:
            self._buffer += os.read(self._read, 1 << 16)
        first, _, self._buffer = self._buffer.partition(b"\0")
        return json.loads(first)

    def visit(self, address: str) -> None:
        self.call("Page.navigate", url=address)

    def run(self, expression: str) -> Any:
        """The value of a JavaScript expression, awaited if it is a promise."""
        answer = self.call("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def until(self, expression: str) -> Any:
        """The value of `expression` once it is true."""
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            with suppress(LeftError):  # asked of a page that was just being left for the next
                if value := self.run(expression):
                    return value
            time.sleep(0.05)
        raise AssertionError(f"never true: {expression}")

    def picture(self) -> bytes:
        return base64.b64decode(self.call("Page.captureScreenshot")["data"])


@contextmanager
def chromium() -> Iterator[Page]:
    program = next(filter(None, map(shutil.which, PROGRAMS)))
    there, ours_out = os.pipe()
    ours_in, back = os.pipe()

    def pipes() -> None:
        ends = [fcntl.fcntl(end, fcntl.F_DUPFD, 10) for end in (there, back)]
        os.dup2(ends[0], 3)
        os.dup2(ends[1], 4)

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        process = subprocess.Popen(
            [*_COMMAND, f"--user-data-dir={profile}"],
            executable=program,
            close_fds=False,
            preexec_fn=pipes,  # noqa: PLW1509  # the ends of the protocol's pipe have fixed numbers
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(there)
        os.close(back)
        try:
            yield Page(ours_in, ours_out)
        finally:
            process.terminate()
            process.wait()
            os.close(ours_in)
            os.close(ours_out)

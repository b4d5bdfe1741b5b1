"""Serving: takes the folder of a build and what was found in it, shows both documents to a browser on this machine.

Nothing is read from the disk for a request, and nothing is changed by one. Only this machine is answered, and only by
its own name: a page on another site whose name was made to point here (DNS rebinding) is refused.
"""

import json
import sys
import threading
from argparse import ArgumentTypeError
from base64 import b64encode
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from http import HTTPStatus
from http.client import HTTP_PORT
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from re import DOTALL, findall, fullmatch
from socket import AF_INET, AF_INET6

from data.building.pictures import PDFIUM, Pages, Slides
from data.paths import read_file

DEFAULT = "127.0.0.1:8000"
_PAGE = (Path(__file__).parent / "serve.html").read_text(encoding="utf-8")
_BEAT = 10.0
"""Seconds after which a silent connection is tried, so that a closed one is noticed."""


@dataclass(frozen=True)
class Address:
    """Where to listen: the host as an IP address of this machine, the port (0: any free one)."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def address(text: str) -> Address:
    """Of "127.0.0.1:8000", "localhost:8000", "[::1]:8000", ":8000" or "8000"; ArgumentTypeError for any other host."""
    match = fullmatch(r"(?:(?P<host>[^:\[\]]*|\[[^\[\]]*\]):)?(?P<port>\d{1,5})", text)
    if not match or int(match["port"]) > 65535:
        raise ArgumentTypeError(f"{text!r} is no address such as {DEFAULT}")
    host = (match["host"] or "").strip("[]") or "127.0.0.1"
    host = "127.0.0.1" if host == "localhost" else host
    try:
        if ip_address(host).is_loopback:
            return Address(host, int(match["port"]))
    except ValueError:
        pass
    raise ArgumentTypeError(f"{host!r} is not this machine alone; 127.0.0.1, ::1 and localhost are")


@dataclass(frozen=True)
class Shown:
    """One build as the browser shows it: a line on how it went, its findings, both documents."""

    message: str
    findings: Sequence[str]
    report: Pages
    slides: Slides


class Server(ThreadingHTTPServer):
    """Shows the last build to every browser that asks; `show` replaces it. A build holds `quiet` while it is done."""

    daemon_threads = True

    def __init__(self, where: Address) -> None:
        self.address_family = AF_INET6 if ":" in where.host else AF_INET
        super().__init__((where.host, where.port), _Handler)
        self.where = Address(where.host, self.server_address[1])
        names = {"localhost", "127.0.0.1", "[::1]", str(Address(where.host, 0)).rpartition(":")[0]}
        self.hosts = {f"{name}:{self.where.port}" for name in names}
        self.hosts |= names if self.where.port == HTTP_PORT else set()  # which browsers leave out
        self.quiet = PDFIUM
        self.number = 0
        self._deck = b""
        self.now = self.before = Shown("Building ...", (), Pages(b""), Slides(()))
        self.news = threading.Condition()

    def show(self, message: str, findings: Sequence[str], out: Path, draw: Callable[[bytes], Sequence[str]]) -> None:
        """What stands in `out` after a build; `draw` makes pictures of the slides of a deck, ValueError if it is none.

        A file that cannot be read is told and shown as one that is not there.
        """
        report, slides = self._pages(out / "briefing.pdf"), self._slides(out / "briefing.pptx", draw)
        for name, pictures in (("briefing.pdf", report), ("briefing.pptx", slides)):
            message += f" {out / name} cannot be read." if pictures.damaged else ""
        with self.news:
            if self.before.report not in (self.now.report, report):
                self.before.report.close()
            self.number += 1
            self.before, self.now = self.now, Shown(message, tuple(findings), report, slides)
            self.news.notify_all()

    def _pages(self, path: Path) -> Pages:
        report = Pages(_content(path))
        if report.version != self.now.report.version:
            return report
        report.close()
        return self.now.report

    def _slides(self, path: Path, draw: Callable[[bytes], Sequence[str]]) -> Slides:
        deck = _content(path)
        if deck == self._deck:
            return self.now.slides
        self._deck = deck
        try:
            return Slides(draw(deck) if deck else ())
        except ValueError:
            return Slides((), damaged=True)

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that goes while it is answered is no news; anything else is told."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]

    def wait(self, number: int) -> int:
        """The number of the build shown, once it is another than `number` or after a while."""
        with self.news:
            self.news.wait_for(lambda: self.number != number, timeout=_BEAT)
            return self.number


@contextmanager
def serving(where: Address) -> Iterator[Server]:
    """A server in a thread of its own. OSError if the address is taken."""
    with Server(where) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        try:
            yield server
        finally:
            server.shutdown()


def _content(path: Path) -> bytes:
    """What stands there; nothing if nothing does."""
    try:
        return read_file(path)
    except OSError:
        return b""


class _Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        if self.headers.get("Host") not in self.server.hosts:
            self._send(b"This address is not served under that name.", "text/plain", HTTPStatus.FORBIDDEN)
        elif path == "/":
            self._send(_PAGE.encode(), "text/html; charset=utf-8")
        elif path == "/state":
            self._send(self._state(), "application/json")
        elif path == "/events":
            self._events()
        elif match := fullmatch(r"/(report|slides)/(\d{1,5})(/changes)?", path):
            self._picture(match[1], int(match[2]), changes=bool(match[3]))
        else:
            self._send(b"There is nothing here.", "text/plain", HTTPStatus.NOT_FOUND)

    def _state(self) -> bytes:
        shown = self.server.now

        def described(pictures: Pages | Slides) -> list[dict[str, object]]:
            sized = zip(pictures.versions, pictures.sizes, strict=True)
            return [{"version": version, "width": size[0], "height": size[1]} for version, size in sized]

        return json.dumps(
            {
                "number": self.server.number,
                "message": shown.message,
                "findings": list(shown.findings),
                "report": described(shown.report),
                "slides": described(shown.slides),
            }
        ).encode()

    def _picture(self, document: str, number: int, *, changes: bool) -> None:
        now, before = self.server.now, self.server.before
        try:
            if not changes:
                pictures = now.report if document == "report" else now.slides
                self._send(pictures.picture(number), pictures.kind)
            elif document == "report":
                self._send(json.dumps(now.report.changes(number, before.report)).encode(), "application/json")
            else:
                self._send(json.dumps(now.slides.changes(number, before.slides)).encode(), "application/json")
        except IndexError:
            self._send(b"There is no such page.", "text/plain", HTTPStatus.NOT_FOUND)

    def _events(self) -> None:
        """Server-sent events (html.spec.whatwg.org, 9.2): the number of each build, until the browser goes."""
        self.close_connection = True
        with suppress(OSError):
            self._head("text/event-stream", HTTPStatus.OK, {})
            number = -1
            while True:
                latest = self.server.wait(number)
                self.wfile.write(b": still here\n\n" if latest == number else f"data: {latest}\n\n".encode())
                self.wfile.flush()
                number = latest

    def _send(self, content: bytes, kind: str, status: HTTPStatus = HTTPStatus.OK) -> None:
        with suppress(OSError):  # a browser that has gone
            self._head(kind, status, {"Content-Length": str(len(content))})
            self.wfile.write(content)

    def _head(self, kind: str, status: HTTPStatus, more: dict[str, str]) -> None:
        self.send_response(status)
        for key, value in {"Content-Type": kind, **_SAFE, **more}.items():
            self.send_header(key, value)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """The terminal belongs to the findings."""


def _allowed(tag: str) -> str:
    """The page's own scripts or styles, by their digests (Content Security Policy 3, 2.3.1)."""
    texts = findall(f"<{tag}>(.*?)</{tag}>", _PAGE, DOTALL)
    return " ".join(f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" for text in texts)


_SAFE = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; "
    f"form-action 'none'; frame-ancestors 'none'; script-src {_allowed('script')}; style-src {_allowed('style')}",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}

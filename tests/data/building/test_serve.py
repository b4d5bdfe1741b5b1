"""The server: it answers this machine alone, changes nothing, reads nothing from the disk, and shows what was built."""

import http.client
import io
import json
import os
import socket
import threading
from argparse import ArgumentTypeError
from base64 import b64encode
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

import make_all
from data.building import serve
from data.building.pictures import Pages
from data.building.serve import Address, Server, address, serving

SLIDE = '<svg xmlns="http://www.w3.org/2000/svg" width="960" height="540"><rect width="100%" height="100%"/>{}</svg>'
SHAPE = '<rect x="96" y="54" width="480" height="270" fill="{}"/>'


def pdf(*texts: str) -> bytes:
    written = io.BytesIO()
    # by its own font: another test in this process may have made the report's the default
    canvas = Canvas(written, pagesize=(400, 600), invariant=True, initialFontName="Helvetica")
    for text in texts:
        canvas.drawString(100, 450, text)
        canvas.showPage()
    canvas.save()
    return written.getvalue()


@pytest.fixture
def out(tmp_path: Path) -> Path:
    (tmp_path / "briefing.pdf").write_bytes(pdf("one", "two"))
    (tmp_path / "briefing.pptx").write_bytes(b"deck 1")
    return tmp_path


@pytest.fixture
def server(out: Path) -> Iterator[Server]:
    with serving(Address("127.0.0.1", 0)) as server:
        server.show("Built in 1.00 s.", ["values.yaml:3: error [bad-number] <b>x</b>"], out, draw)
        yield server


def draw(deck: bytes) -> list[str]:
    return [SLIDE.format(SHAPE.format("red")), SLIDE.format(SHAPE.format(deck.decode()[-1]))]


@dataclass
class Answer:
    status: int
    head: http.client.HTTPMessage
    body: bytes


def connect(server: Server, path: str, host: str | None, method: str) -> http.client.HTTPConnection:
    connection = http.client.HTTPConnection("127.0.0.1", server.where.port, timeout=10)
    connection.putrequest(method, path, skip_host=True)
    if host is not None:
        connection.putheader("Host", host or str(server.where))
    connection.putheader("Connection", "close")
    connection.endheaders()
    return connection


def ask(server: Server, path: str, host: str | None = "", method: str = "GET") -> Answer:
    """The answer; `host` "" is the server's own name, None sends no Host header."""
    with closing(connect(server, path, host, method)) as connection, connection.getresponse() as answer:
        return Answer(answer.status, answer.headers, answer.read())


def told(server: Server, path: str) -> Any:
    return json.loads(ask(server, path).body)


def test_the_state(server: Server) -> None:
    state = told(server, "/state")
    assert state["number"] == 1 and state["message"] == "Built in 1.00 s."
    assert state["findings"] == ["values.yaml:3: error [bad-number] <b>x</b>"]
    assert [(page["width"], page["height"]) for page in state["report"]] == [(400, 600)] * 2
    assert [(slide["width"], slide["height"]) for slide in state["slides"]] == [(960, 540)] * 2


def test_pages_and_slides_are_pictures(server: Server) -> None:
    page = ask(server, "/report/0?v")
    assert page.head.get("Content-Type") == "image/png"
    assert Image.open(io.BytesIO(page.body)).size == (600, 900)
    slide = ask(server, "/slides/1")
    assert slide.head.get("Content-Type") == "image/svg+xml"
    assert slide.body.decode() == SLIDE.format(SHAPE.format("1"))


def test_what_has_changed(server: Server, out: Path) -> None:
    (out / "briefing.pdf").write_bytes(pdf("one", "two, and more", "three"))
    (out / "briefing.pptx").write_bytes(b"deck 2")
    server.show("Built.", [], out, draw)
    assert told(server, "/report/0/changes") == []
    [[left, top, width, height]] = told(server, "/report/1/changes")
    assert 0.25 < left < 0.35 and width < 0.2, "only what follows the first word"
    assert top < 150 / 600 < top + height < 0.3
    assert told(server, "/report/2/changes") == [], "a page that was not there has no before"
    assert told(server, "/slides/0/changes") == []
    assert told(server, "/slides/1/changes") == [[0.1, 0.1, 0.5, 0.5]]


def test_a_build_that_failed_leaves_the_last_good_pages(server: Server, out: Path) -> None:
    before = told(server, "/state")
    server.show("Not built.", ["an error"], out, draw)
    after = told(server, "/state")
    assert after["number"] == 2 and after["findings"] == ["an error"]
    assert after["report"] == before["report"] and after["slides"] == before["slides"]
    assert told(server, "/report/1/changes") == []


def test_what_is_shown_again_is_neither_closed_nor_drawn_anew(server: Server, out: Path) -> None:
    drawn: list[bytes] = []

    def counted(deck: bytes) -> list[str]:
        drawn.append(deck)
        return draw(deck)

    page, slide = ask(server, "/report/1").body, ask(server, "/slides/1").body
    for _ in range(3):
        server.show("Not built.", [], out, counted)
        assert (ask(server, "/report/1").body, ask(server, "/slides/1").body) == (page, slide)
    assert drawn == []
    (out / "briefing.pptx").write_bytes(b"deck 2")
    for _ in range(3):
        server.show("Built.", [], out, counted)
    assert drawn == [b"deck 2"]


def test_a_report_is_kept_while_it_is_shown_or_compared_with(
    server: Server, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A day's builds would fill the memory, a report each."""
    closed: list[list[tuple[float, float]]] = []
    close = Pages.close

    def noted(pages: Pages) -> None:
        closed.append(pages.sizes)
        close(pages)

    monkeypatch.setattr(Pages, "close", noted)
    for pages in range(3, 6):
        (out / "briefing.pdf").write_bytes(pdf(*map(str, range(pages))))
        server.show("Built.", [], out, draw)
    assert [len(sizes) for sizes in closed] == [0, 2, 3]


def refuse(_: bytes) -> list[str]:
    raise ValueError("no deck that can be read")


def test_a_file_that_cannot_be_read_is_told_until_it_can(server: Server, out: Path) -> None:
    good, now = (out / "briefing.pdf").read_bytes(), told(server, "/state")
    (out / "briefing.pdf").write_bytes(good[:99])
    (out / "briefing.pptx").write_bytes(b"scribbled over")
    for _ in range(2):
        server.show("Not built.", [], out, refuse)
        state = told(server, "/state")
        both = f"{out / 'briefing.pdf'} cannot be read. {out / 'briefing.pptx'} cannot be read."
        assert state["message"] == f"Not built. {both}"
        assert state["report"] == state["slides"] == []
        assert ask(server, "/report/0").status == ask(server, "/slides/0").status == 404
    (out / "briefing.pdf").write_bytes(good)
    (out / "briefing.pptx").write_bytes(b"deck 1")
    server.show("Built.", [], out, draw)
    state = told(server, "/state")
    assert state["message"] == "Built." and state["report"] == now["report"] and state["slides"] == now["slides"]
    assert told(server, "/report/0/changes") == told(server, "/slides/0/changes") == []


def test_a_pipe_is_shown_as_one_that_is_not_there(server: Server, out: Path) -> None:
    (out / "briefing.pdf").unlink()
    os.mkfifo(out / "briefing.pdf")
    server.show("Not built.", [], out, lambda _: ())
    assert server.now.report.sizes == []


def test_nothing_was_built_yet(tmp_path: Path) -> None:
    with serving(Address("127.0.0.1", 0)) as server:
        server.show("Not built.", [], tmp_path, draw)
        assert told(server, "/state")["report"] == told(server, "/state")["slides"] == []
        assert ask(server, "/report/0").status == 404


def test_every_build_is_an_event(server: Server, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "_BEAT", 60.0)  # longer than the answer is waited for
    with closing(connect(server, "/events", "", "GET")) as connection, connection.getresponse() as stream:
        assert stream.headers["Content-Type"] == "text/event-stream"
        assert stream.readline() == b"data: 1\n"
        threading.Timer(0.1, server.show, ("Built.", [], out, draw)).start()
        assert stream.readline() == b"\n"
        assert stream.readline() == b"data: 2\n"


def test_a_silent_connection_is_tried(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "_BEAT", 0.01)
    with closing(connect(server, "/events", "", "GET")) as connection, connection.getresponse() as stream:
        assert [stream.readline() for _ in range(4)] == [b"data: 1\n", b"\n", b": still here\n", b"\n"]


@pytest.mark.parametrize(("error", "is_told"), [(ZeroDivisionError, True), (ConnectionResetError, False)])
def test_what_goes_wrong_is_told_but_no_browser_that_goes(
    error: type[Exception],
    is_told: bool,
    server: Server,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fail(_: object) -> bytes:
        raise error

    monkeypatch.setattr(serve._Handler, "_state", fail)
    with pytest.raises(http.client.RemoteDisconnected):
        ask(server, "/state")
    assert (error.__name__ in capsys.readouterr().err) == is_told


@pytest.mark.parametrize("host", ["evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1:1", "", None])
def test_only_its_own_name_is_answered(server: Server, host: str | None) -> None:
    """A name of another site that points to this machine is how its scripts would read from here."""
    given = host.format(port=server.where.port) if host else " " if host == "" else None
    for path in ("/", "/state", "/events", "/report/0"):
        answer = ask(server, path, given)
        assert answer.status == 403
        assert b"<html" not in answer.body


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1"])
def test_its_own_names(server: Server, name: str) -> None:
    assert ask(server, "/", f"{name}:{server.where.port}").status == 200


def test_its_own_name_without_the_port_that_browsers_leave_out(monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as other:
        free = other.getsockname()[1]
    monkeypatch.setattr(serve, "HTTP_PORT", free)  # 80 is not everybody's to take
    with serving(Address("127.0.0.1", free)) as server:
        assert [ask(server, "/", host).status for host in ("127.0.0.1", "localhost", "evil.example")] == [200, 200, 403]


@pytest.mark.parametrize(
    "path",
    [
        "/report/2", "/report/-1", "/report/99999", "/report/999999", "/slides/2", "/slides/x", "/report", "/nothing",
        "/../data/building/serve.py", "/%2e%2e/data/building/serve.py", "/data/building/serve.html",
        "//etc/passwd", "/report/0/../../state", "*",
    ],
)  # fmt: skip
def test_there_is_nothing_else(server: Server, path: str) -> None:
    answer = ask(server, path)
    assert answer.status == 404
    assert answer.body in (b"There is nothing here.", b"There is no such page.")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "HEAD"])
def test_nothing_can_be_changed(server: Server, method: str) -> None:
    assert ask(server, "/state", method=method).status == 501
    assert told(server, "/state")["number"] == 1


@pytest.mark.parametrize("path", ["/", "/state", "/report/0", "/slides/0", "/report/0/changes", "/nothing"])
def test_no_other_site_gets_anything_into_its_pages(server: Server, path: str) -> None:
    """Its scripts are refused by name; a picture or a script element asks under our own."""
    head = ask(server, path).head
    assert head["Cross-Origin-Resource-Policy"] == "same-origin" and head["X-Content-Type-Options"] == "nosniff"


class _Inline(HTMLParser):
    """The texts of scripts and styles, and whatever a page would load or run beside them."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: dict[str, list[str]] = {"script": [], "style": []}
        self.others: list[tuple[str, str]] = []
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = tag
        self.others += [(tag, name) for name, _ in attrs if name in ("src", "href", "style") or name.startswith("on")]

    def handle_data(self, data: str) -> None:
        if self._inside in self.texts and data.strip():
            self.texts[self._inside].append(data)


def test_the_page_runs_its_own_script_and_nothing_else(server: Server) -> None:
    answer = ask(server, "/")
    page = _Inline()
    page.feed(answer.body.decode())
    assert page.others == []
    policy = dict(part.split(" ", 1) for part in (answer.head.get("Content-Security-Policy") or "").split("; "))
    assert policy["default-src"] == "'none'" and policy["connect-src"] == "'self'"
    for tag, texts in page.texts.items():
        digests = [f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" for text in texts]
        assert len(digests) == 1 and policy[f"{tag}-src"] == digests[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("127.0.0.1:8000", "127.0.0.1:8000"), ("localhost:9", "127.0.0.1:9"), ("8000", "127.0.0.1:8000"),
        (":8000", "127.0.0.1:8000"), ("127.8.9.10:0", "127.8.9.10:0"), ("[::1]:8000", "[::1]:8000"),
    ],
)  # fmt: skip
def test_addresses_of_this_machine(text: str, expected: str) -> None:
    assert str(address(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "0.0.0.0:8000", "[::]:8000", "192.168.1.1:8000", "example.org:80", "localhost.evil.example:80", "127.0.0.1",
        "127.0.0.1:65536", "127.0.0.1:-1", "folder", "", "127.1:80", "2130706433:80",
    ],
)  # fmt: skip
def test_no_other_host_is_served(text: str) -> None:
    with pytest.raises(ArgumentTypeError):
        address(text)


def test_an_address_that_is_taken(server: Server) -> None:
    with pytest.raises(OSError, match="in use"), serving(server.where):
        pass


def test_the_default_is_this_machine() -> None:
    assert make_all._options(["--serve"]).serve == address(serve.DEFAULT) == Address("127.0.0.1", 8000)

"""Hostile input: takes a briefing's folder, returns ways to spoil it, as people, programs and adversaries would."""

import csv
import io
import json
import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from hypothesis import strategies as st

MARKUP = (
    "<b>bold</b>", "<para>", "</para>", "<img src='file:///etc/passwd'/>", "<a href='javascript:alert(1)'>x</a>",
    "&", "&amp;", "&#0;", "&lt;", "]]>", "<![CDATA[x]]>", "<?php ?>", "<!-- x", "<!DOCTYPE x [<!ENTITY e 'x'>]>", "&e;",
    "=cmd|' /C calc'!A0", "+1+1", "-2", "@SUM(A1)", "\t=1", "%s %d {0} {} {{}}", "\\", "\\\\", "$x^2$", "$$",
    "\\frac{1}{2}",
)  # fmt: skip
LINKS = (
    "[x](javascript:alert(1))", "[x](file:///etc/passwd)", "[x](../../../etc/passwd)", "[x](data:text/html,x)",
    "[x](https://example.org/a b)", "[x](https://example.org/\u202e)", "![x](https://example.org/x.png)",
    "<https://example.org>", "[x][y]", "[x]: https://example.org", "[x](mailto:)", "[x](HTTP://EXAMPLE.ORG)", "[x]()",
)  # fmt: skip
NAMES = (
    "{{ litres-now }}", "{{", "}}", "{{ }}", "{{ x", "{{ litres-now.nothing }}", "{{ litres-now.by.by }}",
    "[@register]", "[@]", "[@nobody]", "[@register; @survey; @x]", "@supply", "@nothing", "@",
    "\\@supply", "\\{{ litres-now }}",
)  # fmt: skip
CHARACTERS = (
    "\x00", "\x07", "\x0b", "\x1b[31m", "\x7f", "\x85", "\u00ad", "\u200b", "\u200f", "\u202e\u202d",
    "\u2028", "\ufeff", "\ufffe", "\U0001f4a9", "\U0001f1ee\U0001f1f7", "e\u0301\u0302" * 20,
    "\u0627\u0644\u0644\u0647", "\u05e9\u05dc", "\u0915\u094d\u0937", "\u4e2d\u6587", "\U0010ffff", "\ud7ff",
)  # fmt: skip
SIZES = (
    "x" * 10_000, "x" * 1_900, "word " * 380, "word " * 2_000, "Donaudampfschifffahrts" * 80,
    "https://example.org/" + "a" * 1_800, "9" * 400, "1" + "0" * 60, "-" + "9" * 39, "0." + "0" * 300 + "1", "1e999999",
    "1e-999999", "99999999999999999999999999999999999999.5", "NaN", "-0", "Infinity", "0x10", "1_0", "1,000", "1:30",
    "", " " * 500, "\n" * 50, "* " * 200 + "x", "> " * 200 + "x", "[" * 3_000, "(" * 500, "*" * 3_000, "`" * 500,
    "#" * 50, "[x](" * 200, "![" * 200, "| a " * 300,
)  # fmt: skip
YAML = (
    "*alias", "&anchor x", "!!python/object/apply:os.system [ls]", "!!binary aGk=", "<<: *x", "? x", "- - - -",
    "{a: {b: {c: d}}}", "[[[[[[[[[[]]]]]]]]]]", "[" * 2_000, "{a: " * 500, "yes", "no", "null", "~", "2026-02-30",
    "0000-01-01", "9999-12-31", "10000-01-01", "%YAML 1.2", "---", "...", "|", ">", "'", '"', "#", ": :", "true", "12",
    "1.5", "[]", "{}", "[1, [2]]", '"\\0": x', '"\\x07.csv": {}',
)  # fmt: skip
PATHS = (
    "../../../etc/passwd",
    "/etc/passwd",
    "..\\..\\x",
    "sections/../values.yaml",
    "CON",
    "nul.csv",
    "a/b.csv",
    ".",
    "..",
)
TOKENS = (*MARKUP, *LINKS, *NAMES, *CHARACTERS, *SIZES, *YAML, *PATHS)


WORDS = (
    *MARKUP,
    *(word for word in (*LINKS, *CHARACTERS, *SIZES) if not re.match(r"[\x00-\x1f\x7f]|.*(\d|javascript|file:)", word)),
)
"""Those of them that a text may well hold."""
_TEXT = re.compile(
    rb"(?m)^( *(?:title|subtitle|issuer|contact|by|label|headline|takeaway|publisher|  -)[:]? )([^{\n]+)$"
)
Spoil = Callable[[st.DrawFn, bytes], bytes]


@st.composite
def spoilt(draw: st.DrawFn, files: dict[str, bytes]) -> dict[str, bytes]:
    """The folder's files, name -> content, with one to three of them spoilt."""
    changed = dict(files)
    for _ in range(draw(st.integers(1, 3))):
        name = draw(st.sampled_from(sorted(files)))
        kinds: list[Spoil] = [_bytes, _token, _lines, _scalar, _emptied]
        kinds += [_cell] if name.endswith(".csv") else []
        changed[name] = draw(st.sampled_from(kinds))(draw, changed[name])
    return changed


@st.composite
def odd(draw: st.DrawFn, files: dict[str, bytes]) -> dict[str, bytes]:
    """The same with other words in one to three of their texts, so that more of them can be built."""
    changed = dict(files)
    for _ in range(draw(st.integers(1, 3))):
        name = draw(st.sampled_from([name for name in sorted(changed) if _TEXT.search(changed[name])]))
        match = draw(st.sampled_from(list(_TEXT.finditer(changed[name]))))
        words = json.dumps(draw(st.sampled_from(WORDS)) + draw(st.sampled_from(("", " and so on"))), ensure_ascii=False)
        changed[name] = changed[name][: match.start(2)] + words.encode() + changed[name][match.end(2) :]
    return changed


def _bytes(draw: st.DrawFn, content: bytes) -> bytes:
    """Bits that flip, and bytes that go or come twice."""
    made = bytearray(content)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, max(len(made) - 1, 0)))
        end = min(len(made), at + draw(st.integers(1, 40)))
        match draw(st.integers(0, 2)):
            case 0 if made:
                made[at] ^= 1 << draw(st.integers(0, 7))
            case 1:
                del made[at:end]
            case _:
                made[at:at] = made[at:end]
    return bytes(made)


def _token(draw: st.DrawFn, content: bytes) -> bytes:
    """Something nasty in any place."""
    at = draw(st.integers(0, len(content)))
    return content[:at] + _encoded(draw(st.sampled_from(TOKENS))) + content[at:]


def _lines(draw: st.DrawFn, content: bytes) -> bytes:
    """Lines that go, move, or are indented otherwise."""
    lines = content.split(b"\n")
    at, to = (draw(st.integers(0, len(lines) - 1)) for _ in range(2))
    match draw(st.integers(0, 3)):
        case 0:
            del lines[at]
        case 1:
            lines.insert(to, lines[at])
        case 2 if lines[at].startswith(b" "):
            lines[at] = lines[at].lstrip()
        case _:
            lines[at] = b"  " + lines[at]
    return b"\n".join(lines)


def _scalar(draw: st.DrawFn, content: bytes) -> bytes:
    """Another value for a key, quoted as YAML wants it, or not."""
    values = list(re.finditer(rb"(?m)^( *(?:- )?[\w-]+: )(.+)$", content))
    if not values:
        return content
    match = draw(st.sampled_from(values))
    token = draw(st.sampled_from(TOKENS))
    quoted = draw(st.booleans())
    written = json.dumps(token, ensure_ascii=draw(st.booleans())) if quoted else token.replace("\n", " ")
    return content[: match.start(2)] + _encoded(written) + content[match.end(2) :]


def _cell(draw: st.DrawFn, content: bytes) -> bytes:
    """Another content for a cell."""
    rows = list(csv.reader(io.StringIO(content.decode("utf-8", "replace"), newline="")))
    if not rows:
        return content
    row = rows[draw(st.integers(0, len(rows) - 1))]
    if row:
        row[draw(st.integers(0, len(row) - 1))] = draw(st.sampled_from(TOKENS))
    written = io.StringIO()
    csv.writer(written).writerows(rows)
    return _encoded(written.getvalue())


def _emptied(draw: st.DrawFn, content: bytes) -> bytes:
    """Nothing from a place on."""
    return content[: draw(st.integers(0, max(len(content) - 1, 0)))]


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def read(folder: Path) -> dict[str, bytes]:
    """Relative name -> content, hidden files left out."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    named = {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
    return {name: content for name, content in named.items() if not name.startswith(".")}


def write(files: dict[str, bytes], folder: Path, last: dict[str, bytes] | None = None) -> Path:
    """`files` in `folder`, in which the files `last` stand."""
    for name, content in files.items():
        if last is None or last[name] != content:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)
    return folder


_SYSTEM = (Path("/dev/null"), Path("/usr/share/zoneinfo"))
"""What Python and its libraries open by themselves."""


class Watchman:
    """Notes what is opened outside the folders where anything may be, and every connection that is tried."""

    def __init__(self) -> None:
        self.allowed: tuple[str, ...] | None = None
        self.seen: list[str] = []
        sys.addaudithook(self._hear)

    def _hear(self, event: str, arguments: tuple[object, ...]) -> None:
        if self.allowed is None:
            return
        if event == "open" and isinstance(arguments[0], str | bytes):
            path = arguments[0] if isinstance(arguments[0], str) else arguments[0].decode("utf-8", "replace")
            if not os.path.abspath(path).startswith(self.allowed):  # noqa: PTH100  # a Path would follow links
                self.seen.append(f"open {path}")
        elif event in ("socket.connect", "socket.getaddrinfo", "subprocess.Popen", "os.system", "os.exec"):
            self.seen.append(f"{event} {arguments}")

    @contextmanager
    def watching(self, *allowed: Path) -> Iterator[list[str]]:
        self.seen = []
        roots = (*allowed, Path(sys.prefix), Path(sys.base_prefix), Path(__file__).resolve().parent.parent, *_SYSTEM)
        self.allowed = tuple(str(root) for root in roots)
        try:
            yield self.seen
        finally:
            self.allowed = None


WATCHMAN = Watchman()
"""An audit hook stays for as long as its process, so that there is one for all."""

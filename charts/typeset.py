"""Lines of type: takes text and a width, returns a block of measured lines. Markup is never interpreted.

A Number is one unbreakable piece that carries its origin; a word that is wider than the line is broken where it must.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from charts.drawing import Face
from charts.style import Anchor, Sheet, Style
from data.model import Cite, Number, Text

_SPACES = re.compile(r"([ \t\n\r\f\v\u2028\u2029]+)")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u2066-\u2069\u202a-\u202e\ufeff\ud800-\udfff\ufffe\uffff]+")
ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Piece:
    """Text in one face, from one origin."""

    text: str
    face: Face
    colour: str
    origin: str = ""

    def joins(self, other: "Piece") -> bool:
        return (self.face, self.colour, self.origin) == (other.face, other.colour, other.origin)


Line = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of one size; `width` is that of the widest, `leading` the distance between baselines."""

    lines: tuple[Line, ...]
    widths: tuple[float, ...]
    size: float
    leading: float

    @property
    def width(self) -> float:
        return max(self.widths, default=0.0)

    @property
    def height(self) -> float:
        return len(self.lines) * self.leading


def origin(number: Number) -> str:
    return f"{number.quantity.id}:{number.part}"


def pieces(text: Text, face: Face, colour: str, *, strong: Face | None = None, italic: Face | None = None) -> Line:
    """The pieces of model text; citations leave nothing behind."""
    found = []
    for run in text:
        if isinstance(run, Cite):
            continue
        style = getattr(run, "style", None)
        chosen = (strong if style and style.bold else italic if style and style.italic else None) or face
        found.append(Piece(run.text, chosen, colour, origin(run) if isinstance(run, Number) else ""))
    return tuple(found)


def number(value: Number, face: Face, colour: str) -> Line:
    return (Piece(value.text, face, colour, origin(value)),)


def block(content: Line, style: Style, size: float, width: float, *, limit: int = 0) -> Block:
    """`content` in lines of at most `width`; more than `limit` lines (0: no limit) end in an ellipsis."""
    lines = _lines(content, style, size, width)
    if limit and len(lines) > limit:
        lines = [*lines[: limit - 1], _ended(lines[limit - 1], style, size, width)]
    widths = tuple(_width(line, style, size) for line in lines)
    return Block(tuple(lines), widths, size, style.leading(size))


def balanced(content: Line, style: Style, size: float, width: float, *, limit: int = 0) -> Block:
    """Like `block`, in the narrowest measure that needs no further line."""
    widest = block(content, style, size, width, limit=limit)
    low, high = 0.0, width
    while high - low > size / 4:
        middle = (low + high) / 2
        tried = block(content, style, size, middle, limit=limit)
        if len(tried.lines) <= len(widest.lines) and tried.width <= middle and _words(tried) == _words(widest):
            high = middle
        else:
            low = middle
    return block(content, style, size, high, limit=limit)


def draw(sheet: Sheet, setting: Block, x: float, top: float, anchor: Anchor = "left") -> None:
    """Each line is centred on its own strip of the leading, by its capitals."""
    for at, (line, width) in enumerate(zip(setting.lines, setting.widths, strict=True)):
        left = x - {"left": 0.0, "centre": 0.5, "right": 1.0}[anchor] * width
        baseline = top + at * setting.leading + setting.leading / 2 + 0.35 * setting.size
        for piece in line:
            sheet.text(left, baseline, piece.text, piece.face, setting.size, piece.colour, origin=piece.origin)
            left += sheet.style.width(piece.text, piece.face, setting.size)


def _words(setting: Block) -> list[str]:
    return " ".join("".join(piece.text for piece in line) for line in setting.lines).split()


def _width(line: Line, style: Style, size: float) -> float:
    return sum(style.width(piece.text, piece.face, size) for piece in line)


def _lines(content: Line, style: Style, size: float, width: float) -> list[Line]:
    lines: list[Line] = []
    line: Line = ()
    for word, space in _tokens(content, style, size, width):
        grown = _joined((*line, *([space] if line and space else []), *word))
        if line and _width(grown, style, size) > width:
            lines.append(line)
            grown = word
        line = grown
    return [*lines, line] if line else lines


def _tokens(content: Line, style: Style, size: float, width: float) -> Iterator[tuple[Line, Piece | None]]:
    """Words with the space before them (None: they follow at once), none of them wider than `width`."""
    word: Line = ()
    space: Piece | None = None
    for piece in content:
        parts = [piece.text] if piece.origin else _SPACES.split(piece.text)
        for part in parts:
            if not piece.origin and _SPACES.fullmatch(part):
                if word:
                    yield from _broken(word, space, style, size, width)
                word, space = (), replace(piece, text=" ")
            elif text := _CONTROL.sub(" ", part):
                word = (*word, replace(piece, text=text))
    if word:
        yield from _broken(word, space, style, size, width)


def _broken(
    word: Line, space: Piece | None, style: Style, size: float, width: float
) -> Iterator[tuple[Line, Piece | None]]:
    if _width(word, style, size) <= width:
        yield word, space
        return
    part: Line = ()
    for piece in word:
        for chunk in _SPACES.split(piece.text) if piece.origin else [piece.text]:
            for character in [chunk] if style.width(chunk, piece.face, size) <= width else chunk:
                grown = _joined((*part, replace(piece, text=character)))
                if part and _width(grown, style, size) > width:
                    yield part, space
                    space = None
                    grown = (replace(piece, text=character),)
                part = grown
    if part:
        yield part, space


def _joined(line: Line) -> Line:
    merged: list[Piece] = []
    for piece in line:
        if merged and merged[-1].joins(piece):
            merged[-1] = replace(piece, text=merged[-1].text + piece.text)
        elif piece.text:
            merged.append(piece)
    return tuple(merged)


def _ended(line: Line, style: Style, size: float, width: float) -> Line:
    """The line cut so that an ellipsis fits behind it."""
    *head, last = line
    text = last.text
    while text and _width((*head, replace(last, text=text.rstrip() + ELLIPSIS)), style, size) > width:
        text = text[:-1]
    return (*head, replace(last, text=text.rstrip() + ELLIPSIS))

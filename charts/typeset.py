"""Lines of type: takes text and a width, returns a block of measured lines. Markup is never interpreted.

A Number is one unbreakable piece that carries its origin; a word that is wider than the line is broken where it must,
and a hyphen shows it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from charts.drawing import Face
from charts.style import Anchor, Sheet, Style
from data.model import Cite, Number, Text
from data.script import has_right_to_left

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


@dataclass(frozen=True, slots=True)
class _Word:
    """What is not parted at a line's end, its width, and the space before it; `follows`: it may share a line with the
    word before."""

    pieces: Line
    width: float
    space: Piece | None
    gap: float
    follows: bool = True


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
    return _block(_lines(_words(content, style, size), style, size, width), style, size, width, limit)


def balanced(content: Line, style: Style, size: float, width: float, *, limit: int = 0) -> Block:
    """Like `block`, in the narrowest measure that needs no further line and breaks no word."""
    words = _words(content, style, size)
    fewest = len(_lines(words, style, size, width))
    low, high = min(width, max((word.width for word in words), default=0.0)), width
    while high - low > size / 4:
        middle = (low + high) / 2
        if len(_lines(words, style, size, middle)) <= fewest:
            high = middle
        else:
            low = middle
    return _block(_lines(words, style, size, high), style, size, high, limit)


def stacked(first: Block, second: Block) -> Block:
    """Two blocks of one size as one."""
    return Block((*first.lines, *second.lines), (*first.widths, *second.widths), first.size, first.leading)


def _block(lines: Sequence[Line], style: Style, size: float, width: float, limit: int) -> Block:
    if limit and len(lines) > limit:
        lines = [*lines[: limit - 1], _ended(lines[limit - 1], style, size, width)]
    return Block(tuple(lines), tuple(_width(line, style, size) for line in lines), size, style.leading(size))


def draw(sheet: Sheet, setting: Block, x: float, top: float, anchor: Anchor = "left") -> None:
    """Each line is centred on its own strip of the leading, by its capitals."""
    for at, (line, width) in enumerate(zip(setting.lines, setting.widths, strict=True)):
        left = x - {"left": 0.0, "centre": 0.5, "right": 1.0}[anchor] * width
        baseline = top + at * setting.leading + setting.leading / 2 + 0.35 * setting.size
        for piece in line:
            sheet.text(left, baseline, piece.text, piece.face, setting.size, piece.colour, origin=piece.origin)
            left += sheet.style.width(piece.text, piece.face, setting.size)


def _width(line: Line, style: Style, size: float) -> float:
    return sum(style.width(piece.text, piece.face, size) for piece in line)


def _lines(words: Sequence[_Word], style: Style, size: float, width: float) -> list[Line]:
    lines: list[Line] = []
    line: list[Piece] = []
    taken = 0.0
    turned = any(has_right_to_left(piece.text) for word in words for piece in word.pieces)
    for whole in words:
        for word in [whole] if whole.width <= width else _broken(whole, style, size, width):
            gap = [word.space] if line and word.space else []
            grown = [*line, *gap, *word.pieces]
            # right-to-left words take the spaces between them into their own face
            reach = _width(_joined(grown), style, size) if turned else taken + word.gap * bool(gap) + word.width
            if line and (reach > width or not word.follows):
                lines.append(_joined(line))
                grown, reach = [*word.pieces], word.width
            line, taken = grown, reach
    return [*lines, _joined(line)] if line else lines


def _words(content: Line, style: Style, size: float) -> list[_Word]:
    words: list[_Word] = []
    word: list[Piece] = []
    space: Piece | None = None

    def end() -> None:
        if word:
            gap = style.width(" ", space.face, size) if space else 0.0
            words.append(_Word(tuple(word), _width(tuple(word), style, size), space, gap))
            word.clear()

    for piece in content:
        for part in [piece.text] if piece.origin else _SPACES.split(piece.text):
            if not piece.origin and _SPACES.fullmatch(part):
                end()
                space = Piece(" ", piece.face, piece.colour)
            elif text := _CONTROL.sub(" ", part):
                word.append(Piece(text, piece.face, piece.colour, piece.origin))
    end()
    return words


def _broken(word: _Word, style: Style, size: float, width: float) -> Iterator[_Word]:
    """A word that is wider than the line: a Number at its spaces, all else where the line ends."""
    line: list[Piece] = []
    taken, space, gap, follows = 0.0, word.space, word.gap, True
    for piece in word.pieces:
        hyphen = replace(piece, text="-")
        room = style.width(hyphen.text, piece.face, size)
        for chunk in _SPACES.split(piece.text) if piece.origin else [piece.text]:
            parts = [chunk] if style.width(chunk, piece.face, size) <= width else list(chunk)
            torn = False
            for part, after in zip_longest(parts, parts[1:], fillvalue=""):
                wide = style.width(part, piece.face, size)
                tears = not piece.origin and _hyphenates(part) and _hyphenates(after)
                if line and taken + wide + room * tears > width:
                    end = [hyphen] if torn else []
                    yield _Word(_joined([*line, *end]), taken + room * torn, space, gap, follows)
                    line, taken, space, gap, follows = [], 0.0, None, 0.0, False
                line.append(replace(piece, text=part))
                taken += wide
                torn = tears
    yield _Word(_joined(line), taken, space, gap, follows)


def _hyphenates(letter: str) -> bool:
    """Of the scripts that mark a torn word with a hyphen, Latin, Greek and Cyrillic, all have two cases."""
    return letter.lower() != letter.upper()


def _joined(line: Sequence[Piece]) -> Line:
    merged: list[Piece] = []
    for piece in line:
        if merged and merged[-1].joins(piece):
            merged[-1] = replace(piece, text=merged[-1].text + piece.text)
        elif piece.text:
            merged.append(piece)
    return tuple(merged)


def _ended(line: Line, style: Style, size: float, width: float) -> Line:
    """The line cut so that an ellipsis fits behind it, at a word where there are several."""
    *head, last = line
    text = last.text
    while text and _width((*head, replace(last, text=text.rstrip() + ELLIPSIS)), style, size) > width:
        text = text.rpartition(" ")[0] or text[:-1]
    return (*head, replace(last, text=text.rstrip() + ELLIPSIS))

"""Type, measured and outlined: takes text and a face, returns widths, runs and glyph outlines of the very font file.

HarfBuzz reads the files. Latin text is set without kerning, because the PDF writer sets it without: measured, printed
and outlined widths are the same.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from unicodedata import bidirectional

import uharfbuzz as hb

from charts.drawing import Face, Path, Segment
from data.fonts import font_file

_RIGHT_TO_LEFT = frozenset({"R", "AL"})
_STRETCH = re.compile(r"R(?:[R0.n]*[R0])?n*")
_INSIDE = re.compile(r"0(?:[0.]*0)?|[R.n]+")
_PLAIN = {"kern": False, "liga": False, "clig": False, "calt": False}


@dataclass(frozen=True, slots=True)
class Glyph:
    """A glyph at an offset from its run's start, in points."""

    index: int
    x: float
    y: float


@cache
def file(face: Face) -> str:
    return str(font_file(face.family, face.weight, italic=face.italic))


@cache
def _font(face: Face) -> hb.Font:
    return hb.Font(hb.Face(hb.Blob.from_file_path(file(face))))


@cache
def _advance(face: Face, character: str) -> float:
    """Of one em; a character that the font lacks takes the room of its .notdef."""
    font = _font(face)
    return float(font.get_glyph_h_advance(font.get_nominal_glyph(ord(character)) or 0)) / font.face.upem


def extents(face: Face, size: float) -> tuple[float, float]:
    """How far the face's letters reach above and below the baseline, in points, both positive."""
    font = _font(face)
    vertical = font.get_font_extents("ltr")
    return vertical.ascender / font.face.upem * size, -vertical.descender / font.face.upem * size


def covers(face: Face, text: str) -> bool:
    font = _font(face)
    return all(font.get_nominal_glyph(ord(character)) for character in text)


def is_rtl(text: str) -> bool:
    return any(bidirectional(character) in _RIGHT_TO_LEFT for character in text)


def width(text: str, face: Face, size: float) -> float:
    """The advance of a run in points."""
    if is_rtl(text):
        font = _font(face)
        return sum(position.x_advance for position in _shaped(face, text).glyph_positions) / font.face.upem * size
    return sum(_advance(face, character) for character in text) * size


def _shaped(face: Face, text: str) -> hb.Buffer:
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    hb.shape(_font(face), buffer, {} if is_rtl(text) else _PLAIN)
    return buffer


def glyphs(text: str, face: Face, size: float) -> tuple[Glyph, ...]:
    """The glyphs of a run from left to right."""
    buffer = _shaped(face, text)
    scale = size / _font(face).face.upem
    placed, x = [], 0.0
    for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        placed.append(Glyph(info.codepoint, x + position.x_offset * scale, position.y_offset * scale))
        x += position.x_advance * scale
    return tuple(placed)


@cache
def outline(face: Face, index: int) -> Path:
    """A glyph's outline in font units, y up, quadratic curves raised to cubic ones; `units(face)` make one em."""
    segments: list[Segment] = []
    pen = (0.0, 0.0)

    def move(x: float, y: float, _: object) -> None:
        nonlocal pen
        pen = (x, y)
        segments.append(("M", pen))

    def line(x: float, y: float, _: object) -> None:
        nonlocal pen
        pen = (x, y)
        segments.append(("L", pen))

    def cubic(x1: float, y1: float, x2: float, y2: float, x: float, y: float, _: object) -> None:
        nonlocal pen
        pen = (x, y)
        segments.append(("C", (x1, y1, x2, y2, x, y)))

    def quadratic(x1: float, y1: float, x: float, y: float, data: object) -> None:
        x0, y0 = pen
        cubic(x0 + 2 / 3 * (x1 - x0), y0 + 2 / 3 * (y1 - y0), x + 2 / 3 * (x1 - x), y + 2 / 3 * (y1 - y), x, y, data)

    def close(_: object) -> None:
        segments.append(("Z", ()))

    funcs = hb.DrawFuncs()
    funcs.set_move_to_func(move)
    funcs.set_line_to_func(line)
    funcs.set_cubic_to_func(cubic)
    funcs.set_quadratic_to_func(quadratic)
    funcs.set_close_path_func(close)
    _font(face).draw_glyph(index, funcs)
    return tuple(segments)


@cache
def units(face: Face) -> int:
    return int(_font(face).face.upem)


def runs(text: str, face: Face, fallback: Face) -> tuple[tuple[str, Face], ...]:
    """`text` cut into runs of one direction and one face, in the order in which they stand from left to right.

    The paragraph runs from left to right (Unicode Bidirectional Algorithm, UAX #9, with its paragraph level set to
    0). What `face` lacks and `fallback` has is set in `fallback`.
    """
    if not is_rtl(text):
        return _by_face(text, face, fallback) if not covers(face, text) else ((text, face),)
    return tuple(run for part in _by_direction(text) for run in _by_face(part, face, fallback))


@lru_cache(maxsize=1 << 14)
def measure(text: str, face: Face, fallback: Face, size: float) -> float:
    """The advance of `text` in points, cut into runs as it will be drawn."""
    return sum(width(part, chosen, size) for part, chosen in runs(text, face, fallback))


def _by_direction(text: str) -> list[str]:
    """The directional runs of a left-to-right paragraph, in visual order.

    A right-to-left stretch begins at its first letter and ends at the last letter or digit before the next
    left-to-right letter (rules W2, W7, N1); inside it the runs stand from right to left, digits among them (I1, L2).
    """
    parts: list[str] = []
    end = 0
    for stretch in _STRETCH.finditer("".join(_kind(character) for character in text)):
        start, stop = stretch.span()
        inside = [text[start + run.start() : start + run.end()] for run in _INSIDE.finditer(stretch.group())]
        parts += [text[end:start], *reversed(inside)]
        end = stop
    return [part for part in (*parts, text[end:]) if part]


def _kind(character: str) -> str:
    """"R" for a right-to-left letter, "L" for a left-to-right one, "0" for a digit, "n" for a combining mark, "." else."""
    kind = bidirectional(character)
    return "R" if kind in _RIGHT_TO_LEFT else {"L": "L", "EN": "0", "AN": "0", "NSM": "n"}.get(kind, ".")


def _by_face(text: str, face: Face, fallback: Face) -> tuple[tuple[str, Face], ...]:
    """A run of right-to-left letters is set whole in the one face that has its letters, spaces included."""
    if is_rtl(text):
        return ((text, fallback if not covers(face, text) else face),)
    parts: list[tuple[str, Face]] = []
    for character in text:
        chosen = fallback if not covers(face, character) and covers(fallback, character) else face
        if parts and parts[-1][1] == chosen:
            parts[-1] = (parts[-1][0] + character, chosen)
        else:
            parts.append((character, chosen))
    return tuple(parts)

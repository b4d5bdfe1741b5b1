"""Type, measured and outlined: takes text and a face, returns widths, runs and glyph outlines of the very font file.

HarfBuzz shapes word by word, kerned but for figures, which stand in columns: the way the PDF's own fonts are set, so
that what is measured here is as wide there and in an outlined SVG.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from unicodedata import bidirectional

import uharfbuzz as hb

from charts.drawing import Face, Path, Segment, cubic
from data.fonts import font_file
from data.script import has_right_to_left

_RIGHT_TO_LEFT = frozenset({"R", "AL"})
_STRETCH = re.compile(r"R(?:[R0.,n]*R)?n*(?:(?:[0.n]|,(?=0))*0)?n*")
_INSIDE = re.compile(r"0(?:[0.,]*0)?|[R.,n]+")
_WORDS = re.compile("([ \u00a0])")
_FIGURES = re.compile(r"[\d.,:%+\-\u2212\u2013/ ]+")
_SHAPERS_OWN = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u2011\u202f\u2060")
"""Characters that HarfBuzz sets in any font: it leaves them out, or takes a hyphen or a narrower space."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A glyph of a face, its offset from the run's start and its advance; in ems or points as the function says."""

    index: int
    x: float
    y: float
    advance: float


@cache
def file(face: Face) -> str:
    return str(font_file(face.family, face.weight, italic=face.italic))


@cache
def _font(face: Face) -> hb.Font:
    return hb.Font(hb.Face(hb.Blob.from_file_path(file(face))))


@cache
def units(face: Face) -> int:
    """Font units to the em, in which outlines are."""
    return int(_font(face).face.upem)


@cache
def _has(face: Face, character: str) -> bool:
    return character in _SHAPERS_OWN or bool(_font(face).get_nominal_glyph(ord(character)))


def covers(face: Face, text: str) -> bool:
    return all(_has(face, character) for character in text)


def width(text: str, face: Face, size: float) -> float:
    """The advance of a run in points."""
    turned = right_to_left(text)
    return size * sum(glyph.advance for word in _words(text) for glyph in _shaped(face, word, turned))


def glyphs(text: str, face: Face, size: float) -> tuple[Glyph, ...]:
    """The glyphs of a run from left to right, in points."""
    placed, start, turned = [], 0.0, right_to_left(text)
    for word in _words(text):
        for glyph in _shaped(face, word, turned):
            placed.append(Glyph(glyph.index, start + size * glyph.x, size * glyph.y, size * glyph.advance))
            start += size * glyph.advance
    return tuple(placed)


def right_to_left(run: str) -> bool:
    """Whether a run of one direction is set from right to left. Its letters say so: Arabic and Persian figures run from
    left to right as all figures do."""
    return has_right_to_left(run) and any(bidirectional(character) in _RIGHT_TO_LEFT for character in run)


def _words(text: str) -> list[str]:
    words = [word for word in _WORDS.split(text) if word]
    return words[::-1] if right_to_left(text) else words


@lru_cache(maxsize=1 << 14)
def _shaped(face: Face, word: str, turned: bool) -> tuple[Glyph, ...]:
    """The glyphs in ems of a word, `turned` from right to left, each offset counted from the end of the one before."""
    buffer = hb.Buffer()
    buffer.add_str(word)
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if turned else "ltr"  # the guess goes by the script, and figures have one
    buffer.language = "und"  # the guess is the machine's locale
    buffer.flags = hb.BufferFlags.REMOVE_DEFAULT_IGNORABLES
    hb.shape(_font(face), buffer, {"kern": False} if _FIGURES.fullmatch(word) else {})
    em = units(face)
    return tuple(
        Glyph(info.codepoint, position.x_offset / em, position.y_offset / em, position.x_advance / em)
        for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
    )


@cache
def outline(face: Face, index: int) -> Path:
    """A glyph's outline in font units, y up; quadratic curves are raised to cubic ones."""
    segments: list[Segment] = []

    def move(x: float, y: float, _: object) -> None:
        segments.append(("M", (x, y)))

    def line(x: float, y: float, _: object) -> None:
        segments.append(("L", (x, y)))

    def curve(x1: float, y1: float, x2: float, y2: float, x: float, y: float, _: object) -> None:
        segments.append(("C", (x1, y1, x2, y2, x, y)))

    def quadratic(x1: float, y1: float, x: float, y: float, _: object) -> None:
        segments.append(("C", cubic(segments[-1][1][-2:], (x1, y1), (x, y))))

    def close(_: object) -> None:
        segments.append(("Z", ()))

    funcs = hb.DrawFuncs()
    funcs.set_move_to_func(move)
    funcs.set_line_to_func(line)
    funcs.set_cubic_to_func(curve)
    funcs.set_quadratic_to_func(quadratic)
    funcs.set_close_path_func(close)
    _font(face).draw_glyph(index, funcs)
    return tuple(segments)


def runs(text: str, face: Face, fallbacks: tuple[Face, ...]) -> tuple[tuple[str, Face], ...]:
    """`text` cut into runs of one direction and one face, in the order in which they stand from left to right.

    The paragraph runs from left to right (Unicode Bidirectional Algorithm, UAX 9, at paragraph level 0). What `face`
    lacks is set in the first of `fallbacks` that has it; what all lack becomes a question mark, since no font may print
    its .notdef (PDF/A-3, 6.2.11.8).
    """
    if covers(face, text) and not has_right_to_left(text):
        return ((text, face),)
    faces = (face, *fallbacks)
    known = "".join(character if any(_has(one, character) for one in faces) else "?" for character in text)
    return tuple(run for part in _by_direction(known) for run in _by_face(part, faces))


@lru_cache(maxsize=1 << 14)
def measure(text: str, face: Face, fallbacks: tuple[Face, ...], size: float) -> float:
    """The advance of `text` in points, cut into runs as it will be drawn."""
    return sum(width(part, chosen, size) for part, chosen in runs(text, face, fallbacks))


def _by_direction(text: str) -> list[str]:
    """The directional runs of a left-to-right paragraph, in visual order.

    A right-to-left stretch begins at its first letter and ends at the last letter or digit before the next
    left-to-right letter (rules W2, W7, N1); inside it the runs stand from right to left, digits among them (I1, L2).
    Unlike there, a number behind a comma is no part of it: in a name and a date, the day stays with its month.
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
    """R: a right-to-left letter, L: a left-to-right one, 0: a digit, n: a combining mark, a comma, or a dot."""
    if character in ",\u060c":
        return ","
    kind = bidirectional(character)
    return "R" if kind in _RIGHT_TO_LEFT else {"L": "L", "EN": "0", "AN": "0", "NSM": "n"}.get(kind, ".")


def _by_face(text: str, faces: Sequence[Face]) -> tuple[tuple[str, Face], ...]:
    """A run of right-to-left letters is set whole, spaces included, in the face that has all of it."""
    if right_to_left(text) and (whole := next((face for face in faces if covers(face, text)), None)):
        return ((text, whole),)
    parts: list[tuple[str, Face]] = []
    for character in text:
        chosen = next(face for face in faces if _has(face, character))
        if parts and parts[-1][1] == chosen:
            parts[-1] = (parts[-1][0] + character, chosen)
        else:
            parts.append((character, chosen))
    return tuple(parts[::-1] if right_to_left(text) else parts)

"""Measuring: takes text, a size and a width in points, returns its lines as the font's own advances break them.

Lines break as PowerPoint breaks them: at spaces and after hyphens and dashes, and inside a word that is wider than its
line. A line is 1.2 times its size high at single spacing, whatever the font (measured in PowerPoint's and LibreOffice's
output; the font's own ascent and descent are not used in DrawingML).
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

import uharfbuzz as hb

from data.fonts import font_file
from data.model import PLAIN, Cite, Mention, Number, Span, Text
from data.theme import Fonts
from slides.labels import ROOM, SIGN

LINE_HEIGHT = 1.2
_SAFETY = 1.01
"""Renderers round advances to their own grid; a line is taken as this much wider than its advances."""

_BREAKS = " -\u2010\u2013\u2014"
_PIECE = re.compile(r"[^ \u2010\u2013\u2014-]*(?:[\u2010\u2013\u2014-]+|[ ]+|$)")


@dataclass(frozen=True, slots=True)
class Face:
    """One style of a family, in the file that has it; a variable font takes its weight from `bold`."""

    path: Path
    bold: bool


@dataclass(frozen=True, slots=True)
class Line:
    """The characters `start` to `end` of the paragraph, and their width in points."""

    start: int
    end: int
    width: float


class _Piece(NamedTuple):
    """What stands between two places where a line may break, in one style: its text and its widths in ems, `whole` and
    `bare` of the blanks at its end. After a piece that is not `closed` no line may break."""

    text: str
    style: tuple[bool, bool]
    whole: float
    bare: float
    closed: bool


class _Word(NamedTuple):
    """The pieces that no line break parts, and their ems together without the blanks at the end; a word has several
    where the style changes inside it."""

    pieces: tuple[_Piece, ...]
    bare: float


Styled = tuple[tuple[str, bool, bool], ...]
"""The runs of a paragraph: text, bold, italic."""


class Metrics:
    """The widths of a theme's slide font. A character that it lacks is measured with the Arabic family, else an em."""

    def __init__(self, fonts: Fonts) -> None:
        self._chains = {
            (bold, italic): (
                _font(_face(fonts.slide_metrics, bold, italic=italic)),
                _font(_face(fonts.arabic, bold, italic=False)),
            )
            for bold in (False, True)
            for italic in (False, True)
        }
        self._safety = _SAFETY * fonts.slide_width
        self._ems = lru_cache(maxsize=65536)(self._measured)
        self._pieces = lru_cache(maxsize=65536)(self._piece)
        self._paragraphs = lru_cache(maxsize=16384)(self._cut)

    def width(self, text: str, size: float, *, bold: bool = False, italic: bool = False) -> float:
        """Points that `text` takes on one line."""
        return self._ems(text, bold, italic) * size

    def natural(self, text: Text, size: float, *, bold: bool = False) -> float:
        """The width of the paragraph on one line."""
        return sum(sum(piece.whole for piece in word.pieces) for word in self._words(text, bold)) * size

    def widest_word(self, text: Text, size: float, *, bold: bool = False) -> float:
        """The width of the longest piece that breaks only by force."""
        return max((word.bare for word in self._words(text, bold)), default=0.0) * size

    def lines(self, text: Text, size: float, width: float, *, bold: bool = False) -> tuple[Line, ...]:
        """The lines of one paragraph; blanks at a line's end hang and have no width."""
        made: list[Line] = []
        start = position = 0
        taken = inked = 0.0
        room = width / size
        for word in self._words(text, bold):
            bare = word.bare
            if taken and taken + bare > room:
                made.append(Line(start, position, inked * size))
                start, taken = position, 0.0
            if bare <= room:
                inked = taken + bare
                for piece in word.pieces:
                    taken += piece.whole
                    position += len(piece.text)
                continue
            for character, style in ((character, piece.style) for piece in word.pieces for character in piece.text):
                advance = self._ems(character, *style)
                if taken and character != " " and taken + advance > room:
                    made.append(Line(start, position, inked * size))
                    start, taken = position, 0.0
                taken += advance
                inked = inked if character == " " else taken
                position += 1
        made.append(Line(start, position, inked * size))
        return tuple(made)

    def _words(self, text: Text, bold: bool) -> tuple[_Word, ...]:
        return self._paragraphs(tuple(_styled(run, bold) for run in text if not isinstance(run, Cite)))

    def _cut(self, runs: Styled) -> tuple[_Word, ...]:
        found: list[list[_Piece]] = []
        closed = True
        for text, bold, italic in runs:
            for part in filter(None, _PIECE.findall(text)):
                piece = self._pieces(part, bold, italic)
                if closed:
                    found.append([piece])
                else:
                    found[-1].append(piece)
                closed = piece.closed
        return tuple(_Word(tuple(pieces), _bare(pieces)) for pieces in found)

    def _piece(self, text: str, bold: bool, italic: bool) -> _Piece:
        whole, bare = self._ems(text, bold, italic), self._ems(text.rstrip(" "), bold, italic)
        return _Piece(text, (bold, italic), whole, bare, text[-1] in _BREAKS)

    def _measured(self, text: str, bold: bool, italic: bool) -> float:
        """Ems; each stretch of `text` in the first font that has its characters."""
        main, arabic = self._chains[bold, italic]
        total, stretch, font = 0.0, "", main
        for character in text.replace(SIGN, ROOM):
            joins = unicodedata.combining(character) or unicodedata.category(character) == "Cf"
            needed = font if joins else main if _has(main, character) else arabic
            if needed is not font:
                total += _advance(font, stretch)
                stretch, font = "", needed
            stretch += character
        return (total + _advance(font, stretch)) * self._safety


@lru_cache(maxsize=2)  # a watched theme may have many
def metrics(fonts: Fonts) -> Metrics:
    """One for a set of fonts: words measured once are known to all slides."""
    return Metrics(fonts)


def _bare(word: list[_Piece]) -> float:
    """Ems of a word without the blanks at its end."""
    return sum(piece.whole for piece in word[:-1]) + word[-1].bare


def _styled(run: Span | Number | Mention, bold: bool) -> tuple[str, bool, bool]:
    style = PLAIN if isinstance(run, Mention) else run.style
    return run.text, bold or style.bold, style.italic


def _face(family: str, bold: bool, *, italic: bool) -> Face:
    return Face(font_file(family, 700 if bold else 400, italic=italic), bold)


@cache
def _font(face: Face) -> hb.Font:
    made = hb.Font(hb.Face(hb.Blob.from_file_path(str(face.path))))
    if made.face.has_var_data:
        made.set_variations({"wght": 700 if face.bold else 400})
    return made


@lru_cache(maxsize=8192)
def _has(font: hb.Font, character: str) -> bool:
    return font.get_nominal_glyph(ord(character)) is not None


def _advance(font: hb.Font, text: str) -> float:
    """Ems that `text` takes, kerned or not, whichever is wider: viewers differ in whether they kern."""
    if not text:
        return 0.0
    return max(_shaped(font, text, kern) for kern in (True, False))


def _shaped(font: hb.Font, text: str, kern: bool) -> float:
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    hb.shape(font, buffer, {"kern": kern})
    em: float = font.face.upem
    return (
        sum(
            position.x_advance if info.codepoint else em
            for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
        )
        / em
    )

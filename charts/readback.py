"""The chart read back: takes an SVG of ours, returns the texts that it shows, known by the outlines of their glyphs.

What is read is what is painted: each shape is looked up among the glyphs of the charts' own fonts, and a gap wider than
a glyph's advance is a space.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from lxml import etree  # type: ignore[import-untyped]

from charts import glyphs
from charts.drawing import Face
from charts.svg import glyph_data

UNREAD = "\ufffd"
"""Stands for a shape that is none of the characters below."""

_CHARACTERS = [
    *map(chr, range(0x21, 0x7F)),
    *map(chr, range(0xA1, 0x100)),
    *"–—−‘’“”…·†‡•€×",
    *map(chr, range(0x660, 0x66D)),
    *map(chr, range(0x6F0, 0x6FA)),
]
"""The last two lines: Arabic-Indic figures with their signs, and Persian ones, some of which are drawn alike."""
_LEAST_SPACE = 0.1
"""In ems; kerning moves glyphs by less, and no font's space is as narrow."""

_SVG = "{http://www.w3.org/2000/svg}"
_LINK = "{http://www.w3.org/1999/xlink}href"


def texts(svg: bytes, faces: Iterable[Face]) -> list[str]:
    """The texts of `svg`, outlined or live, in painting order; `faces` are those that it may be set in."""
    root = etree.fromstring(svg, etree.XMLParser(resolve_entities=False, no_network=True))
    shapes = {f"#{path.get('id')}": path.get("d", "") for path in root.iter(f"{_SVG}path") if path.get("id")}
    known = {shape: glyph for face in faces for shape, glyph in _glyphs(face).items()}
    found = []
    for element in root.iter(f"{_SVG}g", f"{_SVG}text"):
        if element.tag == f"{_SVG}text":
            found.append("".join(element.itertext()))
        elif uses := element.findall(f"{_SVG}use"):
            placed = [(float(use.get("x", "0")), shapes.get(use.get(_LINK, ""), "")) for use in uses]
            found.append("".join(_read(placed, known)))
    return found


def _read(placed: Iterable[tuple[float, str]], known: Mapping[str, tuple[str, float, float]]) -> Iterator[str]:
    end = None
    for x, shape in placed:
        character, advance, space = known.get(shape, (UNREAD, 0.0, 0.0))
        if end is not None and space and x - end > space:
            yield " "
        yield character
        end = x + advance if advance else None


@cache
def _glyphs(face: Face) -> dict[str, tuple[str, float, float]]:
    """A shape -> its character, its advance and the least space, in font units."""
    em = glyphs.units(face)
    made: dict[str, tuple[str, float, float]] = {}
    for character in _CHARACTERS:
        for glyph in glyphs.glyphs(character, face, em) if glyphs.covers(face, character) else ():
            shape = glyph_data(glyphs.outline(face, glyph.index))
            made.setdefault(shape, (character, glyph.advance, _LEAST_SPACE * em))
    return made

"""The chart as SVG: takes a drawing, returns the bytes of a stand-alone SVG 1.1 document.

Text is outlined, so that it looks the same wherever the file is shown: each glyph is defined once, in font units, and
used where it stands.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from charts import glyphs
from charts.drawing import Drawing, Face, Marks, Path, Pen, Shape, Words

_NAMESPACES = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


def svg(drawing: Drawing) -> bytes:
    width, height = _n(drawing.width), _n(drawing.height)
    writer = _Writer(drawing)
    body = [line for operation in drawing.operations for line in writer.operation(operation)]
    definitions = ["<defs>", *writer.definitions, "</defs>"] if writer.definitions else []
    head = f'<svg {_NAMESPACES} version="1.1" width="{width}pt" height="{height}pt" viewBox="0 0 {width} {height}">'
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', head, *definitions, *body, "</svg>", ""]
    return "\n".join(lines).encode()


@dataclass
class _Writer:
    """What is defined once and used again: glyphs, named in the order of their first use."""

    drawing: Drawing
    definitions: list[str] = field(default_factory=list)
    _names: dict[tuple[Face, int], str] = field(default_factory=dict)

    def operation(self, operation: Shape | Marks | Words) -> Iterator[str]:
        match operation:
            case Shape():
                yield from self._shape(operation)
            case Marks():
                yield from self._marks(operation)
            case Words():
                yield from self._words(operation)

    def _shape(self, shape: Shape) -> Iterator[str]:
        d = self._d(shape.path)
        if shape.hatch is None:
            yield f'<path d="{d}"{_fill(shape.fill)}{_stroke(shape.pen)}/>'
            return
        if shape.fill:
            yield f'<path d="{d}"{_fill(shape.fill)}/>'
        strokes = self._d(shape.hatch.strokes(shape.path))
        yield f'<path d="{strokes}" fill="none"{_stroke(replace(shape.hatch.pen, cap="butt"))}/>'
        if shape.pen:
            yield f'<path d="{d}" fill="none"{_stroke(shape.pen)}/>'

    def _marks(self, marks: Marks) -> Iterator[str]:
        d = "".join(self._d(marks.path, x, y) for x, y in marks.places)
        yield f'<path d="{d}"{_fill(marks.fill)}{_stroke(marks.pen)}/>'

    def _words(self, words: Words) -> Iterator[str]:
        scale = words.size / glyphs.units(words.face)
        place = f"translate({_n(words.x)} {_n(self.drawing.height - words.y)}) scale({scale:.6g} {-scale:.6g})"
        uses = []
        for glyph in glyphs.glyphs(words.text, words.face, words.size):
            if path := glyphs.outline(words.face, glyph.index):
                name, x = self._glyph(words.face, glyph.index, path), _n(glyph.x / scale)
                y = f' y="{_n(glyph.y / scale)}"' if glyph.y else ""
                uses.append(f'<use xlink:href="#{name}" x="{x}"{y}/>')
        if uses:
            yield f'<g transform="{place}"{_fill(words.colour)}>{"".join(uses)}</g>'

    def _glyph(self, face: Face, index: int, path: Path) -> str:
        if (name := self._names.get((face, index))) is None:
            name = self._names[face, index] = f"g{len(self._names)}"
            self.definitions.append(f'<path id="{name}" d="{glyph_data(path)}"/>')
        return name

    def _d(self, path: Path, dx: float = 0.0, dy: float = 0.0) -> str:
        """Path data, turned from y up to y down."""
        height = self.drawing.height
        return "".join(
            letter + " ".join(_n(height - dy - number if k % 2 else number + dx) for k, number in enumerate(numbers))
            for letter, numbers in path
        )


def glyph_data(path: Path) -> str:
    """The path data by which a glyph's outline is defined, in font units, y up."""
    return "".join(letter + " ".join(map(_n, numbers)) for letter, numbers in path)


def _fill(colour: str | None) -> str:
    return f' fill="{colour or "none"}"'


def _stroke(pen: Pen | None) -> str:
    if pen is None:
        return ""
    parts = [f' stroke="{pen.colour}" stroke-width="{_n(pen.width)}"']
    parts += [f' stroke-linecap="{pen.cap}"'] if pen.cap != "butt" else []
    parts += [f' stroke-linejoin="{pen.join}"'] if pen.join != "miter" else []
    parts += [f' stroke-dasharray="{" ".join(map(_n, pen.dash))}"'] if pen.dash else []
    return "".join(parts)


def _n(number: float) -> str:
    """At most two decimals: a hundredth of a point."""
    text = f"{number:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text

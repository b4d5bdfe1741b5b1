"""The chart in the PDF: takes a recorded drawing and a ReportLab canvas, writes drawing operators and nothing else.

No structure, no annotations and no images are written: the caller stands inside its tagged Figure. Text is live, in
the fonts that the document has registered.
"""

from collections.abc import Mapping

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import FILL_NON_ZERO, Canvas

from charts.drawing import Drawing, Face, Marks, Path, Pen, Shape, Words

HAIRLINE = 0.25
"""The thinnest stroke in points: a finer one may vanish in print."""

_CAPS = {"butt": 0, "round": 1, "square": 2}
_JOINS = {"miter": 0, "round": 1, "bevel": 2}


def draw(canvas: Canvas, drawing: Drawing, x: float, y: float, fonts: Mapping[Face, str]) -> None:
    """`drawing` with its lower left corner at (x, y) in points; `fonts` names the registered font of each face.

    The registered fonts (`report.fonts`) join and turn right-to-left runs. KeyError for a face not in `fonts`.
    """
    canvas.saveState()
    canvas.translate(x, y)
    for operation in drawing.operations:
        canvas.saveState()
        match operation:
            case Shape():
                _shape(canvas, operation)
            case Marks():
                _marks(canvas, operation)
            case Words():
                _words(canvas, operation, fonts[operation.face])
        canvas.restoreState()
    canvas.restoreState()


def _shape(canvas: Canvas, shape: Shape) -> None:
    if shape.fill:
        _ink(canvas, shape.fill, None)
        canvas.drawPath(_traced(canvas, shape.path), stroke=0, fill=1, fillMode=FILL_NON_ZERO)
    if shape.hatch:
        canvas.saveState()
        canvas.clipPath(_traced(canvas, shape.path), stroke=0, fill=0, fillMode=FILL_NON_ZERO)
        _ink(canvas, shape.hatch.pen.colour, shape.hatch.pen)
        for dx, dy in shape.hatch.places(shape.path):
            canvas.drawPath(_traced(canvas, shape.hatch.tile, dx, dy), stroke=1, fill=0)
        canvas.restoreState()
    if shape.pen:
        _ink(canvas, None, shape.pen)
        canvas.drawPath(_traced(canvas, shape.path), stroke=1, fill=0)


def _marks(canvas: Canvas, marks: Marks) -> None:
    _ink(canvas, marks.fill, marks.pen)
    stroke, fill = int(marks.pen is not None), int(marks.fill is not None)
    for x, y in marks.places:
        canvas.drawPath(_traced(canvas, marks.path, x, y), stroke=stroke, fill=fill, fillMode=FILL_NON_ZERO)


def _words(canvas: Canvas, words: Words, font: str) -> None:
    canvas.setFillColor(HexColor(words.colour))
    canvas.setFont(font, words.size)
    canvas.drawString(words.x, words.y, words.text)


def _ink(canvas: Canvas, fill: str | None, pen: Pen | None) -> None:
    if fill:
        canvas.setFillColor(HexColor(fill))
    if pen:
        canvas.setStrokeColor(HexColor(pen.colour))
        canvas.setLineWidth(max(HAIRLINE, pen.width))
        canvas.setLineCap(_CAPS[pen.cap])
        canvas.setLineJoin(_JOINS[pen.join])
        if pen.dash:
            canvas.setDash(list(pen.dash), 0.0)


def _traced(canvas: Canvas, path: Path, dx: float = 0.0, dy: float = 0.0) -> object:
    traced = canvas.beginPath()
    for letter, numbers in path:
        at = [number + (dx, dy)[k % 2] for k, number in enumerate(numbers)]
        match letter:
            case "M":
                traced.moveTo(*at)
            case "L":
                traced.lineTo(*at)
            case "C":
                traced.curveTo(*at)
            case _:
                traced.close()
    return traced

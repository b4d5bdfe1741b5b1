"""The chart as PNG: takes a drawing and a resolution, returns bytes. Matplotlib's Agg paints the recorded operations.

Text is painted from its outlines, as in the SVG, so that both are the same picture.
"""

from collections.abc import Iterator
from io import BytesIO
from math import ceil
from typing import Any

from matplotlib.backend_bases import GraphicsContextBase
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.colors import to_rgb
from matplotlib.path import Path as AggPath
from matplotlib.transforms import Affine2D, TransformedPath
from PIL import Image

from charts import glyphs
from charts.drawing import Drawing, Fill, Marks, Path, Pen, Shape, Words

_CODES: dict[str, list[Any]] = {
    "M": [AggPath.MOVETO],
    "L": [AggPath.LINETO],
    "C": [AggPath.CURVE4] * 3,
    "Z": [AggPath.CLOSEPOLY],
}


def png(drawing: Drawing, dpi: float = 200.0, ground: str = "#ffffff") -> bytes:
    """`dpi` dots to 72 points, on an opaque `ground`."""
    image = _painted(drawing, dpi, ground)
    written = BytesIO()
    image.save(written, "PNG", dpi=(dpi, dpi))
    return written.getvalue()


def _painted(drawing: Drawing, dpi: float, ground: str) -> Image.Image:
    scale = dpi / 72
    width, height = ceil(drawing.width * scale), ceil(drawing.height * scale)
    agg: Any = RendererAgg(width, height, dpi)  # type: ignore[no-untyped-call]
    # Agg counts rows from the top, and takes paths from the bottom; the drawing's last row may be cut.
    view = Affine2D().scale(scale).translate(0, height - drawing.height * scale)
    for operation in drawing.operations:
        _paint(agg, operation, view, scale)
    over = Image.frombuffer("RGBA", (width, height), agg.buffer_rgba(), "raw", "RGBA", 0, 1)
    under = Image.new("RGBA", (width, height), ground)
    under.alpha_composite(over)
    return under.convert("RGB")


def _paint(agg: Any, operation: Shape | Marks | Words, view: Affine2D, scale: float) -> None:
    gc = GraphicsContextBase()
    gc.set_snap(False)
    if operation.clip:
        gc.set_clip_path(TransformedPath(_path(operation.clip), view))
    match operation:
        case Shape():
            path = _path(operation.path)
            agg.draw_path(_ink(gc, None, scale), path, view, _colour(operation.fill))
            if operation.hatch:
                clipped = _ink(GraphicsContextBase(), operation.hatch.pen, scale)
                clipped.set_snap(False)
                clipped.set_clip_path(TransformedPath(path, view))
                tile = _path(operation.hatch.tile)
                for x, y in operation.hatch.places(operation.path):
                    agg.draw_path(clipped, tile, Affine2D().translate(x, y) + view, None)
            if operation.pen:
                agg.draw_path(_ink(gc, operation.pen, scale), path, view, None)
        case Marks():
            path = _path(operation.path)
            for x, y in operation.places:
                at = Affine2D().translate(x, y) + view
                agg.draw_path(_ink(gc, operation.pen, scale), path, at, _colour(operation.fill))
        case Words():
            em = operation.size / glyphs.units(operation.face)
            place = Affine2D().rotate_deg(operation.angle).translate(operation.x, operation.y) + view
            fill = _colour(Fill(operation.colour, operation.alpha))
            agg.draw_path(_ink(gc, None, scale), _path(tuple(_letters(operation, em))), place, fill)


def _letters(words: Words, em: float) -> Iterator[tuple[str, tuple[float, ...]]]:
    """The outlines of a whole run as one path, around the start of its baseline."""
    for glyph in glyphs.glyphs(words.text, words.face, words.size):
        for letter, numbers in glyphs.outline(words.face, glyph.index):
            yield letter, tuple(n * em + (glyph.y if k % 2 else glyph.x) for k, n in enumerate(numbers))


def _ink(gc: GraphicsContextBase, pen: Pen | None, scale: float) -> GraphicsContextBase:
    gc.set_linewidth(pen.width * scale if pen else 0.0)
    if pen:
        gc.set_foreground((*to_rgb(pen.colour), pen.alpha), isRGBA=True)
        gc.set_capstyle("projecting" if pen.cap == "square" else pen.cap)
        gc.set_joinstyle(pen.join)
        gc.set_dashes(pen.offset * scale, [length * scale for length in pen.dash] or None)
    return gc


def _colour(fill: Fill | None) -> tuple[float, float, float, float] | None:
    return (*to_rgb(fill.colour), fill.alpha) if fill else None


def _path(path: Path) -> AggPath:
    vertices: list[tuple[float, float]] = []
    codes: list[int] = []
    for letter, numbers in path:
        vertices += zip(numbers[0::2], numbers[1::2], strict=True) if numbers else [(0.0, 0.0)]
        codes += _CODES[letter]
    return AggPath(vertices, codes) if codes else AggPath([(0.0, 0.0)])

"""The recorder: a Matplotlib backend that takes a sheet's artists, and returns a Drawing.

One renderer for all outputs: what it records is replayed in the PDF, as SVG and as PNG. It runs at 72 dots an inch, so
that Matplotlib's pixels are points. What no chart has is not recorded: transparency, clips, turned text; an image is
refused by Matplotlib's own renderer.
"""

# ruff: noqa: ARG002, N803 (the arguments and their names are Matplotlib's)

from collections.abc import Iterable, Mapping
from typing import Any

from matplotlib.artist import Artist
from matplotlib.backend_bases import GraphicsContextBase, RendererBase
from matplotlib.colors import to_hex
from matplotlib.font_manager import FontProperties
from matplotlib.path import Path as MatplotlibPath
from matplotlib.transforms import Affine2D, Transform

from charts import glyphs
from charts.drawing import (
    Cap,
    Drawing,
    Face,
    Hatch,
    Join,
    Marks,
    Operation,
    Path,
    Pen,
    Segment,
    Shape,
    Words,
    cubic,
)

_TILE = 72.0  # Matplotlib repeats a hatch every inch
_DECIMALS = 3  # a thousandth of a point: under what any device shows, and the same on every platform
_LETTERS = {
    MatplotlibPath.MOVETO: "M",
    MatplotlibPath.LINETO: "L",
    MatplotlibPath.CURVE3: "Q",
    MatplotlibPath.CURVE4: "C",
    MatplotlibPath.CLOSEPOLY: "Z",
}
_CAPS: dict[str, Cap] = {"butt": "butt", "round": "round", "projecting": "square"}
_JOINS: dict[str, Join] = {"miter": "miter", "round": "round", "bevel": "bevel"}


def record(artists: Iterable[Artist], width: float, height: float, faces: Mapping[str, Face]) -> Drawing:
    """What the artists draw, in this order, on a sheet of this size in points; `faces` says which face a font file is.
    KeyError for text in another."""
    recorder = _Recorder(faces)
    for artist in artists:
        artist.draw(recorder)
    return Drawing(_rounded(width), _rounded(height), tuple(recorder.operations))


class _Recorder(RendererBase):
    def __init__(self, faces: Mapping[str, Face]) -> None:
        super().__init__()
        self.operations: list[Operation] = []
        self._faces = faces
        self._origins: list[str] = []

    def flipy(self) -> bool:
        return False

    def open_group(self, s: str, gid: str | None = None) -> None:
        self._origins.append(gid or "")

    def close_group(self, s: str) -> None:
        self._origins.pop()

    def draw_path(
        self, gc: GraphicsContextBase, path: MatplotlibPath, transform: Transform, rgbFace: Any = None
    ) -> None:
        shape = Shape(_path(path, transform), _fill(rgbFace), _pen(gc), _hatch(gc))
        if shape.path and (shape.fill or shape.pen or shape.hatch):
            self.operations.append(shape)

    def draw_markers(
        self,
        gc: GraphicsContextBase,
        marker_path: MatplotlibPath,
        marker_trans: Transform,
        path: MatplotlibPath,
        trans: Transform,
        rgbFace: Any = None,
    ) -> None:
        places = tuple(
            (_rounded(vertices[-2]), _rounded(vertices[-1]))
            for vertices, _ in path.iter_segments(trans, simplify=False)
        )
        marks = Marks(_path(marker_path, marker_trans), places, _fill(rgbFace), _pen(gc))
        if marks.places and marks.path and (marks.fill or marks.pen):
            self.operations.append(marks)

    def draw_text(
        self,
        gc: GraphicsContextBase,
        x: float,
        y: float,
        s: str,
        prop: FontProperties,
        angle: float,
        ismath: Any = False,
        mtext: Any = None,
    ) -> None:
        face = self._faces[str(prop.get_file())]
        size = float(prop.get_size_in_points())
        colour, width = to_hex(gc.get_rgb()[:3]), _rounded(glyphs.width(s, face, size))
        self.operations.append(Words(_rounded(x), _rounded(y), s, face, size, colour, width, self._origins[-1]))


def _rounded(value: float) -> float:
    return round(float(value), _DECIMALS) + 0.0  # + 0.0 turns -0.0 into 0.0


def _path(path: MatplotlibPath, transform: Transform) -> Path:
    segments: list[Segment] = []
    pen: tuple[float, ...] = ()
    for vertices, code in path.iter_segments(transform, simplify=False):
        letter, numbers = _LETTERS[code], tuple(float(value) for value in vertices)
        if letter == "Q":  # raised to a cubic curve
            letter, numbers = "C", cubic(pen, numbers[:2], numbers[2:])
        if letter == "Z":
            segments.append(("Z", ()))
        else:
            segments.append((letter, tuple(_rounded(number) for number in numbers)))
            pen = numbers[-2:]
    return tuple(segments)


def _fill(face: Any) -> str | None:
    return None if face is None else to_hex(face[:3])


def _pen(gc: Any) -> Pen | None:
    width = float(gc.get_linewidth())
    if width <= 0:
        return None
    _, dashes = gc.get_dashes()
    return Pen(
        to_hex(gc.get_rgb()[:3]),
        width,
        tuple(_rounded(length) for length in dashes or ()),
        _CAPS[str(gc.get_capstyle())],
        _JOINS[str(gc.get_joinstyle())],
    )


def _hatch(gc: Any) -> Hatch | None:
    tile = gc.get_hatch_path()
    if tile is None:
        return None
    pen = Pen(to_hex(gc.get_hatch_color()[:3]), float(gc.get_hatch_linewidth()), cap="square")
    return Hatch(_path(tile, Affine2D().scale(_TILE)), _TILE, pen)

"""The recorder: a Matplotlib backend that takes artists, a Figure or those of one, and returns a Drawing.

One renderer for all outputs: what it records is replayed in the PDF, as SVG and as PNG. It runs at 72 dots an inch, so
that Matplotlib's pixels are points. Images and shaded triangles are refused: a drawing is vectors and text.
"""

# ruff: noqa: ARG002, N803 (the arguments and their names are Matplotlib's)

from collections.abc import Iterable, Mapping
from typing import Any, NoReturn

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
    Fill,
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


class NotVectorError(ValueError):
    """An artist that can only be drawn as an image."""


def record(artists: Iterable[Artist], width: float, height: float, faces: Mapping[str, Face]) -> Drawing:
    """What the artists draw, in this order, on a sheet of this size in points; `faces` says which face a font file is.

    Raises NotVectorError for an image, and KeyError for text in a font file that `faces` does not name.
    """
    recorder = _Recorder(width, height, faces)
    for artist in artists:
        artist.draw(recorder)
    return Drawing(_rounded(width), _rounded(height), tuple(recorder.operations))


class _Recorder(RendererBase):
    def __init__(self, width: float, height: float, faces: Mapping[str, Face]) -> None:
        super().__init__()
        self.dpi = 72.0  # asked for by images before they ask to be drawn
        self.operations: list[Operation] = []
        self._size = (width, height)
        self._faces = faces
        self._origins: list[str] = []

    def get_canvas_width_height(self) -> tuple[float, float]:
        return self._size

    def flipy(self) -> bool:
        return False

    def points_to_pixels(self, points: Any) -> Any:
        return points

    def open_group(self, s: str, gid: str | None = None) -> None:
        self._origins.append(gid or "")

    def close_group(self, s: str) -> None:
        self._origins.pop()

    def draw_path(
        self, gc: GraphicsContextBase, path: MatplotlibPath, transform: Transform, rgbFace: Any = None
    ) -> None:
        shape = Shape(_path(path, transform), _fill(gc, rgbFace), _pen(gc), _hatch(gc), _clip(gc))
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
        marks = Marks(_path(marker_path, marker_trans), places, _fill(gc, rgbFace), _pen(gc), _clip(gc))
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
        face = self._face(prop)
        size = float(prop.get_size_in_points())
        self.operations.append(
            Words(
                _rounded(x),
                _rounded(y),
                s,
                face,
                size,
                to_hex(gc.get_rgb()[:3]),
                _rounded(glyphs.width(s, face, size)),
                alpha=_stroke_alpha(gc),
                angle=_rounded(angle),
                rtl=glyphs.right_to_left(s),
                origin=self._origins[-1] if self._origins else "",
                clip=_clip(gc),
            )
        )

    def get_text_width_height_descent(self, s: str, prop: FontProperties, ismath: Any) -> tuple[float, float, float]:
        """Of a line: its advance, and the face's own ascent and descent, whatever letters it has."""
        face = self._face(prop)
        size = float(prop.get_size_in_points())
        ascent, descent = glyphs.extents(face, size)
        return glyphs.width(s, face, size), ascent + descent, descent

    def draw_image(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise NotVectorError("an image cannot be part of a chart")

    def draw_gouraud_triangles(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise NotVectorError("a shaded triangle cannot be part of a chart")

    def draw_tex(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise NotVectorError("TeX cannot be part of a chart")

    def _face(self, prop: FontProperties) -> Face:
        return self._faces[str(prop.get_file())]


def _rounded(value: float) -> float:
    return round(float(value), _DECIMALS) + 0.0  # + 0.0 turns -0.0 into 0.0


def _path(path: MatplotlibPath, transform: Transform | None = None) -> Path:
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


def _stroke_alpha(gc: Any) -> float:
    return float(gc.get_alpha() if gc.get_forced_alpha() else gc.get_rgb()[3])


def _fill(gc: Any, face: Any) -> Fill | None:
    if face is None:
        return None
    own = float(face[3]) if len(face) > 3 else 1.0
    alpha = float(gc.get_alpha()) if gc.get_forced_alpha() else own
    return Fill(to_hex(tuple(face[:3])), alpha) if alpha > 0 else None


def _pen(gc: Any) -> Pen | None:
    alpha = _stroke_alpha(gc)
    width = float(gc.get_linewidth())
    if width <= 0 or alpha <= 0:
        return None
    offset, dashes = gc.get_dashes()
    return Pen(
        to_hex(gc.get_rgb()[:3]),
        width,
        alpha,
        tuple(_rounded(length) for length in dashes or ()),
        _rounded(offset or 0.0),
        _CAPS[str(gc.get_capstyle())],
        _JOINS[str(gc.get_joinstyle())],
    )


def _hatch(gc: Any) -> Hatch | None:
    tile = gc.get_hatch_path()
    if tile is None:
        return None
    colour = gc.get_hatch_color()
    pen = Pen(to_hex(tuple(colour[:3])), float(gc.get_hatch_linewidth()), float(colour[3]), cap="square")
    return Hatch(_path(tile, Affine2D().scale(_TILE)), _TILE, pen)


def _clip(gc: Any) -> Path:
    path, transform = gc.get_clip_path()
    if path is not None:
        return _path(path, transform)
    box = gc.get_clip_rectangle()
    if box is None:
        return ()
    return _path(MatplotlibPath(box.corners()[[0, 2, 3, 1, 0]], closed=True))

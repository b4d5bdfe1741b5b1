"""The drawing: a recorded chart as plain data. Takes nothing, imports only the stdlib; every replay reads this.

All lengths are points (1/72 inch); the origin is the lower left corner and y points up, as in PDF; colours are
"#rrggbb". A drawing holds vectors and text only, opaque and upright: there is no operation for an image. It can be
pickled and turned into JSON and back, so that a chart is drawn once and replayed, or taken from a cache, without
Matplotlib.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from math import ceil, floor
from typing import Any, Literal

Cap = Literal["butt", "round", "square"]
Join = Literal["miter", "round", "bevel"]

Segment = tuple[str, tuple[float, ...]]
"""("M", (x, y)), ("L", (x, y)), ("C", (x1, y1, x2, y2, x, y)) or ("Z", ())."""

Path = tuple[Segment, ...]


def cubic(start: tuple[float, ...], control: tuple[float, ...], end: tuple[float, ...]) -> tuple[float, ...]:
    """The numbers of the "C" segment that is the quadratic curve from `start` to `end`."""
    first = (near + 2 / 3 * (far - near) for near, far in zip(start, control, strict=True))
    second = (near + 2 / 3 * (far - near) for near, far in zip(end, control, strict=True))
    return (*first, *second, *end)


@dataclass(frozen=True)
class Face:
    """A font by the name of its package, its weight and its slant: the key that a replay maps to a font of its own."""

    family: str
    weight: int = 400
    italic: bool = False


@dataclass(frozen=True)
class Pen:
    """A stroke; `dash` holds lengths on and off, () for a solid line."""

    colour: str
    width: float
    dash: tuple[float, ...] = ()
    cap: Cap = "butt"
    join: Join = "miter"


@dataclass(frozen=True)
class Hatch:
    """A square tile of lines, `size` points wide, repeated from the drawing's origin and cut to the box it fills."""

    tile: Path
    size: float
    pen: Pen

    def places(self, path: Path) -> list[tuple[float, float]]:
        """Where tiles stand that cover the box of `path`."""
        xs = [number for _, numbers in path for number in numbers[0::2]]
        ys = [number for _, numbers in path for number in numbers[1::2]]
        across, up = (range(floor(min(side) / self.size), ceil(max(side) / self.size)) for side in (xs, ys))
        return [(column * self.size, row * self.size) for column, row in product(across, up)]

    def strokes(self, box: Path) -> Path:
        """The lines of all tiles, cut to `box`, an upright rectangle: for readers who handle a clip badly
        (LibreOffice loses a hatch behind one now and then). Y. D. Liang, B. A. Barsky, "A New Concept and Method for
        Line Clipping", ACM Transactions on Graphics 3 (1984)."""
        xs = [number for _, numbers in box for number in numbers[0::2]]
        ys = [number for _, numbers in box for number in numbers[1::2]]
        cut: list[tuple[str, tuple[float, ...]]] = []
        for left, bottom in self.places(box):
            for (_, start), (_, end) in zip(self.tile[::2], self.tile[1::2], strict=True):
                x, y, dx, dy = start[0] + left, start[1] + bottom, end[0] - start[0], end[1] - start[1]
                first, last = 0.0, 1.0
                for step, room in ((-dx, x - min(xs)), (dx, max(xs) - x), (-dy, y - min(ys)), (dy, max(ys) - y)):
                    if step < 0:
                        first = max(first, room / step)
                    elif step > 0:
                        last = min(last, room / step)
                    elif room < 0:
                        last = -1.0
                if first < last:
                    cut += [("M", (x + first * dx, y + first * dy)), ("L", (x + last * dx, y + last * dy))]
        return tuple(cut)


@dataclass(frozen=True)
class Shape:
    """A path, filled by the non-zero rule, then hatched, then stroked."""

    path: Path
    fill: str | None = None
    pen: Pen | None = None
    hatch: Hatch | None = None


@dataclass(frozen=True)
class Marks:
    """One path, drawn around its own origin, at each place."""

    path: Path
    places: tuple[tuple[float, float], ...]
    fill: str | None = None
    pen: Pen | None = None


@dataclass(frozen=True)
class Words:
    """A run of text in one face and one direction, in logical order; (x, y) is the left end of its baseline, `width`
    its measured advance.

    `origin` says where a number came from: "<value id>:<part>" for a Number's text ("gaza-killed:value"), "tick" for a
    tick of an axis, "" for all else.
    """

    x: float
    y: float
    text: str
    face: Face
    size: float
    colour: str
    width: float
    origin: str = ""


Operation = Shape | Marks | Words


@dataclass(frozen=True)
class Drawing:
    width: float
    height: float
    operations: tuple[Operation, ...]

    @property
    def words(self) -> Iterator[Words]:
        return (operation for operation in self.operations if isinstance(operation, Words))

    @property
    def faces(self) -> tuple[Face, ...]:
        """The faces in use, in a fixed order."""
        return tuple(sorted({words.face for words in self.words}, key=lambda f: (f.family, f.weight, f.italic)))


def to_json(drawing: Drawing) -> str:
    whole = {"width": drawing.width, "height": drawing.height, "operations": drawing.operations}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":"), default=_fields)


def _fields(part: Any) -> dict[str, Any]:
    """An operation or a part of one; asdict takes four times as long."""
    return {"kind": type(part).__name__, **vars(part)} if isinstance(part, Operation) else vars(part)


def from_json(text: str) -> Drawing:
    """The drawing that `to_json` wrote; ValueError, KeyError or TypeError for anything else."""
    whole = json.loads(text)
    return Drawing(whole["width"], whole["height"], tuple(_operation(item) for item in whole["operations"]))


_PARTS = {"pen": Pen, "hatch": Hatch, "face": Face}
_KINDS = {kind.__name__: kind for kind in (Shape, Marks, Words)}


def _operation(item: dict[str, Any]) -> Operation:
    fields = dict(item)
    operation: Operation = _KINDS[fields.pop("kind")](**_frozen(fields))
    return operation


def _frozen(fields: dict[str, Any]) -> dict[str, Any]:
    """Lists become tuples again, and mappings the dataclass that their key names."""
    return {
        key: _PARTS[key](**_frozen(value)) if isinstance(value, dict) else _tuples(value)
        for key, value in fields.items()
    }


def _tuples(value: Any) -> Any:
    return tuple(_tuples(item) for item in value) if isinstance(value, list) else value

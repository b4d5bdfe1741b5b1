"""The one style of all charts: takes a frame and the theme, returns sizes, faces and colours, and a sheet to draw on.

A sheet gathers Matplotlib's artists, whose coordinates are points from its upper left corner, y pointing down, as a
page is read. Layout is arithmetic on measured text; nothing is placed by trial drawing. So no Figure is needed, whose
import would take a quarter of the time of Matplotlib's.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Literal

from matplotlib.artist import Artist
from matplotlib.backend_bases import RendererBase
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from charts import glyphs, rc
from charts.drawing import Drawing, Face
from charts.record import record
from data.theme import Palette, Theme, contrast, mix

Medium = Literal["paper", "slide"]
Anchor = Literal["left", "centre", "right"]
Spot = Literal["circle", "diamond", "square", "triangle", "wedge", "cross", "plus", "star"]

FLOOR = {"paper": 7.0, "slide": 12.0}
"""The smallest type in points: what a reader holds, and what a room sees."""

THINNEST = 0.4
"""The thinnest line in points; a printer drops what is under 0.25 pt."""

_TINT = 0.28
_MARKERS = {
    "circle": "o",
    "diamond": "D",
    "square": "s",
    "triangle": "^",
    "wedge": "v",
    "cross": "X",
    "plus": "P",
    "star": "*",
}
_SIDES = {
    "circle": 2.0,
    "diamond": 1.72,
    "square": 1.78,
    "triangle": 2.2,
    "wedge": 2.2,
    "cross": 2.6,
    "plus": 2.6,
    "star": 2.8,
}
"""Of marks that look as large as a circle, in multiples of its radius."""


@dataclass(frozen=True, slots=True)
class ChartFrame:
    """Where a chart will stand: its width and greatest height in points, its type size, and what shows it."""

    width: float
    height: float
    size: float
    medium: Medium = "paper"


@dataclass(frozen=True, slots=True)
class Outline:
    """The edge of a filled shape, its width in points. `hatch` is a Matplotlib pattern that is drawn in its colour,
    `dash` is in multiples of its width."""

    colour: str
    width: float
    hatch: str = ""
    dash: tuple[float, ...] = ()


@dataclass(frozen=True)
class Style:
    """Sizes in points. `size` is the labels' type size, `small` that of ticks, details and annotations."""

    frame: ChartFrame
    theme: Theme
    size: float

    @property
    def palette(self) -> Palette:
        return self.theme.palette

    @property
    def floor(self) -> float:
        return FLOOR[self.frame.medium]

    @cached_property
    def small(self) -> float:
        return max(self.floor, round(self.size * 0.88, 2))

    @cached_property
    def regular(self) -> Face:
        return Face(self._family)

    @cached_property
    def strong(self) -> Face:
        """On a slide emphasis is by colour and size: the deck's font comes in one weight."""
        return Face(self._family, 600 if self.frame.medium == "paper" else 400)

    @cached_property
    def italic(self) -> Face:
        return Face(self._family, 400, italic=self.frame.medium == "paper")

    @cached_property
    def fallbacks(self) -> tuple[Face, ...]:
        return Face(self.theme.fonts.arabic), Face(self.theme.fonts.hebrew)

    @property
    def _family(self) -> str:
        return self.theme.fonts.sans if self.frame.medium == "paper" else self.theme.fonts.slide_metrics

    @property
    def unit(self) -> float:
        """One part of the drawing's measure: a tenth of the type size. Lines, dots and gaps are multiples of it."""
        return self.size / 10

    @property
    def rule(self) -> float:
        return max(THINNEST, 0.5 * self.unit)

    @property
    def stroke(self) -> float:
        return 1.8 * self.unit

    @property
    def radius(self) -> float:
        return 3.2 * self.unit

    def width(self, text: str, face: Face, size: float) -> float:
        return glyphs.measure(text, face, self.fallbacks, size)

    def leading(self, size: float) -> float:
        return round(size * 1.22, 2)

    def series(self, index: int) -> str:
        return self.palette.population(index)

    def lettering(self, index: int) -> str:
        """The series colour for words: with as much ink as it needs for 4.5:1 on paper (WCAG 2.2, 1.4.3)."""
        colour, palette = self.series(index), self.palette
        shares = (mix(colour, palette.ink, tenths / 10) for tenths in range(10, 0, -1))
        return next((mixed for mixed in shares if contrast(mixed, palette.paper) >= 4.5), palette.ink)

    def marking(self, index: int | None) -> tuple[str, str]:
        """The colour of a series's marks and its tint, which is mixed with paper: opaque, so that it prints the same
        everywhere. None for a sample of several series, which is neutral."""
        if index is None:
            return self.palette.muted, self.palette.rule
        colour = self.series(index)
        return colour, mix(colour, self.palette.paper, _TINT)


class Sheet:
    """What is drawn on; `finish` gives it its height and records it."""

    def __init__(self, style: Style) -> None:
        rc.reset()
        self.style = style
        self._down = Affine2D()
        self._artists: list[Artist] = []  # in painter's order
        self._faces: dict[str, Face] = {}

    def finish(self, height: float) -> Drawing:
        """The drawing, `height` points tall."""
        self._down.clear().scale(1, -1).translate(0, height)
        return record(self._artists, self.style.frame.width, height, self._faces)

    def line(
        self,
        points: Sequence[tuple[float, float]],
        colour: str,
        width: float,
        dash: tuple[float, ...] = (),
        cap: Literal["butt", "round"] = "butt",
    ) -> None:
        """A polyline; `dash` is in multiples of its width."""
        xs, ys = zip(*points, strict=True)
        self._add(
            Line2D(
                xs,
                ys,
                color=colour,
                linewidth=width,
                linestyle=(0, dash) if dash else "-",
                marker="None",
                solid_capstyle=cap,
                dash_capstyle=cap,
                solid_joinstyle="round",
                antialiased=True,
            )
        )

    def area(self, points: Sequence[tuple[float, float]], fill: str, outline: Outline | None = None) -> None:
        """A filled polygon."""
        patch = PathPatch(
            Path([*points, points[0]], closed=True),
            facecolor=fill,
            edgecolor=outline.colour if outline else "none",
            linewidth=outline.width if outline else 0.0,
            linestyle=(0, outline.dash) if outline and outline.dash else "-",
            joinstyle="miter",
        )
        if outline and outline.hatch:
            thickness = max(THINNEST, outline.width * 0.7)
            patch.set(hatch=outline.hatch, hatchcolor=outline.colour, hatch_linewidth=thickness)
        self._add(patch)

    def box(
        self, left: float, top: float, right: float, bottom: float, fill: str, outline: Outline | None = None
    ) -> None:
        self.area(((left, top), (right, top), (right, bottom), (left, bottom)), fill, outline)

    def spots(
        self,
        places: Sequence[tuple[float, float]],
        spot: Spot,
        radius: float,
        fill: str,
        edge: str = "",
        width: float = 0.0,
    ) -> None:
        """The same mark at each place; shapes other than the circle are drawn to look as large as it."""
        xs, ys = zip(*places, strict=True)
        side = _SIDES[spot] * radius
        self._add(
            Line2D(
                xs,
                ys,
                linestyle="None",
                marker=_MARKERS[spot],
                markersize=side,
                markerfacecolor=fill,
                markeredgecolor=edge or fill,
                markeredgewidth=width,
                antialiased=True,
            )
        )

    def text(
        self,
        x: float,
        baseline: float,
        text: str,
        face: Face,
        size: float,
        colour: str,
        anchor: Anchor = "left",
        origin: str = "",
    ) -> None:
        """One line, in as many runs as it has directions and faces; `origin` as in `drawing.Words`."""
        x -= {"left": 0.0, "centre": 0.5, "right": 1.0}[anchor] * self.style.width(text, face, size)
        for part, chosen in glyphs.runs(text, face, self.style.fallbacks):
            file = glyphs.file(chosen)
            self._faces[file] = chosen
            self._add(_Run(x, baseline, part, _font(file, size), colour, origin))
            x += glyphs.width(part, chosen, size)

    def _add(self, artist: Artist) -> None:
        artist.set_transform(self._down)
        self._artists.append(artist)


class _Run(Artist):
    """One run of text at its baseline's start. Matplotlib's own Text would measure it again, look for mathematics in
    it, and take four times as long."""

    def __init__(self, x: float, y: float, text: str, font: FontProperties, colour: str, origin: str) -> None:
        super().__init__()
        self._place, self._text, self._font, self._colour = (x, y), text, font, colour
        self.set_gid(origin)

    def draw(self, renderer: RendererBase) -> None:
        x, y = self.get_transform().transform(self._place)
        gc = renderer.new_gc()
        gc.set_foreground(self._colour)
        renderer.open_group("text", self.get_gid())
        down = renderer.get_canvas_width_height()[1] - y if renderer.flipy() else y
        renderer.draw_text(gc, x, down, self._text, self._font, 0.0, ismath=False)
        renderer.close_group("text")
        gc.restore()


@cache
def _font(file: str, size: float) -> FontProperties:
    return FontProperties(fname=file, size=size)

"""Charts that remember: takes what `draw` takes, returns what an earlier build has drawn, or draws it and keeps it.

A drawing is kept under what it is drawn from, its pictures under the drawing itself. Where in a file a chart stands is
no part of what it shows, so that prose which moves it draws nothing. Matplotlib is imported only to draw.
"""

from collections.abc import Hashable
from concurrent.futures import Executor, Future
from dataclasses import fields, is_dataclass
from hashlib import sha256
from typing import Literal

from charts.drawing import Drawing, from_json, to_json
from data.cache import Cache
from data.model import Chart, Place
from data.theme import Theme


class Charts:
    """The charts of one briefing; may be sent to another process. `version` names the code and libraries that draw."""

    def __init__(self, theme: Theme, language: str, entries: Cache, version: str) -> None:
        self._theme = theme
        self._language = language
        self._entries = entries
        self._version = version

    def themed(self, theme: Theme) -> "Charts":
        """The same charts in other colours and fonts."""
        return Charts(theme, self._language, self._entries, self._version)

    def paper(self, chart: Chart, width: float, height: float, size: float) -> tuple[Drawing, ...]:
        """Drawn for a frame of the report, all in points."""
        return self._drawn(chart, (width, height, size), "paper")

    def slide(self, chart: Chart, width: float, height: float, size: float) -> tuple[Drawing, ...]:
        """Drawn for a frame of a slide, all in points."""
        return self._drawn(chart, (width, height, size), "slide")

    def pictures(self, drawing: Drawing) -> tuple[bytes, bytes]:
        """`drawing` as SVG and as PNG."""

        def svg() -> bytes:
            from charts.svg import svg  # noqa: PLC0415  # what is kept needs no font

            return svg(drawing)

        def png() -> bytes:
            from charts.png import png  # noqa: PLC0415  # what is kept needs no Matplotlib

            return png(drawing, ground=ground)

        text, ground = to_json(drawing), self._theme.palette.paper
        return self._entries.kept(self._key("svg", text), svg), self._entries.kept(self._key("png", text, ground), png)

    def _drawn(
        self, chart: Chart, frame: tuple[float, float, float], medium: Literal["paper", "slide"]
    ) -> tuple[Drawing, ...]:
        def drawn() -> bytes:
            from charts.draw import draw  # noqa: PLC0415  # what is kept needs no Matplotlib
            from charts.style import ChartFrame  # noqa: PLC0415

            drawings = draw(chart, ChartFrame(*frame, medium), self._theme, self._language)
            return "\n".join(map(to_json, drawings)).encode()

        key = self._key("drawing", _said(chart), frame, medium, self._theme, self._language)
        return tuple(map(from_json, self._entries.kept(key, drawn).decode().split("\n")))

    def _key(self, *parts: object) -> str:
        return sha256(repr((self._version, *parts)).encode()).hexdigest()


class Ahead:
    """Charts for the report that other processes draw before they are asked for."""

    def __init__(self, charts: Charts, processes: Executor) -> None:
        self._charts = charts
        self._processes = processes
        self._ordered: dict[Hashable, Future[tuple[Drawing, ...]]] = {}

    def order(self, chart: Chart, width: float, height: float, size: float) -> None:
        drawn = self._processes.submit(self._charts.paper, chart, width, height, size)
        self._ordered[chart.caption.id, width, height, size] = drawn

    def paper(self, chart: Chart, width: float, height: float, size: float) -> tuple[Drawing, ...]:
        ordered = self._ordered.pop((chart.caption.id, width, height, size), None)
        return ordered.result() if ordered else self._charts.paper(chart, width, height, size)


def _said(value: object) -> object:
    """`value` as plain tuples, its places left out."""
    if isinstance(value, Place):
        return None
    if isinstance(value, tuple):
        return tuple(map(_said, value))
    if is_dataclass(value):
        return (type(value), *(_said(getattr(value, field.name)) for field in fields(value)))
    return value

"""Charts that remember: takes what `draw` takes, returns what an earlier build has drawn, or draws it and keeps it.

A drawing is kept under what it is drawn from, its pictures under the drawing itself. Where in a file a chart stands is
no part of what it shows, so that prose which moves it draws nothing. Matplotlib is imported only to draw.
"""

from collections.abc import Iterable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass, is_dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Literal

from charts.drawing import Drawing, from_json, to_json
from data.building.cache import Cache
from data.model import Chart, Place
from data.theme import Theme


@dataclass(frozen=True)
class Charts:
    """The charts of one briefing; may be sent to another process. `version` names the code and libraries that draw."""

    theme: Theme
    language: str
    entries: Cache
    version: str

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

        text, ground = to_json(drawing), self.theme.palette.paper
        return self.entries.kept(self._key("svg", text), svg), self.entries.kept(self._key("png", text, ground), png)

    def _drawn(
        self, chart: Chart, frame: tuple[float, float, float], medium: Literal["paper", "slide"]
    ) -> tuple[Drawing, ...]:
        def drawn() -> bytes:
            from charts.draw import draw  # noqa: PLC0415  # what is kept needs no Matplotlib
            from charts.style import ChartFrame  # noqa: PLC0415

            drawings = draw(chart, ChartFrame(*frame, medium), self.theme, self.language)
            return "\n".join(map(to_json, drawings)).encode()

        key = self._key("drawing", _said(chart), frame, medium, self.theme, self.language)
        return tuple(map(from_json, self.entries.kept(key, drawn).decode().split("\n")))

    def _key(self, *parts: object) -> str:
        return sha256(repr((self.version, *parts)).encode()).hexdigest()


@dataclass(frozen=True)
class Apart:
    """The charts of a deck, for which another process is asked."""

    charts: Charts
    process: Executor

    def slide(self, chart: Chart, width: float, height: float, size: float) -> tuple[Drawing, ...]:
        return self.process.submit(self.charts.slide, chart, width, height, size).result()

    def pictures(self, drawings: Iterable[Drawing]) -> Iterator[tuple[bytes, bytes]]:
        """All are painted while the first is waited for."""
        return self.process.map(self.charts.pictures, drawings)


@lru_cache(maxsize=1)
def apart(charts: Charts, process: Executor) -> Apart:
    """The same one for the same: who keeps what it has drawn or painted can see that it would be so again."""
    return Apart(charts, process)


def _said(value: object) -> object:
    """`value` as plain tuples, its places left out."""
    if isinstance(value, Place):
        return None
    if isinstance(value, tuple):
        return tuple(map(_said, value))
    if is_dataclass(value):
        return (type(value), *map(_said, vars(value).values()))
    return value

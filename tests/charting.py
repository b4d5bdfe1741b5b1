"""Charts as a build has them, without its cache: takes a briefing, returns how its report and its deck are drawn."""

from collections.abc import Iterable, Iterator

from charts import Draw
from charts.draw import draw
from charts.drawing import Drawing
from charts.png import png
from charts.style import ChartFrame, Medium
from charts.svg import svg
from data.model import Briefing


def paper(briefing: Briefing) -> Draw:
    return _drawer(briefing, "paper")


def slide(briefing: Briefing) -> Draw:
    return _drawer(briefing, "slide")


def _drawer(briefing: Briefing, medium: Medium) -> Draw:
    return lambda chart, *frame: draw(chart, ChartFrame(*frame, medium), briefing.theme, briefing.language)


def render(drawings: Iterable[Drawing]) -> Iterator[tuple[bytes, bytes]]:
    return ((svg(drawing), png(drawing)) for drawing in drawings)

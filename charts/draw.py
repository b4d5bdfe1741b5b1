"""The way in: takes a chart of the model and the frame that it will fill, returns recorded drawings."""

from charts import bars, dots, line, timeline
from charts.drawing import Drawing
from charts.style import ChartFrame
from data.model import BarChart, Chart, DotChart, LineChart
from data.theme import Theme


def draw(chart: Chart, frame: ChartFrame, theme: Theme, language: str) -> tuple[Drawing, ...]:
    """`chart` as wide as `frame`, as high as it needs to be up to the frame's height.

    More than one drawing only where rows or events do not fit one frame. `language` is a BCP 47 tag.
    """
    match chart:
        case LineChart():
            return line.draw(chart, frame, theme, language)
        case DotChart():
            return dots.draw(chart, frame, theme, language)
        case BarChart():
            return bars.draw(chart, frame, theme, language)
        case _:
            return timeline.draw(chart, frame, theme, language)

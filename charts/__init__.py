"""Charts: takes charts of the model and the frames that they will fill, returns drawings. Here is how writers ask."""

from collections.abc import Callable

from charts.drawing import Drawing
from data.model import Chart

Framed = tuple[Chart, float, float, float]
"""A chart, the width and greatest height of its frame, and its type size, in points."""

Draw = Callable[[Chart, float, float, float], tuple[Drawing, ...]]
"""A chart and its frame, as in `Framed` -> one drawing, or several in order."""

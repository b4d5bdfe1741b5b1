"""Exporting: takes a briefing, returns each of its charts as a file of its own, SVG and PNG.

For use elsewhere; the documents draw their own, each for the frame that it fills. A chart that takes several frames
gives several files, "name-part2".
"""

from typing import get_args

from charts.cache import Charts
from data.model import Briefing, Chart

TEXT_WIDTH = 451.0
"""Points: 159 mm, the text width of an A4 page, for which UK Government Analysis Function charts are drawn."""
MAX_HEIGHT = 640.0


def export(briefing: Briefing, charts: Charts) -> dict[str, bytes]:
    """Relative file name -> content, in the order of the briefing."""
    files: dict[str, bytes] = {}
    for chart in (exhibit for section in briefing.sections for exhibit in section.exhibits.values()):
        if isinstance(chart, get_args(Chart)):
            drawings = charts.paper(chart, TEXT_WIDTH, MAX_HEIGHT, briefing.theme.report.chart)
            for part, drawing in enumerate(drawings, start=1):
                name = f"charts/{chart.caption.id}" + (f"-part{part}" if part > 1 else "")
                files[f"{name}.svg"], files[f"{name}.png"] = charts.pictures(drawing)
    return files

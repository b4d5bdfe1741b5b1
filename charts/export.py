"""Exporting: takes the report's charts and their frames, returns each as files of its own, SVG and PNG.

They are for use elsewhere. A chart that takes several frames gives several files, "name-part2".
"""

from collections.abc import Iterable

from charts import Framed
from charts.cache import Charts


def export(charts: Charts, framed: Iterable[Framed]) -> dict[str, bytes]:
    """Relative file name -> content, in the order given."""
    files: dict[str, bytes] = {}
    for chart, *frame in framed:
        for part, drawing in enumerate(charts.paper(chart, *frame), start=1):
            name = f"charts/{chart.caption.id}" + (f"-part{part}" if part > 1 else "")
            files[f"{name}.svg"], files[f"{name}.png"] = charts.pictures(drawing)
    return files

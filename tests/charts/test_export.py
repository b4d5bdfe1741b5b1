"""Exporting: every part of every chart is a file of its own, as vectors and as pixels."""

from pathlib import Path

from charts.cache import Charts
from charts.export import export
from data.building.cache import Cache
from data.theme import Theme
from tests.chart_samples import FRAMES, dots, number, rows


def test_each_part_of_a_chart_has_its_own_files(tmp_path: Path) -> None:
    chart, frame = dots(*((f"Group {at}", rows(number(at), number(3))) for at in range(12))), FRAMES["narrow"]
    charts = Charts(Theme(), "en", Cache(tmp_path), "1")
    size = (frame.width, frame.height, frame.size)
    parts = len(charts.paper(chart, *size))
    files = export(charts, [(chart, *size)])
    stem = f"charts/{chart.caption.id}"
    assert parts > 2
    names = [stem, *(f"{stem}-part{part}" for part in range(2, parts + 1))]
    assert list(files) == [f"{name}.{kind}" for name in names for kind in ("svg", "png")]
    assert len(set(files.values())) == len(files), "no part stands twice"

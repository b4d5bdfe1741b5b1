"""The charts that the peers' files show: takes their folder, writes `charts/*.svg` for print, `*.png` for slides.

    python peer_charts.py FOLDER [SECTION]

As a user of pandoc would with Matplotlib: one figure a chart, saved as SVG and as PNG of 200 dpi; SECTION draws its
chart only, as a careful Makefile would.
"""

import json
import sys
from pathlib import Path

import matplotlib as mpl
from matplotlib.figure import Figure

mpl.use("Agg")
mpl.rcParams.update({"svg.hashsalt": "peers", "font.size": 9})


def main(folder: Path, only: str | None = None) -> None:
    content = json.loads((folder / "charts.json").read_text(encoding="utf-8"))
    (folder / "charts").mkdir(exist_ok=True)
    for chart in content["charts"]:
        if only in (None, chart["id"]):
            figure = drawn(chart["kind"], content["years"], chart["numbers"])
            figure.savefig(folder / "charts" / f"{chart['id']}.svg", metadata={"Date": None})
            figure.savefig(folder / "charts" / f"{chart['id']}.png", dpi=200, metadata={"Software": None})


def drawn(kind: str, years: list[int], numbers: list[list[float]]) -> Figure:
    figure = Figure(figsize=(6.4, 3.2), layout="constrained")
    axes = figure.subplots()
    for index, (name, row) in enumerate(zip(("Demand", "Leakage"), numbers, strict=True)):
        if kind == "line":
            axes.plot(years, row, marker="o", label=name)
        else:
            axes.barh([year + (index - 0.5) * 0.4 for year in years], row, 0.38, label=name)
    if kind == "line":
        axes.set_xticks(years)
        axes.set_ylabel("Megalitres a day")
    else:
        axes.set_yticks(years)
        axes.set_xlabel("Megalitres a day")
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False)
    return figure


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])

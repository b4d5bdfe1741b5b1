"""The recorder takes from Matplotlib what it drew; a drawing is plain data."""

import pickle
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from fontTools.ttLib import TTFont
from matplotlib.figure import Figure
from matplotlib.patches import Circle, PathPatch, Rectangle
from matplotlib.path import Path as MatplotlibPath

from charts import glyphs
from charts.draw import draw
from charts.drawing import Drawing, Face, Marks, Shape, Words, from_json, to_json
from charts.record import record
from charts.style import ChartFrame, Sheet, Style
from data.model import Chart
from data.theme import Theme
from tests.chart_samples import SHIPPED

PLEX = Face("ibm-plex-sans-condensed")
ROOT = Path(__file__).resolve().parent.parent.parent


def figure() -> Figure:
    return Figure(figsize=(2, 1), dpi=144, frameon=False)


def recorded(drawn: Figure) -> Drawing:
    drawn.dpi = 72
    return record([drawn], 144, 72, {glyphs.file(PLEX): PLEX})


def test_lengths_are_points_with_the_origin_below() -> None:
    drawn = figure()
    drawn.add_artist(Rectangle((0, 0), 0.5, 1, facecolor="#ff0000", edgecolor="none"))
    drawing = recorded(drawn)
    assert (drawing.width, drawing.height) == (144, 72)
    (shape,) = drawing.operations
    assert isinstance(shape, Shape)
    assert shape.path[:3] == (("M", (0, 0)), ("L", (72, 0)), ("L", (72, 72)))
    assert shape.fill == "#ff0000"
    assert shape.pen is None


def test_curves_are_cubic() -> None:
    drawn = figure()
    quadratic = MatplotlibPath([(0, 0), (0.5, 1), (1, 0)], [1, 3, 3])
    drawn.add_artist(PathPatch(quadratic, facecolor="none", edgecolor="black", transform=drawn.transFigure))
    (shape,) = recorded(drawn).operations
    assert isinstance(shape, Shape)
    assert shape.path == (("M", (0, 0)), ("C", (48, 48, 96, 48, 144, 0)))


def test_what_a_pen_does_is_kept() -> None:
    drawn = figure()
    circle = Circle((0.5, 0.5), 0.2, facecolor="b", edgecolor="k", linewidth=3, linestyle=(0, (2, 1)))
    drawn.add_artist(circle)
    (shape,) = recorded(drawn).operations
    assert isinstance(shape, Shape)
    assert shape.pen and shape.fill == "#0000ff"
    assert (shape.pen.width, shape.pen.dash) == (3, (6, 3))


def test_a_hatch_is_a_tile_and_its_places() -> None:
    drawn = figure()
    drawn.add_artist(Rectangle((0.1, 0.1), 0.8, 0.8, facecolor="w", edgecolor="k", hatch="//"))
    (shape,) = recorded(drawn).operations
    assert isinstance(shape, Shape)
    assert shape.hatch and shape.hatch.tile
    assert shape.hatch.places(shape.path) == [(0, 0), (72, 0)]


def test_markers_are_one_path_in_many_places() -> None:
    drawn = figure()
    axes = drawn.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.plot([0, 1, np.nan, 2], [0, 1, 1, 2], "o")
    (marks,) = [operation for operation in recorded(drawn).operations if isinstance(operation, Marks)]
    assert len(marks.places) == 3


def test_text_is_text_in_its_own_font() -> None:
    sheet = Sheet(Style(ChartFrame(144, 72, 8), Theme(), 8))
    sheet.text(12, 40, "Tehran 1,200", PLEX, 8, "#123456", origin="dead:value")
    (words,) = sheet.finish(72).words
    assert (words.text, words.face, words.size) == ("Tehran 1,200", PLEX, 8)
    assert (words.x, words.y, words.origin, words.colour) == (12, 32, "dead:value", "#123456")


@pytest.mark.parametrize("family", ["ibm-plex-sans-condensed", "arimo"])
def test_figures_are_as_wide_as_the_font_file_says(family: str) -> None:
    face = Face(family)
    font = TTFont(glyphs.file(face))
    advance = sum(font["hmtx"][font.getBestCmap()[ord(character)]][0] for character in "73,419")
    assert glyphs.width("73,419", face, 10) == pytest.approx(advance / font["head"].unitsPerEm * 10)


def test_letters_are_kerned_and_figures_are_not() -> None:
    letters = sum(glyphs.width(character, PLEX, 10) for character in "AVATo")
    assert glyphs.width("AVATo", PLEX, 10) < letters - 0.3
    assert glyphs.width("1,170", PLEX, 10) == pytest.approx(sum(glyphs.width(c, PLEX, 10) for c in "1,170"))


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("met in 2023", ["met in 2023"]),
        ("the حماس group", ["the ", "حماس", " group"]),
        ("a حماس 2023 غزة b", ["a ", " غزة", "2023", "حماس ", " b"]),
        ("2023 حماس 1,200", ["2023 ", "1,200", "حماس "]),
        ("حماس, 31 May 2026", ["حماس", ", 31 May 2026"]),
        ("a حماس, 31 غزة b", ["a ", " غزة", "31", "حماس, ", " b"]),
    ],
)
def test_runs_stand_from_left_to_right(text: str, runs: list[str]) -> None:
    assert [run for run, _ in glyphs.runs(text, PLEX, (Face("ibm-plex-sans-arabic"),))] == runs


@pytest.mark.parametrize("chart", SHIPPED.values(), ids=SHIPPED)
def test_a_drawing_survives_json_and_pickle(chart: Chart) -> None:
    for drawing in draw(chart, ChartFrame(451, 640, 8.2), Theme(), "en"):
        assert from_json(to_json(drawing)) == drawing
        assert pickle.loads(pickle.dumps(drawing)) == drawing


def test_a_drawing_is_replayed_as_svg_without_matplotlib() -> None:
    code = (
        "import sys; from charts.drawing import Drawing, Face, Words; from charts.svg import svg;"
        "svg(Drawing(9, 9, (Words(1, 1, 'a', Face('arimo'), 8, '#000000', 4),)));"
        "sys.exit(bool({'matplotlib', 'numpy', 'reportlab'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_every_number_names_its_value() -> None:
    for name, chart in SHIPPED.items():
        (drawing, *_) = draw(chart, ChartFrame(451, 640, 8.2), Theme(), "en")
        origins = {words.origin for words in drawing.words}
        assert "tick" in origins
        assert ("made:value" in origins) == (name != "timeline")
        bare = [w for w in drawing.words if not w.origin and w.text.replace(",", "").isdigit()]
        assert not bare


def test_no_text_is_an_image_and_none_is_empty() -> None:
    for chart in SHIPPED.values():
        for drawing in draw(chart, ChartFrame(860, 330, 14, "slide"), Theme(), "en"):
            assert all(isinstance(operation, Shape | Marks | Words) for operation in drawing.operations)
            assert all(words.text.strip() for words in drawing.words)

"""SVG and PNG: the same drawing, the same picture, the same bytes."""

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from io import BytesIO
from math import ceil

import pytest
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.svgLib.path import parse_path
from PIL import Image

from charts import png
from charts.draw import draw
from charts.drawing import Drawing, Path, Pen, Shape
from charts.style import ChartFrame
from charts.svg import svg
from data.model import Chart
from data.theme import Theme
from tests.chart_samples import HOSTILE, SHIPPED
from tests.drawn import SCALE, difference

PAPER = ChartFrame(451, 640, 8.2)
SLIDE = ChartFrame(860, 330, 14, "slide")
SVG = "{http://www.w3.org/2000/svg}"
XLINK = "{http://www.w3.org/1999/xlink}href"


def painted(drawing: Drawing, dpi: float) -> Image.Image:
    return Image.fromarray(png.painted(drawing, dpi, "#ffffff"))


def drawn(chart: Chart, frame: ChartFrame = SLIDE) -> Drawing:
    """In whole points, so that pictures have whole pixels."""
    drawing = draw(chart, frame, Theme(), "en")[0]
    return replace(drawing, width=ceil(drawing.width), height=ceil(drawing.height))


def opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content)).convert("RGB")


# --- a reading of the SVG of our own -------------------------------------------------------------------------------


def _read(content: bytes) -> Drawing:
    """The shapes of an SVG that we wrote, glyphs among them, as a drawing: a second reading of the format."""
    root = ET.fromstring(content)
    height = float(root.get("height", "").removesuffix("pt"))
    named = {item.get("id"): item for item in root.iter() if item.get("id")}
    shapes: list[Shape] = []

    def path(d: str, x: float, y: float, scale: tuple[float, float]) -> Path:
        pen = DecomposingRecordingPen({})
        parse_path(d, pen)
        letters = {"moveTo": "M", "lineTo": "L", "curveTo": "C", "closePath": "Z"}
        return tuple(
            (letters[name], tuple(n for px, py in points for n in (x + px * scale[0], height - (y + py * scale[1]))))
            for name, points in pen.value
            if name in letters
        )

    def visit(item: ET.Element, ink: str, place: tuple[float, float, tuple[float, float]]) -> None:
        if item.tag == f"{SVG}defs":
            return
        if found := re.findall(r"-?\d[\d.]*(?:e-?\d+)?", item.get("transform", "")):
            x, y, across, down = map(float, found)
            place, ink = (x, y, (across, down)), item.get("fill", "")
        if item.tag == f"{SVG}use":
            x, y, scale = place
            glyph = path(
                named[item.get(XLINK, "#")[1:]].get("d", ""),
                x + float(item.get("x", 0)) * scale[0],
                y + float(item.get("y", 0)) * scale[1],
                scale,
            )
            shapes.append(Shape(glyph, ink))
        if item.tag == f"{SVG}path":
            fill = item.get("fill", "none")
            pen = Pen(
                item.get("stroke", ""),
                float(item.get("stroke-width", 0)),
                dash=tuple(map(float, item.get("stroke-dasharray", "").split())),
                cap=item.get("stroke-linecap", "butt"),  # type: ignore[arg-type]
                join=item.get("stroke-linejoin", "miter"),  # type: ignore[arg-type]
            )
            outline = path(item.get("d", ""), 0, 0, (1, 1))
            shapes.append(Shape(outline, None if fill == "none" else fill, pen if item.get("stroke") else None))
        for child in item:
            visit(child, ink, place)

    visit(root, "", (0, 0, (1, 1)))
    return Drawing(float(root.get("width", "").removesuffix("pt")), height, tuple(shapes))


@pytest.mark.parametrize("chart", SHIPPED.values(), ids=SHIPPED)
@pytest.mark.parametrize("frame", [PAPER, SLIDE], ids=["paper", "slide"])
def test_svg_and_png_are_one_picture(chart: Chart, frame: ChartFrame) -> None:
    """Both are painted by Agg here, from different readings; the SVG's numbers are rounded to a hundredth of a point,
    which moves an edge by a thirtieth of a pixel."""
    drawing = drawn(chart, frame)
    ours = painted(drawing, 72 * SCALE)
    read = painted(_read(svg(drawing)), 72 * SCALE)
    assert difference(ours, read) < 7
    without = replace(drawing, operations=drawing.operations[:-3])
    assert difference(painted(without, 72 * SCALE), read) > 20


@pytest.mark.parametrize("chart", {**SHIPPED, **HOSTILE}.values(), ids={**SHIPPED, **HOSTILE})
def test_svg_is_well_formed_and_holds_only_vectors(chart: Chart) -> None:
    root = ET.fromstring(svg(draw(chart, SLIDE, Theme(), "en")[0]))
    assert {item.tag.removeprefix(SVG) for item in root.iter()} <= {"svg", "defs", "path", "g", "use"}
    names = {item.get("id") for item in root.iter() if item.get("id")}
    assert {item.get(XLINK, "#")[1:] for item in root.iter(f"{SVG}use")} <= names


def test_a_glyph_is_defined_once() -> None:
    root = ET.fromstring(svg(drawn(SHIPPED["timeline"])))
    outlines = [item.get("d") for item in root.iter(f"{SVG}path") if item.get("id")]
    assert len(outlines) == len(set(outlines))
    assert len(list(root.iter(f"{SVG}use"))) > 5 * len(outlines)


@pytest.mark.parametrize("chart", SHIPPED.values(), ids=SHIPPED)
def test_same_drawing_same_bytes(chart: Chart) -> None:
    assert svg(drawn(chart)) == svg(drawn(chart))
    assert png.png(drawn(chart)) == png.png(drawn(chart))


@pytest.mark.parametrize("frame", [PAPER, SLIDE], ids=["paper", "slide"])
def test_png_keeps_size_resolution_and_the_very_colours(frame: ChartFrame) -> None:
    drawing = drawn(SHIPPED["bars"], frame)
    content = png.png(drawing, dpi=144)
    image = Image.open(BytesIO(content))
    assert image.size == (2 * drawing.width, 2 * drawing.height)
    assert image.info["dpi"] == pytest.approx((144, 144), abs=0.1)
    colours = {colour for _, colour in opened(content).getcolors(1 << 16) or ()}
    palette = Theme().palette
    assert {(255, 255, 255), tuple(bytes.fromhex(palette.series[0][1:]))} <= colours
    assert difference(opened(content), painted(drawing, 144)) < 4

"""The chart on paper is the chart that Matplotlib draws: vectors and live text, and nothing else."""

import re
from dataclasses import replace
from io import BytesIO
from math import ceil

import matplotlib
import pikepdf
import pytest
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

import charts.style
from charts import png
from charts.draw import draw
from charts.drawing import Drawing, Face, Hatch, Marks, Path, Pen, Shape, Words
from charts.style import ChartFrame
from data.model import Chart
from data.theme import Theme
from report.drawing import HAIRLINE
from tests.chart_samples import AR, HOSTILE, SHIPPED, dots, number, rows
from tests.drawn import SCALE, difference, on_a_figure, page_image, page_text, pdf

PAPER = ChartFrame(451, 640, 8.2)
SLIDE = ChartFrame(860, 330, 14, "slide")
FRAMES = pytest.mark.parametrize("frame", [PAPER, SLIDE], ids=["paper", "slide"])
CHARTS = pytest.mark.parametrize("chart", SHIPPED.values(), ids=SHIPPED)
SQUARE: Path = (("M", (10, 10)), ("L", (50, 10)), ("L", (50, 50)), ("L", (10, 50)), ("Z", ()))
PLEX = Face("ibm-plex-sans-condensed")


def drawn(chart: Chart, frame: ChartFrame = PAPER) -> Drawing:
    """In whole points, so that pictures have whole pixels."""
    drawing = draw(chart, frame, Theme(), "en")[0]
    return replace(drawing, width=ceil(drawing.width), height=ceil(drawing.height))


def painted(drawing: Drawing) -> Image.Image:
    return Image.fromarray(png.painted(drawing, 72 * SCALE, "#ffffff"))


def operators(content: bytes) -> list[tuple[list[object], str]]:
    with pikepdf.open(BytesIO(content)) as document:
        found = pikepdf.parse_content_stream(document.pages[0])
        return [(list(operands), str(operator)) for operands, operator in found]


# --- the same picture ----------------------------------------------------------------------------------------------


def _wordless(drawing: Drawing) -> Drawing:
    return replace(drawing, operations=tuple(o for o in drawing.operations if not isinstance(o, Words)))


def _agg(figure: Figure) -> Image.Image:
    """Matplotlib's own picture, without what fits it to its pixels: hinted letters, lines moved to whole ones."""
    with matplotlib.rc_context({"text.hinting": "none", "path.snap": False}):
        figure.dpi = 72 * SCALE
        figure.set_frameon(True)
        figure.patch.set_facecolor("white")
        canvas = FigureCanvasAgg(figure)
        canvas.draw()
        size = canvas.get_width_height()
        return Image.frombuffer("RGBA", size, canvas.buffer_rgba(), "raw", "RGBA", 0, 1).convert("RGB")


@CHARTS
@FRAMES
def test_paper_shows_what_matplotlib_draws(chart: Chart, frame: ChartFrame, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page as PDFium paints it, against the figure as Agg does. Agg sets markers on whole pixels and PDFium grows
    rectangles to them, so an edge may be a pixel apart: 24 of 255 in a cell of 4 points for shapes. A letter may be
    half a pixel apart each way, which in a slide's large type makes 60. What is lost or doubled exceeds both."""
    figures: list[Figure] = []
    record = charts.style.record

    def keep(artists: list[Artist], width: float, height: float, faces: dict[str, Face]) -> Drawing:
        drawing = record(artists, width, height, faces)
        figures.append(on_a_figure(artists, width, height))
        return drawing

    monkeypatch.setattr(charts.style, "record", keep)
    drawing = drawn(chart, frame)
    figure = figures[0]
    assert difference(page_image(pdf(drawing)), _agg(figure)) < (30 if frame is PAPER else 60)
    for artist in list(figure.artists):
        if isinstance(artist, charts.style._Run):
            artist.remove()
    assert difference(page_image(pdf(_wordless(drawing))), _agg(figure)) < 24


@CHARTS
@FRAMES
def test_paper_and_png_are_one_picture(chart: Chart, frame: ChartFrame) -> None:
    """Painted by PDFium and by Agg from one drawing. PDFium grows rectangles to whole pixels: a row of pixels is a
    twelfth of a cell, up to 18 of 255. It also paints type a little heavier."""
    drawing = drawn(chart, frame)
    assert difference(page_image(pdf(drawing)), painted(drawing)) < 21
    bare = _wordless(drawing)
    assert difference(page_image(pdf(bare)), painted(bare)) < 18


@pytest.mark.parametrize("name", ["line", "dots", "bars"])
def test_a_lost_operation_is_seen(name: str) -> None:
    """The comparison bites: without any one mark or line of the plot it is at least twice as far off, and ten. Grid
    lines and guides are finer than its grain, and paper-coloured boxes are not seen."""
    drawing = _wordless(drawn(SHIPPED[name]))
    page = page_image(pdf(drawing))
    whole = difference(page, painted(drawing))
    strong = [
        at
        for at, operation in enumerate(drawing.operations)
        if not isinstance(operation, Words)
        and ((operation.fill and operation.fill != "#ffffff") or (operation.pen and operation.pen.width > 1.2))
    ]
    assert strong
    for at in strong:
        lost = replace(drawing, operations=drawing.operations[:at] + drawing.operations[at + 1 :])
        assert difference(page, painted(lost)) > max(10, 2 * whole)


HOLE: Path = (("M", (20, 20)), ("L", (20, 40)), ("L", (40, 40)), ("L", (40, 20)), ("Z", ()))
ARCH: Path = (("M", (10, 10)), ("C", (10, 60, 50, 60, 50, 10)), ("Z", ()))
WEDGE: Path = (("M", (-4, -4)), ("L", (4, -4)), ("L", (0, 4)), ("Z", ()))
SLANTS: Path = tuple((letter, (24 * k + 6 * n, 24 * n)) for k in range(3) for n, letter in ((0, "M"), (1, "L")))
FORMS: dict[str, tuple[Shape | Marks | Words, ...]] = {
    "stroke does not fill": (Shape(SQUARE[:-1], pen=Pen("#000000", 3)),),
    "round dashes": (Shape(SQUARE, pen=Pen("#000000", 4, dash=(8, 8), cap="round", join="round")),),
    "hatched": (Shape(SQUARE, "#ffff00", Pen("#000000", 1), Hatch(SLANTS, 24, Pen("#000000", 2))),),
    "a hole": (Shape((*SQUARE, *HOLE), "#000000"),),
    "curves": (Shape(ARCH, "#00aa00", Pen("#000000", 2)),),
    "marks": (Marks(WEDGE, ((10, 10), (30, 50)), "#aa0000"),),
}


@pytest.mark.parametrize("operations", FORMS.values(), ids=FORMS)
def test_every_form_of_operation(operations: tuple[Shape | Marks | Words, ...]) -> None:
    drawing = Drawing(60, 60, operations)
    assert difference(page_image(pdf(drawing)), painted(drawing)) < 30
    assert difference(page_image(pdf(drawing)), painted(Drawing(60, 60, ()))) > 60


# --- and nothing else ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("chart", {**SHIPPED, **HOSTILE}.values(), ids={**SHIPPED, **HOSTILE})
def test_a_page_holds_vectors_and_text(chart: Chart) -> None:
    content = pdf(drawn(chart))
    with pikepdf.open(BytesIO(content)) as document:
        resources = document.pages[0].get("/Resources")
        assert not resources.get("/XObject")
    found = operators(content)
    assert not {"Do", "BI", "sh", "BDC", "BMC", "EMC"} & {operator for _, operator in found}
    widths = [float(str(operands[0])) for operands, operator in found if operator == "w"]
    assert all(width >= HAIRLINE for width in widths)
    assert [operator for _, operator in found].count("q") == [operator for _, operator in found].count("Q")


def test_a_hair_is_thickened() -> None:
    content = pdf(Drawing(60, 60, (Shape(SQUARE, pen=Pen("#000000", 0.01)),)))
    assert [float(str(operands[0])) for operands, operator in operators(content) if operator == "w"][-1] == HAIRLINE


@CHARTS
def test_text_can_be_selected(chart: Chart) -> None:
    drawing = drawn(chart)
    text = re.sub(r"\s", "", page_text(pdf(drawing)))
    assert sorted(text) == sorted("".join(re.sub(r"\s", "", words.text) for words in drawing.words))
    for words in drawing.words:
        assert re.sub(r"\s", "", words.text) in text


def test_arabic_reads_as_it_was_written() -> None:
    """Letter by letter; PDFium gives the words of a run in the order in which they stand."""
    text = page_text(pdf(drawn(dots(("", rows(number(3), label=f"In {AR} only"))))))
    assert all(word in text for word in AR.split())


@CHARTS
@FRAMES
def test_same_drawing_same_bytes(chart: Chart, frame: ChartFrame) -> None:
    assert pdf(drawn(chart, frame)) == pdf(drawn(chart, frame))


def test_only_the_drawings_fonts_are_in_the_file() -> None:
    drawing = drawn(SHIPPED["dots"])
    with pikepdf.open(BytesIO(pdf(drawing))) as document:
        fonts = {str(item.BaseFont).split("+")[-1] for item in document.pages[0].Resources.Font.values()}
    assert len(fonts) == len(drawing.faces) == 2
    assert all("Plex" in name for name in fonts)

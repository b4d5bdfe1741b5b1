"""How fast the report is set: `python -m tests.benchmarks.report` prints Markdown tables; each case is a process of its
own.

Pages: sections of a heading, three paragraphs and a table, set with stock ReportLab, with the tagged flowables of
`report`, and as a whole briefing (cover to data annex). Charts: the same charts painted by `report.drawing`, through
svglib if it is installed, and written by Matplotlib itself. Times are CPU seconds without imports and fonts.
"""

import gc
import importlib.util
import multiprocessing
import resource
import time
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import Any

from reportlab import platypus
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import getRegisteredFontNames, registerFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from charts import svg
from charts.draw import draw
from charts.drawing import Drawing
from charts.style import ChartFrame
from data.fonts import font_file
from data.model import Chart
from data.theme import Theme
from report import drawing as replay
from report import flowables, typeset
from report.conformance import canvas_maker
from report.structure import Tag
from report.styles import face_font
from report.tagging import TaggedCanvas
from tests import samples
from tests.drawn import on_a_figure
from tests.report import tagged

SECTIONS = (10, 100, 1000)
CHARTS: dict[str, Chart] = {"line": samples.LINE, "dots": samples.DOTS, "bars": samples.BARS}
COPIES = 20
STOCK = "stock"
TEXT = tagged.LONG * 3
ROWS = [["Year", "Dead", "Remark"], *([str(1990 + n), str(n * 37), "reported"] for n in range(6))]


def stock(sections: int) -> tuple[int, int]:
    """Stock ReportLab: pages and passes."""
    if STOCK not in getRegisteredFontNames():
        registerFont(TTFont(STOCK, str(font_file("ibm-plex-serif", 500))))  # another weight: ours has the first
    head, body = (_stock(style) for style in (tagged.H, tagged.PLAIN))
    story: list[Any] = []
    for n in range(sections):
        story.append(platypus.Paragraph(f"Section {n}", head))
        story += [platypus.Paragraph(TEXT, body) for _ in range(3)]
        story.append(platypus.Table(ROWS, style=[("FONTNAME", (0, 0), (-1, -1), STOCK)], repeatRows=1))
    return _built(story, Canvas)


def _stock(style: ParagraphStyle) -> ParagraphStyle:
    return style.clone(style.name, fontName=STOCK, bulletFontName=STOCK)


def ours(sections: int) -> tuple[int, int]:
    """The same flowables, tagged: pages and passes."""
    document = Tag("Document", lang="en-GB")
    story: list[Any] = []
    for n in range(sections):
        sect = document.child("Sect")
        story.append(flowables.Paragraph(f"Section {n}", tagged.H, sect.child("H1"), key=f"s-{n}", outline=0))
        story += [flowables.Paragraph(TEXT, tagged.PLAIN, sect.child("P")) for _ in range(3)]
        story.append(tagged.table([tagged.cells(*row) for row in ROWS], sect.child("Table")))
    return _built(story, canvas_maker(document, tagged.METADATA, strict=True))


def _built(story: list[Any], maker: Callable[..., Canvas]) -> tuple[int, int]:
    made: list[Canvas] = []

    def counted(*arguments: Any, **options: Any) -> Canvas:
        made.append(maker(*arguments, **options))
        return made[-1]

    column = platypus.Frame(60, 60, A4[0] - 120, A4[1] - 120, 0, 0, 0, 0)
    document = platypus.BaseDocTemplate(BytesIO(), pagesize=A4, pageTemplates=[platypus.PageTemplate("p", [column])])
    document.build(story, canvasmaker=counted)
    return made[-1].getPageNumber() - 1, len(made)


def whole(sections: int) -> tuple[int, int]:
    """A whole briefing, whose sections have no charts: pages and passes."""
    base = samples.one()
    made = tuple(replace(base.sections[0], id=f"s-{n}", number=n) for n in range(1, sections + 1))
    pdf = typeset(replace(base, sections=made), lambda *_: ()).pdf
    import pikepdf  # noqa: PLC0415 (not part of what is measured)

    with pikepdf.open(BytesIO(pdf)) as document:
        return len(document.pages), 1


def measured(case: Callable[[int], tuple[int, int]], sections: int) -> tuple[float, float, int, int]:
    """CPU seconds, peak memory in MB above that of a tiny document, pages, passes."""
    case(1)
    gc.collect()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    pages, passes = case(sections)
    seconds = time.process_time() - start
    return seconds, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024, pages, passes


def alone(function: Callable[..., Any], *arguments: Any) -> Any:
    """What `function` returns in a fresh process."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(function, arguments)


def pages() -> None:
    print(
        "| sections | stock, s | tagged, s | ratio | stock, MB | tagged, MB | whole report, s | MB | pages | passes |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|")
    for sections in SECTIONS:
        bare, our, all_of_it = (alone(measured, case, sections) for case in (stock, ours, whole))
        cells = (
            f"{sections}", f"{bare[0]:.2f}", f"{our[0]:.2f}", f"{our[0] / bare[0]:.1f}", f"{bare[1]:.0f}",
            f"{our[1]:.0f}", f"{all_of_it[0]:.2f}", f"{all_of_it[1]:.0f}", f"{all_of_it[2]}", f"{our[3]}",
        )  # fmt: skip
        print(f"| {' | '.join(cells)} |", flush=True)


def _copies(paint: Callable[[Canvas], None], copies: int) -> bytes:
    """A PDF with a chart on each of `copies` pages."""
    stream = BytesIO()
    root = Tag("Document", lang="en-GB")
    canvas: TaggedCanvas = canvas_maker(root, tagged.METADATA)(stream, pagesize=A4)
    for _ in range(copies):
        with canvas.tagged(root.child("Figure", alt="A chart")):
            canvas.setFont(tagged.SERIF, 8)
            paint(canvas)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def _stock_copies(paint: Callable[[Canvas], None], copies: int) -> bytes:
    canvas = Canvas(stream := BytesIO(), pagesize=A4, pageCompression=1)
    for _ in range(copies):
        paint(canvas)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def _each(made: Callable[[int], bytes]) -> tuple[float, float]:
    """Milliseconds and bytes that a chart more costs."""
    one = len(made(1))
    start = time.process_time()
    many = len(made(COPIES))
    return (time.process_time() - start) / COPIES * 1000, (many - one) / (COPIES - 1)


def replayed(drawing: Drawing) -> tuple[float, float]:
    fonts = {face: face_font(face) for face in drawing.faces}
    return _each(lambda copies: _copies(lambda canvas: replay.draw(canvas, drawing, 50, 50, fonts), copies))


def through_svglib(drawing: Drawing) -> tuple[float, float]:
    from reportlab.graphics import renderPDF  # noqa: PLC0415
    from svglib.svglib import svg2rlg  # noqa: PLC0415

    content = svg.svg(drawing)
    return _each(
        lambda copies: _stock_copies(lambda canvas: renderPDF.draw(svg2rlg(BytesIO(content)), canvas, 50, 50), copies)
    )


def by_matplotlib(chart: Chart, frame: ChartFrame) -> tuple[float, float]:
    """Matplotlib's own PDF of the figure, its fonts embedded: one file a chart."""
    import matplotlib  # noqa: PLC0415

    import charts.style  # noqa: PLC0415

    figures: list[Any] = []
    recorded = charts.style.record

    def kept(artists: list[Any], width: float, height: float, faces: Any) -> Drawing:
        made = recorded(artists, width, height, faces)
        figures.append(on_a_figure(artists, width, height))
        return made

    charts.style.record = kept
    try:
        draw(chart, frame, Theme(), "en-GB")
    finally:
        charts.style.record = recorded
    stream = BytesIO()
    with matplotlib.rc_context({"pdf.fonttype": 42}):
        figures[0].savefig(stream, format="pdf")
        start = time.process_time()
        for _ in range(COPIES):
            figures[0].savefig(BytesIO(), format="pdf")
    return (time.process_time() - start) / COPIES * 1000, len(stream.getvalue())


def pictures() -> None:
    svglib = importlib.util.find_spec("svglib") is not None
    print("| chart | recording, ms | replay, ms | bytes | svglib, ms | bytes | Matplotlib's PDF, ms | bytes |")
    print("|---|---|---|---|---|---|---|---|")
    frame = ChartFrame(482, 640, 8.2)
    for name, chart in CHARTS.items():
        draw(chart, frame, Theme(), "en-GB")
        start = time.process_time()
        drawing = draw(chart, frame, Theme(), "en-GB")[0]
        recording = (time.process_time() - start) * 1000
        ways = [replayed(drawing), through_svglib(drawing) if svglib else None, by_matplotlib(chart, frame)]
        cells = [f"{cost[0]:.1f} | {cost[1]:.0f}" if cost else "not installed | " for cost in ways]
        print(f"| {name} | {recording:.0f} | {' | '.join(cells)} |")


if __name__ == "__main__":
    pages()
    print()
    pictures()

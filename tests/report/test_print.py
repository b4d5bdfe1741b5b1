"""The report prints: on a grey printer too, without a line that a printer drops, without a text too pale to read."""

from itertools import combinations

import pytest

from charts.draw import draw
from charts.drawing import Drawing, Marks, Operation, Shape
from charts.style import ChartFrame
from data.load import load
from data.model import BarChart, Briefing, Chart, DotChart, LineChart, Timeline
from data.theme import Theme, mix
from report import charts
from report.drawing import HAIRLINE
from tests.chart_samples import SHIPPED as CHARTS
from tests.conftest import ROOT
from tests.report.painted import Painted, contrast, lightness, painted, rgb
from tests.report.reading import Read, typeset

APART = 9
"""Steps of L* between two greys that are told apart side by side."""
PALETTE = Theme().palette
QUIET = [rgb(PALETTE.rule), rgb(PALETTE.tint), rgb(PALETTE.paper)]
"""What need not be seen to read a page: rules between rows, grid lines, grounds."""
PALE = [rgb(mix(colour, PALETTE.paper, 0.28)) for colour in PALETTE.series]
"""What lies under a mark or inside an outline."""


@pytest.fixture(scope="module")
def briefing() -> Briefing:
    loaded, _ = load(ROOT / "data" / "briefing")
    assert loaded is not None
    return loaded


@pytest.fixture(scope="module")
def pages(briefing: Briefing) -> list[list[Painted]]:
    document = Read(typeset(briefing)).document
    return [list(painted(page)) for page in document.pages]


def kind(pages: list[list[Painted]], name: str) -> list[tuple[int, Painted]]:
    found = [(n, item) for n, page in enumerate(pages, 1) for item in page if item.kind == name]
    assert len(found) > 100
    return found


def near(colour: tuple[float, ...], others: list[tuple[float, ...]]) -> bool:
    return any(max(abs(a - b) for a, b in zip(colour, other, strict=True)) < 0.004 for other in others)


def test_no_stroke_is_a_hairline(pages: list[list[Painted]]) -> None:
    assert [(n, item) for n, item in kind(pages, "stroke") if item.weight < HAIRLINE - 0.001] == []


def test_all_text_has_contrast_with_what_it_stands_on(pages: list[list[Painted]]) -> None:
    texts = kind(pages, "text")
    for ground in (PALETTE.paper, PALETTE.tint, PALETTE.accent):
        assert any(near(item.ground, [rgb(ground)]) for _, item in texts)
    assert [(n, item) for n, item in texts if contrast(item.colour, item.ground) < 4.5] == []


def test_all_marks_have_contrast_with_paper(pages: list[list[Painted]]) -> None:
    marks = [*kind(pages, "stroke"), *kind(pages, "fill")]
    faint = [(n, item) for n, item in marks if contrast(item.colour, rgb(PALETTE.paper)) < 3]
    assert [(n, item) for n, item in faint if not near(item.colour, [*QUIET, *PALE])] == []
    assert not any(item.kind == "stroke" and near(item.colour, PALE) for _, item in faint), "no outline is pale"


def colours(chart: Chart) -> set[int]:
    match chart:
        case LineChart():
            return {line.colour for line in chart.lines}
        case DotChart() | BarChart():
            return {row.colour for group in chart.groups for row in group.rows}
        case Timeline():
            return {event.colour for event in chart.events}


def forms(drawings: tuple[Drawing, ...], colour: str) -> set[object]:
    """How what has this colour is drawn: the outlines of its marks, the dashes of its lines."""
    found: set[object] = set()
    for operation in (operation for drawing in drawings for operation in drawing.operations):
        if colour in inks(operation):
            if isinstance(operation, Marks):
                found.add(operation.path)
            elif isinstance(operation, Shape) and operation.pen and not operation.fill:
                found.add((operation.pen.dash, operation.pen.width))
            elif isinstance(operation, Shape):
                found.add(("filled", operation.hatch))
    return found


def inks(operation: Operation) -> set[str]:
    if isinstance(operation, (Marks, Shape)):
        return {ink for ink in (operation.fill, operation.pen and operation.pen.colour) if ink}
    return set()


def confused(chart: Chart, drawings: tuple[Drawing, ...]) -> list[tuple[str, str]]:
    """Pairs of series colours in the chart that are one grey, and drawn alike."""
    series = sorted(PALETTE.series[index % len(PALETTE.series)] for index in colours(chart))
    return [
        (one, other)
        for one, other in combinations(series, 2)
        if abs(lightness(rgb(one)) - lightness(rgb(other))) <= APART and forms(drawings, one) & forms(drawings, other)
    ]


def test_series_in_one_chart_are_apart_in_grey_or_by_their_marks(briefing: Briefing) -> None:
    several = 0
    for chart, width, height, size in charts(briefing):
        drawings = draw(chart, ChartFrame(width, height, size), briefing.theme, briefing.language)
        assert confused(chart, drawings) == [], chart.caption.id
        several += len(colours(chart)) > 1
    assert several >= 4


@pytest.mark.parametrize("name", CHARTS)
def test_series_of_sample_charts_are_apart_too(name: str) -> None:
    chart = CHARTS[name]
    assert confused(chart, draw(chart, ChartFrame(482, 600, 8.2), Theme(), "en-GB")) == []

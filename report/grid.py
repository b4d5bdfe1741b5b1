"""The grid: takes a theme and a paper, returns the measures of a page and the frames of its charts. No ReportLab."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import get_args

from charts import Framed
from data.model import Briefing, Chart, LineChart
from data.theme import Theme

A4 = (210 * 72 / 25.4, 297 * 72 / 25.4)
LETTER = (8.5 * 72, 11.0 * 72)

BINDING = 8.5
"""Points (3 mm) by which a bound page's inner margin is wider than an unbound one's, and its outer margin narrower."""


@dataclass(frozen=True)
class Grid:
    """The page's measures in points: a side column for labels, a gutter, a text column of about 72 characters.

    The columns are the same on A4 and on Letter, so that lines and charts are the same on both; only margins and the
    number of lines differ. `line` is the baseline grid; all heights are multiples of its half. `two_sided`: left-hand
    and right-hand pages mirror each other, the side column outside.
    """

    width: float
    height: float
    line: float
    side: float = 132
    gutter: float = 18
    text: float = 332
    top: float = 78
    column_gutter: float = 20
    two_sided: bool = False

    @property
    def measure(self) -> float:
        """From the left edge of the side column to the right edge of the text column."""
        return self.side + self.gutter + self.text

    @property
    def indent(self) -> float:
        """Where the text column begins, seen from the side column's left edge."""
        return self.side + self.gutter

    @property
    def column(self) -> float:
        """The width of one of two columns over the whole measure."""
        return (self.measure - self.column_gutter) / 2

    @property
    def left(self) -> float:
        return (self.width - self.measure) / 2

    def mirrored(self, page: int) -> bool:
        """Whether the columns change places on a page, counted from 1: right-hand pages have odd numbers."""
        return self.two_sided and page % 2 == 1

    def edge(self, page: int) -> float:
        """The left edge of the text area on a page, counted from 1."""
        if not self.two_sided:
            return self.left
        return self.left + (BINDING if page % 2 else -BINDING)

    @property
    def depth(self) -> float:
        """The height of the text area: whole lines only."""
        return int((self.height - self.top - 66) / self.line) * self.line

    @property
    def bottom(self) -> float:
        return self.height - self.top - self.depth


def grid(theme: Theme, page: str, sides: str = "one") -> Grid:
    width, height = LETTER if page == "letter" else A4
    return Grid(width, height, theme.report.leading, two_sided=sides == "two")


def charts(briefing: Briefing) -> Iterator[Framed]:
    """The charts that the report asks for, with their frames, in that order."""
    page = grid(briefing.theme, briefing.page, briefing.sides)
    for exhibit in briefing.exhibits:
        if isinstance(exhibit, get_args(Chart)):
            yield exhibit, *chart_frame(exhibit, page, briefing.theme)


def chart_frame(chart: Chart, grid: Grid, theme: Theme) -> tuple[float, float, float]:
    """The width and greatest height in which a chart is drawn, and its type size, in points."""
    tallest = 16 * grid.line if isinstance(chart, LineChart) else grid.depth - 10 * grid.line
    return grid.measure, tallest, theme.report.chart

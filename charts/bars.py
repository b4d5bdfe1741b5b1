"""Bar charts: takes a BarChart and a frame, returns drawings of horizontal bars from zero.

A filled bar is a reported figure, a hatched outline a revised one, a pale outlined bar a disputed one; what a range or
a limit leaves open is drawn as a pale outline too, or as an arrow.
"""

from collections.abc import Sequence, Set
from functools import partial
from typing import NamedTuple

from charts import key, rows
from charts.drawing import Drawing
from charts.extent import extent
from charts.scale import Scale
from charts.style import ChartFrame, Sheet, Style
from data.model import BarChart, Bound, Row, Status
from data.theme import Theme
from data.words import chart_words

_PALE: Status = "disputed"
"""What is left open is drawn as what is disputed: the number's own words tell them apart."""


def draw(chart: BarChart, frame: ChartFrame, theme: Theme, language: str) -> tuple[Drawing, ...]:
    return rows.draw(chart.groups, _Bars(), frame, theme, language)


class _Bars:
    def reach(self, row: Row, style: Style) -> tuple[float, float]:
        shown = extent(row.value.quantity)
        return max(float(shown.known), float(shown.stop), 0.0), _arrow(style) if shown.beyond > 0 else 0.0

    def draw(self, sheet: Sheet, row: Row, scale: Scale, top: float, bottom: float) -> None:
        shown = extent(row.value.quantity)
        middle, half = (top + bottom) / 2, min((bottom - top) * 0.31, 13 * sheet.style.unit)
        ends = (scale(0), scale(shown.known), scale(shown.start), scale(shown.stop))
        _mark(sheet, row.value.quantity.status, row.colour, ends, shown.beyond, middle, half)

    def key(self, rows: Sequence[Row], style: Style, language: str) -> tuple[key.Item, ...]:
        names = chart_words(language)
        colours = {row.colour for row in rows}
        index = colours.pop() if len(colours) == 1 else None
        statuses = {row.value.quantity.status for row in rows}
        shown = [(row.value.quantity.bound, extent(row.value.quantity)) for row in rows]
        pale = {bound for bound, one in shown if one.start != one.stop}
        going_on = {bound for bound, one in shown if one.beyond}
        own: list[tuple[Status, str]] = [
            ("reported", names.reported),
            ("revised", names.revised),
            ("disputed", names.disputed),
        ]
        limits: list[tuple[Set[Bound], str]] = [
            ({"between"}, names.between),
            ({"at_most"}, names.at_most),
            ({"at_least", "more_than"}, names.at_least),
        ]
        samples: list[tuple[str, _Sample]] = []
        if statuses != {"reported"}:
            samples += [(name, _Sample(status, 1, 1, 0)) for status, name in own if status in statuses]
        for bounds, name in limits:
            if bounds & pale:
                samples.append((name, _Sample("reported", 0.5 if "between" in bounds else 0, 1, 0)))
            if bounds & going_on:
                samples.append((name, _Sample("reported", 0.4, 0.4, 1)))
        return tuple(
            key.Item(key.words(name, style), 24 * style.unit, partial(sample.draw, index)) for name, sample in samples
        )


class _Sample(NamedTuple):
    """A bar in the key, as shares of its cell."""

    status: Status
    known: float
    stop: float
    beyond: int

    def draw(self, index: int | None, sheet: Sheet, left: float, middle: float) -> None:
        unit = sheet.style.unit
        start, width = left + unit / 2, 23.5 * unit
        known, stop = start + self.known * width, start + self.stop * width
        _mark(sheet, self.status, index, (start, known, known, stop), self.beyond, middle, 3.5 * unit)


def _arrow(style: Style) -> float:
    return 14 * style.unit


def _mark(
    sheet: Sheet,
    status: Status,
    index: int | None,
    ends: tuple[float, float, float, float],
    beyond: int,
    middle: float,
    half: float,
) -> None:
    """A bar from zero to what is known, and a pale one for what is left open; `index` is None for a sample of several
    colours."""
    style = sheet.style
    colour = style.palette.muted if index is None else style.series(index)
    tint = style.palette.rule if index is None else style.tint(index)
    zero, known, start, stop = ends
    for shown, one, other in ((_PALE, start, stop), (status, zero, known)):
        _bar(sheet, shown, (colour, tint), (one, other), middle, half)
    if beyond:
        rows.arrow(sheet, known, known + beyond * _arrow(style), middle, colour)


def _bar(
    sheet: Sheet, status: Status, colours: tuple[str, str], ends: tuple[float, float], middle: float, half: float
) -> None:
    style, (colour, tint), (start, end) = sheet.style, colours, ends
    if abs(end - start) < style.rule:
        return
    if status == "reported":
        sheet.box(start, middle - half, end, middle + half, colour)
        return
    fill, hatch = (style.palette.paper, "////") if status == "revised" else (tint, "")
    edge = 0.9 * style.unit
    inset = edge / 2 if end > start else -edge / 2
    sheet.box(start, middle - half + edge / 2, end - inset, middle + half - edge / 2, fill, colour, edge, hatch)

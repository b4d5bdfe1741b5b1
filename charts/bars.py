"""Bar charts: takes a BarChart and a frame, returns drawings of horizontal bars from zero.

A filled bar is a reported figure, a hatched outline a revised one, a pale outlined bar a disputed one; what a range or
a limit leaves open is drawn as a pale outline too, or as an arrow.
"""

from collections.abc import Sequence
from functools import partial

from charts import key, rows
from charts.drawing import Drawing
from charts.scale import Scale
from charts.style import ChartFrame, Sheet, Style
from data.model import BarChart, Row, Status
from data.theme import Theme
from data.words import chart_words


def draw(chart: BarChart, frame: ChartFrame, theme: Theme, language: str) -> tuple[Drawing, ...]:
    return rows.draw(chart.groups, _Bars(), frame, theme, language)


class _Bars:
    def reach(self, row: Row, style: Style) -> tuple[float, float]:
        quantity = row.value.quantity
        beyond = 14 * style.unit if quantity.bound in {"at_least", "more_than"} else 0.0
        return max(float(quantity.magnitude), 0.0), beyond

    def draw(self, sheet: Sheet, row: Row, scale: Scale, top: float, bottom: float) -> None:
        style, quantity = sheet.style, row.value.quantity
        middle, half = (top + bottom) / 2, min((bottom - top) * 0.31, 13 * style.unit)
        zero, end = scale(0), scale(quantity.magnitude)
        known = zero if quantity.low is None else scale(quantity.low)
        if known != end:
            _bar(sheet, row.colour, "disputed", known, end, middle, half)
        _bar(sheet, row.colour, quantity.status, zero, known, middle, half)
        if quantity.bound in {"at_least", "more_than"}:
            rows.arrow(sheet, end, end + 14 * style.unit, middle, style.series(row.colour))

    def key(self, rows: Sequence[Row], style: Style, language: str) -> tuple[key.Item, ...]:
        names = chart_words(language)
        colours = {row.colour for row in rows}
        index = colours.pop() if len(colours) == 1 else None
        seen = {row.value.quantity.status for row in rows}
        if seen == {"reported"}:
            return ()
        marks: dict[Status, str] = {"reported": names.reported, "revised": names.revised, "disputed": names.disputed}
        cell = 24 * style.unit
        return tuple(
            key.Item(key.words(name, style), cell, partial(_sample, index, status, cell))
            for status, name in marks.items()
            if status in seen
        )


def _sample(index: int | None, status: Status, cell: float, sheet: Sheet, left: float, middle: float) -> None:
    _bar(sheet, index, status, left + sheet.style.unit / 2, left + cell, middle, 3.5 * sheet.style.unit)


def _bar(sheet: Sheet, index: int | None, status: Status, start: float, end: float, middle: float, half: float) -> None:
    """`index` is None for a sample of several colours."""
    style = sheet.style
    if abs(end - start) < style.rule:
        return
    colour = style.palette.muted if index is None else style.series(index)
    if status == "reported":
        sheet.box(start, middle - half, end, middle + half, colour)
        return
    tint = style.palette.rule if index is None else style.tint(index)
    fill, hatch = (style.palette.paper, "////") if status == "revised" else (tint, "")
    edge = 0.9 * style.unit
    inset = edge / 2 if end > start else -edge / 2
    sheet.box(start, middle - half + edge / 2, end - inset, middle + half - edge / 2, fill, colour, edge, hatch)

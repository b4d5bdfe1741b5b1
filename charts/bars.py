"""Bar charts: takes a BarChart and a frame, returns drawings of horizontal bars from zero.

A filled bar is a reported figure, a hatched outline a revised one, a pale outlined bar a disputed one; what a range or
a limit leaves open is drawn pale or as an arrow.
"""

from collections.abc import Sequence
from functools import partial

from charts import key, rows
from charts.drawing import Drawing
from charts.scale import Scale
from charts.style import ChartFrame, Sheet, Style
from charts.words import words
from data.model import BarChart, Row, Status
from data.theme import Theme


def draw(chart: BarChart, frame: ChartFrame, theme: Theme, language: str) -> tuple[Drawing, ...]:
    return rows.draw(chart.groups, _Bars(), frame, theme, language)


class _Bars:
    def reach(self, row: Row, style: Style) -> tuple[float, float]:
        quantity = row.value.quantity
        return float(quantity.magnitude), 14 * style.unit if quantity.bound in {"at_least", "more_than"} else 0.0

    def draw(self, sheet: Sheet, row: Row, scale: Scale, middle: float, room: float) -> None:
        style, quantity = sheet.style, row.value.quantity
        half = min(room * 0.31, 13 * style.unit)
        zero, end = scale(0), scale(quantity.magnitude)
        if quantity.bound == "between" and quantity.low is not None:
            known = scale(quantity.low)
            _bar(sheet, row.colour, "disputed", known, end, middle, half)
            _bar(sheet, row.colour, quantity.status, zero, known, middle, half)
        elif quantity.bound == "at_most":
            _bar(sheet, row.colour, "disputed", zero, end, middle, half)
        else:
            _bar(sheet, row.colour, quantity.status, zero, end, middle, half)
        if quantity.bound in {"at_least", "more_than"}:
            rows.arrow(sheet, end, end + 14 * style.unit, middle, style.series(row.colour))

    def key(self, rows: Sequence[Row], style: Style, language: str) -> tuple[key.Item, ...]:
        text = words(language)
        colours = {row.colour for row in rows}
        index = colours.pop() if len(colours) == 1 else None
        statuses = {row.value.quantity.status for row in rows}
        if statuses <= {"reported"}:
            return ()
        names: dict[Status, str] = {"reported": text.reported, "revised": text.revised, "disputed": text.disputed}
        return tuple(
            key.Item(name, partial(_sample, index=index, status=status))
            for status, name in names.items()
            if status in statuses
        )


def _sample(sheet: Sheet, left: float, middle: float, index: int | None, status: Status) -> None:
    _bar(sheet, index, status, left, left + key.cell(sheet.style), middle, 3.5 * sheet.style.unit)


def _bar(
    sheet: Sheet, index: int | None, status: Status, start: float, end: float, middle: float, half: float
) -> None:
    style = sheet.style
    colour = style.palette.muted if index is None else style.series(index)
    tint = style.palette.rule if index is None else style.tint(index)
    edge = 0.9 * style.unit
    if status == "reported":
        sheet.box(start, middle - half, end, middle + half, colour)
    else:
        fill, hatch = (style.palette.paper, "////") if status == "revised" else (tint, "")
        inset = edge / 2
        sheet.box(start, middle - half + inset, end - inset, middle + half - inset, fill, colour, edge, hatch)

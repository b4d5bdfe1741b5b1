"""Dot charts: takes a DotChart and a frame, returns drawings in which a bound is drawn as the bound that it is.

A dot is one figure, a dot in a halo an approximate one, a bar between two dots a range; an arrow from a bar points to
where an open-ended figure may lie. Open marks are revised figures, diamonds disputed ones. A dotted guide leads from
the axis to each mark.
"""

from collections.abc import Sequence
from functools import partial

from charts import key, rows
from charts.drawing import Drawing
from charts.looks import LOOKS, OPEN_ENDED, PLAIN, look, name
from charts.rows import only_colour
from charts.scale import Scale
from charts.style import ChartFrame, Sheet, Spot, Style
from data.model import Bound, DotChart, Row, Status
from data.theme import Theme
from data.words import chart_words


def draw(chart: DotChart, frame: ChartFrame, theme: Theme, language: str) -> tuple[Drawing, ...]:
    return rows.draw(chart.groups, _Dots(), frame, theme, language)


class _Dots:
    def reach(self, row: Row, way: rows.Way, style: Style) -> tuple[float, float]:
        """Text on the right of a negative mark stands beyond the axis, which its paper would break."""
        quantity = row.value.quantity
        ahead = {"at_least", "more_than"} if way > 0 else {"at_most"}
        beyond = _arrow(style) if quantity.bound in ahead else style.radius
        if way > 0:
            return max(float(quantity.magnitude), 0.0), beyond
        return float(quantity.magnitude if quantity.low is None else quantity.low), beyond

    def draw(self, sheet: Sheet, row: Row, scale: Scale, top: float, bottom: float) -> None:
        quantity = row.value.quantity
        low, middle = scale.start, (top + bottom) / 2
        if quantity.low is not None:
            low = scale(quantity.low)
            if quantity.low > 0:
                sheet.line([(scale(0), middle), (low, middle)], sheet.style.palette.rule, sheet.style.rule, (1, 3))
        _mark(sheet, quantity.bound, quantity.status, row.colour, low, scale(quantity.magnitude), middle)

    def key(self, rows: Sequence[Row], style: Style, language: str) -> tuple[key.Item, ...]:
        index = only_colour(rows)
        seen = {look(row.value.quantity) for row in rows}
        if seen == {PLAIN}:
            return ()
        return tuple(
            key.Item(
                key.words(name(each, language) or chart_words(language).exact, style),
                _cell(each.bound, style),
                partial(_sample, each.bound, each.status, index),
            )
            for each in LOOKS
            if each in seen
        )


def _arrow(style: Style) -> float:
    return 22 * style.unit


def _cell(bound: Bound, style: Style) -> float:
    return 24 * style.unit if bound in {"between", *OPEN_ENDED} else 13 * style.unit


def _sample(bound: Bound, status: Status, index: int | None, sheet: Sheet, left: float, middle: float) -> None:
    unit, wide = sheet.style.unit, _cell(bound, sheet.style)
    inset = unit if status == "reported" else 4 * unit  # half of a limit's bar, or of the mark in its place
    ends = {
        "between": (left + 3 * unit, left + wide - 3 * unit),
        "at_most": (left, left + wide - inset),
        "at_least": (left + inset, left + inset),
    }
    low, high = ends.get(bound, (left + wide / 2, left + wide / 2))
    _mark(sheet, bound, status, index, low, high, middle)


def _mark(
    sheet: Sheet, bound: Bound, status: Status, index: int | None, low: float, high: float, middle: float
) -> None:
    """From `low`, a range's lower end or the axis's, to `high`; `index` is None for a sample of several colours."""
    style = sheet.style
    colour, tint = style.marking(index)
    radius = style.radius
    places = [(high, middle)]
    if bound == "between":
        sheet.box(low, middle - radius / 2, high, middle + radius / 2, tint)
        places, radius = [(low, middle), (high, middle)], 0.85 * radius
    elif bound == "about":
        sheet.spots(places, "circle", 1.95 * radius, tint)
    elif bound in OPEN_ENDED:
        tip = max(low, high - _arrow(style)) if bound == "at_most" else high + _arrow(style)
        if abs(tip - high) > 8 * style.unit:
            rows.arrow(sheet, high, tip, middle, colour)
        if status == "reported":
            sheet.line([(high, middle - 1.35 * radius), (high, middle + 1.35 * radius)], colour, style.stroke)
            return
    spot: Spot = "diamond" if status == "disputed" else "circle"
    if status == "revised":
        sheet.spots(places, spot, radius, style.palette.paper, colour, 1.3 * style.unit)
    else:
        sheet.spots(places, spot, radius, colour)

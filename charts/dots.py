"""Dot charts: takes a DotChart and a frame, returns drawings in which a bound is drawn as the bound that it is.

A dot is one figure, a dot in a halo an approximate one, a bar between two dots a range; an arrow from a bar points to
where an open-ended figure may lie. Open marks are revised figures, diamonds disputed ones.
"""

from collections.abc import Sequence
from functools import partial

from charts import key, rows
from charts.drawing import Drawing
from charts.scale import Scale
from charts.style import ChartFrame, Sheet, Spot, Style
from charts.words import words
from data.model import Bound, DotChart, Row, Status
from data.theme import Theme


def draw(chart: DotChart, frame: ChartFrame, theme: Theme, language: str) -> tuple[Drawing, ...]:
    return rows.draw(chart.groups, _Dots(), frame, theme, language)


class _Dots:
    def reach(self, row: Row, style: Style) -> tuple[float, float]:
        quantity = row.value.quantity
        beyond = _arrow(style) if quantity.bound in {"at_least", "more_than"} else style.radius
        return float(quantity.magnitude), beyond

    def draw(self, sheet: Sheet, row: Row, scale: Scale, middle: float, room: float) -> None:
        quantity = row.value.quantity
        low = scale(quantity.low) if quantity.low is not None else scale.start
        high = scale(quantity.magnitude)
        _mark(sheet, quantity.bound, quantity.status, row.colour, low, high, middle)

    def key(self, rows: Sequence[Row], style: Style, language: str) -> tuple[key.Item, ...]:
        text = words(language)
        bounds: dict[Bound, str] = {
            "exact": text.exact, "about": text.about, "between": text.between, "at_most": text.at_most,
            "at_least": text.at_least,
        }
        colours = {row.colour for row in rows}
        index = colours.pop() if len(colours) == 1 else None
        seen = {"at_least" if (b := row.value.quantity.bound) == "more_than" else b for row in rows}
        statuses = {row.value.quantity.status for row in rows}
        items = [
            key.Item(words_, partial(_sample, bound=bound, status="reported", index=index))
            for bound, words_ in bounds.items()
            if bound in seen
        ]
        items += [
            key.Item(words_, partial(_sample, bound="exact", status=status, index=index))
            for status, words_ in (("revised", text.revised), ("disputed", text.disputed))
            if status in statuses
        ]
        return tuple(items) if seen - {"exact"} or statuses - {"reported"} else ()


def _sample(sheet: Sheet, left: float, middle: float, bound: Bound, status: Status, index: int | None) -> None:
    wide = key.cell(sheet.style)
    low, high = {"between": (left + 4 * sheet.style.unit, left + wide - 4 * sheet.style.unit)}.get(bound, (0.0, 0.0))
    if bound == "at_most":
        low, high = left, left + wide - 2 * sheet.style.unit
    elif bound == "at_least":
        low = high = left + 2 * sheet.style.unit
    elif bound != "between":
        low = high = left + wide / 2
    _mark(sheet, bound, status, index, low, high, middle)


def _arrow(style: Style) -> float:
    return 22 * style.unit


def _mark(
    sheet: Sheet, bound: Bound, status: Status, index: int | None, low: float, high: float, middle: float
) -> None:
    """From `low`, a range's lower end or the axis's, to `high`; `index` is None where a sample stands for all colours."""
    style = sheet.style
    colour = style.palette.muted if index is None else style.series(index)
    tint = style.palette.rule if index is None else style.tint(index)
    if bound == "between":
        half = style.radius * 0.55
        sheet.box(low, middle - half, high, middle + half, tint)
    elif bound == "about":
        sheet.spots([(high, middle)], "circle", style.radius * 1.95, tint)
    elif bound in {"at_most", "at_least", "more_than"}:
        tip = max(low, high - _arrow(style)) if bound == "at_most" else high + _arrow(style)
        if abs(tip - high) > 8 * style.unit:
            rows.arrow(sheet, high, tip, middle, colour)
    spot: Spot = "diamond" if status == "disputed" else "circle"
    if bound in {"at_most", "at_least", "more_than"} and status == "reported":
        half = style.radius * 1.35
        sheet.line([(high, middle - half), (high, middle + half)], colour, style.stroke)
        return
    radius = style.radius * (0.85 if bound == "between" else 1.0)
    fill = style.palette.paper if status == "revised" else colour
    ends = [(low, middle), (high, middle)] if bound == "between" else [(high, middle)]
    sheet.spots(ends, spot, radius, fill, colour, 1.3 * style.unit if status == "revised" else 0.0)

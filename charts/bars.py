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
from data.model import BarChart, Bound, Row, Status
from data.theme import Theme
from data.words import chart_words


def draw(chart: BarChart, frame: ChartFrame, theme: Theme, language: str) -> tuple[Drawing, ...]:
    return rows.draw(chart.groups, _Bars(), frame, theme, language)


_OPEN_ENDED = frozenset({"at_least", "more_than"})
_PALE: Status = "disputed"


class _Bars:
    def reach(self, row: Row, style: Style) -> tuple[float, float]:
        quantity = row.value.quantity
        return max(float(quantity.magnitude), 0.0), _arrow(style) if quantity.bound in _OPEN_ENDED else 0.0

    def draw(self, sheet: Sheet, row: Row, scale: Scale, top: float, bottom: float) -> None:
        quantity = row.value.quantity
        middle, half = (top + bottom) / 2, min((bottom - top) * 0.31, 13 * sheet.style.unit)
        zero, end = scale(0), scale(quantity.magnitude)
        known = zero if quantity.low is None else scale(quantity.low)
        _mark(sheet, quantity.bound, quantity.status, row.colour, (zero, known, end), middle, half)

    def key(self, rows: Sequence[Row], style: Style, language: str) -> tuple[key.Item, ...]:
        names = chart_words(language)
        colours = {row.colour for row in rows}
        index = colours.pop() if len(colours) == 1 else None
        statuses = {row.value.quantity.status for row in rows}
        bounds = {"at_least" if (bound := row.value.quantity.bound) in _OPEN_ENDED else bound for row in rows}
        own: list[tuple[Status, str]] = [
            ("reported", names.reported),
            ("revised", names.revised),
            ("disputed", names.disputed),
        ]
        left_open: list[tuple[Bound, str]] = [
            ("between", names.between),
            ("at_most", names.at_most),
            ("at_least", names.at_least),
        ]
        marks: list[tuple[Bound, Status, str]] = []
        if statuses != {"reported"}:
            marks += [("exact", status, name) for status, name in own if status in statuses]
        marks += [(bound, "reported", name) for bound, name in left_open if bound in bounds]
        return tuple(
            key.Item(key.words(name, style), 24 * style.unit, partial(_sample, bound, status, index))
            for bound, status, name in marks
        )


def _arrow(style: Style) -> float:
    return 14 * style.unit


def _sample(bound: Bound, status: Status, index: int | None, sheet: Sheet, left: float, middle: float) -> None:
    unit = sheet.style.unit
    start, end = left + unit / 2, left + 24 * unit
    known = {"between": start + 12 * unit, "at_most": start}.get(bound, end)
    if bound == "at_least":
        known = end = end - _arrow(sheet.style)
    _mark(sheet, bound, status, index, (start, known, end), middle, 3.5 * unit)


def _mark(
    sheet: Sheet,
    bound: Bound,
    status: Status,
    index: int | None,
    ends: tuple[float, float, float],
    middle: float,
    half: float,
) -> None:
    """A bar from zero to what is known, pale from there to what a range or a limit leaves open; `index` is None for a
    sample of several colours."""
    style = sheet.style
    colour = style.palette.muted if index is None else style.series(index)
    tint = style.palette.rule if index is None else style.tint(index)
    zero, known, end = ends
    for shown, start, stop in ((_PALE, known, end), (status, zero, known)):
        _bar(sheet, shown, (colour, tint), (start, stop), middle, half)
    if bound in _OPEN_ENDED:
        rows.arrow(sheet, end, end + _arrow(style), middle, colour)


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

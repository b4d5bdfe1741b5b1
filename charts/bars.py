"""Bar charts: takes a BarChart and a frame, returns drawings of horizontal bars from zero.

A filled bar is a reported figure, a hatched outline a revised one, a pale outlined bar a disputed one; what a range or
a limit leaves open is drawn as a pale outline too, hatched if it was revised and dashed if it is disputed, or as an
arrow.
"""

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from charts import key, rows
from charts.drawing import Drawing
from charts.extent import ZERO, extent
from charts.rows import only_colour
from charts.scale import Scale
from charts.style import ChartFrame, Outline, Sheet, Style
from data.model import BarChart, Bound, Row, Status
from data.theme import Theme
from data.words import chart_words

_DASH = (3.0, 2.0)
"""Of the outline of what is left open and disputed, in multiples of its width."""


def draw(chart: BarChart, frame: ChartFrame, theme: Theme, language: str) -> tuple[Drawing, ...]:
    return rows.draw(chart.groups, _Bars(), frame, theme, language)


class _Bars:
    def reach(self, row: Row, way: rows.Way, style: Style) -> tuple[float, float]:
        shown = extent(row.value.quantity)
        farthest = max if way > 0 else min
        beyond = _arrow(style) if shown.beyond == way else 0.0
        return float(farthest(shown.known, shown.stop, ZERO)), beyond

    def draw(self, sheet: Sheet, row: Row, scale: Scale, top: float, bottom: float) -> None:
        shown = extent(row.value.quantity)
        middle, half = (top + bottom) / 2, min((bottom - top) * 0.31, 13 * sheet.style.unit)
        ends = (scale(0), scale(shown.known), scale(shown.start), scale(shown.stop))
        _mark(sheet, row.value.quantity.status, row.colour, ends, shown.beyond, middle, half)

    def key(self, rows: Sequence[Row], style: Style, language: str) -> tuple[key.Item, ...]:
        names = chart_words(language)
        index = only_colour(rows)
        own: dict[Status, str] = {
            "reported": names.reported,
            "revised": names.revised,
            "disputed": names.disputed,
        }
        limits: dict[Bound, str] = {
            "between": names.between,
            "at_most": names.at_most,
            "at_least": names.at_least,
            "more_than": names.at_least,
        }
        order, ranks = ["", *limits.values()], list(own)
        shown: dict[tuple[int, int, bool], _Sample] = {}
        for row in rows:
            if sample := _sample(row):
                limit = limits[row.value.quantity.bound] if sample.open else ""
                look = order.index(limit), ranks.index(sample.status), sample.beyond != 0
                shown[look] = max(shown.get(look, sample), sample, key=lambda one: one.known)
        plain = all(sample.status == "reported" for sample in shown.values())
        items = []
        for (rank, *_), sample in sorted(shown.items()):
            limit = order[rank]
            status = "" if sample.status == "reported" and (limit or plain) else own[sample.status]
            if name := ", ".join(filter(None, (limit, status))):
                items.append(key.Item(key.words(name, style), 24 * style.unit, partial(sample.draw, index)))
        return tuple(items)


class _Sample(NamedTuple):
    """A bar in the key, as shares of its cell; `way` is -1 for one that runs to the left from zero."""

    status: Status
    known: float = 1
    stop: float = 1
    beyond: int = 0
    way: int = 1

    @property
    def open(self) -> bool:
        return self.known != self.stop or self.beyond != 0

    def draw(self, index: int | None, sheet: Sheet, left: float, middle: float) -> None:
        unit = sheet.style.unit
        width = 23.5 * unit
        zero = left + unit / 2 + (width if self.way < 0 else 0)
        known, stop = zero + self.way * self.known * width, zero + self.way * self.stop * width
        _mark(sheet, self.status, index, (zero, known, known, stop), self.beyond, middle, 3.5 * unit)


def _sample(row: Row) -> _Sample | None:
    """How the key shows the bar of `row`; None where nothing is drawn. A range of which something is known shows what
    one looks like that is open from zero on, so a key has one of the two."""
    shown, status = extent(row.value.quantity), row.value.quantity.status
    if shown.beyond:
        return _Sample(status, 0.4, 0.4, shown.beyond, shown.beyond)
    if shown.start == shown.stop:
        return _Sample(status) if shown.known else None
    return _Sample(status, 0.5 if shown.known else 0, way=1 if shown.stop > 0 else -1)


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
    colour, tint = style.marking(index)
    zero, known, start, stop = ends
    for one, other, left_open in ((start, stop, True), (zero, known, False)):
        _bar(sheet, status, (colour, tint), (one, other), middle, half, left_open=left_open)
    if beyond:
        rows.arrow(sheet, known, known + beyond * _arrow(style), middle, colour)


def _bar(
    sheet: Sheet,
    status: Status,
    colours: tuple[str, str],
    ends: tuple[float, float],
    middle: float,
    half: float,
    *,
    left_open: bool,
) -> None:
    """A stretch of a bar; what is left open is pale whatever its status, so hatch and dash say that."""
    style, (colour, tint), (start, end) = sheet.style, colours, ends
    if abs(end - start) < style.rule:
        return
    if status == "reported" and not left_open:
        sheet.box(start, middle - half, end, middle + half, colour)
        return
    fill = style.palette.paper if status == "revised" and not left_open else tint
    hatch = "////" if status == "revised" else ""
    dash = _DASH if status == "disputed" and left_open else ()
    edge = 0.9 * style.unit
    inset = edge / 2 if end > start else -edge / 2
    outline = Outline(colour, edge, hatch, dash)
    sheet.box(start, middle - half + edge / 2, end - inset, middle + half - edge / 2, fill, outline)

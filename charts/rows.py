"""Rows on one value axis: takes groups of labelled numbers and a way to mark them, returns drawings.

Dot and bar charts share it: a label column, the marks with their values beside them, headings between the groups, the
axis and the key at the foot. Rows that do not fit one frame go on in a next drawing, under their group's name.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from charts import key, typeset
from charts.drawing import Drawing
from charts.scale import Scale, Tick, number_ticks
from charts.style import FLOOR, ChartFrame, Sheet, Style
from charts.typeset import Block, Piece
from data.model import Group, Row
from data.theme import Theme


class Marks(Protocol):
    """What tells a dot chart from a bar chart."""

    def reach(self, row: Row, style: Style) -> tuple[float, float]:
        """The value at the mark's right end and the points that it takes beyond it."""

    def draw(self, sheet: Sheet, row: Row, scale: Scale, middle: float, room: float) -> None:
        """The mark of `row` on the horizontal `middle`; `room` is the row's height."""

    def key(self, rows: Sequence[Row], style: Style, language: str) -> tuple[key.Item, ...]:
        """What the reader must be told, () if nothing."""


@dataclass(frozen=True, slots=True)
class _Row:
    row: Row
    label: Block
    detail: Block
    value: Block
    height: float


@dataclass(frozen=True, slots=True)
class _Group:
    name: Block
    rows: tuple[_Row, ...]


@dataclass(frozen=True, slots=True)
class _Plan:
    """Everything measured: the scale, the ticks, the groups, the key and the heights that the parts share."""

    style: Style
    scale: Scale
    ticks: tuple[Tick, ...]
    groups: tuple[_Group, ...]
    key: key.Key

    @property
    def gap(self) -> float:
        """Above a group that is not the first."""
        return 9 * self.style.unit

    @property
    def foot(self) -> float:
        """The axis's texts, and the key."""
        below = 9 * self.style.unit + self.key.height if self.key.height else 0.0
        return 3 * self.style.unit + self.style.leading(self.style.small) + below

    def heading(self, group: _Group) -> float:
        return group.name.height + 3 * self.style.unit if group.name.lines else 0.0

    def height(self, groups: Sequence[_Group]) -> float:
        inner = sum(self.heading(group) + sum(row.height for row in group.rows) for group in groups)
        return inner + self.gap * max(0, len(groups) - 1)


def draw(
    groups: Sequence[Group], marks: Marks, frame: ChartFrame, theme: Theme, language: str
) -> tuple[Drawing, ...]:
    groups = [group for group in groups if group.rows]
    parts: list[list[_Group]] = []
    for size in _sizes(frame):
        plan = _plan(groups, marks, Style(frame, theme, size), language)
        parts = _parts(plan)
        if len(parts) == 1:
            break
    else:
        plan = _plan(groups, marks, Style(frame, theme, frame.size), language)
        parts = _parts(plan)
    return tuple(_drawn(plan, part, marks) for part in parts)


def arrow(sheet: Sheet, start: float, tip: float, middle: float, colour: str) -> None:
    """An open end: the figure lies somewhere this way."""
    style = sheet.style
    way = 1 if tip > start else -1
    neck, half = tip - way * 5 * style.unit, 3 * style.unit
    sheet.line([(start, middle), (neck, middle)], colour, style.stroke)
    sheet.area([(tip, middle), (neck, middle - half), (neck, middle + half)], colour)


def _sizes(frame: ChartFrame) -> tuple[float, ...]:
    """A slide's type may step down to its floor before the chart goes on to a second slide; paper's does not."""
    if frame.medium == "paper":
        return (frame.size,)
    return (frame.size, *(size for size in (frame.size * 0.93, FLOOR["slide"]) if FLOOR["slide"] <= size < frame.size))


def _plan(groups: Sequence[Group], marks: Marks, style: Style, language: str) -> _Plan:
    rows = [row for group in groups for row in group.rows]
    width, gap = style.frame.width, 6 * style.unit
    labels = max(
        (
            max(
                style.width(row.label, style.regular, style.size),
                style.width(row.detail, style.regular, style.small),
            )
            for row in rows
        ),
        default=0.0,
    )
    start = min(labels + 1, 0.37 * width) + 2 * gap
    reaches = [(*marks.reach(row, style), row.value) for row in rows]
    low = min((value for value, _, _ in reaches), default=0.0)
    high = max((value for value, _, _ in reaches), default=0.0)
    unit = rows[0].value.quantity.unit if rows else ""
    whole = all(row.value.quantity.decimals <= 0 for row in rows)

    def fits(ticks: Sequence[Tick]) -> bool:
        widths = [style.width(tick.text, style.regular, style.small) for tick in ticks]
        return sum(widths) + (len(ticks) - 1) * 2.5 * gap <= 0.5 * (width - start)

    ticks = number_ticks(low, high, unit, language, whole=whole, fits=fits)
    last = ticks[-1]
    overhang = style.width(last.text, style.regular, style.small) / 2 + style.width(last.tail, style.regular, style.small)
    bottom, top = ticks[0].value, ticks[-1].value
    for share in (0.7, 0.5, 0.38, 0.28):
        values = [
            typeset.block(typeset.number(row.value, style.regular, style.palette.ink), style, style.size,
                          share * (width - start))
            for row in rows
        ]
        end = width - overhang
        for (value, beyond, _), text in zip(reaches, values, strict=True):
            part = (max(value, 0.0) - bottom) / (top - bottom)
            room = width - text.width - gap - beyond - start
            end = min(end, start + room / part if part else end)
        if end - start >= 0.45 * (width - start):
            break
    texts = iter(values)
    label_width = start - 2 * gap
    planned = tuple(
        _Group(
            typeset.block((Piece(group.name, style.strong, _heading_colour(style)),), style, style.size, width, limit=3),
            tuple(_row(row, next(texts), label_width, style) for row in group.rows),
        )
        for group in groups
    )
    return _Plan(style, Scale(bottom, top, start, end), ticks, planned, key.lay(marks.key(rows, style, language), style))


def _heading_colour(style: Style) -> str:
    return style.palette.ink if style.frame.medium == "paper" else style.palette.accent


def _row(row: Row, value: Block, width: float, style: Style) -> _Row:
    label = typeset.block((Piece(row.label, style.regular, style.palette.ink),), style, style.size, width, limit=6)
    detail = typeset.block((Piece(row.detail, style.regular, style.palette.muted),), style, style.small, width, limit=6)
    height = max(label.height + detail.height, value.height, 12 * style.unit) + 5 * style.unit
    return _Row(row, label, detail, value, height)


def _parts(plan: _Plan) -> list[list[_Group]]:
    """The fewest parts that fit the frame, as even in height as row boundaries allow."""
    room = plan.style.frame.height - plan.foot
    parts = _filled(plan, room)
    even = plan.height(plan.groups) / len(parts)
    while len(parts) > 1 and even < room:
        tried = _filled(plan, even)
        if len(tried) == len(parts):
            return tried
        even += 4 * plan.style.unit
    return parts


def _filled(plan: _Plan, room: float) -> list[list[_Group]]:
    parts: list[list[_Group]] = [[]]
    for group in plan.groups:
        rows: list[_Row] = []
        for row in group.rows:
            grown = [*parts[-1], replace(group, rows=(*rows, row))]
            if (parts[-1] or rows) and plan.height(grown) > room:
                if rows:
                    parts[-1].append(replace(group, rows=tuple(rows)))
                parts.append([])
                rows = []
            rows.append(row)
        if rows:
            parts[-1].append(replace(group, rows=tuple(rows)))
    return parts


def _drawn(plan: _Plan, groups: Sequence[_Group], marks: Marks) -> Drawing:
    style, scale = plan.style, plan.scale
    sheet = Sheet(style)
    stretch = _stretch(plan, groups)
    top = 0.0
    for at, group in enumerate(groups):
        top += plan.gap if at else 0.0
        if group.name.lines:
            typeset.draw(sheet, group.name, 0, top)
            top += plan.heading(group)
        bottom = top + sum(row.height * stretch for row in group.rows)
        _grid(sheet, plan, top, bottom)
        for row in group.rows:
            height = row.height * stretch
            _labelled(sheet, row, top, height)
            marks.draw(sheet, row.row, scale, top + height / 2, height)
            value, beyond = marks.reach(row.row, style)
            typeset.draw(
                sheet, row.value, scale(max(value, 0.0)) + beyond + 6 * style.unit, top + (height - row.value.height) / 2
            )
            top += height
    _axis(sheet, plan, top)
    if plan.key.height:
        key.draw(sheet, plan.key, top + plan.foot - plan.key.height)
    return sheet.finish(top + plan.foot)


def _stretch(plan: _Plan, groups: Sequence[_Group]) -> float:
    """Rows of a slide share out the frame's spare height, up to two and a half times their own."""
    if plan.style.frame.medium == "paper":
        return 1.0
    rows = sum(row.height for group in groups for row in group.rows)
    spare = plan.style.frame.height - plan.foot - plan.height(groups)
    return min(2.5, 1 + max(0.0, spare) / rows) if rows else 1.0


def _grid(sheet: Sheet, plan: _Plan, top: float, bottom: float) -> None:
    style = sheet.style
    for tick in plan.ticks:
        x = plan.scale(tick.value)
        sheet.line([(x, top), (x, bottom)], style.palette.ink if tick.value == 0 else style.palette.rule, style.rule)


def _labelled(sheet: Sheet, row: _Row, top: float, height: float) -> None:
    middle = top + (height - row.label.height - row.detail.height) / 2
    typeset.draw(sheet, row.label, 0, middle)
    typeset.draw(sheet, row.detail, 0, middle + row.label.height)


def _axis(sheet: Sheet, plan: _Plan, top: float) -> None:
    style = sheet.style
    baseline = top + 3 * style.unit + style.small
    for tick in plan.ticks:
        x = plan.scale(tick.value)
        sheet.text(x, baseline, tick.text, style.regular, style.small, style.palette.muted, "centre", "tick")
        if tick.tail:
            x += style.width(tick.text, style.regular, style.small) / 2
            sheet.text(x, baseline, tick.tail, style.regular, style.small, style.palette.muted, origin="tick")

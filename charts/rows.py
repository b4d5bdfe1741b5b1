"""Rows on one value axis: takes groups of labelled numbers and a way to mark them, returns drawings.

Dot and bar charts share it: a label column, the marks with their values beside them, headings between the groups, the
axis and the key at the foot. Rows that do not fit one frame go on in a next drawing, under their group's name.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, groupby
from math import inf
from typing import Literal, Protocol

from charts import flow, key, typeset
from charts.drawing import Drawing
from charts.key import Key
from charts.scale import Scale, Tick, number_ticks
from charts.style import ChartFrame, Outline, Sheet, Style
from charts.typeset import Block, Piece
from data.model import Group, Row
from data.theme import Theme
from data.words import chart_words

Way = Literal[1, -1]
"""On which side of its mark a row's text stands: the right, or the left."""

_LABELS = {"paper": 0.4, "slide": 0.45}
"""The label column's largest share of the width: words need more of a slide's large type than marks do."""


class Marks(Protocol):
    """What tells a dot chart from a bar chart."""

    def reach(self, row: Row, way: Way, style: Style) -> tuple[float, float]:
        """The value beside which the row's text stands on this side, and the points that the mark takes beyond it."""

    def draw(self, sheet: Sheet, row: Row, scale: Scale, top: float, bottom: float) -> None:
        """The mark of `row` between `top` and `bottom`."""

    def key(self, rows: Sequence[Row], style: Style, language: str) -> tuple[key.Item, ...]:
        """What the reader must be told, () if nothing."""


@dataclass(frozen=True, slots=True)
class _Row:
    row: Row
    label: Block
    detail: Block
    value: Block
    way: Way
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
    key: Key

    @property
    def gap(self) -> float:
        """Above a group that is not the first."""
        return 9 * self.style.unit

    @property
    def foot(self) -> float:
        """The axis's texts, and the key."""
        return _foot(self.style, self.key)

    def heading(self, group: _Group) -> float:
        return group.name.height + 3 * self.style.unit if group.name.lines else 0.0

    @property
    def height(self) -> float:
        inner = sum(self.heading(group) + sum(row.height for row in group.rows) for group in self.groups)
        return inner + self.gap * max(0, len(self.groups) - 1)


def draw(groups: Sequence[Group], marks: Marks, frame: ChartFrame, theme: Theme, language: str) -> tuple[Drawing, ...]:
    groups = [group for group in groups if group.rows]
    if not groups:
        return (empty(Style(frame, theme, frame.size), language),)

    laid = []
    for style in styles(frame, theme):
        plan = _plan(groups, marks, style, language)
        laid.append((plan, _parts(plan)))
    # the largest type that cuts the chart, and then its groups, least often
    plan, parts = min(laid, key=lambda each: (len(each[1]), sum(len(part) for part in each[1])))
    return tuple(_drawn(_part(plan, part, marks, language), marks) for part in parts)


def styles(frame: ChartFrame, theme: Theme) -> list[Style]:
    """The type sizes that may be tried: a slide's may step down to its floor where that saves a slide."""
    full = Style(frame, theme, frame.size)
    if frame.medium == "paper":
        return [full]
    smaller = [size for size in (frame.size * 0.93, full.floor) if full.floor <= size < frame.size]
    return [full, *(Style(frame, theme, size) for size in smaller)]


def empty(style: Style, language: str) -> Drawing:
    """An honest nothing: a frame that says so."""
    sheet = Sheet(style)
    height = min(style.frame.height, 6 * style.size)
    half = style.rule / 2
    edge = Outline(style.palette.rule, style.rule)
    sheet.box(half, half, style.frame.width - half, height - half, style.palette.paper, edge)
    baseline = height / 2 + 0.35 * style.size
    text, colour = chart_words(language).empty, style.palette.muted
    sheet.text(style.frame.width / 2, baseline, text, style.regular, style.size, colour, "centre")
    return sheet.finish(height)


def only_colour(rows: Sequence[Row]) -> int | None:
    """The colour that all rows have in common, which their key then has too."""
    colours = {row.colour for row in rows}
    return colours.pop() if len(colours) == 1 else None


def arrow(sheet: Sheet, start: float, tip: float, middle: float, colour: str) -> None:
    """An open end: the figure lies somewhere this way."""
    style = sheet.style
    way = 1 if tip > start else -1
    neck, half = tip - way * 5 * style.unit, 3 * style.unit
    sheet.line([(start, middle), (neck, middle)], colour, style.stroke)
    sheet.area([(tip, middle), (neck, middle - half), (neck, middle + half)], colour)


def _foot(style: Style, samples: Key) -> float:
    below = 9 * style.unit + samples.height if samples.height else 0.0
    return 3 * style.unit + style.leading(style.small) + below


def _plan(groups: Sequence[Group], marks: Marks, style: Style, language: str) -> _Plan:
    rows = [row for group in groups for row in group.rows]
    width, gap = style.frame.width, 6 * style.unit
    labels = max(max(block.width for block in _texts(row, inf, style)) for row in rows)
    start = min(labels + 1, _LABELS[style.frame.medium] * width) + 2 * gap

    quantities = [row.value.quantity for row in rows]
    limits = [limit for each in quantities for limit in (each.low, each.high) if limit is not None]

    def fits(ticks: Sequence[Tick]) -> bool:
        taken = sum(style.width(tick.text, style.regular, style.small) for tick in ticks)
        return taken + (len(ticks) - 1) * 2.5 * gap <= 0.5 * (width - start)

    ticks = number_ticks(limits, quantities, language, fits)
    values, below, axis = _fitted(rows, marks, ticks, start, style)
    samples = key.lay(marks.key(rows, style, language), style)
    room = style.frame.height - _foot(style, samples)
    texts = iter(values)
    planned = tuple(
        _Group(
            _name(group, style, room),
            tuple(_row(row, next(texts), _way(row, below), start - 2 * gap, room, style) for row in group.rows),
        )
        for group in groups
    )
    return _Plan(style, Scale(ticks[0].value, ticks[-1].value, *axis), ticks, planned, samples)


def _fitted(
    rows: Sequence[Row], marks: Marks, ticks: Sequence[Tick], start: float, style: Style
) -> tuple[list[Block], Way, tuple[float, float]]:
    """The values' texts, the side on which those of negative rows stand, and where the axis must start and end so that
    each finds room beside its mark. Negative ones stand on the left, away from zero, if the axis stays long enough."""
    width = style.frame.width
    tries: list[tuple[Way, float]] = [(way, share) for way in (-1, 1) for share in (0.7, 0.5, 0.38, 0.28)]
    for below, share in tries:
        values = [
            typeset.block(
                typeset.number(row.value, style.regular, style.palette.ink),
                style,
                style.size,
                share * (width - start),
                limit=6,
            )
            for row in rows
        ]
        left, right = _axis_ends(rows, values, below, marks, ticks, start, style)
        if right - left >= 0.45 * (width - start):
            break
    return values, below, (left, right)


def _axis_ends(
    rows: Sequence[Row],
    values: Sequence[Block],
    below: Way,
    marks: Marks,
    ticks: Sequence[Tick],
    start: float,
    style: Style,
) -> tuple[float, float]:
    """As far apart as the texts let them be. Each end shifts the marks, and so may move the other."""
    width, gap = style.frame.width, 6 * style.unit
    low, high = ticks[0].value, ticks[-1].value
    last = style.width(ticks[-1].text + ticks[-1].tail, style.regular, style.small)
    before, after = [], []
    for row, text in zip(rows, values, strict=True):
        way = _way(row, below)
        value, beyond = marks.reach(row, way, style)
        part = (value - low) / (high - low)
        if way < 0 and part < 1:
            before.append((part, start + text.width + gap + beyond))
        elif way > 0 and part > 0:
            after.append((part, width - text.width - gap - beyond))
    left, right = start, width - last / 2
    for _ in range(8):
        right = min([right, *((room - (1 - part) * left) / part for part, room in after)])
        left = max([left, *((room - part * right) / (1 - part) for part, room in before)])
    return left, right


def _way(row: Row, below: Way) -> Way:
    return below if row.value.quantity.magnitude < 0 else 1


def _name(group: Group, style: Style, room: float) -> Block:
    colour = style.palette.ink if style.frame.medium == "paper" else style.palette.accent
    limit = 3 if room > 20 * style.size else 1
    return typeset.block((Piece(group.name, style.strong, colour),), style, style.size, style.frame.width, limit=limit)


def _row(row: Row, value: Block, way: Way, width: float, room: float, style: Style) -> _Row:
    """Texts that would fill half a frame are cut with an ellipsis."""
    limit = max(1, min(6, int(room / style.leading(style.size) / 4)))
    label, detail = _texts(row, width, style, limit)
    height = max(label.height + detail.height, value.height, 12 * style.unit) + 5 * style.unit
    return _Row(row, label, detail, value, way, height)


def _texts(row: Row, width: float, style: Style, limit: int = 0) -> tuple[Block, Block]:
    """Label and detail."""
    label = Piece(row.label, style.regular, style.palette.ink)
    detail = Piece(row.detail, style.regular, style.palette.muted)
    return (
        typeset.block((label,), style, style.size, width, limit=limit),
        typeset.block((detail,), style, style.small, width, limit=limit),
    )


def _parts(plan: _Plan) -> list[list[_Group]]:
    rows = [(at, row) for at, group in enumerate(plan.groups) for row in group.rows]
    below = [0.0, *accumulate(row.height for _, row in rows)]
    heads = [0.0, *accumulate(plan.heading(group) for group in plan.groups)]

    def height(start: int, stop: int) -> float:
        first, last = rows[start][0], rows[stop - 1][0]
        return below[stop] - below[start] + heads[last + 1] - heads[first] + plan.gap * (last - first)

    def inside(at: int) -> bool:
        return rows[at - 1][0] == rows[at][0]

    return [
        [
            replace(plan.groups[at], rows=tuple(row for _, row in chosen))
            for at, chosen in groupby(rows[start:stop], key=lambda each: each[0])
        ]
        for start, stop in flow.cut(len(rows), height, plan.style.frame.height - plan.foot, inside)
    ]


def _part(plan: _Plan, groups: Sequence[_Group], marks: Marks, language: str) -> _Plan:
    """The plan of a part: its key explains what this part draws, and nothing else."""
    rows = [row.row for group in groups for row in group.rows]
    return replace(plan, groups=tuple(groups), key=key.lay(marks.key(rows, plan.style, language), plan.style))


def _drawn(plan: _Plan, marks: Marks) -> Drawing:
    style = plan.style
    sheet = Sheet(style)
    stretch = _stretch(plan)
    top = 0.0
    for at, group in enumerate(plan.groups):
        top += plan.gap if at else 0.0
        if group.name.lines:
            typeset.draw(sheet, group.name, 0, top)
            top += plan.heading(group)
        _grid(sheet, plan, top, top + sum(row.height * stretch for row in group.rows))
        for row in group.rows:
            height = row.height * stretch
            _drawn_row(sheet, plan, row, marks, top, top + height)
            top += height
    _axis(sheet, plan, top)
    if plan.key.height:
        key.draw(sheet, plan.key, top + plan.foot - plan.key.height)
    return sheet.finish(top + plan.foot)


def _stretch(plan: _Plan) -> float:
    """Rows of a slide share out the frame's spare height, up to two and a half times their own."""
    if plan.style.frame.medium == "paper":
        return 1.0
    rows = sum(row.height for group in plan.groups for row in group.rows)
    spare = plan.style.frame.height - plan.foot - plan.height
    return min(2.5, 1 + max(0.0, spare) / rows)


def _grid(sheet: Sheet, plan: _Plan, top: float, bottom: float) -> None:
    style = sheet.style
    for tick in plan.ticks:
        x = plan.scale(tick.value)
        sheet.line([(x, top), (x, bottom)], style.palette.ink if tick.value == 0 else style.palette.rule, style.rule)


def _drawn_row(sheet: Sheet, plan: _Plan, row: _Row, marks: Marks, top: float, bottom: float) -> None:
    """Label and detail, the mark, and the value on paper of its own, so that no grid line runs through it."""
    style, unit = sheet.style, sheet.style.unit
    words_top = (top + bottom - row.label.height - row.detail.height) / 2
    typeset.draw(sheet, row.label, 0, words_top)
    typeset.draw(sheet, row.detail, 0, words_top + row.label.height)
    value, beyond = marks.reach(row.row, row.way, style)
    near = plan.scale(value) + row.way * (beyond + 6 * unit)
    left = near if row.way > 0 else near - row.value.width
    value_top = (top + bottom - row.value.height) / 2
    right = min(left + row.value.width + 2 * unit, style.frame.width)
    sheet.box(left - 2 * unit, value_top, right, value_top + row.value.height, style.palette.paper)
    marks.draw(sheet, row.row, plan.scale, top, bottom)
    typeset.draw(sheet, row.value, near, value_top, "left" if row.way > 0 else "right")


def _axis(sheet: Sheet, plan: _Plan, top: float) -> None:
    """Nought, the largest tick, and of the others those that touch none of these."""
    style = sheet.style
    placed: dict[Tick, tuple[float, float, float]] = {}
    for tick in sorted(plan.ticks, key=lambda tick: (tick.value != 0, -tick.value)):
        number, tail = (style.width(text, style.regular, style.small) for text in (tick.text, tick.tail))
        left = max(0.0, plan.scale(tick.value) - (number + tail) / 2)
        right = left + number + tail
        if all(right + style.unit < start or end + style.unit < left for start, _, end in placed.values()):
            placed[tick] = (left, left + number, right)
    baseline = top + 3 * style.unit + style.small
    for tick in plan.ticks:
        if tick in placed:
            for x, text in zip(placed[tick], (tick.text, tick.tail), strict=False):
                if text:
                    sheet.text(x, baseline, text, style.regular, style.small, style.palette.muted, origin="tick")

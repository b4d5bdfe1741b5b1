"""Line charts: takes a LineChart and a frame, returns one drawing of dated counts with their turning points.

The value axis starts at zero. Lines are named at their ends; a report that was revised or is disputed is an open mark.
Annotations stand above or below the lines on upright leaders, where measured boxes leave room.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from charts import key, typeset
from charts.annotate import Box, Note, Obstacles, draw_pole, draw_text, place
from charts.drawing import Drawing
from charts.scale import Scale, Span, Tick, date_ticks, number_ticks
from charts.style import ChartFrame, Sheet, Spot, Style
from charts.typeset import Block, Piece
from charts.words import words
from data.model import Annotation, Line, LineChart, Point, Status
from data.theme import Theme

_DASHES: tuple[tuple[float, ...], ...] = ((), (6, 1.6), (2.6, 1.4), (7, 1.6, 1.6, 1.6))
_ASPECT = 0.575  # of the width: a line chart's natural height on paper


_OPEN: dict[Status, Spot] = {"revised": "circle", "disputed": "diamond"}

Path = list[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class _End:
    """A line's name and last count."""

    name: Block
    value: Block
    colour: str

    @property
    def height(self) -> float:
        return self.name.height + self.value.height

    @property
    def width(self) -> float:
        return max(self.name.width, self.value.width)


@dataclass(frozen=True, slots=True)
class _Placed:
    """An end and the top of its box; `point` is where its line stops."""

    end: _End
    top: float
    point: tuple[float, float]


def draw(chart: LineChart, frame: ChartFrame, theme: Theme, language: str) -> tuple[Drawing, ...]:
    style = Style(frame, theme, frame.size)
    lines = [line for line in chart.lines if line.points]
    height = frame.height if frame.medium == "slide" else min(frame.height, _ASPECT * frame.width)
    sheet = Sheet(style)
    unit = style.unit
    ends = [_named(line, style) for line in lines]
    samples = key.lay(_key(lines, style, language), style)
    foot = samples.height + (9 * unit if samples.height else 0)
    first, last = _period(lines, chart.annotations)

    room = height - foot - 5 * unit - 2 * style.leading(style.small)
    values = [float(point.value.quantity.magnitude) for line in lines for point in line.points]
    values += [float(note.value.quantity.magnitude) for note in chart.annotations if note.value]
    ticks = number_ticks(
        min(values, default=0.0),
        max(values, default=0.0),
        lines[0].points[0].value.quantity.unit if lines else "",
        language,
        whole=all(point.value.quantity.decimals <= 0 for line in lines for point in line.points),
        fits=lambda ticks: len(ticks) * 2.6 * style.small <= room,
    )
    left = max(style.width(tick.text + tick.tail, style.regular, style.small) for tick in ticks) + 6 * unit
    right = frame.width - max((end.width for end in ends), default=0.0) - (8 * unit if ends else style.radius)
    dates = date_ticks(first, last, right - left, lambda text: style.width(text, style.regular, style.small), language)
    under = any(span.under for span in dates)
    top = style.leading(style.small) / 2
    bottom = height - foot - 6 * unit - style.leading(style.small) * (2 if under else 1)
    x = Scale(first.toordinal(), last.toordinal(), left, right)
    y = Scale(ticks[0].value, ticks[-1].value, bottom, top)

    _values(sheet, ticks, y, left, right)
    _dates(sheet, dates, x, bottom)
    paths = [
        [(x(point.when.first.toordinal()), y(point.value.quantity.magnitude)) for point in _sorted(line)]
        for line in lines
    ]
    notes = [_note(note, lines, paths, x, y, style) for note in chart.annotations]
    flags = place(notes, Obstacles(Box(left, top, right, y(0) - 2 * unit), paths), style) or ()
    for flag in flags:
        draw_pole(sheet, flag)
    for at, (line, path) in enumerate(zip(lines, paths, strict=True)):
        sheet.line(path, style.series(line.colour), style.stroke, _DASHES[at % len(_DASHES)], cap="round")
        _reports(sheet, line, path)
    for flag in flags:
        draw_text(sheet, flag)
    for note in notes:
        if note.marked:
            sheet.spots([(note.x, note.y)], "circle", style.radius, note.colour, style.palette.paper, unit)
    for placed in _spread(ends, paths, top, bottom):
        _draw_end(sheet, placed, right)
    if samples.height:
        key.draw(sheet, samples, height - samples.height)
    return (sheet.finish(height),)


def _sorted(line: Line) -> list[Point]:
    return sorted(line.points, key=lambda point: point.when.first)


def _period(lines: Sequence[Line], annotations: Sequence[Annotation]) -> tuple[date, date]:
    days = [point.when.first for line in lines for point in line.points] + [note.when.first for note in annotations]
    first, last = min(days, default=date(2000, 1, 1)), max(days, default=date(2000, 12, 31))
    if first == last:
        first, last = first - timedelta(days=10), last + timedelta(days=10)
    return first, last


def _named(line: Line, style: Style) -> _End:
    width = 0.24 * style.frame.width
    colour = style.series(line.colour)
    name = typeset.balanced((Piece(line.name, style.strong, colour),), style, style.size, width, limit=4)
    value = typeset.block(typeset.number(_sorted(line)[-1].value, style.regular, style.palette.ink), style, style.size, width)
    return _End(name, value, colour)


def _spread(ends: Sequence[_End], paths: Sequence[Path], top: float, bottom: float) -> list[_Placed]:
    """Ends beside their lines, moved apart as little as keeps them from touching."""
    order = sorted(range(len(ends)), key=lambda at: (paths[at][-1][1], at))
    tops = {at: paths[at][-1][1] - ends[at].height / 2 for at in order}
    floor = 0.0
    for at in order:
        tops[at] = floor = max(floor, tops[at])
        floor += ends[at].height
    ceiling = bottom
    for at in reversed(order):
        tops[at] = ceiling = min(ceiling - ends[at].height, tops[at])
    return [_Placed(end, tops[at], paths[at][-1]) for at, end in enumerate(ends)]


def _draw_end(sheet: Sheet, placed: _Placed, right: float) -> None:
    """The name in the line's colour over the count; a thin line leads from an end that lies elsewhere."""
    style, end, (x, y) = sheet.style, placed.end, placed.point
    left = right + 8 * style.unit
    middle = placed.top + end.height / 2
    if abs(middle - y) > end.height / 2 or right - x > 1:
        sheet.line([(x + style.radius, y), (left - 2 * style.unit, middle)], end.colour, style.rule)
    typeset.draw(sheet, end.name, left, placed.top)
    typeset.draw(sheet, end.value, left, placed.top + end.name.height)


def _note(
    note: Annotation, lines: Sequence[Line], paths: Sequence[Path], x: Scale, y: Scale, style: Style
) -> Note:
    """On its own count if it has one, else on the first line that has reached its date, else on the axis."""
    at = x(note.when.first.toordinal())
    if note.value:
        height, line = y(note.value.quantity.magnitude), _nearest(at, y(note.value.quantity.magnitude), paths)
    else:
        line = next((k for k, path in enumerate(paths) if path[0][0] <= at <= path[-1][0]), None)
        height = y(0) if line is None else _height(paths[line], at)
    colour = style.palette.ink if line is None else style.series(lines[line].colour)
    content = typeset.pieces(note.text, style.regular, style.palette.ink, strong=style.strong, italic=style.italic)
    settings = {
        typeset.balanced(content, style, style.small, measure * style.unit): None for measure in (110, 80, 150, 60)
    }
    return Note(tuple(settings), at, height, note.value is not None, colour)


def _nearest(x: float, y: float, paths: Sequence[Path]) -> int | None:
    reached = [(abs(_height(path, x) - y), k) for k, path in enumerate(paths) if path[0][0] <= x <= path[-1][0]]
    return min(reached)[1] if reached else None


def _height(path: Path, x: float) -> float:
    """Where the line stands at `x`: of several counts on a day, the last."""
    for (x0, y0), (x1, y1) in reversed(list(zip(path, path[1:], strict=False))):
        if x0 <= x <= x1:
            return y1 if x1 == x0 else y0 + (x - x0) / (x1 - x0) * (y1 - y0)
    return path[-1][1]


def _values(sheet: Sheet, ticks: Sequence[Tick], y: Scale, left: float, right: float) -> None:
    style = sheet.style
    for tick in ticks:
        at = y(tick.value)
        zero = tick.value == 0
        sheet.line([(left, at), (right, at)], style.palette.ink if zero else style.palette.rule, style.rule)
        sheet.text(
            left - 6 * style.unit, at + 0.35 * style.small, tick.text + tick.tail, style.regular, style.small,
            style.palette.muted, "right", "tick",
        )


def _dates(sheet: Sheet, spans: Sequence[Span], x: Scale, bottom: float) -> None:
    style = sheet.style
    baseline = bottom + 4 * style.unit + style.small
    for at, span in enumerate(spans):
        start = x(span.start.toordinal())
        if at or span.end is None:
            sheet.line([(start, bottom), (start, bottom + 4 * style.unit)], style.palette.ink, style.rule)
        middle = (start + x(span.end.toordinal())) / 2 if span.end else start
        for row, text in enumerate((span.text, span.under)):
            if text:
                sheet.text(
                    middle, baseline + row * style.leading(style.small), text, style.regular, style.small,
                    style.palette.muted, "centre", "tick",
                )


def _reports(sheet: Sheet, line: Line, path: Path) -> None:
    """A small mark at each report where they lie apart; an open one where the count was revised or is disputed."""
    style, colour = sheet.style, sheet.style.series(line.colour)
    apart = (path[-1][0] - path[0][0]) / max(1, len(path) - 1) > 5 * style.unit
    by_status: dict[Status, list[tuple[float, float]]] = {"reported": [], "revised": [], "disputed": []}
    for point, place in zip(_sorted(line), path, strict=True):
        by_status[point.value.quantity.status].append(place)
    if by_status["reported"] and apart:
        sheet.spots(by_status["reported"], "circle", 1.7 * style.unit, colour)
    for status, spot in _OPEN.items():
        if by_status[status]:
            sheet.spots(by_status[status], spot, 2.6 * style.unit, style.palette.paper, colour, style.unit)


def _key(lines: Sequence[Line], style: Style, language: str) -> tuple[key.Item, ...]:
    text = words(language)
    seen = {point.value.quantity.status for line in lines for point in line.points}
    colour = style.series(lines[0].colour) if len(lines) == 1 else style.palette.muted

    def sample(spot: Spot, sheet: Sheet, left: float, middle: float) -> None:
        at = (left + key.cell(style) / 2, middle)
        sheet.spots([at], spot, 2.6 * style.unit, style.palette.paper, colour, style.unit)

    names: dict[Status, str] = {"revised": text.revised, "disputed": text.disputed}
    return tuple(
        key.Item(name, partial(sample, _OPEN[status])) for status, name in names.items() if status in seen
    )

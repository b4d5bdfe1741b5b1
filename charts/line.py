"""Line charts: takes a LineChart and a frame, returns a drawing of dated counts with their turning points.

The value axis starts at zero. A line breaks where no number was given, and runs through one number of a date. Lines are
named at their ends; what is no single figure that stands has a mark of its own (`charts.reports`). Annotations of
counts stand above or below the lines on upright poles, those of dates at dotted rules. What has no room there, names or
annotations, is numbered or keyed under the plot, and in a further drawing if need be.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from itertools import accumulate

from charts import key, reports, typeset
from charts.annotate import Box, Flag, Note, Obstacles, draw_pole, draw_text, place
from charts.drawing import Drawing
from charts.key import Key
from charts.looks import PLAIN, Look, look_on_line, marked
from charts.notes import Path, anchored, listed, tags
from charts.reports import Place
from charts.rows import empty
from charts.scale import Scale, Span, Tick, coarser, date_ticks, finest, number_ticks
from charts.style import ChartFrame, Sheet, Style
from charts.typeset import Block, Piece
from data.model import Annotation, Line, LineChart, PartialDate, Point
from data.theme import Theme

_ASPECT = 0.575  # of the width: a line chart's natural height on paper
_KEYED = 0.4  # of the height: the most that a key may take
_DASHES: tuple[tuple[float, ...], ...] = (
    (),
    (5, 1.8),
    (1.2, 1.2),
    (7, 1.6, 1.2, 1.6),
    (2.4, 1.6),
    (7, 1.4, 1.2, 1.4, 1.2, 1.4),
    (10, 2.6),
    (1.2, 2.6),
)
"""As many as the palette may have colours."""


@dataclass(frozen=True, slots=True)
class _End:
    """A line's name and last count, set beside its end; both are in `name` where they share lines."""

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
class _Plot:
    """Everything measured. `ends` is empty where the key names the lines; `rest` is what the key has no room for."""

    style: Style
    height: float
    lines: tuple[Line, ...]
    places: tuple[tuple[Place, ...], ...]
    x: Scale
    y: Scale
    ticks: tuple[Tick, ...]
    dates: tuple[Span, ...]
    ends: tuple[_End, ...]
    notes: tuple[Note, ...]
    flags: tuple[Flag, ...]
    key: Key
    rest: Key

    @property
    def axis(self) -> float:
        """Where the dates stand."""
        return self.y(self.ticks[0].value)


def draw(chart: LineChart, frame: ChartFrame, theme: Theme, language: str) -> tuple[Drawing, ...]:
    style = Style(frame, theme, frame.size)
    lines = tuple(line for line in chart.lines if line.points)
    if not lines:
        return (empty(style, language),)
    stacked, inline = (tuple(_end(line, style, inline=inline) for line in lines) for inline in (False, True))
    plots = (
        _plot(lines, ends, chart.annotations, style, language, numbered=numbered)
        for numbered in (False, True)
        for ends in (stacked, inline, ())
    )
    plot = next(plot for plot in plots if plot)
    return (_drawn(plot), *key.drawings(plot.rest, style))


def _plot(
    lines: tuple[Line, ...],
    ends: tuple[_End, ...],
    annotations: Sequence[Annotation],
    style: Style,
    language: str,
    *,
    numbered: bool,
) -> _Plot | None:
    """The whole layout. Lines are named by their `ends` or, without any, in the key; notes stand on the plot or are
    `numbered` and listed in the key; None where names or notes have no room. Keyed and numbered ones always have.
    """
    frame, unit = style.frame, style.unit
    height = frame.height if frame.medium == "slide" else min(frame.height, _ASPECT * frame.width)
    items = [] if ends else _legend(lines, style)
    items += _marks(lines, style, language)
    if numbered:
        items += listed(annotations, style, language)
    samples, rest = key.cut(key.lay(items, style), _KEYED * height)
    foot = samples.height + (9 * unit if samples.height else 0.0)

    top = style.leading(style.small) / 2 + (3 * unit if _rises(lines) else 0)
    bottom = height - foot - 6 * unit - style.leading(style.small)
    ticks = _ticks(lines, annotations, bottom - top, style, language)
    left = max(style.width(tick.text + tick.tail, style.regular, style.small) for tick in ticks) + 6 * unit
    right = frame.width - (max(end.width for end in ends) + 8 * unit if ends else style.radius + unit)
    drawn = [point.when for line in lines for point in line.points]
    first, last = _period(drawn, annotations)
    dates = date_ticks(
        first, last, drawn, right - left, lambda text: style.width(text, style.regular, style.small), language
    )
    if any(span.under for span in dates):
        bottom -= style.leading(style.small)
    if sum(end.height for end in ends) > bottom:
        return None
    x = Scale(first.toordinal(), last.toordinal(), left, right)
    y = Scale(ticks[0].value, ticks[-1].value, bottom, top)
    places = tuple(tuple(_place(point, x, y) for point in line.points) for line in lines)
    runs = [(line, run) for line, own in zip(lines, places, strict=True) for run in _runs(line, own)]
    notes = tuple(anchored(annotation, runs, x, y, style, language) for annotation in annotations)
    uprights = [mark for line, own in zip(lines, places, strict=True) for mark in _uprights(line, own, style)]
    obstacles = Obstacles(Box(left, top, right, bottom - 2 * unit), (*(run for _, run in runs), *uprights))
    flags = tags(notes, obstacles, style) if numbered else place(notes, obstacles, style)
    if flags is None:
        return None
    return _Plot(style, height, lines, places, x, y, ticks, dates, ends, notes, flags, samples, rest)


def _place(point: Point, x: Scale, y: Scale) -> Place:
    quantity, height = point.value.quantity, y(point.value.quantity.magnitude)
    low = height if quantity.bound != "between" or quantity.low is None else y(quantity.low)
    return Place(x(point.when.middle.toordinal()), height, low)


def _runs(line: Line, places: Sequence[Place]) -> list[Path]:
    """The parts that are drawn through."""
    path = [(place.x, place.y) for place, point in zip(places, line.points, strict=True) if not point.aside]
    starts = [at for at, point in enumerate(line.course) if at == 0 or not point.joined]
    return [tuple(path[start:stop]) for start, stop in zip(starts, [*starts[1:], len(path)], strict=True)]


def _uprights(line: Line, places: Sequence[Place], style: Style) -> list[Path]:
    """What no text may hide of the marks that reach far from their line."""
    found = []
    for at, point in zip(places, line.points, strict=True):
        look = look_on_line(point)
        if point.aside or look.bound in ("between", "at_most", "at_least"):
            found.append(tuple((at.x, y) for y in reports.height(look, at, style)))
    return found


def _rises(lines: Sequence[Line]) -> bool:
    """Whether a mark may reach over the highest tick."""
    return any(point.value.quantity.high is None for line in lines for point in line.points)


def _end(line: Line, style: Style, *, inline: bool) -> _End:
    width = 0.24 * style.frame.width
    colour = style.lettering(line.colour)
    name = Piece(line.name, style.strong, colour)
    last = typeset.number(line.points[-1].value, style.regular, style.palette.ink)
    if inline:
        space = Piece(" ", style.regular, style.palette.ink)
        whole = typeset.block((name, space, *last), style, style.size, width)
        return _End(whole, typeset.block((), style, style.size, width), colour)
    named = typeset.balanced((name,), style, style.size, width, limit=4)
    return _End(named, typeset.block(last, style, style.size, width, limit=3), colour)


def _marks(lines: Sequence[Line], style: Style, language: str) -> list[key.Item]:
    looks = marked(point for line in lines for point in line.points)
    return reports.items(looks, style.marking(lines[0].colour if len(lines) == 1 else None), style, language)


def _legend(lines: Sequence[Line], style: Style) -> list[key.Item]:
    """Names and last counts of lines that are too many to be named at their ends."""
    cell = 22 * style.unit

    def sample(at: int, sheet: Sheet, left: float, middle: float) -> None:
        _stroke(sheet, ((left + style.unit, middle), (left + cell, middle)), at, lines[at])

    return [
        key.Item(
            (
                Piece(line.name + " ", style.regular, style.palette.ink),
                *typeset.number(line.points[-1].value, style.regular, style.palette.muted),
            ),
            cell,
            partial(sample, at),
        )
        for at, line in enumerate(lines)
    ]


def _ticks(
    lines: Sequence[Line], annotations: Sequence[Annotation], room: float, style: Style, language: str
) -> tuple[Tick, ...]:
    quantities = [point.value.quantity for line in lines for point in line.points]
    quantities += [annotation.value.quantity for annotation in annotations if annotation.value]
    ends = (end for quantity in quantities for end in (quantity.low, quantity.high) if end is not None)
    return number_ticks(ends, quantities, language, lambda ticks: len(ticks) * 2.2 * style.small <= room)


def _period(drawn: Sequence[PartialDate], annotations: Sequence[Annotation]) -> tuple[date, date]:
    """The days on which the axis begins and ends. A date that is known less well than the others, such as a year among
    days, has all of its stretch on it, for its mark to stand over the middle of that."""
    dates = [*drawn, *(annotation.when for annotation in annotations)]
    known = finest(drawn)
    stretches = [when for when in dates if coarser(when, known)]
    days = [when.middle for when in dates] + [day for when in stretches for day in (when.first, when.last)]
    first, last = min(days), max(days)
    if first < last:
        return first, last
    around = timedelta(days=10)
    return max(first, date.min + around) - around, min(last, date.max - around) + around


def _drawn(plot: _Plot) -> Drawing:
    style = plot.style
    sheet = Sheet(style)
    _values(sheet, plot)
    _dates(sheet, plot)
    for flag in plot.flags:
        draw_pole(sheet, flag)
    marks = [_by_look(line, places) for line, places in zip(plot.lines, plot.places, strict=True)]
    for line, own in zip(plot.lines, marks, strict=True):
        for look, spots in own.items():
            reports.ground(sheet, look, spots, style.marking(line.colour)[1])
    for at, (line, places, own) in enumerate(zip(plot.lines, plot.places, marks, strict=True)):
        runs = _runs(line, places)
        for run in runs:
            _stroke(sheet, run, at, line)
        _reports(sheet, line, runs, own)
    for flag in plot.flags:
        draw_text(sheet, flag)
    for note in plot.notes:
        if note.look:
            reports.pick_out(sheet, note.look, note.x, note.y, note.colour)
    for end, top, point in _spread(plot):
        _draw_end(sheet, end, top, point, plot.x.end)
    if plot.key.height:
        key.draw(sheet, plot.key, plot.height - plot.key.height)
    return sheet.finish(plot.height)


def _values(sheet: Sheet, plot: _Plot) -> None:
    style = plot.style
    for tick in plot.ticks:
        y = plot.y(tick.value)
        colour = style.palette.ink if tick.value == 0 else style.palette.rule
        sheet.line([(plot.x.start, y), (plot.x.end, y)], colour, style.rule)
        left, baseline = plot.x.start - 6 * style.unit, y + 0.35 * style.small
        text = tick.text + tick.tail
        sheet.text(left, baseline, text, style.regular, style.small, style.palette.muted, "right", "tick")


def _dates(sheet: Sheet, plot: _Plot) -> None:
    """A text at either end is drawn in; it is left out where it would then touch its neighbour."""
    style, foot = plot.style, plot.axis + 4 * plot.style.unit
    taken = [-style.small, -style.small]
    for at, span in enumerate(plot.dates):
        start = plot.x(span.start.toordinal())
        if at or span.end is None:
            sheet.line([(start, plot.axis), (start, foot)], style.palette.ink, style.rule)
        middle = (start + plot.x(span.end.toordinal())) / 2 if span.end else start
        for row, text in enumerate((span.text, span.under)):
            half = style.width(text, style.regular, style.small) / 2
            inside = min(max(middle, half), style.frame.width - half)
            if text and inside - half > taken[row] + style.small / 4:
                taken[row] = inside + half
                baseline = foot + style.small + row * style.leading(style.small)
                sheet.text(inside, baseline, text, style.regular, style.small, style.palette.muted, "centre", "tick")


def _stroke(sheet: Sheet, path: Path, at: int, line: Line) -> None:
    dash = _DASHES[at % len(_DASHES)]
    # a round cap would fill the gaps
    sheet.line(path, sheet.style.series(line.colour), sheet.style.stroke, dash, cap="butt" if dash else "round")


def _reports(sheet: Sheet, line: Line, runs: Sequence[Path], marks: Mapping[Look, Sequence[Place]]) -> None:
    """A mark at each report that is no plain one; at plain ones where they lie apart or no line runs."""
    style, colour = sheet.style, sheet.style.series(line.colour)
    count = sum(map(len, marks.values()))
    apart = count == 1 or (runs[-1][-1][0] - runs[0][0][0]) / (count - 1) > 5 * style.unit
    alone = {run[0] for run in runs if len(run) == 1}
    for look, own in marks.items():
        shown = [at for at in own if look != PLAIN or apart or at[:2] in alone]
        if shown:
            reports.draw(sheet, look, shown, colour)


def _by_look(line: Line, places: Sequence[Place]) -> dict[Look, list[Place]]:
    """The plain ones first: marks of others stand over them."""
    found: dict[Look, list[Place]] = {PLAIN: []}
    for at, point in zip(places, line.points, strict=True):
        found.setdefault(look_on_line(point), []).append(at)
    return found


def _spread(plot: _Plot) -> list[tuple[_End, float, tuple[float, float]]]:
    """Ends beside their lines, with the top of each and the point it names, moved apart so that none touch.

    Ends that would touch stand as one block, as far above their lines on the whole as below.
    """
    points = [places[-1][:2] for places in plot.places]
    heights = [end.height for end in plot.ends]
    limit = plot.axis + plot.style.leading(plot.style.small) / 2
    blocks: list[tuple[list[int], float]] = []
    for at in sorted(range(len(heights)), key=lambda at: (points[at][1], at)):
        blocks.append(_placed([at], points, heights, limit))
        while len(blocks) > 1 and _foot(blocks[-2], heights) > blocks[-1][1]:
            (above, _), (below, _) = blocks[-2:]
            blocks[-2:] = [_placed([*above, *below], points, heights, limit)]
    tops = {
        at: top + under
        for block, top in blocks
        for at, under in zip(block, accumulate((heights[at] for at in block), initial=0.0), strict=False)
    }
    return [(end, tops[at], points[at]) for at, end in enumerate(plot.ends)]


def _placed(
    block: list[int], points: Sequence[tuple[float, float]], heights: Sequence[float], limit: float
) -> tuple[list[int], float]:
    """Ends one below the other, and the top from which they are moved least, between 0 and `limit`."""
    below = accumulate((heights[at] for at in block), initial=0.0)
    wanted = [points[at][1] - heights[at] / 2 - under for at, under in zip(block, below, strict=False)]
    tallest = sum(heights[at] for at in block)
    return block, max(0.0, min(sum(wanted) / len(wanted), limit - tallest))


def _foot(block: tuple[list[int], float], heights: Sequence[float]) -> float:
    return block[1] + sum(heights[at] for at in block[0])


def _draw_end(sheet: Sheet, end: _End, top: float, point: tuple[float, float], right: float) -> None:
    """The name in the line's colour over the count; dots lead to an end that lies elsewhere, which no line could be
    taken for to go on."""
    style, (x, y) = sheet.style, point
    left, middle = right + 8 * style.unit, top + end.height / 2
    if abs(middle - y) > end.height / 2 or right - x > 1:
        sheet.line([(x + style.radius, y), (left - 2 * style.unit, middle)], style.palette.muted, style.rule, (1, 3))
    typeset.draw(sheet, end.name, left, top)
    typeset.draw(sheet, end.value, left, top + end.name.height)

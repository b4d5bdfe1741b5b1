"""Timelines: takes a Timeline and a frame, returns drawings of dated events down a spine.

Year and day stand left of the spine, the event right of it; its mark says which lane it belongs to. A wide frame sets
two columns. Where years pass without an event the spine is dotted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from babel import Locale
from babel.dates import format_skeleton

from charts import key, typeset
from charts.drawing import Drawing
from charts.style import FLOOR, ChartFrame, Sheet, Spot, Style
from charts.typeset import Block, Piece
from data.model import Event, PartialDate, Timeline
from data.theme import Theme

_SPOTS: tuple[Spot, ...] = ("circle", "square", "diamond", "triangle")
_WIDE = 1.4  # width to height from which a frame takes two columns


@dataclass(frozen=True, slots=True)
class _Entry:
    event: Event
    day: str
    text: Block
    lane: int
    height: float


@dataclass(frozen=True, slots=True)
class _Plan:
    style: Style
    columns: int
    width: float
    years: float
    days: float
    entries: tuple[_Entry, ...]
    key: key.Key

    @property
    def gutter(self) -> float:
        return 22 * self.style.unit

    @property
    def foot(self) -> float:
        return self.key.height + 8 * self.style.unit if self.key.height else 0.0

    def extra(self, before: _Entry | None, entry: _Entry) -> float:
        """Space above the first event of a year."""
        return 5 * self.style.unit if before and before.event.when.year != entry.event.when.year else 0.0

    def height(self, entries: Sequence[_Entry]) -> float:
        befores = (None, *entries[:-1])
        return sum(entry.height + self.extra(before, entry) for before, entry in zip(befores, entries, strict=True))


def draw(chart: Timeline, frame: ChartFrame, theme: Theme, language: str) -> tuple[Drawing, ...]:
    sizes = [frame.size]
    if frame.medium == "slide":
        sizes += [size for size in (frame.size * 0.93, FLOOR["slide"]) if FLOOR["slide"] <= size < frame.size]
    for size in (*sizes, frame.size):
        plan = _plan(chart.events, Style(frame, theme, size), language)
        columns = _columns(plan)
        if len(columns) <= plan.columns:
            break
    parts = [columns[at : at + plan.columns] for at in range(0, len(columns), plan.columns)]
    return tuple(_drawn(plan, part) for part in parts)


def _plan(events: Sequence[Event], style: Style, language: str) -> _Plan:
    events = sorted(events, key=lambda event: event.when.first)
    unit = style.unit
    columns = 2 if style.frame.width / style.frame.height > _WIDE and len(events) > 3 else 1
    gutter = 22 * unit
    width = (style.frame.width - (columns - 1) * gutter) / columns
    locale = Locale.parse(language, sep="-")
    days = [_day(event.when, locale) for event in events]
    year_width = max((style.width(str(event.when.year), style.strong, style.size) for event in events), default=0.0)
    day_width = max((style.width(day, style.regular, style.small) for day in days), default=0.0)
    lanes = list(dict.fromkeys(event.lane for event in events))
    room = width - year_width - day_width - 34 * unit
    entries = []
    for event, day in zip(events, days, strict=True):
        content = typeset.pieces(event.short, style.regular, style.palette.ink, strong=style.strong, italic=style.italic)
        text = typeset.block(content, style, style.size, room)
        height = max(text.height, style.leading(style.size)) + 5 * unit
        entries.append(_Entry(event, day, text, lanes.index(event.lane), height))
    named = [(lane, next(event for event in events if event.lane == lane)) for lane in lanes] if len(lanes) > 1 else []
    items = [
        key.Item(lane, partial(_sample, spot=_SPOTS[at % len(_SPOTS)], colour=style.series(event.colour)))
        for at, (lane, event) in enumerate(named)
    ]
    return _Plan(style, columns, width, year_width, day_width, tuple(entries), key.lay(items, style))


def _day(when: PartialDate, locale: Locale) -> str:
    """Month and day as precisely as they are known; the year stands apart."""
    if when.month is None:
        return ""
    return str(format_skeleton("MMM" if when.day is None else "MMMd", when.first, locale=locale))


def _columns(plan: _Plan) -> list[list[_Entry]]:
    """The fewest columns that fit, filled evenly: in whole parts of as many columns as a drawing has."""
    room = plan.style.frame.height - plan.foot
    filled = _filled(plan, room)
    count = -(-len(filled) // plan.columns) * plan.columns
    even = plan.height(plan.entries) / count
    while even < room:
        tried = _filled(plan, even)
        if len(tried) <= count:
            return tried
        even += 3 * plan.style.unit
    return filled


def _filled(plan: _Plan, room: float) -> list[list[_Entry]]:
    columns: list[list[_Entry]] = [[]]
    for entry in plan.entries:
        if columns[-1] and plan.height([*columns[-1], entry]) > room:
            columns.append([])
        columns[-1].append(entry)
    return columns


def _drawn(plan: _Plan, columns: Sequence[Sequence[_Entry]]) -> Drawing:
    sheet = Sheet(plan.style)
    tallest = max(plan.height(column) for column in columns)
    height = tallest + plan.foot
    for at, column in enumerate(columns):
        _column(sheet, plan, column, at * (plan.width + plan.gutter))
    if plan.key.height:
        key.draw(sheet, plan.key, height - plan.key.height)
    return sheet.finish(height)


def _column(sheet: Sheet, plan: _Plan, entries: Sequence[_Entry], left: float) -> None:
    style, unit = plan.style, plan.style.unit
    spine = left + plan.years + plan.days + 22 * unit
    top, before, last = 0.0, None, 0.0
    for entry in entries:
        top += plan.extra(before, entry)
        first = style.leading(style.size)
        middle = top + first / 2
        baseline = middle + 0.35 * style.size
        year = entry.event.when.year
        if before is not None:
            gap = year - before.event.when.year > 1
            sheet.line([(spine, last), (spine, middle)], style.palette.rule, style.stroke / 1.5, (1, 2) if gap else ())
        if before is None or before.event.when.year != year:
            sheet.text(left, baseline, str(year), style.strong, style.size, _year_colour(style), origin="tick")
        sheet.text(
            left + plan.years + plan.days + 10 * unit, baseline, entry.day, style.regular, style.small,
            style.palette.muted, "right", "tick",
        )
        typeset.draw(sheet, entry.text, spine + 12 * unit, top)
        last, before = middle, entry
        top += entry.height
    top, before = 0.0, None
    for entry in entries:
        top += plan.extra(before, entry)
        spot = _SPOTS[entry.lane % len(_SPOTS)]
        middle = top + style.leading(style.size) / 2
        colour = style.series(entry.event.colour)
        sheet.spots([(spine, middle)], spot, style.radius, colour, style.palette.paper, unit)
        top, before = top + entry.height, entry


def _year_colour(style: Style) -> str:
    return style.palette.ink if style.frame.medium == "paper" else style.palette.accent


def _sample(sheet: Sheet, left: float, middle: float, spot: Spot, colour: str) -> None:
    sheet.spots([(left + key.cell(sheet.style) / 2, middle)], spot, sheet.style.radius, colour)

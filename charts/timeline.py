"""Timelines: takes a Timeline and a frame, returns drawings of dated events down a spine.

Year and day stand left of the spine, the event right of it; its mark says which lane it belongs to. A wide frame sets
two columns. Where years pass without an event the spine is dotted.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import accumulate, pairwise

from babel import Locale
from babel.dates import format_skeleton

from charts import flow, key, typeset
from charts.drawing import Drawing
from charts.key import Key
from charts.rows import empty, styles
from charts.style import ChartFrame, Sheet, Spot, Style
from charts.typeset import Block
from data.model import Event, PartialDate, Timeline
from data.theme import Theme

_SPOTS: tuple[Spot, ...] = ("circle", "square", "diamond", "triangle", "cross", "wedge", "plus", "star")
"""As many as the palette may have colours."""
_GUTTER = 22  # between two columns, in the style's units
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
    lanes: tuple[key.Item, ...]
    key: Key
    rest: Key

    @property
    def spine(self) -> float:
        """From a column's left edge."""
        return self.years + self.days + 22 * self.style.unit

    @property
    def foot(self) -> float:
        return self.key.height + 8 * self.style.unit if self.key.height else 0.0

    @property
    def opening(self) -> float:
        """Space above the first event of a year."""
        return 5 * self.style.unit

    def height(self, entries: Sequence[_Entry]) -> float:
        return sum(entry.height for entry in entries) + self.opening * (sum(_fresh(entries)) - 1)


def draw(chart: Timeline, frame: ChartFrame, theme: Theme, language: str) -> tuple[Drawing, ...]:
    if not chart.events:
        return (empty(Style(frame, theme, frame.size), language),)

    def laid(style: Style) -> tuple[_Plan, list[list[list[_Entry]]]]:
        plan = _plan(chart.events, style, language)
        columns = _columns(plan)
        return plan, [columns[at : at + plan.columns] for at in range(0, len(columns), plan.columns)]

    plan, parts = min((laid(style) for style in styles(frame, theme)), key=lambda each: len(each[1]))
    return (*(_drawn(_part(plan, part), part) for part in parts), *key.drawings(plan.rest, plan.style))


def _plan(events: Sequence[Event], style: Style, language: str) -> _Plan:
    unit, height = style.unit, style.frame.height
    columns = 2 if style.frame.width / height > _WIDE and len(events) > 3 else 1
    width = (style.frame.width - (columns - 1) * _GUTTER * unit) / columns
    locale = Locale.parse(language, sep="-")
    days = [_day(event.when, locale) for event in events]
    year_width = max(style.width(str(event.when.year), style.strong, style.size) for event in events)
    day_width = max(style.width(day, style.regular, style.small) for day in days)
    lanes = list(dict.fromkeys(event.lane for event in events))
    items = _lanes(events, lanes, style)
    samples, rest = key.cut(key.lay(items, style), 0.4 * height)
    room = width - year_width - day_width - 34 * unit
    limit = max(1, int((height - samples.height - 13 * unit) / style.leading(style.size)))
    entries = []
    for event, day in zip(events, days, strict=True):
        content = typeset.pieces(
            event.short, style.regular, style.palette.ink, strong=style.strong, italic=style.italic
        )
        text = typeset.block(content, style, style.size, room, limit=limit)
        entries.append(
            _Entry(event, day, text, lanes.index(event.lane), max(text.height, style.leading(style.size)) + 5 * unit)
        )
    return _Plan(style, columns, width, year_width, day_width, tuple(entries), items, samples, rest)


def _lanes(events: Sequence[Event], lanes: Sequence[str], style: Style) -> tuple[key.Item, ...]:
    """Nothing for a single lane."""
    colours = {event.lane: style.series(event.colour) for event in reversed(events)}
    cell = 10 * style.unit

    def sample(at: int, lane: str, sheet: Sheet, left: float, middle: float) -> None:
        sheet.spots([(left + cell / 2, middle)], _spot(at), style.radius, colours[lane])

    items = tuple(key.Item(key.words(lane, style), cell, partial(sample, at, lane)) for at, lane in enumerate(lanes))
    return items if len(items) > 1 else ()


def _spot(lane: int) -> Spot:
    return _SPOTS[lane % len(_SPOTS)]


def _day(when: PartialDate, locale: Locale) -> str:
    """Month and day as precisely as they are known; the year stands apart."""
    if when.month is None:
        return ""
    return str(format_skeleton("MMM" if when.day is None else "MMMd", when.first, locale=locale))


def _columns(plan: _Plan) -> list[list[_Entry]]:
    entries = plan.entries
    below = [0.0, *accumulate(entry.height for entry in entries)]
    years = [0, *accumulate(_fresh(entries))]

    def height(start: int, stop: int) -> float:
        return below[stop] - below[start] + plan.opening * (years[stop] - years[start + 1])

    def inside(at: int) -> bool:
        return entries[at - 1].event.when.year == entries[at].event.when.year

    room = plan.style.frame.height - plan.foot
    return [list(entries[start:stop]) for start, stop in flow.cut(len(entries), height, room, inside, plan.columns)]


def _part(plan: _Plan, columns: Sequence[Sequence[_Entry]]) -> _Plan:
    """The plan of a part: its key names the lanes of its own events, unless a further drawing has the rest of it."""
    if plan.rest.height:
        return plan
    seen = {entry.lane for entries in columns for entry in entries}
    own = key.lay([item for lane, item in enumerate(plan.lanes) if lane in seen], plan.style)
    return replace(plan, key=min(own, plan.key, key=lambda each: each.height))


def _drawn(plan: _Plan, columns: Sequence[Sequence[_Entry]]) -> Drawing:
    sheet = Sheet(plan.style)
    stretch = _stretch(plan, columns)
    bottom = 0.0
    for at, entries in enumerate(columns):
        left = at * (plan.width + _GUTTER * plan.style.unit)
        tops = _tops(plan, entries, stretch)
        _spine(sheet, plan, entries, tops, left)
        for entry, top, fresh in zip(entries, tops, _fresh(entries), strict=True):
            _event(sheet, plan, entry, top, left, dated=fresh)
        bottom = max(bottom, tops[-1] + entries[-1].height)
    if plan.key.height:
        key.draw(sheet, plan.key, bottom + plan.foot - plan.key.height)
    return sheet.finish(bottom + plan.foot)


def _stretch(plan: _Plan, columns: Sequence[Sequence[_Entry]]) -> float:
    """Events of a slide share out the frame's spare height, up to twice their own."""
    if plan.style.frame.medium == "paper":
        return 1.0
    tallest = max(plan.height(entries) for entries in columns)
    return max(1.0, min(2.0, (plan.style.frame.height - plan.foot) / tallest))


def _fresh(entries: Sequence[_Entry]) -> list[bool]:
    """Which events open a year."""
    years = [entry.event.when.year for entry in entries]
    return [at == 0 or years[at - 1] != year for at, year in enumerate(years)]


def _tops(plan: _Plan, entries: Sequence[_Entry], stretch: float) -> list[float]:
    tops, top = [], 0.0
    for at, (entry, fresh) in enumerate(zip(entries, _fresh(entries), strict=True)):
        top += plan.opening * stretch if at and fresh else 0.0
        tops.append(top)
        top += entry.height * stretch
    return tops


def _spine(sheet: Sheet, plan: _Plan, entries: Sequence[_Entry], tops: Sequence[float], left: float) -> None:
    """From event to event; dotted where a whole year or more lies between."""
    style, x = plan.style, left + plan.spine
    middles = [top + style.leading(style.size) / 2 for top in tops]
    for (before, start), (after, end) in pairwise(zip(entries, middles, strict=True)):
        apart = after.event.when.year - before.event.when.year > 1
        sheet.line([(x, start), (x, end)], style.palette.rule, style.stroke / 1.5, (1, 2) if apart else ())


def _event(sheet: Sheet, plan: _Plan, entry: _Entry, top: float, left: float, *, dated: bool) -> None:
    """The year where it is `dated`, the day, the mark and the text."""
    style, palette = plan.style, plan.style.palette
    middle = top + style.leading(style.size) / 2
    baseline = middle + 0.35 * style.size
    if dated:
        colour = palette.ink if style.frame.medium == "paper" else palette.accent
        sheet.text(left, baseline, str(entry.event.when.year), style.strong, style.size, colour, origin="tick")
    days = left + plan.years + plan.days + 10 * style.unit
    if entry.day:
        sheet.text(days, baseline, entry.day, style.regular, style.small, palette.muted, "right", "tick")
    place, colour = (left + plan.spine, middle), style.series(entry.event.colour)
    sheet.spots([place], _spot(entry.lane), style.radius, colour, palette.paper, style.unit)
    typeset.draw(sheet, entry.text, left + plan.spine + 12 * style.unit, top)

"""Line charts: takes the entry of one, returns lines by population and turning points, and findings."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from operator import attrgetter

from data import alt
from data.context import Context
from data.exhibits.caption import absent, credited, unit_line
from data.exhibits.selection import Selection, select
from data.findings.entries import BadField
from data.findings.exhibits import AnnotationOutside, MixedPopulations, SameDate, SharedColour
from data.model import Annotation, Caption, Line, LineChart, PartialDate, Place, Point, Quantity
from data.schema import AnnotationEntry, LineEntry
from data.yamlfile import PlaceOf

_FEW = 3
"""Dates without a number that a note names; more are the time that they lie in."""


@dataclass
class _Count:
    """What the rows of one line say, in the file's order. `populations` are those that they count."""

    colour: int
    points: list[Point] = field(default_factory=list)
    populations: dict[str, None] = field(default_factory=dict)


def read(caption: Caption, entry: LineEntry, place: PlaceOf, context: Context) -> LineChart | None:
    """None where the series or a named column is not there, which has a finding, as in all charts and tables."""
    named = [(entry.lines, place("lines"))] if entry.lines else []
    chosen = select(entry.data, entry.where, "data", [(entry.y, place("y")), *named], place, context)
    if chosen is None or not chosen.has_measure(entry.y, place("y")):
        return None
    chosen.note_bare(named)
    chosen.note_unnamed([entry.lines])
    counts, blanks = _counted(chosen, entry)
    _populations_apart(caption.id, entry, counts, place, context)
    _same_dates(chosen, counts.values(), place("data"))
    points = [point for count in counts.values() for point in count.points]
    quantities = [point.value.quantity for point in points]
    gaps = (", ".join(filter(None, (name, _on(days, context)))) for name, days in blanks.items())
    caption = replace(caption, unit_line=unit_line(quantities, place("y"), context), absent=absent(gaps, context.words))
    ends = [max(count.points, key=attrgetter("when.middle")).value.quantity for count in counts.values()]
    running = all(quantity.since for quantity in quantities)  # a count is as of the last time that it was made
    sources = (quantity.source for quantity in quantities)
    chart = LineChart(
        credited(caption, quantities, sources, context, names=True, dated=ends if running else quantities),
        tuple(Line(name, each.colour, _course(each.points, blanks.get(name, ()))) for name, each in counts.items()),
        _annotations(chosen, entry, [point.when for point in points], place),
    )
    return replace(chart, caption=replace(chart.caption, alt=alt.line_chart(chart, context.formatter)))


def _counted(chosen: Selection, entry: LineEntry) -> tuple[dict[str, _Count], dict[str, set[PartialDate]]]:
    """The numbers of each line by its name, and the dates for which it has none."""
    series = chosen.series
    counts: dict[str, _Count] = {}
    blanks: dict[str, set[PartialDate]] = {}
    for row in chosen.rows:
        name, when = series.cell(row, entry.lines or series.entry.population), series.as_of(row)
        quantity = series.quantity(row, entry.y)
        if quantity is None:
            blanks.setdefault(name, set()).add(when)
            continue
        count = counts.setdefault(name, _Count(chosen.colour(row)))
        count.points.append(Point(when, chosen.context.number(quantity)))
        count.populations[chosen.population(row)] = None
    for name in blanks.keys() & counts.keys():
        blanks[name].difference_update(point.when for point in counts[name].points)
    return counts, {name: days for name, days in blanks.items() if days}


def _populations_apart(
    id: str, entry: LineEntry, counts: Mapping[str, _Count], place: PlaceOf, context: Context
) -> None:
    """Notes lines that join populations, those that no column tells apart, and populations that share a colour."""
    if not entry.lines and len(counts) > 1:
        context.findings.append(MixedPopulations(place("where"), tuple(counts)))
    coloured: dict[int, dict[str, None]] = {}
    for count in counts.values():
        first, *others = count.populations
        if others:
            context.findings.append(MixedPopulations(place("lines"), (first, *others)))
        coloured.setdefault(min(count.colour, context.populations.colours), {})[first] = None
    context.findings.extend(
        SharedColour(place("data"), id, tuple(alike)) for alike in coloured.values() if len(alike) > 1
    )


def _same_dates(chosen: Selection, counts: Iterable[_Count], place: Place) -> None:
    """Notes two numbers that a line has for one date, and neither of which is said to be replaced or disputed:
    whichever comes first, the line rises or falls at that date as nothing did."""
    for count in counts:
        first: dict[PartialDate, int] = {}
        for point in count.points:
            number = point.value.quantity
            running = number.since is not None  # and may be given twice a day
            if number.status != "reported" or running or number.place.line in chosen.series.repeated:
                continue
            before = first.setdefault(point.when, number.place.line)
            if before != number.place.line:
                chosen.context.findings.append(SameDate(place, (before, number.place.line), str(point.when)))
                break


def _on(days: Collection[PartialDate], context: Context) -> str:
    """A few dates in words; more as the time that they lie in."""
    ordered = sorted(days, key=attrgetter("begins"))
    if len(ordered) <= _FEW:
        return context.formatter.listing(map(context.formatter.date, ordered))
    first, last = ordered[0], max(days, key=attrgetter("ends"))
    pattern = context.words.no_numbers_within if first == last else context.words.no_numbers
    return pattern.format(context.formatter.date(first), context.formatter.date(last))


# --- turning points ---


def _annotations(
    chosen: Selection, entry: LineEntry, days: Sequence[PartialDate], place: PlaceOf
) -> tuple[Annotation, ...]:
    """The annotations by date; `days` are those of the numbers."""
    found: list[Annotation] = []
    for index, item in enumerate(entry.annotate):
        found += _annotation(chosen, entry.y, item, lambda *path, at=index: place("annotate", at, *path))
        if item.on and days:
            _within(item.on, days, place("annotate", index, "on"), chosen.context)
    return tuple(sorted(found, key=attrgetter("when.middle")))


def _annotation(chosen: Selection, measure: str, entry: AnnotationEntry, place: PlaceOf) -> Iterator[Annotation]:
    """One, or none where no row is the one that it marks."""
    series, context = chosen.series, chosen.context
    text = context.texts.line(entry.text, place("text"))
    if entry.on is not None:
        yield Annotation(entry.on, text)
        return
    rows = series.select(entry.where or {}, place("where"), context.findings)
    if len(rows) > 1:
        context.findings.append(BadField(place("where"), "where", "an annotation marks one row, and several match"))
    for row in rows[:1]:
        quantity = series.quantity(row, measure)
        yield Annotation(series.as_of(row), text, context.number(quantity) if quantity else None)


def _within(day: PartialDate, days: Sequence[PartialDate], place: Place, context: Context) -> None:
    """Notes a date at which the chart has no axis."""
    first, last = min(days, key=attrgetter("begins")), max(days, key=attrgetter("ends"))
    if not first.first <= day.first <= last.last:
        context.findings.append(AnnotationOutside(place, str(day), str(first), str(last)))


# --- the course of a line ---


def _course(points: Iterable[Point], blanks: Collection[PartialDate]) -> tuple[Point, ...]:
    """The points by date: those that a line runs through, each joined to the one before it unless a blank lies between
    them, and those aside. Of one date, the line runs through the last that was neither revised nor is disputed."""
    ordered: list[Point] = sorted(points, key=_standing)
    found: list[Point] = []
    for point in reversed(ordered):
        after = found[-1] if found and found[-1].when.middle == point.when.middle else None
        aside = after is not None and (after.aside or not _goes_on(point.value.quantity, after.value.quantity))
        found.append(replace(point, aside=aside))
    found.reverse()
    days, before = sorted(blank.middle for blank in blanks), found[0].when.middle
    for at, point in enumerate(found):
        if not point.aside:
            joined = bisect_right(days, before) == bisect_left(days, point.when.middle)
            found[at], before = replace(point, joined=joined), point.when.middle
    return tuple(found)


def _goes_on(before: Quantity, after: Quantity) -> bool:
    """Whether two numbers of one date are a running count that its authority gave again: it moved in between."""
    running = before.since is not None and (before.since, before.by) == (after.since, after.by)
    return running and before.status == after.status == "reported"


def _standing(point: Point) -> tuple[date, bool]:
    return point.when.middle, point.value.quantity.status == "reported"

"""Dot and bar charts: takes the entry of one, returns its rows in their groups, and findings."""

from collections.abc import Sequence
from dataclasses import replace

from data import alt
from data.context import Context
from data.csvfile import CsvRow
from data.exhibits.caption import absent, credited, unit_line
from data.exhibits.selection import Selection, select
from data.findings.exhibits import MixedPopulations
from data.model import BarChart, Caption, DotChart, Group, Quantity, Row
from data.schema import BarsEntry, DotsEntry, RowsEntry
from data.series import Series
from data.yamlfile import PlaceOf


def read(
    caption: Caption, entry: DotsEntry | BarsEntry, place: PlaceOf, context: Context
) -> DotChart | BarChart | None:
    """Rows without a number are named in the caption, and drawn nowhere."""
    keys = {"label": entry.label, "detail": entry.detail or [], "group": [entry.group] if entry.group else []}
    named = [(column, place(key)) for key, columns in keys.items() for column in columns]
    chosen = select(entry.data, entry.where, "data", [*named, (entry.value, place("value"))], place, context)
    if chosen is None or not chosen.has_measure(entry.value, place("value")):
        return None
    series = chosen.series
    chosen.note_bare(named)
    chosen.note_unnamed(entry.label)
    chosen.note_unnamed([entry.group])
    rows = sorted(chosen.rows, key=lambda row: series.as_of(row).first) if entry.sort == "date" else chosen.rows
    numbers = [(row, series.quantity(row, entry.value)) for row in rows]
    given = [(row, quantity) for row, quantity in numbers if quantity is not None]
    if entry.sort == "value":
        given.sort(key=lambda pair: pair[1].magnitude, reverse=True)
    quantities = [quantity for _, quantity in given]
    told = {*entry.label, *_detail(series, entry), entry.group}
    caption = replace(
        caption,
        unit_line=unit_line(quantities, place("value"), context),
        absent=absent((chosen.joined(row, entry.label) for row, number in numbers if number is None), context.words),
    )
    sources = (quantity.source for quantity in quantities)
    caption = credited(caption, quantities, sources, context, names=series.entry.by not in told)
    kind = DotChart if isinstance(entry, DotsEntry) else BarChart
    chart = kind(caption, _groups(chosen, entry, given, place))
    return replace(chart, caption=replace(caption, alt=alt.row_chart(chart, context.words)))


def _groups(
    chosen: Selection, entry: RowsEntry, given: Sequence[tuple[CsvRow, Quantity]], place: PlaceOf
) -> tuple[Group, ...]:
    """The rows that have a number in their groups. Rows of more populations than there are colours are all neutral: the
    first few would seem to be picked out."""
    context, population = chosen.context, chosen.series.entry.population
    kinds = tuple(dict.fromkeys(chosen.population(row) for row, _ in given)) if population else ()
    if len(kinds) > 1 and population not in (*entry.label, *(entry.detail or []), entry.group):
        context.findings.append(MixedPopulations(place("where"), kinds))
    coloured = context.populations.hold(kinds)
    groups: dict[str, list[Row]] = {}
    for row, quantity in given:
        detail = chosen.joined(row, _detail(chosen.series, entry))
        colour = chosen.colour(row) if coloured else context.populations.colours
        item = Row(chosen.joined(row, entry.label), detail, context.number(quantity), colour)
        groups.setdefault(chosen.words(row, entry.group) if entry.group else "", []).append(item)
    return tuple(Group(name, tuple(items)) for name, items in groups.items())


def _detail(series: Series, entry: RowsEntry) -> list[str]:
    """The columns of a row's second line: who says so and as of when, unless the author says other ones."""
    if entry.detail is not None:
        return entry.detail
    return [column for column in (series.entry.by, series.entry.as_of) if column not in (*entry.label, entry.group)]

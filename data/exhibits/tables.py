"""Tables: takes the entry of one, of a series' rows or of texts, returns its columns and cells, and findings."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from data import alt
from data.context import Context
from data.csvfile import CsvRow
from data.exhibits.caption import credited
from data.exhibits.selection import Named, Selection, select
from data.findings.entries import BadField
from data.findings.exhibits import MixedPopulations, MixedUnits
from data.findings.text import UnsaidUnit
from data.model import Caption, Cite, Column, Number, Quantity, Span, Table, Text, cited, numbers, plain, sources_of
from data.schema import DataTableEntry, TextTableEntry
from data.text import words_text
from data.trust.numerals import says_unit
from data.yamlfile import PlaceOf

_Given = Mapping[str, Quantity | None]
"""The quantities of a row by the measures that the table shows."""


def of_rows(caption: Caption, entry: DataTableEntry, place: PlaceOf, context: Context) -> Table | None:
    """A table of a series' rows, in which a dash stands where a measure has no number."""
    columns = [(column.column, place("columns", index)) for index, column in enumerate(entry.columns)]
    chosen = select(entry.table, entry.where, "table", columns, place, context)
    if chosen is None:
        return None
    series, shown = chosen.series, [column for column, _ in columns]
    chosen.note_bare((column, at) for column, at in columns if column not in series.measures)
    measures = [column for column in shown if column in series.measures]
    given = [{measure: series.quantity(row, measure) for measure in measures} for row in chosen.rows]
    heads = tuple(
        Column(
            context.texts.line(column.title, place("columns", index, "title")),
            column.column in series.measures,
            column.width,
        )
        for index, column in enumerate(entry.columns)
    )
    units = _units(measures, given, context)
    _told_apart(chosen, columns, units, place)
    _units_said(caption, columns, heads, units, chosen)
    cells = tuple(
        tuple(_cell(chosen, row, quantities, column, shown) for column in shown)
        for row, quantities in zip(chosen.rows, given, strict=True)
    )
    quantities = [quantity for row in given for quantity in row.values() if quantity]
    quantities += (number.quantity for head in heads for number in numbers(head.head))
    sources = [series.cell(row, series.entry.source) for row in chosen.rows]
    sources += sources_of(*(head.head for head in heads))
    caption = credited(caption, quantities, sources, context, names=series.entry.by not in shown)
    dashed = any(quantity is None for row in given for quantity in row.values())
    return _table(replace(caption, absent=context.words.dashes if dashed else ""), heads, cells, context)


def _cell(chosen: Selection, row: CsvRow, given: _Given, column: str, shown: Sequence[str]) -> Text:
    context, series = chosen.context, chosen.series
    if column in given:
        quantity = given[column]
        if quantity is None:
            return words_text(context.words.dash)
        said = () if series.entry.status in shown else _status(quantity, context)
        return (context.number(quantity), *said)
    if column == series.entry.source:
        source = context.facts.sources.get(series.cell(row, column))
        return (Span(source.publisher), Cite((source.id,))) if source else ()
    return words_text(chosen.words(row, column))


def _status(quantity: Quantity, context: Context) -> Text:
    """That a number was revised or is disputed."""
    said = context.words.chart.status(quantity.status)
    return (Span(f" ({said})"),) if said else ()


def _units(measures: Iterable[str], given: Sequence[_Given], context: Context) -> dict[str, dict[str, str]]:
    """The units in each measure's column, each with the first number that is printed in it."""
    units: dict[str, dict[str, str]] = {measure: {} for measure in measures}
    for row in given:
        for measure, quantity in row.items():
            if quantity and quantity.unit not in units[measure]:
                units[measure][quantity.unit] = context.number(quantity).text
    return units


def _units_said(
    caption: Caption,
    columns: Sequence[Named],
    heads: Sequence[Column],
    units: Mapping[str, Mapping[str, str]],
    chosen: Selection,
) -> None:
    """What a column counts in stands in its head, in the title or the note, or in a column of its own."""
    context, entry = chosen.context, chosen.series.entry
    shown = [column for column, _ in columns]
    for (column, at), head in zip(columns, heads, strict=True):
        words = " ".join(map(plain, (head.head, caption.title, caption.note)))
        for unit, printed in units.get(column, {}).items():
            said = entry.measures[column].unit_column in shown or says_unit(words, unit, context.formatter.language)
            if context.formatter.leaves_unit(unit) and not said:
                context.findings.append(UnsaidUnit(at, column, printed, unit, "the head of its column"))


def _told_apart(
    chosen: Selection, columns: Sequence[Named], units: Mapping[str, Iterable[str]], place: PlaceOf
) -> None:
    """Notes what a table's rows do not say of their numbers where these differ in it: whom they count, and in what."""
    context, series = chosen.context, chosen.series
    words = [column for column, _ in columns if column not in series.measures]
    kinds: dict[tuple[str, ...], dict[str, None]] = {}
    for row in chosen.rows if series.entry.population and any(units.values()) else ():
        alike = kinds.setdefault(tuple(series.cell(row, column) for column in words), {})
        alike[chosen.population(row)] = None
    merged = next((tuple(each) for each in kinds.values() if len(each) > 1), None)
    if merged:
        context.findings.append(MixedPopulations(place("columns"), merged))
    for column, at in columns:
        silent = tuple(unit for unit in units.get(column, ()) if not context.formatter.names_unit(unit))
        if len(silent) > 1 and series.entry.measures[column].unit_column not in words:
            context.findings.append(MixedUnits(at, silent))


def of_texts(caption: Caption, entry: TextTableEntry, place: PlaceOf, context: Context) -> Table | None:
    """A table of texts, None where a row or the widths have not as many entries as the head."""
    head, *body = entry.table
    for index, row in enumerate(body, start=1):
        if len(row) != len(head):
            problem = f"this row has {len(row)} cells; the head has {len(head)}"
            context.findings.append(BadField(place("table", index), "table", problem))
    fitting = not entry.widths or len(entry.widths) == len(head)
    if not fitting:
        context.findings.append(BadField(place("widths"), "widths", f"there are {len(head)} columns"))
    texts = [
        tuple(context.texts.line(cell, place("table", row, column)) for column, cell in enumerate(cells))
        for row, cells in enumerate(entry.table)
    ]
    if not fitting or any(len(row) != len(head) for row in body):
        return None
    numeric = [all(_is_number(row[column]) for row in texts[1:]) for column in range(len(head))]
    heads = tuple(Column(*parts) for parts in zip(texts[0], numeric, entry.widths or [1.0] * len(head), strict=True))
    cells = [cell for row in texts for cell in row]
    quantities = [number.quantity for cell in cells for number in numbers(cell)]
    sources = [*(quantity.source for quantity in quantities), *(source for cell in cells for source in cited(cell))]
    caption = credited(caption, quantities, sources, context, names=False)
    told = tuple(tuple(_told(cell, context) for cell in row) for row in texts[1:])
    return _table(caption, heads, told, context)


def _told(cell: Text, context: Context) -> Text:
    """A cell with, if it holds a number alone, what a series' table would say of that."""
    stated = [run.quantity for run in numbers(cell) if run.part in ("value", "plain")]
    return (*cell, *_status(stated[0], context)) if len(stated) == 1 and _is_number(cell) else cell


def _is_number(text: Text) -> bool:
    return any(isinstance(run, Number) for run in text) and all(
        isinstance(run, Number | Cite) or not run.text.strip() for run in text
    )


def _table(caption: Caption, heads: tuple[Column, ...], cells: tuple[tuple[Text, ...], ...], context: Context) -> Table:
    table = Table(caption, heads, cells)
    return replace(table, caption=replace(caption, alt=alt.table(table, context.formatter)))

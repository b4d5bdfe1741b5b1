"""Exhibits: takes an exhibit's entry and the context of its briefing, returns the exhibit resolved, and findings.

line.py, rows.py, timeline.py   charts
tables.py, figures.py, quote.py what is set as text
selection.py                    the rows of a series that an exhibit shows
caption.py                      the words around it: title, unit, notes, who says so, as of when
"""

from dataclasses import replace

from data.context import Context
from data.exhibits import caption, figures, line, quote, rows, tables, timeline
from data.model import Exhibit
from data.schema import (
    BarsEntry,
    DataExhibit,
    DataTableEntry,
    DotsEntry,
    ExhibitEntry,
    FiguresEntry,
    LineEntry,
    QuoteEntry,
    TextTableEntry,
    TimelineEntry,
)
from data.yamlfile import PlaceOf


def read(id: str, entry: ExhibitEntry, place: PlaceOf, context: Context) -> Exhibit | None:
    """The exhibit, or None where findings say why there is none. `place` gives that of a path of keys below `entry`."""
    exhibit = _read(id, entry, place, context)
    if exhibit is None:
        return None
    file = entry.data if isinstance(entry, DataExhibit) else entry.table if isinstance(entry, DataTableEntry) else ""
    exhibit = replace(exhibit, caption=replace(exhibit.caption, written=repr(entry), series=file))
    return caption.footnoted(exhibit, context)


def _read(id: str, entry: ExhibitEntry, place: PlaceOf, context: Context) -> Exhibit | None:
    if isinstance(entry, QuoteEntry):
        return quote.read(id, entry, place, context)
    opening = caption.opening(id, entry, place, context)
    match entry:
        case LineEntry():
            return line.read(opening, entry, place, context)
        case DotsEntry() | BarsEntry():
            return rows.read(opening, entry, place, context)
        case TimelineEntry():
            return timeline.read(opening, entry, place, context)
        case DataTableEntry():
            return tables.of_rows(opening, entry, place, context)
        case TextTableEntry():
            return tables.of_texts(opening, entry, place, context)
        case FiguresEntry():
            return figures.read(opening, entry, place, context)

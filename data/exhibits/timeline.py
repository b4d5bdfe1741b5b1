"""Timelines: takes the entry of one, returns its events by date, and findings."""

from dataclasses import replace

from data import alt
from data.context import Context, Populations
from data.exhibits.caption import credited
from data.exhibits.selection import select
from data.model import Caption, Event, Timeline
from data.schema import TimelineEntry
from data.text import words_text
from data.yamlfile import PlaceOf


def read(caption: Caption, entry: TimelineEntry, place: PlaceOf, context: Context) -> Timeline | None:
    """Each lane has a colour of its own, which tells no population."""
    keys = {"short": entry.short, "text": entry.text, "lane": entry.lane}
    columns = [(column, place(key)) for key, column in keys.items() if column]
    chosen = select(entry.data, entry.where, "data", columns, place, context)
    if chosen is None:
        return None
    series = chosen.series
    chosen.note_bare(columns)
    chosen.note_unnamed([entry.short])
    chosen.note_unnamed([entry.lane])
    lanes = Populations(context.populations.colours)
    events = tuple(
        Event(
            when=series.as_of(row),
            when_text=context.formatter.date(series.as_of(row)),
            short=words_text(series.cell(row, entry.short)),
            text=words_text(series.cell(row, entry.text or entry.short)),
            lane=series.cell(row, entry.lane),
            colour=lanes.colour(series.cell(row, entry.lane)),
            by=series.cell(row, series.entry.by),
            source=series.cell(row, series.entry.source),
            place=series.place(row, entry.short),
        )
        for row in sorted(chosen.rows, key=lambda row: series.as_of(row).first)
    )
    caption = credited(caption, [], (event.source for event in events), context, names=False)
    chart = Timeline(caption, events)
    return replace(chart, caption=replace(caption, alt=alt.timeline(chart, context.formatter)))

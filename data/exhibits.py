"""Exhibits: takes an exhibit's entry, the series and the values, returns the exhibit resolved, and findings."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from data import alt
from data.csvfile import CsvRow
from data.findings import Finding
from data.findings.entries import BadField
from data.findings.exhibits import (
    AnnotationOutside,
    CutQuote,
    MixedPopulations,
    MixedUnits,
    SameDate,
    SharedColour,
    UndatedQuote,
)
from data.findings.references import UnknownSource
from data.findings.series import BareNumbers, MissingColumn, MissingName
from data.findings.text import UnsaidUnit
from data.format import Formatter
from data.markdown import TextReader
from data.model import (
    Annotation,
    BarChart,
    Caption,
    Cite,
    Column,
    DotChart,
    Event,
    Exhibit,
    Figures,
    Group,
    KeyFigure,
    Line,
    LineChart,
    Number,
    PartialDate,
    Place,
    Point,
    Quantity,
    Quote,
    Row,
    Source,
    Span,
    Table,
    Text,
    Timeline,
    cited,
    exhibit_numbers,
    figure_texts,
    numbers,
    plain,
    sources_of,
)
from data.schema import (
    AnnotationEntry,
    BarsEntry,
    DataExhibit,
    DataTableEntry,
    DotsEntry,
    ExhibitBase,
    ExhibitEntry,
    FiguresEntry,
    LineEntry,
    QuoteEntry,
    TextTableEntry,
    TimelineEntry,
    Where,
    parse_date,
)
from data.script import followed
from data.series import Series
from data.text import filled, set_quotes, words_text
from data.trust.numerals import says_unit
from data.trust.rounding import Note
from data.words import Words

_MOST_ABSENT = 8
"""Names that a note lists of what has no number."""
_SYMBOL = 3
"""As many letters as a unit's symbol may have, which is spelled as it is: mg, km, kWh."""

PlaceOf = Callable[..., Place]
"""The place of a key path below the exhibit's entry: place("annotate", 0, "text")."""


@dataclass
class Populations:
    """Which colour each population has: handed out in order of first use, the same in every exhibit. Those beyond the
    theme's `colours` have none of their own."""

    colours: int
    given: dict[str, int] = field(default_factory=dict)

    def colour(self, population: str) -> int:
        return self.given.setdefault(population, len(self.given))

    def hold(self, populations: Iterable[str]) -> bool:
        """Whether all of them have a colour or can still be given one."""
        return len({*self.given, *populations}) <= self.colours


class ExhibitReader:
    """Resolves the exhibits of one briefing. `series` is None where series.yaml could not be read."""

    def __init__(
        self,
        series: Mapping[str, Series] | None,
        sources: Mapping[str, Source],
        key_figure: Callable[[str, Place], KeyFigure | None],
        marked: Callable[[Quantity], Quantity],
        sums: Mapping[str, set[Note]],
        reader: TextReader,
        formatter: Formatter,
        populations: Populations,
        findings: list[Finding],
    ) -> None:
        self.series = series
        self.sources = sources
        self.key_figure = key_figure
        self.marked = marked
        self.sums = sums
        self.reader = reader
        self.formatter = formatter
        self.words: Words = formatter.words
        self.populations = populations
        self.findings = findings

    def read(self, id: str, label: str, entry: ExhibitEntry, place: PlaceOf) -> Exhibit | None:
        """The exhibit, or None where findings say why there is none."""
        exhibit = self._read(id, label, entry, place)
        if exhibit is None:
            return None
        series = entry.data if isinstance(entry, DataExhibit) else ""
        series = entry.table if isinstance(entry, DataTableEntry) else series
        return self._footnoted(replace(exhibit, caption=replace(exhibit.caption, written=repr(entry), series=series)))

    def _footnoted(self, exhibit: Exhibit) -> Exhibit:
        """What the marks, the blanks and the rounding in the exhibit mean, in words: before its source line, and in its
        text alternative."""
        caption, words = exhibit.caption, self.words
        said = self.sums.get(caption.id, ())
        notes = [text for note, text in (("rounded", words.rounded), ("unrounded", words.unrounded)) if note in said]
        if any(number.quantity.stale for number in exhibit_numbers(exhibit)):
            notes.insert(0, words.stale_note)
        lines = exhibit.lines if isinstance(exhibit, LineChart) else ()
        if any(point.value.quantity.bound == "between" for line in lines for point in line.points):
            notes.insert(0, words.upper_ends)
        if caption.absent:
            notes.insert(0, caption.absent)
        credit = (*(Span(f"{note} ") for note in notes), *caption.credit)
        alt = (*caption.alt, *(Span(f" {note}") for note in notes))
        return replace(exhibit, caption=replace(caption, credit=credit, alt=alt))

    def _read(self, id: str, label: str, entry: ExhibitEntry, place: PlaceOf) -> Exhibit | None:
        if isinstance(entry, QuoteEntry):
            return self._quote(id, entry, place)
        caption = self._caption(id, label, entry, place)
        if isinstance(entry, LineEntry):
            return self._line(caption, entry, place)
        if isinstance(entry, DotsEntry | BarsEntry):
            return self._rows(caption, entry, place)
        if isinstance(entry, TimelineEntry):
            return self._timeline(caption, entry, place)
        if isinstance(entry, DataTableEntry):
            return self._data_table(caption, entry, place)
        if isinstance(entry, TextTableEntry):
            return self._text_table(caption, entry, place)
        return self._figures(caption, entry, place)

    # --- what all share ---

    def _caption(self, id: str, label: str, entry: ExhibitBase, place: PlaceOf) -> Caption:
        def line(key: str) -> Text:
            markdown = getattr(entry, key)
            return self.reader.line(markdown, place(key)) if markdown else ()

        opening = line("alt")
        return Caption(
            id=id,
            place=place(),
            label=label,
            title=line("title"),
            unit_line=(),
            takeaway=line("takeaway"),
            note=line("note"),
            credit=(),
            alt=opening,
            sources=(),
            opening=opening,
        )

    def _series(self, file: str, place: Place) -> Series | None:
        if self.series is None:
            return None
        series = self.series.get(file)
        if series is None:
            known = ", ".join(sorted(self.series)) or "none"
            self.findings.append(BadField(place, "data", f"there is no {file!r} in series.yaml, which has {known}"))
        return series

    def _rows_of(
        self, file: str, where: Where, key: str, columns: Iterable[tuple[str, Place]], place: PlaceOf
    ) -> tuple[Series, list[CsvRow]] | None:
        """The series and its rows, once every column that is used exists."""
        series = self._series(file, place(key))
        if series is None or series.broken:
            return None
        missing = [(column, at) for column, at in columns if not series.has(column) and column not in series.measures]
        for column, at in missing:
            self.findings.append(MissingColumn(at, column, file, (*series.csv.columns, *sorted(series.measures))))
        rows = series.select(where, place("where"), self.findings)
        return None if missing else (series, rows)

    def _unnamed(self, series: Series, rows: Iterable[CsvRow], columns: Sequence[str | None]) -> None:
        """Notes the rows that say nothing in any of the columns by which the exhibit tells them apart."""
        named = list(filter(None, columns))
        if named:
            blank = (row for row in rows if not any(self._cell(series, row, column) for column in named))
            self.findings += (MissingName(series.place(row, named[0]), named[0]) for row in blank)

    def _measure(self, series: Series, column: str, place: Place) -> bool:
        if column in series.measures:
            return True
        known = tuple(sorted(series.measures))
        self.findings.append(MissingColumn(place, column, f"{series.csv.file}'s measures", known))
        return False

    def _worded(self, series: Series, rows: Sequence[CsvRow], columns: Iterable[tuple[str, Place]]) -> None:
        """`columns` print as the words that they hold, in which a number has lost what belongs to it."""
        bare = ((column, at, series.bare(rows, column)) for column, at in columns)
        self.findings += (BareNumbers(at, column, series.csv.file, text) for column, at, text in bare if text)

    def number(self, quantity: Quantity) -> Number:
        quantity = self.marked(quantity)
        return Number(self.formatter.quantity(quantity), quantity)

    def _cell(self, series: Series, row: CsvRow, column: str) -> str:
        text = series.cell(row, column)
        return self.formatter.date(parse_date(text)) if text and column in series.date_columns else text

    def _colour(self, series: Series, row: CsvRow) -> int:
        column = series.entry.population
        return self.populations.colour(series.cell(row, column)) if column else 0

    def _unit_line(self, quantities: Sequence[Quantity], place: Place) -> Text:
        units = list(dict.fromkeys(quantity.unit for quantity in quantities))
        if len(units) > 1:
            self.findings.append(MixedUnits(place, tuple(units)))
        if not units:
            return ()
        name = self.formatter.unit_name(units[0])
        first = name.split(" ", maxsplit=1)[0]
        symbol = len(first) <= _SYMBOL and first != "per"  # a mm is no Mm, but per cent is a word
        return words_text(name if symbol else name[:1].upper() + name[1:])

    def _finish(
        self,
        caption: Caption,
        quantities: Sequence[Quantity],
        sources: Iterable[str],
        *,
        names: bool,
        dated: Sequence[Quantity] | None = None,
    ) -> Caption:
        """The caption with source and as-of line. `names`: the exhibit does not itself say who says what; `dated`: the
        quantities whose dates are those of the whole, if not all."""
        used = tuple(dict.fromkeys(source for source in sources if source in self.sources))
        credit = self._credit(quantities, used, quantities if dated is None else dated, names=names)
        return replace(caption, credit=credit, sources=used)

    def _credit(
        self, quantities: Sequence[Quantity], sources: tuple[str, ...], dated: Sequence[Quantity], *, names: bool
    ) -> Text:
        """Who says so, where it was seen, as of when and since when: one line for every exhibit of either document."""
        parts: list[Text] = []
        authorities = list(dict.fromkeys(quantity.by for quantity in quantities))
        publishers = list(dict.fromkeys(self.sources[id].publisher for id in sources))
        if names and authorities and authorities != publishers:
            parts.append((*words_text(self.formatter.some(authorities)), Span(".")))
        if sources:
            pattern = self.words.source if len(publishers) == 1 else self.words.sources_line
            text = pattern.format(self.formatter.some(publishers))
            parts.append((*words_text(text), Cite(sources)))
        parts.extend(self._dates(dated))
        return tuple(run for index, part in enumerate(parts) for run in ((Span(" "), *part) if index else part))

    def _dates(self, quantities: Sequence[Quantity]) -> list[Text]:
        dated = [quantity for quantity in quantities if quantity.as_of]
        if not dated:
            return []
        # a month counts from its first day to its last: among days of its own it names them all
        first = min(dated, key=lambda quantity: (_day(quantity.as_of), -_last(quantity.as_of).toordinal()))
        last = max(dated, key=lambda quantity: (_last(quantity.as_of), -_day(quantity.as_of).toordinal()))
        since = {str(quantity.since) for quantity in dated}
        as_of = Number(self.formatter.date(last.as_of), last, "as_of") if last.as_of else Span("")
        start = Number(self.formatter.date(last.since), last, "since") if len(since) == 1 and last.since else None
        if first.as_of == last.as_of or not first.as_of:
            return [filled(self.words.as_of_since, as_of, start) if start else filled(self.words.as_of, as_of)]
        begin = Number(self.formatter.date(first.as_of), first, "as_of")
        if start:
            return [filled(self.words.as_of_range_since, begin, as_of, start)]
        return [filled(self.words.as_of_range, begin, as_of)]

    # --- charts ---

    def _line(self, caption: Caption, entry: LineEntry, place: PlaceOf) -> LineChart | None:
        named = [(entry.lines, place("lines"))] if entry.lines else []
        found = self._rows_of(entry.data, entry.where, "data", [(entry.y, place("y")), *named], place)
        if found is None or not self._measure(found[0], entry.y, place("y")):
            return None
        series, rows = found
        self._worded(series, rows, named)
        self._unnamed(series, rows, [entry.lines])
        split = entry.lines or series.entry.population
        lines: dict[str, list[Point]] = {}
        blanks: dict[str, set[PartialDate]] = {}
        colours: dict[str, int] = {}
        counted: dict[str, dict[str, None]] = {}
        for row in rows:
            quantity = series.quantity(row, entry.y)
            name = series.cell(row, split)
            if quantity is None:
                blanks.setdefault(name, set()).add(series.as_of(row))
            else:
                lines.setdefault(name, []).append(Point(series.as_of(row), self.number(quantity)))
                colours.setdefault(name, self._colour(series, row))
                counted.setdefault(name, {})[series.cell(row, series.entry.population)] = None
        for name, points in lines.items():
            blanks.setdefault(name, set()).difference_update([point.when for point in points])
        if not entry.lines and len(lines) > 1:
            self.findings.append(MixedPopulations(place("where"), tuple(lines)))
        self._same_dates(series, lines.values(), place("data"))
        self._populations_apart(caption.id, counted, colours, place)
        quantities = [point.value.quantity for points in lines.values() for point in points]
        days = [point.when for points in lines.values() for point in points]
        annotations = self._annotations(series, entry, days, place)
        absent = self._absent(", ".join(filter(None, (name, self._on(days)))) for name, days in blanks.items() if days)
        caption = replace(caption, unit_line=self._unit_line(quantities, place("y")), absent=absent)
        ends = [max(points, key=lambda point: point.when.middle).value.quantity for points in lines.values()]
        running = all(quantity.since for quantity in quantities)  # a count is as of the last time that it was made
        dated = ends if running else quantities
        sources = (quantity.source for quantity in quantities)
        chart = LineChart(
            self._finish(caption, quantities, sources, names=True, dated=dated),
            tuple(Line(name, colours[name], _course(points, blanks[name])) for name, points in lines.items()),
            annotations,
        )
        return replace(chart, caption=replace(chart.caption, alt=alt.line_chart(chart, self.formatter)))

    def _populations_apart(
        self, id: str, counted: Mapping[str, Iterable[str]], colours: Mapping[str, int], place: PlaceOf
    ) -> None:
        """Notes lines that join populations, of those that each has `counted`, and populations that share a colour."""
        coloured: dict[int, dict[str, None]] = {}
        for name, (first, *others) in counted.items():
            if others:
                self.findings.append(MixedPopulations(place("lines"), (first, *others)))
            coloured.setdefault(min(colours[name], self.populations.colours), {})[first] = None
        for alike in coloured.values():
            if len(alike) > 1:
                self.findings.append(SharedColour(place("data"), id, tuple(alike)))

    def _annotations(
        self, series: Series, entry: LineEntry, days: Sequence[PartialDate], place: PlaceOf
    ) -> tuple[Annotation, ...]:
        """The annotations by date; `days` are those of the numbers."""
        found = [
            annotation
            for index, item in enumerate(entry.annotate)
            for annotation in self._annotation(
                series, entry.y, item, lambda *path, at=index: place("annotate", at, *path)
            )
        ]
        self._outside(entry.annotate, days, place)
        return tuple(sorted(found, key=lambda annotation: annotation.when.middle))

    def _outside(self, annotations: Iterable[AnnotationEntry], days: Sequence[PartialDate], place: PlaceOf) -> None:
        if not days:
            return
        first, last = min(days, key=_day), max(days, key=_day)
        for index, entry in enumerate(annotations):
            if entry.on and not first.first <= entry.on.first <= last.last:
                at = place("annotate", index, "on")
                self.findings.append(AnnotationOutside(at, str(entry.on), str(first), str(last)))

    def _same_dates(self, series: Series, lines: Iterable[Sequence[Point]], place: Place) -> None:
        """Notes two numbers that a line has for one date, and neither of which is said to be replaced or disputed:
        whichever comes first, the line rises or falls at that date as nothing did."""
        for points in lines:
            first: dict[PartialDate, int] = {}
            for point in points:
                number = point.value.quantity
                running = number.since is not None  # and may be given twice a day
                if number.status != "reported" or running or number.place.line in series.repeated:
                    continue
                before = first.setdefault(point.when, number.place.line)
                if before != number.place.line:
                    self.findings.append(SameDate(place, (before, number.place.line), str(point.when)))
                    break

    def _on(self, days: Collection[PartialDate]) -> str:
        """A few dates in words; more than three as the time that they lie in."""
        ordered = sorted(days, key=_day)
        if len(ordered) <= 3:
            return self.formatter.listing(map(self.formatter.date, ordered))
        return self.words.no_numbers.format(*map(self.formatter.date, (ordered[0], ordered[-1])))

    def _absent(self, names: Iterable[str]) -> str:
        """That no number is given for these; of many, the first ones and "others"."""
        listed = list(dict.fromkeys(names))
        if len(listed) > _MOST_ABSENT:
            listed[_MOST_ABSENT - 1 :] = [self.words.others]
        return self.words.no_number.format("; ".join(listed)) if listed else ""

    def _annotation(self, series: Series, measure: str, entry: AnnotationEntry, place: PlaceOf) -> list[Annotation]:
        text = self.reader.line(entry.text, place("text"))
        if entry.on is not None:
            return [Annotation(entry.on, text)]
        rows = series.select(entry.where or {}, place("where"), self.findings)
        if len(rows) > 1:
            self.findings.append(BadField(place("where"), "where", "an annotation marks one row, and several match"))
        for row in rows[:1]:
            quantity = series.quantity(row, measure)
            return [Annotation(series.as_of(row), text, self.number(quantity) if quantity else None)]
        return []

    def _rows(self, caption: Caption, entry: DotsEntry | BarsEntry, place: PlaceOf) -> DotChart | BarChart | None:
        keys = {"label": entry.label, "detail": entry.detail or [], "group": [entry.group] if entry.group else []}
        named = [(column, place(key)) for key, columns in keys.items() for column in columns]
        found = self._rows_of(entry.data, entry.where, "data", [*named, (entry.value, place("value"))], place)
        if found is None or not self._measure(found[0], entry.value, place("value")):
            return None
        series, rows = found
        self._worded(series, rows, named)
        self._unnamed(series, rows, entry.label)
        self._unnamed(series, rows, [entry.group])
        if entry.sort == "date":
            rows = sorted(rows, key=lambda row: series.as_of(row).first)
        pairs = [(row, quantity) for row in rows if (quantity := series.quantity(row, entry.value)) is not None]
        if entry.sort == "value":
            pairs.sort(key=lambda pair: pair[1].magnitude, reverse=True)

        def label(row: CsvRow) -> str:
            return _joined(self._cell(series, row, column) for column in entry.label)

        population = series.entry.population
        kinds = tuple(dict.fromkeys(series.cell(row, population) for row, _ in pairs)) if population else ()
        # rows of more populations than there are colours are all neutral: the first few would seem to be picked out
        coloured = self.populations.hold(kinds)

        groups: dict[str, list[Row]] = {}
        for row, quantity in pairs:
            detail = _joined(self._cell(series, row, column) for column in self._detail(series, entry))
            group = self._cell(series, row, entry.group) if entry.group else ""
            colour = self._colour(series, row) if coloured else self.populations.colours
            item = Row(label(row), detail, self.number(quantity), colour)
            groups.setdefault(group, []).append(item)
        told_apart = population in (*entry.label, *(entry.detail or []), entry.group)
        if len(kinds) > 1 and not told_apart:
            self.findings.append(MixedPopulations(place("where"), kinds))
        quantities = [quantity for _, quantity in pairs]
        absent = self._absent(label(row) for row in rows if series.quantity(row, entry.value) is None)
        caption = replace(caption, unit_line=self._unit_line(quantities, place("value")), absent=absent)
        says_who = series.entry.by in (*entry.label, *self._detail(series, entry), entry.group)
        caption = self._finish(caption, quantities, (quantity.source for quantity in quantities), names=not says_who)
        kind = DotChart if isinstance(entry, DotsEntry) else BarChart
        chart = kind(caption, tuple(Group(name, tuple(items)) for name, items in groups.items()))
        return replace(chart, caption=replace(caption, alt=alt.row_chart(chart, self.words)))

    @staticmethod
    def _detail(series: Series, entry: DotsEntry | BarsEntry) -> list[str]:
        if entry.detail is not None:
            return entry.detail
        return [column for column in (series.entry.by, series.entry.as_of) if column not in (*entry.label, entry.group)]

    def _timeline(self, caption: Caption, entry: TimelineEntry, place: PlaceOf) -> Timeline | None:
        keys = {"short": entry.short, "text": entry.text, "lane": entry.lane}
        columns = [(column, place(key)) for key, column in keys.items() if column]
        found = self._rows_of(entry.data, entry.where, "data", columns, place)
        if found is None:
            return None
        series, rows = found
        self._worded(series, rows, columns)
        self._unnamed(series, rows, [entry.short])
        self._unnamed(series, rows, [entry.lane])
        rows = sorted(rows, key=lambda row: series.as_of(row).first)
        lanes = Populations(self.populations.colours)
        events = tuple(
            Event(
                when=series.as_of(row),
                when_text=self.formatter.date(series.as_of(row)),
                short=words_text(series.cell(row, entry.short)),
                text=words_text(series.cell(row, entry.text or entry.short)),
                lane=series.cell(row, entry.lane),
                colour=lanes.colour(series.cell(row, entry.lane)),
                by=series.cell(row, series.entry.by),
                source=series.cell(row, series.entry.source),
                place=series.place(row, entry.short),
            )
            for row in rows
        )
        caption = self._finish(caption, [], (event.source for event in events), names=False)
        chart = Timeline(caption, events)
        return replace(chart, caption=replace(caption, alt=alt.timeline(chart, self.formatter)))

    # --- tables, figures, quotes ---

    def _data_table(self, caption: Caption, entry: DataTableEntry, place: PlaceOf) -> Table | None:
        columns = [(column.column, place("columns", index)) for index, column in enumerate(entry.columns)]
        found = self._rows_of(entry.table, entry.where, "table", columns, place)
        if found is None:
            return None
        series, rows = found
        self._worded(series, rows, [(column, at) for column, at in columns if column not in series.measures])
        quantities: list[Quantity] = []
        told = series.entry.status in [column.column for column in entry.columns]
        units: dict[str, dict[str, str]] = {}
        dashed = False

        def cell(row: CsvRow, column: str) -> Text:
            nonlocal dashed
            if column in series.measures:
                quantity = series.quantity(row, column)
                if quantity is None:
                    dashed = True
                    return words_text(self.words.dash)
                quantities.append(quantity)
                number = self.number(quantity)
                units.setdefault(column, {}).setdefault(quantity.unit, number.text)
                return (number, *self._status(quantity, told))
            if column == series.entry.source:
                source = series.cell(row, column)
                return (Span(self.sources[source].publisher), Cite((source,))) if source in self.sources else ()
            return words_text(self._cell(series, row, column))

        cells = tuple(tuple(cell(row, column.column) for column in entry.columns) for row in rows)
        self._told_apart(series, rows, columns, units, place)
        heads = tuple(
            Column(
                self.reader.line(column.title, place("columns", index, "title")),
                column.column in series.measures,
                column.width,
            )
            for index, column in enumerate(entry.columns)
        )
        self._units_said(caption, zip(columns, heads, strict=True), units, series)
        says_who = any(column.column == series.entry.by for column in entry.columns)
        sources = [series.cell(row, series.entry.source) for row in rows]
        for head in heads:
            quantities += (number.quantity for number in numbers(head.head))
            sources += sources_of(head.head)
        caption = self._finish(caption, quantities, sources, names=not says_who)
        return self._table(replace(caption, absent=self.words.dashes if dashed else ""), heads, cells)

    def _units_said(
        self,
        caption: Caption,
        columns: Iterable[tuple[tuple[str, Place], Column]],
        units: Mapping[str, Mapping[str, str]],
        series: Series,
    ) -> None:
        """What a column counts in stands in its head, in the title or the note, or in a column of its own."""
        heads = list(columns)
        shown = [column for (column, _), _ in heads]
        for (column, at), head in heads:
            words = " ".join(map(plain, (head.head, caption.title, caption.note)))
            for unit, printed in units.get(column, {}).items():
                apart = series.entry.measures[column].unit_column in shown
                said = apart or says_unit(words, unit, self.formatter.language)
                if self.formatter.leaves_unit(unit) and not said:
                    self.findings.append(UnsaidUnit(at, column, printed, unit, "the head of its column"))

    def _told_apart(
        self,
        series: Series,
        rows: Iterable[CsvRow],
        columns: Sequence[tuple[str, Place]],
        units: Mapping[str, Iterable[str]],
        place: PlaceOf,
    ) -> None:
        """What a table's rows must say of their numbers where these differ in it: whom they count, and in what."""
        words = [column for column, _ in columns if column not in series.measures]
        kinds: dict[tuple[str, ...], dict[str, None]] = {}
        for row in rows if series.entry.population and units else ():
            alike = kinds.setdefault(tuple(series.cell(row, column) for column in words), {})
            alike[series.cell(row, series.entry.population)] = None
        merged = next((tuple(each) for each in kinds.values() if len(each) > 1), None)
        if merged:
            self.findings.append(MixedPopulations(place("columns"), merged))
        for column, at in columns:
            silent = tuple(unit for unit in units.get(column, ()) if not self.formatter.names_unit(unit))
            if len(silent) > 1 and series.entry.measures[column].unit_column not in words:
                self.findings.append(MixedUnits(at, silent))

    def _status(self, quantity: Quantity, told: bool) -> Text:
        """That a number was revised or is disputed, unless a column of its own says so."""
        said = self.words.chart.status(quantity.status)
        return (Span(f" ({said})"),) if said and not told else ()

    def _text_table(self, caption: Caption, entry: TextTableEntry, place: PlaceOf) -> Table | None:
        head, *body = entry.table
        for index, cells in enumerate(body, start=1):
            if len(cells) != len(head):
                problem = f"this row has {len(cells)} cells; the head has {len(head)}"
                self.findings.append(BadField(place("table", index), "table", problem))
        if entry.widths and len(entry.widths) != len(head):
            self.findings.append(BadField(place("widths"), "widths", f"there are {len(head)} columns"))
        texts = [
            tuple(self.reader.line(cell, place("table", row, column)) for column, cell in enumerate(cells))
            for row, cells in enumerate(entry.table)
        ]
        if any(len(cells) != len(head) for cells in body):
            return None
        widths = entry.widths if entry.widths and len(entry.widths) == len(head) else [1.0] * len(head)
        numeric = [all(_is_number(row[column]) for row in texts[1:]) for column in range(len(head))]
        heads = tuple(Column(*parts) for parts in zip(texts[0], numeric, widths, strict=True))
        quantities = [number.quantity for row in texts for cell in row for number in numbers(cell)]
        cites = [source for row in texts for cell in row for source in cited(cell)]
        sources = [*(quantity.source for quantity in quantities), *cites]
        return self._table(self._finish(caption, quantities, sources, names=False), heads, tuple(texts[1:]))

    def _table(self, caption: Caption, heads: tuple[Column, ...], cells: tuple[tuple[Text, ...], ...]) -> Table:
        table = Table(caption, heads, cells)
        return replace(table, caption=replace(caption, alt=alt.table(table, self.formatter)))

    def _figures(self, caption: Caption, entry: FiguresEntry, place: PlaceOf) -> Figures | None:
        read = [self.key_figure(id, place("figures", index)) for index, id in enumerate(entry.figures)]
        figures = tuple(figure for figure in read if figure is not None)
        texts = list(figure_texts(figures))
        quantities = [number.quantity for text in texts for number in numbers(text)]
        caption = self._finish(caption, quantities, sources_of(*texts), names=False)
        exhibit = Figures(caption, figures)
        return replace(exhibit, caption=replace(caption, alt=alt.figures(exhibit, self.formatter)))

    def _quote(self, id: str, entry: QuoteEntry, place: PlaceOf) -> Quote | None:
        if entry.source not in self.sources:
            self.findings.append(UnknownSource(place("source"), entry.source, tuple(self.sources)))
            return None
        if entry.date is None and entry.mark != "unverified":
            self.findings.append(UndatedQuote(place(), entry.speaker))
        if entry.mark == "complete" and ("…" in entry.quote or "..." in entry.quote):
            self.findings.append(CutQuote(place("quote"), entry.speaker))
        note = self.reader.line(entry.note, place("note")) if entry.note else ()
        speaker, role = (set_quotes(text or "", self.words.quotes) for text in (entry.speaker, entry.role))
        caption = Caption(id, place(), "", words_text(speaker), (), (), note, (), (), (entry.source,))
        marks = {"complete": "", "incomplete": self.words.incomplete, "unverified": self.words.unverified}
        when = self.formatter.date(entry.date) if entry.date else ""
        quote = Quote(
            replace(caption, credit=self._credit([], (entry.source,), [], names=False)),
            self.reader.line(entry.quote, place("quote"), quoted=True),
            speaker,
            role,
            entry.date,
            when,
            marks[entry.mark],
        )
        return replace(quote, caption=replace(quote.caption, alt=alt.quote(quote)))


def _joined(cells: Iterable[str]) -> str:
    *others, last = [*filter(None, cells)] or [""]
    return ", ".join((*map(followed, others), last))


def _day(when: PartialDate | None) -> date:
    assert when is not None
    return when.first


def _last(when: PartialDate | None) -> date:
    assert when is not None
    return when.last


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


def _is_number(text: Text) -> bool:
    return any(isinstance(run, Number) for run in text) and all(
        isinstance(run, Number | Cite) or not run.text.strip() for run in text
    )

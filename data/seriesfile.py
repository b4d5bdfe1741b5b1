"""Reading a series: takes a CSV file and what series.yaml says of its columns, returns the series, and findings on
every row: each is looked at once, before anything is read from it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from unicodedata import normalize

from data.csvfile import CsvFile, CsvRow
from data.fields import MOST_OF_A_LINE, parse_date
from data.findings import Finding
from data.findings.entries import BadDate, UnknownUnit
from data.findings.references import UnknownSource
from data.findings.series import (
    AlikeNames,
    BadCell,
    MissingColumn,
    MissingName,
    MissingProvenance,
    PointOfThousands,
    RepeatedRow,
)
from data.format import Formatter
from data.schema import MeasureEntry, SeriesEntry
from data.series import BOUND_WORDS, NUMBER, STATUSES, Cells, Series
from data.units import is_counted, unit_problem
from data.yamlfile import PlaceOf

THOUSANDS = re.compile(r"[-+]?[1-9][0-9]{0,2}\.[0-9]{3}")
"""What may be a number of thousands, as much of Europe writes it."""
LATER = "is later than the day that the number is as of"
_LATIN_ACCENT = re.compile("([a-z])[\u0300-\u036f]+")
"""In other scripts a mark may make another letter."""


@dataclass(frozen=True)
class SeriesReader:
    """Reads the series of one briefing; `sources` are the ids that exist, and `formatter` knows the language."""

    sources: frozenset[str]
    formatter: Formatter

    def read(self, csv: CsvFile, entry: SeriesEntry, place: PlaceOf, *, whole: bool) -> tuple[Series, list[Finding]]:
        """The series, and what is wrong with the columns and cells that numbers and provenance are read from. `place`
        gives that of a path of keys below the series' entry in series.yaml; `whole`: no row of `csv` was lost."""
        quotes = self.formatter.words.quotes
        cells = Cells(csv, entry, quotes)
        wrong = list(self._declared(cells, place)) if csv.columns else []
        if wrong or not csv.columns:
            return Series(csv, entry, quotes, broken=True, faulty=frozenset(), whole=whole), wrong
        findings = [finding for row in csv.rows for finding in self._row(cells, row)]
        faulty = frozenset(finding.place.line for finding in findings)
        series = Series(csv, entry, quotes, broken=False, faulty=faulty, whole=whole)
        first = series.repeated
        repeated = (row for row in csv.rows if row.line in first and row.line not in faulty)
        findings += (RepeatedRow(series.place(row, entry.as_of), first[row.line]) for row in repeated)
        return series, [*findings, *_alike(series), *self._points(series)]

    def _declared(self, cells: Cells, place: PlaceOf) -> Iterator[Finding]:
        """The columns of series.yaml that the file lacks; where it has all, the units that are none."""
        entry = cells.entry
        named: dict[tuple[str, ...], str | None] = {
            (key,): getattr(entry, key) for key in ("by", "as_of", "source", "since", "status", "note", "population")
        }
        for measure, parts in entry.measures.items():
            keys = ("low", "high", "unit_column", "bound")
            named |= {("measures", measure, key): getattr(parts, key) for key in keys}
            named |= {} if parts.low else {("measures", measure): measure}
        missing = {column: path for path, column in named.items() if column and not cells.has(column)}
        for column, path in missing.items():
            yield MissingColumn(place(*path), column, cells.csv.file, cells.csv.columns)
        for measure, parts in entry.measures.items() if not missing else ():
            problem = unit_problem(parts.unit, self.formatter.locale) if parts.unit else None
            if parts.unit and problem:
                yield UnknownUnit(place("measures", measure, "unit"), parts.unit, problem)

    def _row(self, cells: Cells, row: CsvRow) -> Iterator[Finding]:
        entry = cells.entry
        for column, what in ((entry.by, "who says so"), (entry.as_of, "the date"), (entry.source, "the source")):
            text = cells.cell(row, column)
            if not text:
                yield MissingProvenance(cells.place(row, column), what)
            if len(text) > MOST_OF_A_LINE:
                yield BadCell(
                    cells.place(row, column), f"{text[:40]} ...", f"is longer than {MOST_OF_A_LINE} characters"
                )
        if entry.population and not cells.cell(row, entry.population):
            yield MissingName(cells.place(row, entry.population), entry.population)
        for column in sorted(cells.date_columns):
            text = cells.cell(row, column)
            if text and not _is_date(text):
                yield BadDate(cells.place(row, column), text)
        since, as_of = cells.cell(row, entry.since), cells.cell(row, entry.as_of)
        if entry.since and _is_date(since) and _is_date(as_of) and parse_date(since).first > parse_date(as_of).last:
            yield BadCell(cells.place(row, entry.since), since, f"{LATER}, {as_of}")
        source = cells.cell(row, entry.source)
        if source and source not in self.sources:
            yield UnknownSource(cells.place(row, entry.source), source, tuple(self.sources))
        if entry.status and cells.cell(row, entry.status).lower() not in STATUSES:
            problem = f"is no status; there are {', '.join(filter(None, STATUSES))}"
            yield BadCell(cells.place(row, entry.status), cells.cell(row, entry.status), problem)
        for measure, parts in entry.measures.items():
            yield from self._measure(cells, row, measure, parts)

    def _measure(self, cells: Cells, row: CsvRow, measure: str, parts: MeasureEntry) -> Iterator[Finding]:
        given = False
        for column in _columns(measure, parts):
            text = cells.cell(row, column)
            given = given or bool(text)
            if text and not NUMBER.fullmatch(text):
                yield BadCell(cells.place(row, column), text, f"is not a number; {_instead(text)}")
        if parts.bound and cells.cell(row, parts.bound).lower() not in BOUND_WORDS:
            problem = f"is no bound; there are {', '.join(filter(None, BOUND_WORDS))}"
            yield BadCell(cells.place(row, parts.bound), cells.cell(row, parts.bound), problem)
        elif parts.bound and parts.low and given:
            yield from _bound(cells, row, parts, parts.bound)
        unit = cells.cell(row, parts.unit_column)
        problem_of_unit = unit_problem(unit, self.formatter.locale) if given and parts.unit_column else None
        if problem_of_unit:
            yield UnknownUnit(cells.place(row, parts.unit_column or measure), unit, problem_of_unit)
        low, high = cells.cell(row, parts.low), cells.cell(row, parts.high)
        if NUMBER.fullmatch(low) and NUMBER.fullmatch(high) and Decimal(low) > Decimal(high):
            yield BadCell(cells.place(row, parts.low or measure), low, f"is more than the upper end, {high}")

    def _points(self, series: Series) -> Iterator[Finding]:
        """Counts in a column all of whose points may part thousands; with one that cannot, they are decimal points."""
        for measure, parts in series.entry.measures.items():
            if parts.decimals is None and parts.unit and is_counted(parts.unit, self.formatter.locale):
                for column in _columns(measure, parts):
                    suspect = [
                        (row, cell) for row in series.csv.rows if "." in (cell := row.cells[series.index[column]])
                    ]
                    if all(THOUSANDS.fullmatch(cell) for _, cell in suspect):
                        yield from (
                            PointOfThousands(series.place(row, column), cell, parts.unit) for row, cell in suspect
                        )


def _columns(measure: str, parts: MeasureEntry) -> tuple[str, ...]:
    """The columns that hold a measure's numbers."""
    return (parts.low, parts.high) if parts.low and parts.high else (measure,)


def _bound(cells: Cells, row: CsvRow, parts: MeasureEntry, column: str) -> Iterator[Finding]:
    """A word that contradicts the ends: it would leave one of them out, or stand with none."""
    low, high, word = (cells.cell(row, each) for each in (parts.low, parts.high, column))
    bound = BOUND_WORDS[word.lower()]
    numbers = [Decimal(text) for text in (low, high) if NUMBER.fullmatch(text)]
    alike = numbers[:1] == numbers[-1:]
    fits = {"at_most": bool(high), "about": bool(low and high), "exact": bool(low and high)}.get(bound, bool(low))
    if word and not (fits and alike):
        ends = f"{low or 'nothing'} in {parts.low!r} and {high or 'nothing'} in {parts.high!r}"
        problem = f"does not go with {ends}; leave it empty, or give the end that it speaks of"
        yield BadCell(cells.place(row, column), word, problem)


def _alike(series: Series) -> Iterator[Finding]:
    """Names of populations that a reader would take for one."""
    column = series.entry.population
    first: dict[str, tuple[str, int]] = {}
    for name, rows in series.rows_by(column).items() if column else ():
        other, line = first.setdefault(_plain(name), (name, rows[0].line))
        if column and other != name:
            yield AlikeNames(series.place(rows[0], column), name, other, line)


def _plain(name: str) -> str:
    """A name without its capitals, accents and spaces."""
    bare = (letter for letter in normalize("NFKD", name).casefold() if not letter.isspace())
    return normalize("NFC", _LATIN_ACCENT.sub(r"\1", "".join(bare)))


def _instead(text: str) -> str:
    """What to write for what looks like a number to people."""
    if re.fullmatch(r"[-+]?\d+,\d+", text):
        point, whole = text.replace(",", "."), text.replace(",", "")
        grouped = re.fullmatch(r"[-+]?\d{1,3},\d{3}", text)
        return f"write {point} for a decimal comma" + (f", {whole} for a thousands separator" if grouped else "")
    plainer = re.sub(r"(?<=\d)[\s,'’](?=\d{3})", "", text.replace("\u2212", "-")).strip("%€$£ \u00a0")
    if NUMBER.fullmatch(plainer):
        return f"write {plainer}" + (": the unit stands in series.yaml" if re.search("[%€$£]", text) else "")
    return "write digits such as 1200, -5 or 62.4, or leave the cell empty where no number is given"


def _is_date(text: str) -> bool:
    try:
        parse_date(text)
    except ValueError:
        return False
    return True

"""Series: takes a CSV file and what series.yaml says of its columns, returns rows, quantities and findings."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from operator import attrgetter
from unicodedata import normalize

from babel import Locale

from data.csvfile import CsvFile, CsvRow
from data.findings import Finding
from data.findings.entries import BadDate, UnknownUnit
from data.findings.references import UnknownSource
from data.findings.series import (
    AlikeNames,
    BadCell,
    MissingColumn,
    MissingName,
    MissingProvenance,
    NoRow,
    PointOfThousands,
    RepeatedRow,
)
from data.model import Bound, PartialDate, Place, Quantity, Record, Status
from data.schema import MOST_OF_A_LINE, MeasureEntry, SeriesEntry, Where, parse_date
from data.text import set_quotes
from data.trust.numerals import is_year
from data.units import is_counted, unit_problem

_NUMBER = re.compile(r"[-+]?[0-9]{1,18}(\.[0-9]{1,9})?")  # within the 28 digits in which Python rounds exactly
_BOUNDS: Mapping[str, Bound] = {
    "": "exact",
    "exact": "exact",
    "about": "about",
    "at least": "at_least",
    "more than": "more_than",
    "up to": "at_most",
}
THOUSANDS = re.compile(r"[-+]?[1-9][0-9]{0,2}\.[0-9]{3}")
"""What may be a number of thousands, as much of Europe writes it."""
_LATIN_ACCENT = re.compile("([a-z])[\u0300-\u036f]+")
"""In other scripts a mark may make another letter."""
LATER = "is later than the day that the number is as of"
_STATUSES: Mapping[str, Status] = {"": "reported", "reported": "reported", "revised": "revised", "disputed": "disputed"}


class Series:
    """One CSV file as quantities with provenance. Rows keep the file's order; `whole`: none was lost in reading it."""

    def __init__(self, csv: CsvFile, entry: SeriesEntry, quotes: str, *, whole: bool) -> None:
        self.csv = csv
        self.entry = entry
        self._quotes = quotes
        self._whole = whole
        self._index = {column: index for index, column in enumerate(csv.columns)}
        self._unsound: set[int] = set()
        self._rows: dict[int, Mapping[str, Sequence[CsvRow]]] = {}
        self.broken = not csv.columns
        """Whether the file could not be read or lacks a declared column, which has its own finding."""

    @cached_property
    def measures(self) -> frozenset[str]:
        return frozenset(self.entry.measures)

    @cached_property
    def date_columns(self) -> frozenset[str]:
        return frozenset(column for column in (self.entry.as_of, self.entry.since) if column)

    def has(self, column: str) -> bool:
        return column in self._index

    def cell(self, row: CsvRow, column: str | None) -> str:
        """What a cell says, its quotation marks set as type; "" where there is no such column."""
        return set_quotes(row.cells[self._index[column]], self._quotes) if column in self._index else ""

    def place(self, row: CsvRow, column: str) -> Place:
        return self.csv.place(row, column)

    def bare(self, rows: Iterable[CsvRow], column: str) -> str:
        """The first number of a column of `rows` that holds nothing but numbers, years apart; "" of any other."""
        cells = [cell for row in rows if (cell := self.cell(row, column))]
        if column in self.date_columns or not all(map(_NUMBER.fullmatch, cells)):
            return ""
        return next((cell for cell in cells if not is_year(cell)), "")

    @property
    def unsound(self) -> bool:
        """Whether rows are left out for what is wrong with them, so that sums and latest numbers tell nothing."""
        return not self._whole or bool(self._unsound)

    def row_id(self, row: CsvRow) -> str:
        """How a row is called in every edition: by its `id` column if there is one, else by its date, population and
        authority, and by its words where rows share all of these; of rows that are still alike, the second gets a 2."""
        return self._named[0][row.line]

    @property
    def repeated(self) -> Mapping[int, int]:
        """The lines of rows that cannot be told from one before them, and the line of that."""
        return self._named[1]

    @cached_property
    def _named(self) -> tuple[dict[int, str], dict[int, int]]:
        """The ids of rows by their lines, and of rows that cannot be told from one before them, the line of that."""
        parts = ("id",) if self.has("id") else (self.entry.as_of, self.entry.population, self.entry.by)
        groups: dict[tuple[str, ...], list[CsvRow]] = defaultdict(list)
        for row in self.csv.rows:
            groups[tuple(filter(None, (self.cell(row, part) for part in parts)))].append(row)
        seen: dict[str, list[int]] = defaultdict(list)
        ids: dict[int, str] = {}
        for named, rows in groups.items():
            columns = self._words_apart(rows) if len(rows) > 1 and not self.has("id") else []
            for row in rows:
                id = ", ".join((*named, *filter(None, (self.cell(row, column) for column in columns))))
                seen[id].append(row.line)
                ids[row.line] = id if len(seen[id]) == 1 else f"{id} ({len(seen[id])})"
        return ids, {line: first for first, *others in seen.values() for line in others}

    def _words_apart(self, rows: Sequence[CsvRow]) -> list[str]:
        """The first columns of words by which `rows` can be told apart, as far as they can, and then those of units and
        the status, for a count and the one that it replaced may have all else in common."""
        told, chosen, known = self._told(self.entry.measures), list[str](), 1
        units = {measure.unit_column for measure in self.entry.measures.values()}
        words = (column for column in self.csv.columns if column not in told)
        for column in (*words, *(column for column in self.csv.columns if column in {*units, self.entry.status})):
            apart = len({tuple(self.cell(row, each) for each in (*chosen, column)) for row in rows})
            if apart > known:
                chosen.append(column)
                known = apart
        return chosen

    def records(self, marked: Callable[[Quantity], Quantity]) -> Iterator[Record]:
        """Every sound row."""
        for row in self.csv.rows if not self.broken else ():
            if row.line in self._unsound:
                continue
            found = {measure: self.quantity(row, measure) for measure in self.entry.measures}
            quantities = {measure: marked(quantity) for measure, quantity in found.items() if quantity is not None}
            told = self._told(quantities)
            texts = {column: self.cell(row, column) for column in self.csv.columns if column not in told}
            population = self.cell(row, self.entry.population)
            yield Record(self.row_id(row), Place(self.csv.file, row.line), population, quantities, texts)

    def _told(self, measures: Iterable[str]) -> set[str | None]:
        """The columns that a row's quantities tell."""
        entry = self.entry
        provenance = {entry.by, entry.as_of, entry.source, entry.since, entry.status, entry.note, entry.population}
        columns: set[str | None] = {"id"}
        for measure in measures:
            parts = entry.measures[measure]
            columns |= provenance | {measure, parts.low, parts.high, parts.unit_column, parts.bound}
        return columns

    def population(self, line: int) -> str:
        """Which population the row on `line` counts, "" where none is named."""
        at = bisect_left(self.csv.rows, line, key=attrgetter("line"))
        found = self.csv.rows[at : at + 1]
        return self.cell(found[0], self.entry.population) if found and found[0].line == line else ""

    def as_of(self, row: CsvRow) -> PartialDate:
        return parse_date(self.cell(row, self.entry.as_of))

    # --- choosing rows ---

    def select(self, where: Where, place: Place, findings: list[Finding]) -> list[CsvRow]:
        """The rows that `where` names, in file order; a finding if a column or every row is missing, or a text of a
        list is nowhere. Rows with findings of their own are left out."""
        if self.broken:
            return []
        for column in where:
            if not self.has(column):
                findings.append(MissingColumn(place, column, self.csv.file, self.csv.columns))
                return []
        wanted = {
            self._index[column]: {texts} if isinstance(texts, str) else set(texts) for column, texts in where.items()
        }
        named = (
            [row for text in texts for row in self._rows_by(index).get(text, ())] for index, texts in wanted.items()
        )
        rows = [
            row
            for row in sorted(min(named, key=len, default=self.csv.rows), key=attrgetter("line"))
            if row.line not in self._unsound and all(row.cells[index] in texts for index, texts in wanted.items())
        ]
        if self.unsound:
            return rows
        listed = ((column, text) for column, texts in where.items() if not isinstance(texts, str) for text in texts)
        absent = [f"{column} = {text}" for column, text in listed if text not in self._rows_by(self._index[column])]
        conditions = absent or ([] if rows else [describe(where)])
        findings += (NoRow(place, self.csv.file, condition) for condition in conditions)
        return rows

    def _rows_by(self, index: int) -> Mapping[str, Sequence[CsvRow]]:
        """The rows that say the same in a column: every exhibit asks, and looking through a long file takes long."""
        if index not in self._rows:
            rows: dict[str, list[CsvRow]] = {}
            for row in self.csv.rows:
                rows.setdefault(row.cells[index], []).append(row)
            self._rows[index] = rows
        return self._rows[index]

    # --- quantities ---

    def quantity(self, row: CsvRow, measure: str, id: str | None = None) -> Quantity | None:
        """The number of `row`, or None where the cell is empty, which means that none is given. `check` has passed."""
        entry = self.entry.measures[measure]
        low = _number(self.cell(row, entry.low or measure))
        high = _number(self.cell(row, entry.high or measure))
        if low is None and high is None:
            return None
        bound = self._bound(row, entry, low, high)
        ends = [end for end in (low, high) if end is not None]
        since = self.cell(row, self.entry.since)
        return Quantity(
            id=id or f"{self.csv.file}:{self.row_id(row)}:{measure}",
            place=self.place(row, (entry.low if low is not None else entry.high) or measure),
            bound=bound,
            low=None if bound == "at_most" else low,
            high=None if bound in ("at_least", "more_than") else high,
            unit=entry.unit or self.cell(row, entry.unit_column),
            decimals=max(map(decimals, ends)) if entry.decimals is None else entry.decimals,
            by=self.cell(row, self.entry.by),
            as_of=self.as_of(row),
            since=parse_date(since) if since else None,
            source=self.cell(row, self.entry.source),
            status=_STATUSES[self.cell(row, self.entry.status).lower()],
            note=self.cell(row, self.entry.note),
        )

    def _bound(self, row: CsvRow, entry: MeasureEntry, low: Decimal | None, high: Decimal | None) -> Bound:
        stated = _BOUNDS[self.cell(row, entry.bound).lower()]
        if stated != "exact":
            return stated
        if low is None:
            return "at_most"
        if high is None:
            return "at_least"
        return "exact" if low == high else "between"

    def shown(self, rows: Iterable[CsvRow], measure: str) -> tuple[str, ...]:
        """What rows say, for a finding: "line 7: about 1200 (2023-10-12, Gaza Ministry of Health)"."""
        entry = self.entry
        parts = entry.measures[measure]
        number = [column for column in (parts.bound, parts.low, parts.high) if column]
        columns = number if parts.low else [*number, measure]

        def joined(row: CsvRow, columns: Iterable[str], between: str) -> str:
            return between.join(filter(None, (self.cell(row, column) for column in columns)))

        return tuple(
            f"line {row.line}: {joined(row, columns, ' ') or 'no number'} "
            f"({joined(row, (entry.as_of, entry.by), ', ')})"
            for row in rows
        )

    # --- checking every row once ---

    def check(self, sources: Iterable[str], locale: Locale, place: Callable[..., Place]) -> list[Finding]:
        """What is wrong with the columns and cells that numbers and provenance are read from. `place` gives that of a
        path of keys below the series' entry in series.yaml, `sources` are the ids that exist."""
        entry = self.entry
        if self.broken:
            return []
        named: dict[tuple[str, ...], str | None] = {
            (key,): getattr(entry, key) for key in ("by", "as_of", "source", "since", "status", "note", "population")
        }
        for measure, parts in entry.measures.items():
            keys = ("low", "high", "unit_column", "bound")
            named |= {("measures", measure, key): getattr(parts, key) for key in keys}
            named |= {} if parts.low else {("measures", measure): measure}
        missing = {column: path for path, column in named.items() if column and not self.has(column)}
        if missing:
            self.broken = True
            columns = self.csv.columns
            return [MissingColumn(place(*path), column, self.csv.file, columns) for column, path in missing.items()]
        units = {measure: parts.unit for measure, parts in entry.measures.items() if parts.unit}
        problems = {measure: (unit, unit_problem(unit, locale)) for measure, unit in units.items()}
        wrong: list[Finding] = [
            UnknownUnit(place("measures", measure, "unit"), unit, problem)
            for measure, (unit, problem) in problems.items()
            if problem
        ]
        if wrong:
            self.broken = True
            return wrong
        known = frozenset(sources)
        findings = [finding for row in self.csv.rows for finding in self._check_row(row, known, locale)]
        self._unsound = {finding.place.line for finding in findings}
        alike = self.repeated
        repeated = [row for row in self.csv.rows if row.line in alike and row.line not in self._unsound]
        findings += (RepeatedRow(self.place(row, entry.as_of), alike[row.line]) for row in repeated)
        return [*findings, *self._alike(), *self._points(locale)]

    def _alike(self) -> Iterator[Finding]:
        """Names of populations that a reader would take for one."""
        column = self.entry.population
        if not column:
            return
        first: dict[str, tuple[str, int]] = {}
        for name, rows in self._rows_by(self._index[column]).items():
            other, line = first.setdefault(_plain(name), (name, rows[0].line))
            if other != name:
                yield AlikeNames(self.place(rows[0], column), name, other, line)

    def _points(self, locale: Locale) -> Iterator[Finding]:
        for measure, parts in self.entry.measures.items():
            if parts.decimals is None and parts.unit and is_counted(parts.unit, locale):
                for column in (parts.low, parts.high) if parts.low and parts.high else (measure,):
                    at = self._index[column]
                    suspect = [row for row in self.csv.rows if "." in row.cells[at]]
                    if all(THOUSANDS.fullmatch(row.cells[at]) for row in suspect):  # else it holds decimals
                        yield from (
                            PointOfThousands(self.place(row, column), row.cells[at], parts.unit) for row in suspect
                        )

    def _check_row(self, row: CsvRow, sources: frozenset[str], locale: Locale) -> Iterable[Finding]:
        entry = self.entry
        for column, what in ((entry.by, "who says so"), (entry.as_of, "the date"), (entry.source, "the source")):
            text = self.cell(row, column)
            if not text:
                yield MissingProvenance(self.place(row, column), what)
            if len(text) > MOST_OF_A_LINE:
                yield BadCell(
                    self.place(row, column), f"{text[:40]} ...", f"is longer than {MOST_OF_A_LINE} characters"
                )
        if entry.population and not self.cell(row, entry.population):
            yield MissingName(self.place(row, entry.population), entry.population)
        for column in sorted(self.date_columns):
            text = self.cell(row, column)
            if text and not _is_date(text):
                yield BadDate(self.place(row, column), text)
        since, as_of = self.cell(row, entry.since), self.cell(row, entry.as_of)
        if entry.since and _is_date(since) and _is_date(as_of) and parse_date(since).first > parse_date(as_of).last:
            yield BadCell(self.place(row, entry.since), since, f"{LATER}, {as_of}")
        source = self.cell(row, entry.source)
        if source and source not in sources:
            yield UnknownSource(self.place(row, entry.source), source, tuple(sources))
        if entry.status and self.cell(row, entry.status).lower() not in _STATUSES:
            problem = f"is no status; there are {', '.join(filter(None, _STATUSES))}"
            yield BadCell(self.place(row, entry.status), self.cell(row, entry.status), problem)
        for measure, parts in entry.measures.items():
            yield from self._check_measure(row, measure, parts, locale)

    def _check_measure(self, row: CsvRow, measure: str, parts: MeasureEntry, locale: Locale) -> Iterable[Finding]:
        given = False
        for column in (parts.low, parts.high) if parts.low and parts.high else (measure,):
            text = self.cell(row, column)
            given = given or bool(text)
            if text and not _NUMBER.fullmatch(text):
                yield BadCell(self.place(row, column), text, f"is not a number; {_instead(text)}")
        if parts.bound and self.cell(row, parts.bound).lower() not in _BOUNDS:
            problem = f"is no bound; there are {', '.join(filter(None, _BOUNDS))}"
            yield BadCell(self.place(row, parts.bound), self.cell(row, parts.bound), problem)
        elif parts.bound and parts.low and given:
            yield from self._check_bound(row, parts, parts.bound)
        unit = self.cell(row, parts.unit_column)
        problem_of_unit = unit_problem(unit, locale) if given and parts.unit_column else None
        if problem_of_unit:
            yield UnknownUnit(self.place(row, parts.unit_column or measure), unit, problem_of_unit)
        low, high = self.cell(row, parts.low), self.cell(row, parts.high)
        if _NUMBER.fullmatch(low) and _NUMBER.fullmatch(high) and Decimal(low) > Decimal(high):
            yield BadCell(self.place(row, parts.low or measure), low, f"is more than the upper end, {high}")

    def _check_bound(self, row: CsvRow, parts: MeasureEntry, column: str) -> Iterable[Finding]:
        """A word that contradicts the ends: it would leave one of them out, or stand with none."""
        low, high, word = (self.cell(row, each) for each in (parts.low, parts.high, column))
        bound = _BOUNDS[word.lower()]
        numbers = [Decimal(text) for text in (low, high) if _NUMBER.fullmatch(text)]
        alike = numbers[:1] == numbers[-1:]
        fits = {"at_most": bool(high), "about": bool(low and high), "exact": bool(low and high)}.get(bound, bool(low))
        if word and not (fits and alike):
            ends = f"{low or 'nothing'} in {parts.low!r} and {high or 'nothing'} in {parts.high!r}"
            problem = f"does not go with {ends}; leave it empty, or give the end that it speaks of"
            yield BadCell(self.place(row, column), word, problem)


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
    if _NUMBER.fullmatch(plainer):
        return f"write {plainer}" + (": the unit stands in series.yaml" if re.search("[%€$£]", text) else "")
    return "write digits such as 1200, -5 or 62.4, or leave the cell empty where no number is given"


def describe(where: Where) -> str:
    """A condition in words: "place = Gaza and id = G06 or G07"."""
    parts = [f"{column} = {texts if isinstance(texts, str) else ' or '.join(texts)}" for column, texts in where.items()]
    return " and ".join(parts) or "any content"


def _is_date(text: str) -> bool:
    try:
        parse_date(text)
    except ValueError:
        return False
    return True


def _number(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def decimals(number: Decimal) -> int:
    """The places after the point in which a number is written."""
    exponent = number.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def unsound(value: Quantity, tables: Mapping[str, Series]) -> bool:
    """Whether `value` is of a file whose rows are not all sound, so that another may be the one that is meant."""
    series = tables.get(value.place.file)
    return series is not None and series.unsound

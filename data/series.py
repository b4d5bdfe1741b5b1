"""Series: takes the rows of a CSV file that `data.seriesfile` found sound, returns those that are asked for, their
quantities, and their names from one edition to the next."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from operator import attrgetter

from data.csvfile import CsvFile, CsvRow
from data.fields import Where, parse_date
from data.findings import Finding
from data.findings.series import MissingColumn, NoRow
from data.model import Bound, PartialDate, Place, Quantity, Record, Status
from data.schema import MeasureEntry, SeriesEntry
from data.text import set_quotes
from data.trust.numerals import is_year

NUMBER = re.compile(r"[-+]?[0-9]{1,18}(\.[0-9]{1,9})?")  # within the 28 digits in which Python rounds exactly
BOUND_WORDS: Mapping[str, Bound] = {
    "": "exact",
    "exact": "exact",
    "about": "about",
    "at least": "at_least",
    "more than": "more_than",
    "up to": "at_most",
}
STATUSES: Mapping[str, Status] = {"": "reported", "reported": "reported", "revised": "revised", "disputed": "disputed"}


class Cells:
    """What the cells of one CSV file say, and as what `entry` of series.yaml declares its columns. `quotes` are the
    four quotation marks of the briefing's language."""

    def __init__(self, csv: CsvFile, entry: SeriesEntry, quotes: str) -> None:
        self.csv = csv
        self.entry = entry
        self.index = {column: index for index, column in enumerate(csv.columns)}
        self._quotes = quotes

    @cached_property
    def measures(self) -> frozenset[str]:
        return frozenset(self.entry.measures)

    @cached_property
    def date_columns(self) -> frozenset[str]:
        return frozenset(column for column in (self.entry.as_of, self.entry.since) if column)

    def has(self, column: str) -> bool:
        return column in self.index

    def cell(self, row: CsvRow, column: str | None) -> str:
        """What a cell says, its quotation marks set as type; "" where there is no such column."""
        return set_quotes(row.cells[self.index[column]], self._quotes) if column in self.index else ""

    def place(self, row: CsvRow, column: str) -> Place:
        return self.csv.place(row, column)


class Series(Cells):
    """One CSV file as quantities with provenance. Rows keep the file's order.

    `broken`: it could not be read, or its columns are not what series.yaml says, so that it has no rows to choose from.
    `faulty` are the lines of rows that are left out for what is wrong with them; `whole`: none was lost in reading it.
    """

    def __init__(
        self, csv: CsvFile, entry: SeriesEntry, quotes: str, *, broken: bool, faulty: frozenset[int], whole: bool
    ) -> None:
        super().__init__(csv, entry, quotes)
        self.broken = broken
        self.unsound = bool(faulty) or not whole
        """Whether rows are left out for what is wrong with them, so that sums and latest numbers tell nothing."""
        self._faulty = faulty
        self._rows: dict[str, Mapping[str, Sequence[CsvRow]]] = {}

    def no_measure(self, column: str, place: Place) -> MissingColumn:
        """That a column, which `place` names, is none of those that hold numbers."""
        return MissingColumn(place, column, f"{self.csv.file}'s measures", tuple(sorted(self.measures)))

    def bare(self, rows: Iterable[CsvRow], column: str) -> str:
        """The first number of a column of `rows` that holds nothing but numbers, years apart; "" of any other."""
        cells = [cell for row in rows if (cell := self.cell(row, column))]
        if column in self.date_columns or not all(map(NUMBER.fullmatch, cells)):
            return ""
        return next((cell for cell in cells if not is_year(cell)), "")

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
            if row.line in self._faulty:
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
        wanted = {column: {texts} if isinstance(texts, str) else set(texts) for column, texts in where.items()}
        named = (
            [row for text in texts for row in self.rows_by(column).get(text, ())] for column, texts in wanted.items()
        )
        rows = [
            row
            for row in sorted(min(named, key=len, default=self.csv.rows), key=attrgetter("line"))
            if row.line not in self._faulty
            and all(row.cells[self.index[column]] in texts for column, texts in wanted.items())
        ]
        if self.unsound:
            return rows
        listed = ((column, text) for column, texts in where.items() if not isinstance(texts, str) for text in texts)
        absent = [f"{column} = {text}" for column, text in listed if text not in self.rows_by(column)]
        conditions = absent or ([] if rows else [describe(where)])
        findings += (NoRow(place, self.csv.file, condition) for condition in conditions)
        return rows

    def rows_by(self, column: str) -> Mapping[str, Sequence[CsvRow]]:
        """The rows that say the same in a column: every exhibit asks, and looking through a long file takes long."""
        if column not in self._rows:
            rows: dict[str, list[CsvRow]] = {}
            for row in self.csv.rows:
                rows.setdefault(row.cells[self.index[column]], []).append(row)
            self._rows[column] = rows
        return self._rows[column]

    # --- quantities ---

    def quantity(self, row: CsvRow, measure: str, id: str | None = None) -> Quantity | None:
        """The number of `row`, or None where the cell is empty: none is given. The row is not among the faulty."""
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
            status=STATUSES[self.cell(row, self.entry.status).lower()],
            note=self.cell(row, self.entry.note),
        )

    def _bound(self, row: CsvRow, entry: MeasureEntry, low: Decimal | None, high: Decimal | None) -> Bound:
        stated = BOUND_WORDS[self.cell(row, entry.bound).lower()]
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


def describe(where: Where) -> str:
    """A condition in words: "place = Gaza and id = G06 or G07"."""
    parts = [f"{column} = {texts if isinstance(texts, str) else ' or '.join(texts)}" for column, texts in where.items()]
    return " and ".join(parts) or "any content"


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

"""Selecting: takes which rows and columns of a series an exhibit shows, returns them, and findings."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from data.context import Context
from data.csvfile import CsvRow
from data.fields import Where, parse_date
from data.findings.entries import BadField
from data.findings.series import BareNumbers, MissingColumn, MissingName
from data.model import Place
from data.script import followed
from data.series import Series
from data.yamlfile import PlaceOf

Named = tuple[str, Place]
"""A column, and the place where the exhibit names it."""


@dataclass(frozen=True)
class Selection:
    """The rows of a series that an exhibit shows, every column of which that it uses exists."""

    series: Series
    rows: Sequence[CsvRow]
    context: Context

    def words(self, row: CsvRow, column: str) -> str:
        """What a cell says, dates in the language's way."""
        text = self.series.cell(row, column)
        return self.context.formatter.date(parse_date(text)) if text and column in self.series.date_columns else text

    def joined(self, row: CsvRow, columns: Iterable[str]) -> str:
        *others, last = [*filter(None, (self.words(row, column) for column in columns))] or [""]
        return ", ".join((*map(followed, others), last))

    def population(self, row: CsvRow) -> str:
        """Whom the row counts, "" where the series does not say."""
        return self.series.cell(row, self.series.entry.population)

    def colour(self, row: CsvRow) -> int:
        """The colour of the row's population, the first where the series names none."""
        return self.context.populations.colour(self.population(row)) if self.series.entry.population else 0

    def has_measure(self, column: str, place: Place) -> bool:
        """Whether `column`, which `place` names, holds numbers; that it holds none is a finding."""
        if column in self.series.measures:
            return True
        self.context.findings.append(self.series.no_measure(column, place))
        return False

    def note_unnamed(self, columns: Sequence[str | None]) -> None:
        """Notes the rows that say nothing in any of the columns by which the exhibit tells them apart."""
        named = list(filter(None, columns))
        if named:
            blank = (row for row in self.rows if not any(self.series.cell(row, column) for column in named))
            self.context.findings.extend(MissingName(self.series.place(row, named[0]), named[0]) for row in blank)

    def note_bare(self, columns: Iterable[Named]) -> None:
        """Notes the columns that print as the words that they hold, in which a number lost what belongs to it."""
        bare = ((column, place, self.series.bare(self.rows, column)) for column, place in columns)
        file = self.series.csv.file
        self.context.findings.extend(BareNumbers(place, column, file, text) for column, place, text in bare if text)


def select(
    file: str, where: Where, key: str, columns: Iterable[Named], place: PlaceOf, context: Context
) -> Selection | None:
    """The rows of `file`, which the entry's `key` names; None where there is no such series, or it lacks a column."""
    series = _series(file, place(key), context)
    if series is None or series.broken:
        return None
    known = (*series.csv.columns, *sorted(series.measures))
    missing = [MissingColumn(at, column, file, known) for column, at in columns if column not in known]
    context.findings.extend(missing)
    rows = series.select(where, place("where"), context.findings)
    return None if missing else Selection(series, rows, context)


def _series(file: str, place: Place, context: Context) -> Series | None:
    known = context.facts.series
    if known is None:
        return None
    if file not in known:
        names = ", ".join(sorted(known)) or "none"
        context.findings.append(BadField(place, "data", f"there is no {file!r} in series.yaml, which has {names}"))
    return known.get(file)

"""Totals: takes an exhibit's entry, the series and the values, returns the sums that it declares, and findings."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from data.csvfile import CsvRow
from data.findings import Finding
from data.findings.entries import BadField
from data.findings.exhibits import UncheckedSum
from data.findings.series import SeveralRows
from data.model import Quantity
from data.schema import BarsEntry, DataTableEntry, DotsEntry, ExhibitEntry, FiguresEntry
from data.series import Series, describe, unsound
from data.trust.rounding import Sum
from data.yamlfile import PlaceOf


@dataclass
class Totals:
    """Reads the `total` of exhibits. What is wrong with rows, columns and values otherwise has findings of its own."""

    series: Mapping[str, Series]
    values: Mapping[str, Quantity]
    findings: list[Finding]

    def declared(self, id: str, entry: ExhibitEntry, place: PlaceOf) -> Iterator[Sum]:
        """One sum for each measure of a table, and for each group of a chart in which the total stands."""
        match entry:
            case FiguresEntry():
                yield from self._figures(id, entry, place)
            case BarsEntry() | DotsEntry():
                yield from self._rows(id, entry, entry.data, [entry.value], entry.group, place)
            case DataTableEntry():
                yield from self._rows(id, entry, entry.table, [each.column for each in entry.columns], None, place)

    def _figures(self, id: str, entry: FiguresEntry, place: PlaceOf) -> Iterator[Sum]:
        if entry.total is None:
            return
        if entry.total not in entry.figures:
            self.findings.append(BadField(place("total"), "total", f"{entry.total!r} is none of the figures"))
        elif all(figure in self.values and not unsound(self.values[figure], self.series) for figure in entry.figures):
            parts = tuple(self.values[figure] for figure in entry.figures if figure != entry.total)
            total = self.values[entry.total]
            yield Sum(id, place("total"), total, parts, self._populations((total, *parts)))

    def _rows(
        self,
        id: str,
        entry: BarsEntry | DotsEntry | DataTableEntry,
        file: str,
        measures: Sequence[str],
        group: str | None,
        place: PlaceOf,
    ) -> Iterator[Sum]:
        series = self.series.get(file)
        if entry.total is None or series is None or series.broken or series.unsound:
            return
        rows = series.select(entry.where, place("where"), [])
        totals = [row for row in series.select(entry.total, place("total"), self.findings) if row in rows]
        if rows and not totals:
            self.findings.append(BadField(place("total"), "total", "the exhibit shows no such row"))
        for name in dict.fromkeys(series.cell(row, group) for row in totals):
            inside = [row for row in rows if series.cell(row, group) == name]
            sums = [row for row in inside if row in totals]
            for measure in (measure for measure in measures if measure in series.measures):
                if len(sums) > 1:
                    shown = series.shown(sums, measure)
                    self.findings.append(SeveralRows(place("total"), file, describe(entry.total), shown, pick=False))
                else:
                    yield from self._sum(id, series, sums[0], inside, measure, place)

    def _sum(
        self, id: str, series: Series, total: CsvRow, rows: Sequence[CsvRow], measure: str, place: PlaceOf
    ) -> Iterator[Sum]:
        """None where a number is not given: nobody can tell whether the others should add up then."""
        numbers = [series.quantity(row, measure) for row in (total, *(row for row in rows if row is not total))]
        given = [number for number in numbers if number is not None]
        if len(given) == len(numbers):
            yield Sum(id, place("total"), given[0], tuple(given[1:]), self._populations(given))
        elif numbers[0] is not None and given[1:]:
            self.findings.append(UncheckedSum(place("total"), id, measure))

    def _populations(self, numbers: Sequence[Quantity]) -> frozenset[str]:
        """Whom the numbers count, as far as the series that they stand in say so."""
        places = [number.place for number in numbers if number.place.file in self.series]
        return frozenset(filter(None, (self.series[place.file].population(place.line) for place in places)))

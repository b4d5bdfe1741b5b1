"""Values: takes values.yaml's entries and the series, returns every value as a quantity, and findings.

A value is a literal, a CSV cell, or another value in another unit.
"""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from babel import Locale

from data.csvfile import CsvRow
from data.findings import Finding
from data.findings.entries import BadField, UnknownUnit
from data.findings.references import CircularValue, NoConversion, UnknownSource, UnknownValue
from data.findings.series import EmptyCell, PointOfThousands, SeveralRows
from data.model import Bound, Place, Quantity
from data.schema import BOUNDS, BoundValue, ConvertedValue, LiteralValue, ValueEntry
from data.series import Series, decimals, describe
from data.seriesfile import LATER, THOUSANDS
from data.trust.age import Limit
from data.units import CONVERTED, convert, is_counted, unit_problem
from data.yamlfile import Document


def _telling(*ends: Decimal | None) -> int:
    """The decimals that leave a converted number two figures: a kilometre is 0.62 miles, not 1."""
    return max((1 - end.adjusted() for end in ends if end), default=0)


class ValueBinder:
    """Binds values.yaml. `sources` and `locale` are what entries are checked against; `series` is None where it
    could not be read."""

    def __init__(
        self,
        entries: Mapping[str, ValueEntry],
        document: Document,
        series: Mapping[str, Series] | None,
        sources: frozenset[str],
        locale: Locale,
    ) -> None:
        self.entries = entries
        self.document = document
        self.series = series
        self.sources = sources
        self.locale = locale
        self.findings: list[Finding] = []
        self._bound: dict[str, Quantity | None] = {}

    def bind(self) -> dict[str, Quantity]:
        """Every value that could be bound, by id; what could not be is in `findings`."""
        bound = {id: self._value(id, ()) for id in self.entries}
        return {id: quantity for id, quantity in bound.items() if quantity is not None}

    def limits(self, default: Limit | None) -> dict[str, Limit]:
        """How old each value that ages may be at the edition, by id; `default` is the briefing's own limit."""
        found = {id: self._limit(id, default) for id in self._bound}
        return {id: limit for id, limit in found.items() if limit is not None}

    def _limit(self, id: str, default: Limit | None) -> Limit | None:
        entry = self.entries[id]
        if isinstance(entry, ConvertedValue):
            return self._limit(entry.convert, default) if self._bound[id] else None
        if entry.stale_after or isinstance(entry, LiteralValue) or entry.pick != "last":
            return entry.stale_after
        series = self.series.get(entry.from_) if self.series else None
        return (series.entry.stale_after if series else None) or default

    def _place(self, id: str, key: str) -> Place:
        return self.document.place((id, key))

    def _value(self, id: str, chain: tuple[str, ...]) -> Quantity | None:
        if id in chain:
            self.findings.append(CircularValue(self._place(id, "convert"), (*chain[chain.index(id) :], id)))
            return None
        if id not in self._bound:
            entry = self.entries[id]
            if isinstance(entry, LiteralValue):
                quantity = self._literal(id, entry)
            elif isinstance(entry, BoundValue):
                quantity = self._cell(id, entry)
            else:
                quantity = self._converted(id, entry, (*chain, id))
            self._bound[id] = quantity
        return self._bound[id]

    def _literal(self, id: str, entry: LiteralValue) -> Quantity | None:
        key = next(name for name in BOUNDS if getattr(entry, name) is not None)
        stated: Decimal | list[Decimal] = getattr(entry, key)
        ends = stated if isinstance(stated, list) else [stated]
        bound: Bound = "exact" if key == "amount" else key  # type: ignore[assignment]  # the keys are the bounds
        problem = unit_problem(entry.unit, self.locale)
        if problem:
            self.findings.append(UnknownUnit(self._place(id, "unit"), entry.unit, problem))
        if entry.source not in self.sources:
            self.findings.append(UnknownSource(self._place(id, "source"), entry.source, tuple(self.sources)))
        if entry.since and entry.since.first > entry.as_of.last:
            self.findings.append(BadField(self._place(id, "since"), "since", f"{entry.since} {LATER}, {entry.as_of}"))
        if entry.decimals is None and is_counted(entry.unit, self.locale):
            texts = [str(end) for end in ends if THOUSANDS.fullmatch(str(end))]
            self.findings += (PointOfThousands(self._place(id, key), text, entry.unit) for text in texts)
        if problem or entry.source not in self.sources:
            return None
        return Quantity(
            id=id,
            place=self.document.place((id, key)),
            bound=bound,
            low=None if bound == "at_most" else ends[0],
            high=None if bound in ("at_least", "more_than") else ends[-1],
            unit=entry.unit,
            decimals=max(map(decimals, ends)) if entry.decimals is None else entry.decimals,
            by=entry.by,
            as_of=entry.as_of,
            since=entry.since,
            source=entry.source,
            status=entry.status,
            note=entry.note or "",
        )

    def _cell(self, id: str, entry: BoundValue) -> Quantity | None:
        if self.series is None:
            return None
        series = self.series.get(entry.from_)
        if series is None:
            problem = f"there is no {entry.from_!r} in series.yaml"
            self.findings.append(BadField(self._place(id, "from"), "from", problem))
            return None
        if series.broken:
            return None
        if entry.column not in series.measures:
            self.findings.append(series.no_measure(entry.column, self._place(id, "column")))
            return None
        row = self._pick(id, entry, series)
        if row is None:
            return None
        quantity = series.quantity(row, entry.column, id)
        if quantity is None:
            self.findings.append(EmptyCell(self._place(id, "where"), f"{entry.from_}:{row.line}", entry.column))
            return None
        return replace(quantity, note=_notes(quantity, entry.note))

    def _pick(self, id: str, entry: BoundValue, series: Series) -> CsvRow | None:
        place = self._place(id, "where")
        rows = series.select(entry.where, place, self.findings)
        if not rows:
            return None
        condition = describe(entry.where)
        if entry.pick != "only":
            dates = [series.as_of(row).middle for row in rows]
            chosen = min(dates) if entry.pick == "first" else max(dates)
            rows = [row for row, when in zip(rows, dates, strict=True) if when == chosen]
            condition += f" and the {entry.pick} date"
        if len(rows) > 1:
            self.findings.append(
                SeveralRows(place, entry.from_, condition, series.shown(rows, entry.column), entry.pick == "only")
            )
            return None
        return rows[0]

    def _converted(self, id: str, entry: ConvertedValue, chain: tuple[str, ...]) -> Quantity | None:
        if entry.convert not in self.entries:
            self.findings.append(UnknownValue(self._place(id, "convert"), entry.convert, tuple(self.entries)))
            return None
        base = self._value(entry.convert, chain)
        if base is None:
            return None
        low, high = (None if end is None else convert(end, base.unit, entry.to) for end in (base.low, base.high))
        if low is None and high is None:
            units = tuple(", ".join(alike) for alike in CONVERTED)
            self.findings.append(NoConversion(self._place(id, "to"), entry.to, base.unit, units))
            return None
        return replace(
            base,
            id=id,
            place=self._place(id, "convert"),
            low=low,
            high=high,
            unit=entry.to,
            decimals=max(base.decimals, _telling(low, high)) if entry.decimals is None else entry.decimals,
            base=entry.convert,
            note=_notes(base, entry.note),
        )


def _notes(stated: Quantity, note: str | None) -> str:
    """What is remarked on a number where it stands, and on the value that prints it."""
    return " ".join(filter(None, (stated.note, note)))

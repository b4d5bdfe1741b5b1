"""Changes: takes an earlier briefing and this one, returns what changed between them, each change of one kind.

    revised     an earlier date's number was rewritten
    restated    definition, unit, source, attribution or status changed; where what is counted, its unit, authority or
                start differ, numbers cannot be compared, so one that moved with them is restated, never revised
    withdrawn   no longer given
    updated     a later date has a number: the thing that is measured went on
    new         not given before

A value is the same by its name, a row by its `id` column, else by its date, population and authority. A file or measure
that only has another name is the same, and so are a population and an authority, whose new names are told. A value that
is bound to a row changes with the row: one change, not two; one that is bound to another population, another measure or
an earlier date than before is restated, for no number was rewritten. A new row of what was counted before, by the same
authority, once a date, updates its last one: of a population, or where the file names none, of the row's own words.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import islice
from typing import Any, Literal

from data.model import Briefing, Place, Quantity, Record, Span, Text
from data.trust import retold
from data.trust.retold import TextChange

Kind = Literal["revised", "restated", "withdrawn", "updated", "new"]
KINDS: tuple[Kind, ...] = ("revised", "restated", "withdrawn", "updated", "new")
_WORDS = 60
"""Characters of a cell that may name a row in a list; longer ones are sentences."""

Field = Literal["number", "as_of", "unit", "by", "since", "source", "status", "note", "label", "population", "measure"]


@dataclass(frozen=True)
class NumberChange:
    """One change of one number. `key` is its value's name, or "file:row:measure"; `what` says what is counted; `fields`
    are what differs; `values` the values that print the row's number; `counted` the population or measure that it was
    and is of, where these differ."""

    kind: Kind
    key: str
    what: Text
    was: Quantity | None
    now: Quantity | None
    fields: tuple[Field, ...] = ()
    values: tuple[str, ...] = ()
    counted: tuple[()] | tuple[str, str] = ()


@dataclass(frozen=True)
class Changes:
    """What changed since the edition of `since`. Numbers come in the order of `KINDS`, then as the files have them."""

    since: date
    numbers: tuple[NumberChange, ...]
    texts: tuple[TextChange, ...]

    def __bool__(self) -> bool:
        return bool(self.numbers or self.texts)


def compare(old: Briefing, new: Briefing) -> Changes:
    """What changed between two editions, both loaded with their rows."""
    comparison = _Comparison(old, new)
    found = [comparison.went_on(change) for change in _without_moved(comparison.numbers(), comparison)]
    before = {change.was.id for change in found if change.kind == "updated" and change.was}
    told = (change for change in found if not (change.kind == "withdrawn" and change.was and change.was.id in before))
    ordered = sorted(told, key=lambda change: KINDS.index(change.kind))
    return Changes(old.edition, tuple(ordered), tuple(retold.compare(old, new)))


@dataclass(frozen=True)
class _Cell:
    """`file`, `measure`, `population` and `by` are what the newer edition calls them."""

    quantity: Quantity
    record: Record
    file: str
    measure: str
    population: str
    by: str

    @property
    def named(self) -> bool:
        """By an `id` column: its row is what its id says."""
        return not self.record.id.startswith(str(self.quantity.as_of))


def _cells(briefing: Briefing) -> dict[str, _Cell]:
    return {
        quantity.id: _Cell(quantity, record, file, measure, record.population, quantity.by)
        for file, records in briefing.series.items()
        for record in records
        for measure, quantity in record.quantities.items()
    }


def _called_alike(was: dict[str, _Cell], now: dict[str, _Cell]) -> dict[str, _Cell]:
    """`was` by the keys and names of `now`: a file, a measure, a population or an authority may have got another name,
    a row its `id`, or another row beside it under its date, population and authority; one may be attributed
    otherwise."""
    for fields in _NAMES:
        if names := _renamed(was.values(), now.values(), fields):
            was = {key: _called(cell, fields, names.get(_of(cell, fields), ())) for key, cell in was.items()}
    for said in (_by_id, _by_words, _by_number, _by_count):
        gone, come = (_only(cells, others, said) for cells, others in ((was, now), (now, was)))
        found = {
            old[0]: come[words][0] for words, old in gone.items() if len(old) == 1 and len(come.get(words, ())) == 1
        }
        same = {old: new for old, new in found.items() if said is _by_id or not (was[old].named and now[new].named)}
        was = {same.get(key, key): cell for key, cell in was.items()}
    return was


_NAMES = ("file",), ("file", "measure"), ("file", "population"), ("file", "by")


def _of(cell: _Cell, fields: Sequence[str]) -> tuple[str, ...]:
    return tuple(getattr(cell, field) for field in fields)


def _called(cell: _Cell, fields: Sequence[str], names: Sequence[str]) -> _Cell:
    called: dict[str, Any] = dict(zip(fields, names, strict=True)) if names else {}
    return replace(cell, **called)


def _renamed(
    was: Iterable[_Cell], now: Iterable[_Cell], fields: Sequence[str]
) -> Mapping[tuple[str, ...], tuple[str, ...]]:
    """Names of which the older edition alone knows, and those of which the newer alone does that stand beside most of
    their numbers and dates. Two that have become one were not renamed."""
    before, after = ({_of(cell, fields): Counter[object]() for cell in cells} for cells in (was, now))
    for cells, figures in ((was, before), (now, after)):
        for cell in cells:
            figures[_of(cell, fields)][_figure(cell.quantity)] += 1
    others: defaultdict[object, list[tuple[str, ...]]] = defaultdict(list)
    for name in after.keys() - before.keys():
        for figure in after[name]:
            others[figure].append(name)
    found = {}
    for name in before.keys() - after.keys():
        like = {others[figure][0] for figure in before[name] if len(others[figure]) == 1}  # what many say tells nothing
        fit = [other for other in like if 2 * (before[name] & after[other]).total() > before[name].total()]
        if len(fit) == 1:
            found[name] = fit[0]
    taken = Counter(found.values())
    return {name: other for name, other in found.items() if taken[other] == 1 and all((*name, *other))}


def _figure(quantity: Quantity) -> object:
    return quantity.as_of, quantity.bound, quantity.low, quantity.high


def _only(
    cells: Mapping[str, _Cell], others: Mapping[str, _Cell], said: Callable[[_Cell], object]
) -> Mapping[object, Sequence[str]]:
    """The keys of `cells` that `others` do not have, by what is `said` of them."""
    found: defaultdict[object, list[str]] = defaultdict(list)
    for key, cell in cells.items():
        if key not in others:
            found[said(cell)].append(key)
    return found


def _by_id(cell: _Cell) -> object:
    return cell.file, cell.measure, cell.record.id


def _by_words(cell: _Cell) -> object:
    """All that a row says of itself but its numbers."""
    return cell.file, cell.measure, _words(cell), cell.by, cell.quantity.as_of


def _by_number(cell: _Cell) -> object:
    """All that it says but whose number it is."""
    return cell.file, cell.measure, _words(cell), cell.quantity.unit, cell.quantity.since, _figure(cell.quantity)


def _by_count(cell: _Cell) -> object:
    """All that it says but what it says in words."""
    quantity = cell.quantity
    counted = cell.file, cell.measure, cell.population, cell.by, quantity.unit, quantity.since
    return counted, _figure(quantity)


def _words(cell: _Cell) -> tuple[str, ...]:
    """What a row says in words, whichever of them name its population."""
    return tuple(sorted(filter(None, (cell.population, *cell.record.texts.values()))))


_Counted = tuple[Field] | tuple[Field, str, str]
"""A field that tells that something else is counted, and what it was and is."""


class _Comparison:
    def __init__(self, old: Briefing, new: Briefing) -> None:
        self.old, self.new = old, new
        self.now = _cells(new)
        self.was = _called_alike(_cells(old), self.now)
        self.cell_was, self.cell_now = _by_place(self.was), _by_place(self.now)
        self.changes: dict[str, NumberChange] = {}
        self.users: defaultdict[str, list[str]] = defaultdict(list)

    def numbers(self) -> Sequence[NumberChange]:
        for key in self.now | self.was:
            before, after = self.was.get(key), self.now.get(key)
            was, now = before.quantity if before else None, after.quantity if after else None
            self._note(key, was, now, _population(before, after) if before and after else None)
        for id in self.new.values:
            self._value(id)
        for id, value in self.old.values.items():
            if id not in self.new.values and not value.base:
                self._gone(id, value)
        return [
            replace(change, what=self._what(key), values=tuple(self.users.get(key, ())))
            for key, change in self.changes.items()
        ]

    def went_on(self, change: NumberChange) -> NumberChange:
        """A number that is new, as the update of the last one of its own series if there is one."""
        cell, now = self.now.get(change.key), change.now
        if change.kind != "new" or cell is None or now is None or now.as_of is None:
            return change
        before = [quantity for quantity in self._counted.get(_counting(cell), ()) if quantity.as_of]
        days = [quantity.as_of.last for quantity in before if quantity.as_of]
        if not days or len(set(days)) < len(days) or max(days) >= now.as_of.first:
            return change
        was = before[days.index(max(days))]
        return replace(change, kind="updated", was=was, fields=tuple(self._differing(was, now)))

    @cached_property
    def _counted(self) -> Mapping[object, Sequence[Quantity]]:
        """What the earlier edition counted of one thing, by what makes counts comparable."""
        found: defaultdict[object, list[Quantity]] = defaultdict(list)
        for cell in self.was.values():
            found[_counting(cell)].append(cell.quantity)
        return found

    def _value(self, id: str) -> None:
        now, was = self.new.values[id], self.old.values.get(id)
        if now.base and (was is None or (was.base, was.unit) == (now.base, now.unit)):
            return  # converted from a value that has its own change
        cell, before = self.cell_now.get(now.place), self.cell_was.get(was.place) if was else None
        if cell and (was is None or cell == before):
            self.users[cell].append(id)
            if was and self._relabelled(id) and cell not in self.changes:
                self.changes[id] = NumberChange("restated", id, (), was, now, ("label",))
            return
        other = self._other(before, cell)
        if before and before not in self.now and cell in self.was and not other:
            self.users[before].append(id)  # its row was withdrawn, and it fell back on one that was given before
            return
        # the value left its row for another, or for a typed number: what became of the rows is told by its own change,
        # unless it now is of something else
        for key, kind in ((cell, "new"), (before, "withdrawn")) if not other else ():
            if key and key in self.changes and self.changes[key].kind == kind:
                del self.changes[key]
        self._note(id, was, now, other or (("label",) if self._relabelled(id) else None))

    def _other(self, before: str | None, cell: str | None) -> _Counted | None:
        """What a value's row no longer has in common with the one that it had before."""
        if before is None or cell is None:
            return None
        was, now = self.was[before], self.now[cell]
        if was.population != now.population:
            return _population(was, now)
        return ("measure", was.measure, now.measure) if was.measure != now.measure else None

    def _gone(self, id: str, was: Quantity) -> None:
        cell = self.cell_was.get(was.place)
        if cell:
            self.users[cell].append(id)
        else:
            self._note(id, was, None)

    def _relabelled(self, id: str) -> bool:
        labels = [briefing.labels.get(id) for briefing in (self.old, self.new)]
        return all(labels) and retold.told(labels[0] or ()) != retold.told(labels[1] or ())

    def _note(self, key: str, was: Quantity | None, now: Quantity | None, counted: _Counted | None = None) -> None:
        """`counted`: what tells that something else is counted."""
        if was is None or now is None:
            self.changes[key] = NumberChange("withdrawn" if was else "new", key, (), was, now)
            return
        fields = list(self._differing(was, now))
        if counted:
            fields.append(counted[0])
        if fields:
            names = counted[1:] if counted else ()
            self.changes[key] = NumberChange(_kind(fields, was, now), key, (), was, now, tuple(fields), counted=names)

    def _differing(self, was: Quantity, now: Quantity) -> Iterator[Field]:
        if (was.bound, was.low, was.high) != (now.bound, now.low, now.high):
            yield "number"
        if was.as_of != now.as_of:
            yield "as_of"
        if was.unit != now.unit:
            yield "unit"
        if was.by != now.by:
            yield "by"
        if was.since != now.since:
            yield "since"
        if _seen(was, self.old) != _seen(now, self.new):
            yield "source"
        if was.status != now.status:
            yield "status"
        if was.note != now.note:
            yield "note"

    def _what(self, key: str) -> Text:
        for id in (key, *self.users.get(key, ())):
            label = self.new.labels.get(id) or self.old.labels.get(id)
            if label:
                return label
        value = self.new.values.get(key)
        cell = self.now.get(self.cell_now.get(value.place, "") if value else key) or self.was.get(key)
        if cell is None:
            return (Span(key),)
        counted = cell.record.population or self._row(cell)
        return (Span(f"{counted}, {cell.measure}"),)

    def _row(self, cell: _Cell) -> str:
        """A row that counts no named population: its series' title, and its own first words."""
        file = cell.quantity.place.file
        title = next((each.description for each in (*self.new.files, *self.old.files) if each.name == file), file)
        words = (text for text in cell.record.texts.values() if text and len(text) <= _WORDS)
        return ", ".join((title, *islice(words, 1)))


def _population(was: _Cell, now: _Cell) -> _Counted | None:
    """The populations that two rows count, if both name one and they differ, by another name alone too."""
    names = was.record.population, now.record.population
    return ("population", *names) if all(names) and names[0] != names[1] else None


def _counting(cell: _Cell) -> object:
    """Numbers of unlike ones are not of one series: a later of them is no update of an earlier."""
    counted = cell.population or tuple(cell.record.texts.items())
    return cell.file, cell.measure, counted, cell.by, cell.quantity.unit, cell.quantity.since


def _by_place(cells: Mapping[str, _Cell]) -> dict[Place, str]:
    return {cell.quantity.place: key for key, cell in cells.items()}


def _kind(fields: Sequence[Field], was: Quantity, now: Quantity) -> Kind:
    if {"unit", "by", "since", "population", "measure"} & set(fields):
        return "restated"
    if was.as_of and now.as_of and now.as_of.first > was.as_of.last:
        return "updated"
    if was.as_of and now.as_of and now.as_of.last < was.as_of.first:
        return "restated"  # of an earlier date than it was: the number for its own date was not rewritten
    return "revised" if "number" in fields else "restated"


def _seen(quantity: Quantity, briefing: Briefing) -> object:
    """Where the number was seen."""
    source = briefing.sources.get(quantity.source)
    return source and retold.entry(source)


def _without_moved(changes: Sequence[NumberChange], comparison: _Comparison) -> Iterator[NumberChange]:
    """`changes` without numbers that only got another name: withdrawn there and new here, the same in all they say."""
    old, new, was, now = comparison.old, comparison.new, comparison.was, comparison.now
    said = {
        "withdrawn": [
            _said(one.was, was.get(one.key), old.labels.get(one.key)) for one in changes if one.kind == "withdrawn"
        ],
        "new": [_said(one.now, now.get(one.key), new.labels.get(one.key)) for one in changes if one.kind == "new"],
    }
    moved = Counter(said["withdrawn"]) & Counter(said["new"])
    left = {kind: moved.copy() for kind in said}
    for change in changes:
        if change.kind in said:
            same = said[change.kind].pop(0)
            if left[change.kind][same] > 0:
                left[change.kind][same] -= 1
                continue
        yield change


def _said(quantity: Quantity | None, cell: _Cell | None, label: Text | None) -> object:
    """All that a number says, its name and place apart."""
    assert quantity is not None
    counted = (cell.record.population, cell.measure) if cell else retold.told(label or ())
    return replace(quantity, id="", place=Place(""), stale=False, shown=None), counted

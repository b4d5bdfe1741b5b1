"""The change log: takes changes, returns what both documents, changes.csv and the terminal say of them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from data import notice
from data.csvfile import write_csv
from data.format import NO_BREAK_SPACE, Formatter
from data.model import (
    Briefing,
    Notice,
    Number,
    Paragraph,
    Place,
    Quantity,
    Source,
    Span,
    Table,
    Text,
    exhibit_numbers,
    plain,
)
from data.series import decimals
from data.text import filled, joined
from data.trust.changes import KINDS, Changes, Field, NumberChange
from data.trust.retold import TextChange, entry
from data.words import Words

COLUMNS = (
    "kind", "what", "id", "printed_by", "was", "now", "was_as_of", "now_as_of", "was_by", "now_by", "was_source",
    "now_source", "unit", "changed", "was_counted", "now_counted", "where", "file", "line",
)  # fmt: skip


_MANY = 24
"""Numbers of one file that are new, updated or restated alike; of more the documents say that changes.csv has them."""
_MOST_PLACES = 9
"""As many as an author may type: what a conversion leaves has no end."""


class ChangeLog:
    """The changes between `old` and `new`, told in the words of `new`."""

    def __init__(self, changes: Changes, old: Briefing, new: Briefing) -> None:
        self.changes, self.old, self.new = changes, old, new
        self.words: Words = new.words
        self.formatter = Formatter(new.language, new.words)
        self.since = self.formatter.day(changes.since)
        self.title = self.words.changes.format(self.since)
        self._same = {entry(source): id for id, source in new.sources.items()}
        self.sources: dict[str, Source] = {}
        """Those of the earlier edition's numbers, as the documents tell them, that this edition does not have or calls
        otherwise, by their ids here."""

    # --- the documents -----------------------------------------------------------------------------------------------

    def notice(self) -> Notice:
        """One table a kind of change, so that a revision never looks like a movement of the thing measured."""
        words = self.words
        said = words.changes_intro if self.changes else words.changes_none.format(self.since)
        intro = Paragraph((Span(said),), Place("briefing.yaml"))
        tables = [table for kind in KINDS if (table := self._table(kind))]
        tables += [table for table in [self._texts()] if table.rows]
        told = Notice(self.title, (intro,), tuple(tables), self.csv(), tuple(self.lines()))
        shown = {number.quantity.source for table in tables for number in exhibit_numbers(table)}
        self.sources = {id: source for id, source in self.sources.items() if id in shown}
        return told

    def _table(self, kind: str) -> Table | None:
        changes = [change for change in self.changes.numbers if change.kind == kind]
        if not changes:
            return None
        words = self.words
        heads: list[notice.Head] = [(words.counted, False, 2)]
        heads += [(words.earlier_edition, False, 1.9)] if kind != "new" else []
        heads += [(words.this_edition, False, 1.9)] if kind != "withdrawn" else []
        heads.append((words.what_changed if kind == "restated" else words.annex_by, False, 2))
        alike: dict[object, list[NumberChange]] = {}
        for change in changes:
            alike.setdefault(self._shared(change), []).append(change)
        many = {key: found for key, found in alike.items() if key and len(found) > _MANY}
        few = [change for change in changes if self._shared(change) not in many]
        rows = [(change.what, *self._editions(change), self._last(change)) for change in few]
        between = ((Span(words.dash),),) if kind != "new" else ()
        rows += [(self._title(found), *between, (Span(words.listed),), self._all(found)) for found in many.values()]
        return notice.table(f"changes-{kind}", getattr(words, kind), heads, rows, self.formatter)

    def _shared(self, change: NumberChange) -> object:
        """What a change has in common with others, of which a reader does not look through many; nothing if it is of a
        named value, rewrites its number or takes it away."""
        now = change.now
        if now is None or change.values or change.kind == "revised" or now.place.file not in self.new.series:
            return None
        if change.kind != "restated":
            return now.place.file
        return None if "number" in change.fields else (now.place.file, plain(self._last(change)))

    def _title(self, changes: Sequence[NumberChange]) -> Text:
        files = {file.name: file.description for file in self.new.files}
        return tuple(Span(files[change.now.place.file]) for change in changes[:1] if change.now)

    def _all(self, changes: Sequence[NumberChange]) -> Text:
        """What changed with all of them, or who says so."""
        if changes[0].kind == "restated":
            return self._last(changes[0])
        names = dict.fromkeys(change.now.by for change in changes if change.now)
        return (Span(self.formatter.some(list(names))),)

    def _editions(self, change: NumberChange) -> Iterator[Text]:
        was, now = self._numbers(change)
        if was:
            yield self._dated(self._earlier(was))
        if now:
            yield self._dated(now)

    def _numbers(self, change: NumberChange) -> tuple[Quantity | None, Quantity | None]:
        """Both with all their places where rounded ones look alike: a number that was rewritten has another."""
        was, now = change.was, change.now
        alike = was and now and self.formatter.plain(was) == self.formatter.plain(now)
        return (_exact(was), _exact(now)) if was and now and alike and "number" in change.fields else (was, now)

    def _last(self, change: NumberChange) -> Text:
        if change.kind != "restated":
            quantity = change.now or change.was
            return (Number(quantity.by, quantity, "by"),) if quantity else ()
        return joined((self._told(field, change) for field in change.fields if field != "number"), "; ")

    def _told(self, field: Field, change: NumberChange) -> Text:
        """ "attribution: the one → the other", or the field's name where the change is a long text."""
        name = getattr(self.words, f"field_{field}")
        assert change.was and change.now
        was, now = self._earlier(change.was), change.now
        match field:
            case "by":
                return filled(self.words.became, Span(name), Number(was.by, was, "by"), Number(now.by, now, "by"))
            case "source":
                before, after = self.old.sources[change.was.source], self.new.sources[now.source]
                names = ((one.publisher, one.title) for one in (before, after))
                told = next((pair for pair in zip(*names, strict=True) if pair[0] != pair[1]), None)
                dash = self.words.dash
                return (
                    filled(self.words.became, Span(name), *(Span(n or dash) for n in told)) if told else (Span(name),)
                )
            case "unit":
                units = [Span(self.formatter.unit_name(quantity.unit)) for quantity in (was, now)]
                return filled(self.words.became, Span(name), *units)
            case "population" | "measure" if change.counted:
                return filled(self.words.became, Span(name), *map(Span, change.counted))
            case "status":
                return filled(self.words.became, Span(name), Span(was.status), Span(now.status))
            case _:
                return (Span(name),)

    def _dated(self, quantity: Quantity) -> Text:
        number = Number(self.formatter.quantity(quantity), quantity)
        if quantity.as_of is None:
            return (number,)
        day = self.formatter.date(quantity.as_of).replace(" ", NO_BREAK_SPACE)
        return filled(self.words.dated, number, Number(day, quantity, "as_of"))

    def _earlier(self, quantity: Quantity) -> Quantity:
        """A number of the earlier edition as one of its own, so that nobody takes it for today's."""
        edition = self.changes.since.isoformat()
        place = replace(quantity.place, file=f"{edition}/{quantity.place.file}")
        source = self.old.sources[quantity.source]
        id = self._same.get(entry(source)) or f"{source.id}@{edition}"
        if id not in self.new.sources:
            self.sources[id] = replace(
                source, id=id, place=replace(source.place, file=f"{edition}/{source.place.file}")
            )
        return replace(quantity, id=f"{quantity.id}@{edition}", place=place, source=id, stale=False)

    def _texts(self) -> Table:
        """Where, and which parts; the words themselves are in changes.csv."""
        parts: dict[str, dict[str, None]] = {}
        for change in self.changes.texts:
            parts.setdefault(change.where, {})[getattr(self.words, f"part_{change.part}")] = None
        heads = ((self.words.section_head, False, 2), (self.words.what_changed, False, 3))
        rows = [((Span(where),), (Span(", ".join(found)),)) for where, found in parts.items()]
        return notice.table("changes-texts", self.words.texts_changed, heads, rows, self.formatter)

    # --- the file and the terminal -----------------------------------------------------------------------------------

    def csv(self) -> bytes:
        """Every change with its words whole, one a row; the columns are `COLUMNS`."""
        rows = [*map(self._number_row, self.changes.numbers), *map(_text_row, self.changes.texts)]
        return write_csv(COLUMNS, ([row.get(column, "") for column in COLUMNS] for row in rows))

    def _number_row(self, change: NumberChange) -> dict[str, str]:
        row = {
            "kind": change.kind,
            "what": plain(change.what),
            "id": change.key,
            "printed_by": ", ".join(change.values),
            "changed": ", ".join(change.fields),
        }
        was, now = self._numbers(change)
        for edition, quantity, briefing in (("was", was, self.old), ("now", now, self.new)):
            if quantity:
                source = briefing.sources.get(quantity.source)
                row |= {
                    edition: self.formatter.quantity(quantity),
                    f"{edition}_as_of": str(quantity.as_of or ""),
                    f"{edition}_by": quantity.by,
                    f"{edition}_source": f"{source.publisher}, {source.title}" if source else "",
                    "unit": quantity.unit,
                }
        row |= zip(("was_counted", "now_counted"), change.counted, strict=False)
        place = self._place(change)
        return row | {"file": place.file, "line": str(place.line)}

    def _place(self, change: NumberChange) -> Place:
        """Where the number stands; of one that is gone, where it stood."""
        quantity = change.now or (change.was and self._earlier(change.was))
        assert quantity
        return quantity.place

    def lines(self) -> Iterator[str]:
        """What a terminal shows: one line a change."""
        yield self.title
        for change in self.changes.numbers:
            told = " → ".join(plain(text) for text in self._editions(change))
            fields = [getattr(self.words, f"field_{field}") for field in change.fields if field != "number"]
            also = f" [{', '.join(fields)}]" if change.kind == "restated" and fields else ""
            yield f"  {change.kind:9} {plain(change.what)}: {told}{also}  {self._place(change)}"
        for text in self.changes.texts:
            named = f" ({text.id})" if text.id else ""
            yield f"  {'text':9} {text.where}: {getattr(self.words, f'part_{text.part}')}{named}  {text.place}"
        if not self.changes:
            yield f"  {self.words.changes_none.format(self.since)}"


def _exact(quantity: Quantity) -> Quantity:
    places = max(decimals(end) for end in (quantity.low, quantity.high) if end is not None)
    return replace(quantity, decimals=max(min(places, _MOST_PLACES), quantity.decimals), shown=None)


def _text_row(change: TextChange) -> dict[str, str]:
    return {
        "kind": "text",
        "id": change.id,
        "was": change.was,
        "now": change.now,
        "changed": change.part,
        "where": change.where,
        "file": change.place.file,
        "line": str(change.place.line or ""),
    }

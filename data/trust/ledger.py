"""The ledger: takes what both documents print, returns one row for each number, from the printed page back to its line.

The writers hand over texts as they set them; nothing here looks at the model, so that a number that a writer drops,
repeats or changes is dropped, repeated or changed here too, and `data.trust.gate` can hold the finished files against
it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from data.csvfile import write_csv
from data.model import Cite, Number, Place, Text, plain
from data.trust.numerals import FIGURE, Numeral, quantities

Document = Literal["report", "deck"]
FILES: dict[Document, str] = {"report": "briefing.pdf", "deck": "briefing.pptx"}
NAME = "ledger.csv"

Where = str
"""The kind of place in a document: "headline", "prose", "point", "caption", "table", "figure", "note", "quote",
"source", "annex", "chart" (words in the picture), "alt text", "speaker notes" and the like."""


@dataclass(frozen=True)
class Mark:
    """A number in a text.

    `numeral` is what a reader finds there, its first figure being character `at`; `text` all that must be read around
    it, unit words included. `numbers` are the values that it states: () for a figure in words that state none of ours,
    such as a source's title, a quotation, a name that the author insists on, a tick of an axis.
    """

    at: int
    numeral: str
    text: str
    numbers: tuple[Number, ...]


@dataclass(frozen=True)
class Printed:
    """A mark where it is printed: `page` is a page's label or a slide's number, `place` where its text was written."""

    document: Document
    page: str
    where: Where
    mark: Mark
    place: Place
    source: str = ""


def marks(text: Text, language: str) -> list[Mark]:
    """The numbers of `text`, in order. A value that reads as no quantity is a mark all the same."""
    whole = plain(text)
    stated = list(placed(text))
    if not stated and not FIGURE.search(whole):
        return []
    found = [_mark(numeral, whole, stated) for numeral in quantities(whole, language)]
    told = {id(number) for mark in found for number in mark.numbers}
    silent = [Mark(start, "", number.text, (number,)) for start, _, number in stated if id(number) not in told]
    return sorted([*found, *silent], key=lambda mark: mark.at)


Stated = tuple[int, int, Number]
"""A value, and where it begins and ends in its text."""


def placed(text: Text) -> Iterator[Stated]:
    """The values that `text` states."""
    at = 0
    for run in text:
        end = at if isinstance(run, Cite) else at + len(run.text)
        if isinstance(run, Number) and run.part in ("value", "plain"):
            yield at, end, run
        at = end


def _mark(numeral: Numeral, whole: str, stated: list[Stated]) -> Mark:
    meant = [run for run in stated if run[0] < numeral.end and numeral.start < run[1]]
    start = min([numeral.start, *(run[0] for run in meant)])
    end = max([numeral.end, *(run[1] for run in meant)])
    return Mark(numeral.figures[0], numeral.text, whole[start:end], tuple(number for _, _, number in meant))


# --- the rows -----------------------------------------------------------------------------------------------------


COLUMNS = (
    "number", "value", "value_to", "unit", "bound", "document", "page", "where", "value_id", "file", "line", "column",
    "attributed_to", "as_of", "since", "source", "status", "note",
)  # fmt: skip
"""`value` is exact, not as rounded for print; `value_to` the upper end of a range. `file`, `line` and `column` are
where the value was typed. A figure that states no value of ours has only the text that holds it, and its source."""


def to_csv(printed: Iterable[Printed]) -> bytes:
    """One row for each number printed, in the order of the documents."""
    return write_csv(COLUMNS, (row for entry in printed for row in _rows(entry)))


def _rows(entry: Printed) -> Iterator[tuple[str, ...]]:
    here = (entry.document, entry.page, entry.where)
    mark, place = entry.mark, entry.place
    if not mark.numbers:
        yield (_line(mark.numeral), "", "", "", "", *here, "", *_place(place), "", "", "", entry.source, "", "")
    for number in mark.numbers:
        quantity = number.quantity
        low, high = quantity.low, quantity.high
        ends = (low, high) if quantity.bound == "between" else (low if low is not None else high, None)
        yield (
            _line(number.text), *map(_exact, ends), quantity.unit, quantity.bound, *here, quantity.id,
            *_place(quantity.place), quantity.by, str(quantity.as_of or ""), str(quantity.since or ""),
            quantity.source, quantity.status, _line(quantity.note),
        )  # fmt: skip


def _place(place: Place) -> tuple[str, str, str]:
    return place.file, str(place.line or ""), str(place.column or "")


def _exact(number: Decimal | None) -> str:
    return "" if number is None else f"{number.normalize():f}"


def _line(text: str) -> str:
    return " ".join(text.split())

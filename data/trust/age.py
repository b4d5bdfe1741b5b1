"""Age: takes values and how old each may be, returns which are stale at the edition, and the notice that lists them.

What ages: a value that claims to be the latest of its series (`pick: last`), and one with a `stale_after` of its own.
Its own limit wins over its series', that over the briefing's. A number bound to one row, the first of a series, or
typed with its date states what was said on a day that is past: no time makes that untrue, so it ages only if its author
says so. The edition's date is the only today, and a date that names a year or a month counts from its last day.
"""

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from data import notice
from data.format import Formatter
from data.model import Notice, Number, Paragraph, PartialDate, Place, Quantity, Span, Text

_LIMIT = re.compile(r"([1-9][0-9]{0,3}) (day|week|month|year)s?")
_MONTHS = {"month": 1, "year": 12}
_DAYS = {"day": 1, "week": 7}


@dataclass(frozen=True)
class Limit:
    """How old a number may be: "180 days", "6 months", "1 year", or "never" for one that does not age."""

    text: str

    def passed(self, as_of: PartialDate, edition: date) -> bool:
        """Whether a number of `as_of` is older than this at `edition`."""
        match = _LIMIT.fullmatch(self.text)
        if match is None:
            return False
        count, unit = int(match[1]), match[2]
        if unit in _DAYS:
            return edition - as_of.last > timedelta(days=count * _DAYS[unit])
        return edition > _months_after(as_of.last, count * _MONTHS[unit])


def parse_limit(value: object) -> Limit:
    """A limit as an author writes it. Raises ValueError on anything else."""
    text = " ".join(str(value).split())
    if text != "never" and not _LIMIT.fullmatch(text):
        raise ValueError("not a length of time")
    return Limit(text)


def _months_after(day: date, months: int) -> date:
    """The same day of the month `months` later, or that month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def stale(values: Mapping[str, Quantity], limits: Mapping[str, Limit], edition: date) -> frozenset[str]:
    """The ids of the values that are older than their limits. A value without a limit follows the cell that it is bound
    to or converted from: one cell is never printed with the mark here and without it there."""
    over = {
        id
        for id, limit in limits.items()
        if id in values and (as_of := values[id].as_of) is not None and limit.passed(as_of, edition)
    }
    cells = {values[id].place for id in over}
    return frozenset(over | {id for id in values if id not in limits and _stated(values[id], values).place in cells})


def _stated(quantity: Quantity, values: Mapping[str, Quantity]) -> Quantity:
    """The quantity that somebody stated, from which this one is converted if it is not that itself."""
    return _stated(values[quantity.base], values) if quantity.base else quantity


def listed(
    values: Mapping[str, Quantity], labels: Mapping[str, Text], edition: date, formatter: Formatter
) -> Notice | None:
    """What "How to read the figures" says of stale values, None where there are none."""
    words = formatter.words
    rows = tuple(
        (
            (Number(formatter.quantity(quantity), quantity),),
            labels.get(id) or (Span(id),),
            (Number(quantity.by, quantity, "by"),),
            (Number(formatter.date(quantity.as_of), quantity, "as_of"),) if quantity.as_of else (),
        )
        for id, quantity in values.items()
        if quantity.stale
    )
    if not rows:
        return None
    heads = (
        (words.annex_number, False, 1.2),
        (words.counted, False, 2),
        (words.annex_by, False, 2),
        (words.annex_as_of, False, 1.2),
    )
    intro = Paragraph((Span(words.stale_intro.format(formatter.day(edition))),), Place("briefing.yaml"))
    return Notice(words.stale, (intro,), (notice.table("stale", words.stale, heads, rows, formatter),))

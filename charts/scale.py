"""Axes without marks: takes a range of values or dates and a language, returns ticks with their texts.

Tick values come from Matplotlib's locator, texts from Babel. Units and "million" stand once, on the last tick.
"""

import math
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from babel import Locale
from babel.dates import format_skeleton
from babel.numbers import format_decimal
from matplotlib.ticker import MaxNLocator

from data.format import NO_BREAK_SPACE, number_pattern, signed
from data.model import PartialDate, Quantity

_SMALLEST = 1e-9
"""A span that has no readable ticks: its values are drawn at nought, and their texts say what they are."""


@dataclass(frozen=True, slots=True)
class Tick:
    """`text` and behind it `tail`, the unit, on the last tick only."""

    value: float
    text: str
    tail: str = ""


@dataclass(frozen=True, slots=True)
class Scale:
    """Values from `low` to `high` on points from `start` to `end`."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float | Decimal) -> float:
        return self.start + (float(value) - self.low) / (self.high - self.low) * (self.end - self.start)


def number_ticks(
    ends: Iterable[float | Decimal],
    quantities: Sequence[Quantity],
    language: str,
    fits: Callable[[Sequence[Tick]], bool],
) -> tuple[Tick, ...]:
    """Round ticks of an axis of `quantities`, which has one unit: from zero, or at or below the least of the `ends` of
    what is drawn, to at or above the greatest; the most that `fits`."""
    drawn = [0.0, *map(float, ends)]
    low, high = min(drawn), max(drawn)
    unit, whole = quantities[0].unit, all(quantity.decimals <= 0 for quantity in quantities)
    if high - low < _SMALLEST:
        low, high = 0.0, 1.0
    locale = Locale.parse(language, sep="-")
    ticks: tuple[Tick, ...] = ()
    for count in (6, 5, 4, 3, 2, 1):
        locator = MaxNLocator(nbins=count, steps=[1, 2, 2.5, 5, 10], integer=whole)
        ticks = _texts([_clean(value) for value in locator.tick_values(low, high)], max(-low, high), unit, locale)
        if fits(ticks):
            break
    return ticks


def _texts(values: Sequence[float], largest: float, unit: str, locale: Locale) -> tuple[Tick, ...]:
    """As few noughts as possible: from a million on, in the millions, billions and so on in which the language writes
    the `largest` number that is drawn."""
    step = _clean(values[1] - values[0])
    power, word = _word(largest, locale) if largest >= 1e6 else (0, "")
    parts = Decimal(repr(step)).scaleb(-power).normalize()
    decimals = max(0, -int(parts.as_tuple().exponent))
    pattern = number_pattern(decimals, locale)
    tail = word + ("%" if unit == "percent" else "")
    return tuple(
        Tick(
            value,
            signed(format_decimal(number, format=pattern if value else "0", locale=locale)),
            tail if at == len(values) - 1 else "",
        )
        for at, value in enumerate(values)
        for number in [Decimal(repr(value)).scaleb(-power)]
    )


def _clean(value: float) -> float:
    """Without the dust of binary fractions, and without a negative nought."""
    return float(f"{value:.10g}") + 0.0


def _word(largest: float, locale: Locale) -> tuple[int, str]:
    """The power of ten in which the language counts such numbers, and its word; no word if none stands behind them."""
    magnitude = math.floor(math.log10(largest))
    patterns = locale.compact_decimal_formats.get("long") or {}
    plural = locale.plural_form(_clean(largest / 10**magnitude))
    found = (patterns.get(plural) or patterns.get("other") or {}).get(str(10**magnitude))
    pattern = str(found.pattern) if found else ""
    word = pattern.lstrip("0")
    behind = pattern.startswith("0") and "0" not in word  # some languages write the word before the figures
    return (magnitude + 1 - (len(pattern) - len(word)), word.replace("'", "")) if word and behind else (0, "")


@dataclass(frozen=True, slots=True)
class Span:
    """A mark of a date axis: a tick at `start`; its text stands there, or in the middle of the stretch to `end`.

    `under` is a second line: the year of a day or a month.
    """

    start: date
    end: date | None
    text: str
    under: str = ""


Unit = Literal["day", "month", "year"]
_FINER: tuple[Unit, ...] = ("day", "month", "year")


def finest(dates: Iterable[PartialDate]) -> Unit:
    """The unit in which the most precise of `dates` is known."""
    return min(map(_known, dates), key=_FINER.index)


def coarser(when: PartialDate, unit: Unit) -> bool:
    """Whether `when` is known less well than to a `unit`."""
    return _FINER.index(_known(when)) > _FINER.index(unit)


def _known(when: PartialDate) -> Unit:
    return "day" if when.day else "month" if when.month else "year"


def date_ticks(
    first: date,
    last: date,
    dates: Collection[PartialDate],
    width: float,
    measure: Callable[[str], float],
    language: str,
) -> tuple[Span, ...]:
    """Days, months, years or rounds of years, whichever is the finest whose texts have room on `width` points, and none
    finer than the unit of the `dates` of what is drawn.

    Months and years are stretches, cut to the axis at both ends, where a text that then lacks room is left out; but
    where dates are known no better, each is a tick in its middle, under its mark.
    """
    locale = Locale.parse(language, sep="-")
    per_day, unit = width / max(1, (last - first).days), finest(dates)
    if unit == "day" and (last - first).days <= 62:
        return _days(first, last, sorted({when.middle for when in dates}), per_day, measure, locale)
    names = [str(format_skeleton("MMM", date(2000, month, 1), locale=locale)) for month in range(1, 13)]
    if unit != "year" and max(map(measure, [*names, "0000"])) + measure("n") <= 28 * per_day:
        stretches = _stretches(first, last, 1)
        return _months(stretches, names, per_day, measure) if unit == "day" else _middles(first, last, names)
    room = 2 * measure("0000")
    if unit != "year" and room <= 365 * per_day:
        return tuple(
            Span(start, end, _fitting(str(start.year), start, end, per_day, measure))
            for start, end in _stretches(first, last, 12)
        )
    step = next((years for years in (1, 2, 5, 10, 20, 25, 50, 100, 200, 500) if room <= years * 365 * per_day), 1000)
    years = range(-(-first.year // step) * step, last.year + 1, step)
    starts = ((year, PartialDate(year).middle if unit == "year" else date(year, 1, 1)) for year in years if year)
    return tuple(Span(start, None, str(year)) for year, start in starts if first <= start <= last)


def day_text(when: PartialDate, language: str) -> str:
    """A date in the language's usual short form, as precise as it is known, to be held on one line."""
    if when.month is None:
        return str(when.year)
    locale = Locale.parse(language, sep="-")
    text = str(format_skeleton("yMMM" if when.day is None else "yMMMd", when.first, locale=locale))
    return text.replace(" ", NO_BREAK_SPACE)


def _days(
    first: date,
    last: date,
    drawn: Sequence[date],
    per_day: float,
    measure: Callable[[str], float],
    locale: Locale,
) -> tuple[Span, ...]:
    """Every day, or those that are `drawn`, or every so many: the first of these whose texts have room."""
    texts = {first + timedelta(days=n): "" for n in range((last - first).days + 1)}
    texts = {day: str(format_skeleton("MMMd", day, locale=locale)) for day in texts}
    room = max(map(measure, texts.values())) + measure("n")
    step = next((days for days in (1, 2, 5, 7, 10, 14, 31) if room <= days * per_day), 62)
    each = all(room <= (after - before).days * per_day for before, after in pairwise(drawn))
    shown = drawn if each and (step > 1 or len(drawn) == 1) else list(texts)[::step]
    return tuple(
        Span(day, None, texts[day], str(day.year) if before is None or before.year < day.year else "")
        for before, day in zip([None, *shown], shown, strict=False)
    )


def _months(
    months: Sequence[tuple[date, date]], names: Sequence[str], per_day: float, measure: Callable[[str], float]
) -> tuple[Span, ...]:
    """Each year stands under the first of its months that has room for it."""
    found, year = [], 0
    for start, end in months:
        name = names[start.month - 1]
        under = _fitting(str(start.year), start, end, per_day, measure) if start.year != year else ""
        year = start.year if under else year
        found.append(Span(start, end, _fitting(name, start, end, per_day, measure), under))
    return tuple(found)


def _middles(first: date, last: date, names: Sequence[str]) -> tuple[Span, ...]:
    """The months whose middles lie on the axis; each year stands under the first of them."""
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    days = [day for count in months if first <= (day := PartialDate(count // 12, count % 12 + 1).middle) <= last]
    return tuple(
        Span(day, None, names[day.month - 1], str(day.year) if at == 0 or day.month == 1 else "")
        for at, day in enumerate(days)
    )


def _fitting(text: str, start: date, end: date, per_day: float, measure: Callable[[str], float]) -> str:
    return text if measure(text) + measure("n") / 2 <= (end - start).days * per_day else ""


def _stretches(first: date, last: date, months: int) -> list[tuple[date, date]]:
    """Calendar months or years from `first` to `last`, the outer ones cut."""
    found, start = [], first
    while start < last:
        count = (start.year * 12 + start.month - 1) // months * months + months
        end = min(last, date(count // 12, count % 12 + 1, 1)) if count // 12 <= date.max.year else last
        found.append((start, end))
        start = end
    return found

"""Editable charts: takes nothing, holds a chart as the table of rows and series that PowerPoint is told to draw.

Bars and lines become charts of PowerPoint's own. It has no ranges with open ends on one axis and no timeline, so dots
and events stay pictures.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import pairwise
from string import ascii_uppercase
from typing import Literal

from charts.extent import extent
from data.format import Formatter
from data.model import (
    Annotation,
    BarChart,
    Chart,
    DotChart,
    LineChart,
    PartialDate,
    Run,
    Span,
    Style,
    Text,
    Timeline,
)
from data.text import joined
from slides.texts import visible

Pattern = Literal["solid", "hatched", "pale"]
Marker = Literal["none", "dot", "circle", "diamond", "square", "dash", "triangle", "x"]
"""A dot, an open circle or diamond, or what PowerPoint calls so."""
LETTERS = ascii_uppercase
"""The marks of a line chart's turning points, whose words stand beside the chart."""

_MOST_LINES = 6
"""As many have their names and last counts one under the other beside the plot."""

_NEAREST = 50
"""The letters of turning points nearer than this part of the axis would stand one on the other."""

_DAY_ONE = date(1900, 3, 1)
"""Before it the workbook's calendar has a day that never was (ECMA-376 part 1, 18.17.4.1)."""


@dataclass(frozen=True, slots=True)
class Label:
    """What stands at one point, in the lines that it was measured in; `drop` points lower than PowerPoint sets it."""

    text: Text
    drop: float = 0.0


@dataclass(frozen=True, slots=True)
class Series:
    """One column of numbers, None where a row has none. Colours are "#rrggbb"; `colours` and `markers` are those of
    single rows that differ; `whiskers` are as long downwards and upwards as told. A line that is `broken` does not run
    over rows without a number. A series that is `keyed` stands in the key. `spots`: marks without a line."""

    name: str
    values: tuple[Decimal | None, ...]
    colour: str
    labels: Mapping[int, Label] = field(default_factory=dict)
    colours: Mapping[int, str] = field(default_factory=dict)
    markers: Mapping[int, Marker] = field(default_factory=dict)
    whiskers: Mapping[int, tuple[Decimal, Decimal]] = field(default_factory=dict)
    broken: bool = False
    pattern: Pattern = "solid"
    keyed: bool = False
    spots: Marker = "none"


@dataclass(frozen=True, slots=True)
class Scale:
    """An axis of values: its ends, the step of its ticks and how a spreadsheet writes them."""

    low: float
    high: float
    step: float
    format: str


@dataclass(frozen=True, slots=True)
class Calendar:
    """An axis of days: its ends, and its ticks every `step` of a `unit` ("days", "months" or "years")."""

    first: date
    last: date
    step: int
    unit: Literal["days", "months", "years"]
    format: str


@dataclass(frozen=True, slots=True)
class Native:
    """An editable chart. `rows` are the categories: labels of bars, or dates; `plot` is the box inside the axes, from
    the chart's upper left corner; lengths and the type `size` are points. `printed` heads the workbook's labels."""

    kind: Literal["bars", "lines"]
    width: float
    height: float
    plot: tuple[float, float, float, float]
    size: float
    rows: tuple[str, ...] | tuple[PartialDate, ...]
    series: tuple[Series, ...]
    scale: Scale
    calendar: Calendar | None
    printed: str
    language: str
    ink: str
    muted: str
    rule: str
    paper: str


def refusal(chart: Chart) -> str:
    """Why PowerPoint has no chart for `chart`, as the end of a sentence; "" if it has one."""
    match chart:
        case DotChart():
            return "PowerPoint has no chart of dots and ranges whose ends may be open"
        case Timeline():
            return "PowerPoint has no timeline among its charts"
        case LineChart():
            days = [point.when.middle for line in chart.lines for point in line.points]
            noted = sorted(note.when.middle for note in chart.annotations)
            days += noted
            if not any(line.points for line in chart.lines):
                return "it has nothing to draw"
            if sum(bool(line.points) for line in chart.lines) > _MOST_LINES:
                return "it has more lines than there is room for names at their ends"
            if len(chart.annotations) > len(LETTERS):
                return "it has more turning points than there are letters for them"
            if any(_NEAREST * (after - before) < max(days) - min(days) for before, after in pairwise(noted)):
                return "it has turning points so near each other that their letters would not be told apart"
            if min(days) == max(days):
                return "all its numbers are of one date, and an axis of dates needs two"
            if min(days) < _DAY_ONE:
                return "it begins before 1900, where a workbook's calendar does"
            return "a line in it has a gap, and some programs would draw through it" if _drawn_through(chart) else ""
        case BarChart():
            extents = [extent(row.value.quantity) for group in chart.groups for row in group.rows]
            if any(one.known != one.start for one in extents):
                return "a range in it has ends on both sides of zero"
            return "" if extents else "it has nothing to draw"


Key = tuple[PartialDate, int]
"""A date, and how often it came before."""


def keys(dates: Iterable[PartialDate]) -> list[Key]:
    """Of each date its own: two counts of one date stand on two rows."""
    seen: Counter[PartialDate] = Counter()
    found = []
    for when in dates:
        found.append((when, seen[when]))
        seen[when] += 1
    return found


def rows(chart: LineChart) -> list[Key]:
    """The rows of a line chart: the dates of all its lines and turning points."""
    dated = [[point.when for point in line.points] for line in chart.lines]
    found = {key for dates in (*dated, [note.when for note in chart.annotations]) for key in keys(dates)}
    return sorted(found, key=lambda key: (key[0].middle, str(key[0]), key[1]))


def _drawn_through(chart: LineChart) -> bool:
    """Whether a gap in a line would not show everywhere.

    The chart says once for all its lines whether they run over rows that have no number. So a gap is safe only where
    such a row stands in it, and where none stands between two points that are joined.
    """
    at = {key: n for n, key in enumerate(rows(chart))}
    steps = []
    for line in chart.lines:
        dated = zip(keys([point.when for point in line.points]), line.points, strict=True)
        course = [(at[key], point.joined) for key, point in dated if not point.aside]
        steps += [(after - before > 1, joined) for (before, _), (after, joined) in pairwise(course)]
    return any(not joined for _, joined in steps) and any(blank == joined for blank, joined in steps)


def lettered(chart: Chart, formatter: Formatter) -> tuple[Text, ...]:
    """What each lettered mark of a line chart means: the author's words, and the count and day that they leave out."""
    if not isinstance(chart, LineChart):
        return ()
    return tuple(
        (Span(f"{letter}\u2002", Style(bold=True)), *visible(note.text), *_dated(note, formatter))
        for letter, note in zip(LETTERS, chart.annotations, strict=False)
    )


def _dated(note: Annotation, formatter: Formatter) -> Text:
    runs: list[Run] = [note.unsaid_value] if note.unsaid_value else []
    if note.unsaid_date:
        runs.append(Span(formatter.date(note.unsaid_date)))
    return (Span(" ("), *joined(((run,) for run in runs), ", "), Span(")")) if runs else ()


def said(native: Native) -> Text:
    """The texts of the chart with its numbers as runs, in the order of its part: of each series its name and its
    labels, and the rows once."""
    texts: list[Text] = []
    for n, series in enumerate(native.series):
        texts += [(Span(series.name),), *(label.text for _, label in sorted(series.labels.items()))]
        if n == 0 and native.kind == "bars":
            texts += [(Span(str(row)),) for row in native.rows]
    return tuple(run for text in texts for run in (*text, Span("\n")))[:-1]

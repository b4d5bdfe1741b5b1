"""Text alternatives: takes a resolved exhibit, returns what it says in words, written from its data (WCAG 2.2, 1.1.1).

The message first, then kind, title and the numbers that matter, never the colours.
"""

from collections.abc import Iterable, Iterator

from data.format import Formatter
from data.model import (
    Annotation,
    BarChart,
    Caption,
    Cite,
    DotChart,
    Figures,
    Line,
    LineChart,
    Number,
    Point,
    Quote,
    Span,
    Table,
    Text,
    Timeline,
    plain,
)
from data.script import followed
from data.text import filled, joined
from data.words import Words

ROWS = 16
"""Beyond this many rows a text alternative stops listing: nobody holds more by ear; the data annex has them all."""


def line_chart(chart: LineChart, formatter: Formatter) -> Text:
    words = formatter.words
    sentences = [*_opening(chart.caption, words.line_chart)]
    sentences += [_ends(line, formatter) for line in chart.lines if line.points]
    if any(len(_marked(line)) > ROWS for line in chart.lines if line.points):
        sentences.append((Span(words.rest_in_annex),))
    if chart.annotations:
        marks = [_turning_point(mark, formatter) for mark in chart.annotations]
        sentences.append((Span(f"{words.turning_points}: "), *joined(marks, "; "), Span(".")))
    return _sentences(sentences)


def _turning_point(mark: Annotation, formatter: Formatter) -> Text:
    when = Span(f"{formatter.date(mark.when)}: ")
    return (when, *mark.text, Span(", "), *_stated(mark.value, formatter.words)) if mark.value else (when, *mark.text)


def _ends(line: Line, formatter: Formatter) -> Text:
    """Where a line begins and ends, how far it goes beyond both between them, and what is marked there."""
    name = [Span(f"{followed(line.name)}: ")] if line.name else []
    course, words = line.course, formatter.words
    ends = [run for point in (course[0], course[-1]) for run in (point.value, _as_of(point, formatter))]
    told = filled(words.from_to, *ends) if len(course) > 1 else filled(words.only_one, *ends[:2])
    marked = [filled(words.only_one, point.value, _as_of(point, formatter)) for point in _marked(line)[:ROWS]]
    beyond = [filled(pattern, point.value, _as_of(point, formatter)) for pattern, point in _beyond(line, words)]
    return (*name, *joined([told, *beyond, *marked], "; "), Span("."))


def _beyond(line: Line, words: Words) -> Iterator[tuple[str, Point]]:
    """The highest and the lowest number of a line, if they are told neither as its ends nor as marked, and no limit or
    range of another leaves open whether they are."""
    points = line.points
    told = {point.value.text for point in (line.course[0], *_marked(line), line.course[-1])}
    top, bottom = (farthest(points, key=lambda point: point.value.quantity.magnitude) for farthest in (max, min))
    if top.value.text not in told and all(_no_more(point.value, top.value) for point in points):
        yield words.highest, top
    if bottom.value.text not in told and all(_no_more(bottom.value, point.value) for point in points):
        yield words.lowest, bottom


def _no_more(one: Number, other: Number) -> bool:
    """Whether `one` is certainly no more than `other`."""
    high, low = one.quantity.high, other.quantity.low
    return high is not None and low is not None and high <= low


def _marked(line: Line) -> list[Point]:
    """What has a mark of its own and is no end of the line: other numbers of a date, what is disputed or has been
    revised, and what is no single figure."""
    ends = line.course[0], line.course[-1]
    return [point for point in line.points if point not in ends and _has_mark(point)]


def _has_mark(point: Point) -> bool:
    quantity = point.value.quantity
    return point.aside or (quantity.bound, quantity.status) != ("exact", "reported")


def _as_of(point: Point, formatter: Formatter) -> Span | Number:
    value, names = point.value, formatter.words.chart
    when = value.quantity.as_of
    said = names.status(value.quantity.status) or (names.aside if point.aside else "")
    if when and said:
        return Span(f"{formatter.date(when)}, {said}")
    return Number(formatter.date(when), value.quantity, "as_of") if when else Span("")


def _stated(value: Number, words: Words) -> Text:
    """A number, and that it is disputed or has been revised, which marks tell those who see them."""
    said = words.chart.status(value.quantity.status)
    return (value, Span(f" ({said})")) if said else (value,)


def row_chart(chart: DotChart | BarChart, words: Words) -> Text:
    sentences = [*_opening(chart.caption, words.dot_chart if isinstance(chart, DotChart) else words.bar_chart)]
    left = ROWS
    for group in chart.groups:
        rows: list[Text] = []
        for row in group.rows[:left]:
            detail = f" ({row.detail})" if row.detail else ""
            rows.append((Span(f"{followed(row.label)}{followed(detail)}: "), *_stated(row.value, words)))
        left -= len(rows)
        if rows:
            sentences.append((*([Span(f"{group.name}: ")] if group.name else []), *joined(rows, "; "), Span(".")))
    if sum(len(group.rows) for group in chart.groups) > ROWS:
        sentences.append((Span(words.rest_in_annex),))
    return _sentences(sentences)


def timeline(chart: Timeline, formatter: Formatter) -> Text:
    # all of them, however many: no annex has them
    events = (Span(f"{event.when_text}: {plain(event.text).rstrip('.')}. {event.by}.") for event in chart.events)
    return _sentences([*_opening(chart.caption, formatter.words.timeline), *((event,) for event in events)])


def table(exhibit: Table, formatter: Formatter) -> Text:
    heads = formatter.listing("".join(getattr(run, "text", "") for run in column.head) for column in exhibit.columns)
    return _sentences([*_opening(exhibit.caption, ""), (Span(formatter.words.columns.format(heads)),)])


def figures(exhibit: Figures, formatter: Formatter) -> Text:
    words = formatter.words
    items: list[Text] = [(*figure.label, Span(": "), *_stated(figure.value, words)) for figure in exhibit.figures]
    return _sentences([*_opening(exhibit.caption, words.key_figures), (*joined(items, "; "), Span("."))])


def quote(exhibit: Quote) -> Text:
    return (Span(f"{exhibit.speaker}: "), *exhibit.words)


def _opening(caption: Caption, kind: str) -> Iterable[Text]:
    if caption.alt:
        yield caption.alt
    title = caption.title
    yield (Span(f"{kind}: "), *title, Span(".")) if kind else (*title, Span("."))


def _sentences(sentences: Iterable[Text]) -> Text:
    return tuple(run for run in joined(sentences, " ") if not isinstance(run, Cite))

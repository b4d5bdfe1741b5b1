"""What a chart says: takes a recorded drawing and its chart, returns the text that it prints, with its numbers as runs;
and from what a part says, its text alternative.

Words stand in painting order, each on a line of its own, as a reader of the finished file finds them; a number that is
set on several lines is one run.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from charts.drawing import Drawing
from data.alt import row_chart
from data.model import Chart, LineChart, Number, Run, Span, Text, Timeline, numbers
from data.words import Words


def said(drawing: Drawing, chart: Chart) -> Text:
    """The text of `drawing`; the figures of a scale are plain words, for they state no value."""
    known = {f"{number.quantity.id}:{number.part}": number for number in stated(chart)}
    runs: list[Run] = []
    for key, words in groupby(drawing.words, key=lambda words: words.origin):
        text = "\n".join(word.text.strip() for word in words)
        number = known.get(key)
        runs.append(Number(text, number.quantity, number.part) if number else Span(text))
        runs.append(Span("\n"))
    return tuple(runs[:-1])


def alternative(said: Text, chart: Chart, words: Words) -> Text:
    """The text alternative of one of several parts of `chart`: its author's sentence, and the rows whose numbers are
    among what the part has `said`. Lines and events have one for all."""
    if isinstance(chart, LineChart | Timeline):
        return chart.caption.alt
    shown = {(number.quantity.id, number.part) for number in numbers(said)}
    groups = (
        replace(group, rows=tuple(row for row in group.rows if (row.value.quantity.id, row.value.part) in shown))
        for group in chart.groups
    )
    caption = replace(chart.caption, alt=chart.caption.opening)
    return row_chart(replace(chart, caption=caption, groups=tuple(group for group in groups if group.rows)), words)


def stated(chart: Chart) -> Iterator[Number]:
    """The numbers that a chart shows, as marks or as words."""
    match chart:
        case LineChart():
            yield from (point.value for line in chart.lines for point in line.points)
            for annotation in chart.annotations:
                yield from numbers(annotation.text)
                yield from (annotation.value,) if annotation.value else ()
        case Timeline():
            yield from (number for event in chart.events for number in numbers(event.short))
        case _:
            yield from (row.value for group in chart.groups for row in group.rows)

"""What a line chart's annotations say and where they belong: takes them with the lines, returns notes to be placed.

Where their texts have no room on the plot, numbered tags stand for them and the key lists them.
"""

from collections.abc import Sequence
from functools import partial
from itertools import pairwise

from charts import key, typeset
from charts.annotate import Flag, Note, Obstacles, Point, place
from charts.looks import look
from charts.scale import Scale, day_text
from charts.style import Sheet, Style
from charts.typeset import Block, Piece
from data.model import Annotation, Line

Path = tuple[Point, ...]
"""A line's reports on the sheet, by date."""


def anchored(
    annotation: Annotation,
    runs: Sequence[tuple[Line, Path]],
    x: Scale,
    y: Scale,
    style: Style,
    language: str,
) -> Note:
    """On its own count, or on the axis where it marks a date, which is no line's own."""
    at, height, colour = x(annotation.when.middle.toordinal()), y(y.low), style.palette.ink
    if annotation.value:
        height = y(annotation.value.quantity.magnitude)
        reached = [(line, _height(path, at)) for line, path in runs if path[0][0] <= at <= path[-1][0]]
        if reached:
            nearest, _ = min(reached, key=lambda each: abs(each[1] - height))
            colour = style.series(nearest.colour)
    settings: dict[Block, None] = {}
    for measure in (110, 80, 150, 60):
        text, below = (
            typeset.balanced(content, style, style.small, measure * style.unit)
            for content in (_worded(annotation, style), _dated(annotation, style, language))
        )
        settings[typeset.stacked(text, below)] = None
    drawn = look(annotation.value.quantity) if annotation.value else None
    return Note(tuple(settings), at, height, drawn, colour)


def _height(path: Path, x: float) -> float:
    """Where the line stands at `x`: of several counts on a day, the last."""
    for (x0, y0), (x1, y1) in reversed(list(pairwise(path))):
        if x0 <= x <= x1:
            return y1 if x1 == x0 else y0 + (x - x0) / (x1 - x0) * (y1 - y0)
    return path[-1][1]


def _worded(annotation: Annotation, style: Style) -> typeset.Line:
    return typeset.pieces(annotation.text, style.regular, style.palette.ink, strong=style.strong, italic=style.italic)


def _dated(annotation: Annotation, style: Style, language: str) -> typeset.Line:
    """The count and the day of a turning point, as far as its text does not name them."""
    found: list[Piece] = []
    if value := annotation.unsaid_value:
        found += typeset.number(value, style.regular, style.palette.muted)
    if when := annotation.unsaid_date:
        comma = ", " if found else ""
        found.append(Piece(comma + day_text(when, language), style.regular, style.palette.muted))
    return tuple(found)


def listed(annotations: Sequence[Annotation], style: Style, language: str) -> list[key.Item]:
    """The annotations' texts under the plot, by number."""
    cell = style.width("00", style.strong, style.small)

    def sample(number: int, sheet: Sheet, left: float, middle: float) -> None:
        baseline = middle + 0.35 * style.small
        sheet.text(left + cell, baseline, str(number), style.strong, style.small, style.palette.ink, "right")

    items = []
    for at, annotation in enumerate(annotations, 1):
        dated = _dated(annotation, style, language)
        between = (Piece(" · ", style.regular, style.palette.muted),) if dated else ()
        items.append(key.Item((*_worded(annotation, style), *between, *dated), cell, partial(sample, at)))
    return items


def tags(notes: Sequence[Note], obstacles: Obstacles, style: Style) -> tuple[Flag, ...]:
    """Numbers in the place of texts; neighbours share one tag where there are too many for one each. Where even those
    have no room beside the lines, they stand on them."""
    made: list[Note] = []
    for apart in (0, 8, 16, 32, 64, 128):
        shared: list[tuple[int, int, Note]] = []
        for number, note in enumerate(notes, 1):
            if shared and note.x - shared[-1][2].x < apart * style.unit:
                shared[-1] = (shared[-1][0], number, shared[-1][2])
            else:
                shared.append((number, number, note))
        made = [_tag(start, stop, note, style) for start, stop, note in shared]
        flags = place(made, obstacles, style)
        if flags is not None:
            return flags
    return place(made, Obstacles(obstacles.frame, ()), style) or ()


def _tag(start: int, stop: int, note: Note, style: Style) -> Note:
    text = str(start) if start == stop else f"{start}–{stop}"
    setting = typeset.block((Piece(text, style.strong, style.palette.ink),), style, style.small, style.frame.width)
    return Note((setting,), note.x, note.y, note.look, note.colour)

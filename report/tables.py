"""Story stage of the report: takes rows and a Table tag, returns a flowable that tags its rows and cells.

Not ReportLab's own: its table asks every cell for its style, its callbacks and its size again each time that it is
drawn, which took a third of the time of a report with a data annex.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from itertools import accumulate, chain, takewhile
from typing import NamedTuple, TypeAlias

from reportlab.platypus.flowables import Flowable

from report.paragraph import Paragraph
from report.structure import Tag
from report.styles import Inks
from report.tagging import TaggedCanvas

PADDING = 10
"""Points between a column and the next."""
ABOVE, BELOW = 3, 3.6
"""Points between a row's text and the rules about it."""
HEAVY, LIGHT = 0.75, 0.25
"""Rules under the head and at the foot, and between rows."""

Cell: TypeAlias = Flowable | None
"""Nothing, or what takes the tag of its cell: a Paragraph without one."""


class _Row(NamedTuple):
    tag: Tag
    cells: list[tuple[Cell, Tag]]
    height: float


class Table(Flowable):  # type: ignore[misc]
    """A table whose first `head_rows` rows are column heads, repeated (as artifacts) on every page it runs over.

    widths: of the columns, in points; the space between two belongs to the left one. Text is flush with both edges, and
    rules stand only between rows. row_heads: the first cell of each body row heads its row.
    continued: a Paragraph (tag None) painted as an artifact above the repeated head on the following pages.
    repeat: False for a head too high to stand on every page. right: flush with the right edge of what it stands in.
    """

    def __init__(
        self,
        rows: Sequence[Sequence[Cell]],
        tag: Tag,
        widths: Sequence[float],
        inks: Inks,
        *,
        head_rows: int = 1,
        row_heads: bool = False,
        continued: Paragraph | None = None,
        repeat: bool = True,
        right: bool = False,
    ) -> None:
        super().__init__()
        self.lefts = [sum(widths[:column]) for column in range(len(widths))]
        self.width = sum(widths)
        self.inks, self.continued = inks, continued
        self.hAlign = "RIGHT" if right else "LEFT"
        head, body = (tag.child("THead"), tag.child("TBody")) if head_rows else (tag, tag)
        texts = [*(width - PADDING for width in widths[:-1]), *widths[-1:]]
        made = [
            _row(cells, (head if n < head_rows else body).child("TR"), texts, heads=n < head_rows, row_heads=row_heads)
            for n, cells in enumerate(rows)
        ]
        self.head, self.foot = made[head_rows - 1] if head_rows else None, made[-1] if made else None
        repeated = head_rows if repeat else 0
        self.repeated, self.rows = made[:repeated], made[repeated:]
        self.follows = False

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """With the continued line, if it follows."""
        self.line = self.continued.wrap(width, 1e6)[1] if self.continued and self.follows else 0.0
        self.height = self.height_of(len(self.rows))
        return self.width, self.height

    def height_of(self, rows: int) -> float:
        """The height, once wrapped, of the continued line if there is one, the repeated head, and the first `rows`."""
        return float(self.line + sum(row.height for row in (*self.repeated, *self.rows[:rows])))

    def rows_within(self, height: float) -> int:
        """How many rows, once wrapped, fit in `height` below the continued line and the repeated head."""
        taken = accumulate(row.height for row in chain(self.repeated, self.rows))
        return sum(1 for _ in takewhile(lambda own: self.line + own <= height, taken)) - len(self.repeated)

    def split(self, _width: float, height: float) -> list[Flowable]:
        """Between two rows."""
        rows = min(self.rows_within(height), len(self.rows) - 1)
        return self.parted(rows) if rows > 0 else []

    def parted(self, rows: int) -> list[Flowable]:
        """The first `rows` rows under the head, and the rest."""
        return [self._part(self.rows[:rows], self.follows), self._part(self.rows[rows:], True)]

    def _part(self, rows: list[_Row], follows: bool) -> Table:
        part = copy(self)
        part.rows, part.follows = rows, follows
        part.__dict__.pop("_postponed", None)  # ReportLab's note that this one has been put off to the next page
        return part

    def draw(self) -> None:
        """Continued line, rows, rules."""
        canvas: TaggedCanvas = self.canv
        y = self.height - self.line
        if self.continued and self.follows:
            with canvas.artifact("Pagination"):
                self.continued.drawOn(canvas, 0, y)
        feet: dict[float, list[float]] = {HEAVY: [], LIGHT: []}
        for row in (*self.repeated, *self.rows):
            y -= row.height
            if canvas.is_painted(row.tag):
                with canvas.artifact("Pagination"):
                    self._draw_cells(canvas, row, y)
            else:
                self._draw_cells(canvas, row, y)
            feet[HEAVY if row is self.head or row is self.foot else LIGHT].append(y)
        with canvas.artifact("Layout"):
            for weight, colour in ((HEAVY, self.inks.ink), (LIGHT, self.inks.rule)):
                canvas.setStrokeColor(colour)
                canvas.setLineWidth(weight)
                for y in feet[weight]:
                    canvas.line(0, y, self.width, y)

    def _draw_cells(self, canvas: TaggedCanvas, row: _Row, y: float) -> None:
        """A head's texts stand on one line, a row's hang from one."""
        for (cell, tag), x in zip(row.cells, self.lefts, strict=True):
            canvas.require(tag)
            if cell:
                canvas.begin_tag(tag)
                at = y + (BELOW if row is self.head else row.height - ABOVE - cell.height)
                cell.drawOn(canvas, x, at)
                canvas.end()


def _row(cells: Sequence[Cell], tag: Tag, widths: Sequence[float], *, heads: bool, row_heads: bool) -> _Row:
    """`widths`: of the texts."""
    tagged: list[tuple[Cell, Tag]] = []
    height = 0.0
    for column, (cell, width) in enumerate(zip(cells, widths, strict=True)):
        scope = "Column" if heads else "Row" if row_heads and not column else ""
        lang = cell.lang if isinstance(cell, Paragraph) else ""
        tagged.append((cell, tag.child("TH" if scope else "TD", scope=scope, lang=lang)))
        if cell:
            height = max(height, cell.wrap(width, 1e6)[1])
    return _Row(tag, tagged, height + ABOVE + BELOW)

"""Story stage of the report: takes flowables, returns the composed ones of this layout: rules, stacks, rows of cells.

These paint nothing that a reader must hear: rules are artifacts, everything else is painted by the flowables within,
which carry their own tags.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from reportlab.lib.colors import Color
from reportlab.platypus.flowables import Flowable

from report.flowables import Table
from report.painted import Lasting

LEAST_ROWS = 3


class Rule(Flowable):  # type: ignore[misc]
    """A horizontal line at the top of its own height, from `left`, or else from the other edge on a mirrored page."""

    def __init__(
        self, weight: float, colour: Color, *, left: float = 0, length: float | None = None, height: float = 0
    ):
        super().__init__()
        self.weight, self.colour, self.left, self.length, self.height = weight, colour, left, length, height

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        self.width = width
        return width, self.height

    def draw(self) -> None:
        length = self.width - self.left if self.length is None else self.length
        left = 0 if self.canv.mirrored else self.left
        with self.canv.artifact("Layout"):
            self.canv.setStrokeColor(self.colour)
            self.canv.setLineWidth(self.weight)
            y = self.height - self.weight / 2
            self.canv.line(left, y, left + length, y)


class Gap(Flowable):  # type: ignore[misc]
    """Empty space; a negative height sets what follows beside what stands above."""

    def __init__(self, height: float):
        super().__init__()
        self.height = height

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        return width, self.height

    def draw(self) -> None:
        pass


def rounded_up(height: float, grid: float) -> float:
    """`height` rounded up to a multiple of `grid`."""
    return -(-(height - 0.01) // grid) * grid


def gap(above: Flowable, below: Flowable) -> float:
    """The space between two neighbours: the larger of the two wishes, as in a ReportLab frame."""
    return float(max(above.getSpaceAfter(), below.getSpaceBefore()))


class Stack(Lasting, Flowable):  # type: ignore[misc]
    """Flowables that stand together on one page: an opening of a section, an exhibit with title, picture and credit.

    Only a Table among them may break over pages, with what stands above it on the first page and what stands below it
    on the last. A stack no higher than `whole` does not break even so; one that no page can hold falls apart into its
    items. `grid` rounds the height up to its multiple. `floats`: text that follows may come first when the stack does
    not fit. `running`: what the running head says from here on.
    """

    def __init__(
        self,
        items: Sequence[Flowable],
        *,
        grid: float = 0,
        whole: float = 0,
        space_before: float = 0,
        space_after: float = 0,
        keep_with_next: bool = False,
        floats: bool = False,
        running: str | None = None,
    ):
        super().__init__()
        self.items = list(items)
        self.grid, self.whole = grid, whole
        self.spaceBefore, self.spaceAfter = space_before, space_after
        self.keepWithNext = keep_with_next
        self.floats = floats
        self.running = running
        self.width = self.height = 0.0
        self.parts: tuple[int, Stack, Stack] | None = None  # after how many rows it was split, and its parts

    def _stacked(self, heights: Sequence[float]) -> float:
        """The height of the first items, whose heights these are, with the space between them."""
        items = self.items[: len(heights)]
        return sum(heights) + sum(gap(above, below) for above, below in pairwise(items))

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        if width == self.width:
            return width, self.height
        self.width = width
        sizes = [item.wrapOn(self.canv, width, 1e6) for item in self.items]
        self.slack = [width - own for own, _ in sizes]
        self.heights = [height for _, height in sizes]
        self.height = self._stacked(self.heights)
        if self.grid:
            self.height = rounded_up(self.height, self.grid)
        return width, self.height

    def least(self) -> float:
        """What may stand at a page's foot once wrapped: all of it, or what stands above the table and some rows."""
        at = self._table()
        if at is None or self.height <= self.whole:
            return self.height
        return self._above(at) + self._rows_height(at, LEAST_ROWS)

    def split(self, _width: float, height: float) -> list[Flowable]:
        """Within the table; at the top of a page, as a last resort, between any two items."""
        full_page = bool(getattr(self._frame, "_atTop", False))
        at = self._table()
        if at is not None and (full_page or self.height > self.whole):
            room = height - self._above(at)
            rows = self._rows_within(at, room)
            least = LEAST_ROWS
            if full_page and rows < least and self.heights[at] > room:  # rows so high that a page holds few of them
                rows, least = self._rows_within(at, room, 1), 1
            if rows >= least:
                if self.parts is None or self.parts[0] != rows:
                    self.parts = rows, *self._parted(at, rows)
                for part in self.parts[1:]:
                    part.__dict__.pop("_postponed", None)
                return [*self.parts[1:]]
        if not full_page:
            return []
        self.items[0].running = self.running
        return self.items

    def _parted(self, at: int, rows: int) -> tuple[Stack, Stack]:
        parts = self.items[at].parted(rows)
        first = Stack([*self.items[:at], parts[0]], space_before=self.spaceBefore, running=self.running)
        rest = Stack([parts[1], *self.items[at + 1 :]], grid=self.grid, space_after=self.spaceAfter)
        first.lasting = rest.lasting = self.lasting
        return first, rest

    def _table(self) -> int | None:
        """The position of the table that may break."""
        return next((n for n, item in enumerate(self.items) if isinstance(item, Table)), None)

    def _above(self, at: int) -> float:
        """The height of what stands above item `at`."""
        return self._stacked(self.heights[:at]) + (gap(self.items[at - 1], self.items[at]) if at else 0)

    def _rows_height(self, at: int, rows: int) -> float:
        """The height of the table up to the first `rows` rows of its body."""
        return float(self.items[at].height_of(rows))

    def _rows_within(self, at: int, height: float, least: int = LEAST_ROWS) -> int:
        """How many rows of the table's body fit in `height` when `least` or more are to follow on the next page."""
        table: Table = self.items[at]
        return min(table.rows_within(height), len(table.rows) - least)

    def draw(self) -> None:
        top = self.height
        for n, item in enumerate(self.items):
            if n:
                top -= gap(self.items[n - 1], item)
            top -= self.heights[n]
            item.drawOn(self.canv, 0, top, _sW=0 if self.canv.mirrored else self.slack[n])


class Cells(Flowable):  # type: ignore[misc]
    """Stacks in columns of equal width, with a rule of `weight` and `colour` above each."""

    def __init__(
        self,
        cells: Sequence[Sequence[Flowable]],
        columns: int,
        *,
        gutter: float,
        row_gap: float,
        weight: float,
        colour: Color,
        grid: float = 0,
    ):
        super().__init__()
        self.cells = [Stack(cell) for cell in cells]
        self.columns, self.gutter, self.row_gap = columns, gutter, row_gap
        self.weight, self.colour, self.grid = weight, colour, grid

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        self.width = width
        self.cell_width = (width - self.gutter * (self.columns - 1)) / self.columns
        heights = [cell.wrapOn(self.canv, self.cell_width, 1e6)[1] for cell in self.cells]
        self.rows = [max(heights[n : n + self.columns]) for n in range(0, len(heights), self.columns)]
        self.height = sum(self.rows) + self.row_gap * (len(self.rows) - 1)
        if self.grid:
            self.height = rounded_up(self.height, self.grid)
        return width, self.height

    def split(self, _width: float, height: float) -> list[Flowable]:
        """Between rows of cells; a row that no page can hold falls apart into its items."""
        fits, used = 0, 0.0
        for row in self.rows:
            used += row
            if used > height:
                break
            fits += 1
            used += self.row_gap
        if not fits and getattr(self._frame, "_atTop", False):
            return [item for cell in self.cells for item in cell.items]
        if not 0 < fits < len(self.rows):
            return []
        at = fits * self.columns
        return [self._part(self.cells[:at]), self._part(self.cells[at:])]

    def _part(self, cells: Sequence[Stack]) -> Cells:
        return Cells(
            [cell.items for cell in cells],
            self.columns,
            gutter=self.gutter,
            row_gap=self.row_gap,
            weight=self.weight,
            colour=self.colour,
            grid=self.grid,
        )

    def draw(self) -> None:
        top = self.height
        for n, cell in enumerate(self.cells):
            row, column = divmod(n, self.columns)
            if row and not column:
                top -= self.rows[row - 1] + self.row_gap
            x = column * (self.cell_width + self.gutter)
            with self.canv.artifact("Layout"):
                self.canv.setStrokeColor(self.colour)
                self.canv.setLineWidth(self.weight)
                self.canv.line(x, top, x + self.cell_width, top)
            cell.drawOn(self.canv, x, top - cell.height)

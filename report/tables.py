"""Story stage of the report: takes rows and a Table tag, returns a flowable that tags its rows and cells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reportlab import platypus, rl_config

from report.paragraph import Paragraph
from report.structure import Tag
from report.tagging import TaggedCanvas


class Table(platypus.Table):  # type: ignore[misc]
    """A table whose first `head_rows` rows are column heads, repeated (as artifacts) on every page it runs over.

    rows: cells are str, Paragraph (tag None) or a list of flowables; style: TableStyle commands, SPAN included.
    row_heads: the first cell of each body row heads its row. column_widths in points.
    continued: a Paragraph (tag None) painted as an artifact above the repeated head on the following pages.
    repeat: False for a head too high to stand on every page.
    tag is None only for the pieces that ReportLab makes when it splits a table. splitInRow is not supported.
    """

    def __init__(
        self,
        rows: Sequence[Sequence[Any]],
        tag: Tag | None = None,
        *,
        head_rows: int = 1,
        row_heads: bool = False,
        column_widths: Sequence[float] | None = None,
        style: Sequence[tuple[Any, ...]] | None = (),
        continued: Paragraph | None = None,
        repeat: bool = True,
        **options: Any,
    ) -> None:
        self.continued = continued
        self.follows = False
        if tag is None:
            super().__init__(rows, style=style, **options)
            return
        font = ("FONTNAME", (0, 0), (-1, -1), rl_config.canvas_basefontname)  # instead of Helvetica
        options |= {"colWidths": column_widths, "repeatRows": head_rows * repeat, "style": [font, *(style or ())]}
        super().__init__(rows, renderCB=_Marks(), **options)
        self._renderCB.add(self, tag, head_rows, row_heads)

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """With the continued line, if it follows."""
        line = self._continued_height(width, height)
        width, own = super().wrap(width, height - line)
        return width, own + line

    def split(self, width: float, height: float) -> list[Any]:
        """ReportLab's pieces, told whether they follow another."""
        pieces: list[Any] = super().split(width, height - self._continued_height(width, height))
        for number, piece in enumerate(pieces):
            if piece is not self:
                piece.continued = self.continued
                piece.follows = self.follows or number > 0
        return pieces

    def draw(self) -> None:
        """The table below its continued line."""
        if self.continued and self.follows:
            with self.canv.artifact("Pagination"):
                self.continued.drawOn(self.canv, 0, self._height)
        super().draw()

    def _continued_height(self, width: float, height: float) -> float:
        if not self.continued or not self.follows:
            return 0.0
        line: float = self.continued.wrap(width, height)[1]
        return line


class _Marks:
    """ReportLab's call-back while a table is painted. Split pieces share it, and the row lists of the whole table."""

    def __init__(self) -> None:
        # by the row list's id, which holding the list keeps from being used again
        self._rows: dict[int, tuple[list[Any], Tag, list[Tag | None]]] = {}

    def add(self, table: Table, tag: Tag, head_rows: int, row_heads: bool) -> None:
        """Make the tags of a new table's rows and cells."""
        covered, spans = _spans(table)
        head = tag.child("THead") if head_rows else tag
        body = tag.child("TBody") if head_rows else tag
        for r, row in enumerate(table._cellvalues):
            row_tag = (head if r < head_rows else body).child("TR")
            cells: list[Tag | None] = []
            for c, cell in enumerate(row):
                if (c, r) in covered:
                    cells.append(None)
                    continue
                scope = "Column" if r < head_rows else "Row" if row_heads and c == 0 else ""
                columns, lines = spans.get((c, r), (1, 1))
                cell_tag = row_tag.child("TH" if scope else "TD", scope=scope, col_span=columns, row_span=lines)
                cells.append(cell_tag)
                for item in cell if isinstance(cell, (list, tuple)) else ():
                    if isinstance(item, Paragraph) and item.tag is None:
                        item.tag = cell_tag.child("P")
            self._rows[id(row)] = row, row_tag, cells

    def __call__(self, table: Table, event: str, *place: Any) -> None:
        """`event` at `place`: row and column, where they are known."""
        canvas: TaggedCanvas = table.canv
        if event == "startRow":
            _, row_tag, _ = self._rows[id(table._cellvalues[place[0]])]
            if canvas.is_painted(row_tag):
                canvas.begin_artifact("Pagination")
            else:
                canvas.begin_tag(row_tag)
        elif event == "startCell":
            _, _, cells = self._rows[id(table._cellvalues[place[0]])]
            cell_tag = cells[place[1]]
            if cell_tag:
                canvas.require(cell_tag)
                canvas.begin_tag(cell_tag)
            else:
                canvas.begin_artifact("Layout")
        elif event in ("startBG", "startLines"):
            canvas.begin_artifact("Layout")
        elif event in ("endBG", "endLines", "endRow", "endCell"):
            canvas.end()


def _spans(table: Table) -> tuple[set[tuple[int, int]], dict[tuple[int, int], tuple[int, int]]]:
    """The (column, row) of cells that others cover, and how many columns and rows the covering ones span."""
    covered, spans = set(), {}
    columns, rows = table._ncols, table._nrows
    for _, (c0, r0), (c1, r1) in table._spanCmds:
        left, right = sorted((c0 % columns, c1 % columns))
        top, bottom = sorted((r0 % rows, r1 % rows))
        spans[left, top] = right - left + 1, bottom - top + 1
        covered |= {(c, r) for c in range(left, right + 1) for r in range(top, bottom + 1)} - {(left, top)}
    return covered, spans

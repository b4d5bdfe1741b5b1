"""Story stage of the report: takes a table of the model and its cells, returns column widths and rows."""

from collections.abc import Sequence
from itertools import zip_longest

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth

from data.model import Table, Text, plain
from report.flowables import Paragraph
from report.inline import joined
from report.tables import PADDING

SHORT = 0.16
"""A column whose lines are no longer than this part of the measure is not wrapped."""


Row = Sequence[Paragraph | None]


def _extent(text: Text, style: ParagraphStyle) -> tuple[float, float]:
    """The width of the longest word and of the whole text on one line."""
    words = joined(plain(text))
    longest = max((stringWidth(word, style.fontName, style.fontSize) for word in words.split(" ")), default=0)
    return longest, stringWidth(words, style.fontName, style.fontSize)


def column_widths(table: Table, narrow: float, wide: float, cell: ParagraphStyle, head: ParagraphStyle) -> list[float]:
    """Widths that add up to `narrow` if every row fits on one line there, else to `wide`.

    Short columns, such as dates, stay on one line. No other is narrower than its longest word where that can be had
    (and no word claims more than two fifths of the width); what is left goes to the columns whose lines would wrap, by
    their weight and by what they lack.
    """
    least, most = [], []
    for n, column in enumerate(table.columns):
        extents = [_extent(column.head, head), *(_extent(row[n], cell) for row in table.rows)]
        longest = max(line for _, line in extents) + PADDING + 1
        word = min(max(word for word, _ in extents) + PADDING + 1, 0.4 * wide)
        least.append(longest if longest <= SHORT * wide else word)
        most.append(longest)
    measure = narrow if sum(most) <= narrow else wide
    if sum(most) <= measure:
        return [width * measure / sum(most) for width in most]
    if sum(least) >= measure:
        return [width * measure / sum(least) for width in least]
    widths = least
    room = measure - sum(least)
    while room > 0.01:
        lack = [(most[n] - width) * table.columns[n].weight for n, width in enumerate(widths)]
        widths = [min(most[n], width + room * lack[n] / sum(lack)) for n, width in enumerate(widths)]
        room = measure - sum(widths)
    return widths


def broken_rows(row: Row, widths: Sequence[float], tallest: float) -> list[Row]:
    """A row of cells as one row, or as several of which none is taller than `tallest`, if a text is that long."""
    columns = [_pieces(cell, width - PADDING, tallest) for cell, width in zip(row, widths, strict=True)]
    return list(zip_longest(*columns, fillvalue=None))


def _pieces(cell: Paragraph | None, width: float, tallest: float) -> list[Paragraph | None]:
    if cell is None or height_at_most(cell, width) <= tallest:
        return [cell]
    pieces: list[Paragraph | None] = []
    while cell.wrap(width, tallest)[1] > tallest:
        piece, cell = cell.split(width, tallest)
        pieces.append(piece)
    return [*pieces, cell]


def height_at_most(cell: Paragraph, width: float) -> float:
    """What a cell's height does not exceed in a column of `width`, found without setting it: lines are half full, of
    letters an em wide."""
    style = cell.style
    return float((2 * len(cell.plain_text) * style.fontSize / width + 1) * style.leading)
